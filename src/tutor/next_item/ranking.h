// Ranking: the arithmetic of next_item.h, apart from its words. Lazy: a candidate is worked out
// only while the best that it could still come to would change the result, so most are never
// predicted. The result is exactly that of working out every candidate (ranking_test.cc).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tutor/next_item/next_item.h"
#include "tutor/next_item/outlook.h"

namespace meno {

/// What of a list of candidates stays the same whatever is supposed: made once for a student's
/// ranking and its counterfactual. Views `items`, `course` and nothing else.
class Candidates {
 public:
  /// Each item has at least one skill. `feedback` as in Learner.
  Candidates(std::span<const ItemId> items, const TutorCourse& course, const LearningRecord& record,
             const NextItemRules& rules, const FeedbackRecord* feedback = nullptr);

  std::size_t size() const { return items_.size(); }
  ItemId item(std::size_t candidate) const { return items_[candidate]; }
  std::span<const SkillId> skills(std::size_t candidate) const { return skills_[candidate]; }
  /// The factor of that name.
  double freshness(std::size_t candidate) const { return freshness_[candidate]; }
  /// The student's, [S]: part of the factor variety.
  const std::vector<double>& interest() const { return interest_; }
  /// The candidates whose first skill is `skill`, by index.
  std::span<const std::uint32_t> of(SkillId skill) const {
    return std::span(members_).subspan(begin_[skill.value],
                                       begin_[skill.value + 1] - begin_[skill.value]);
  }

 private:
  std::span<const ItemId> items_;                 // [C]
  std::vector<std::span<const SkillId>> skills_;  // [C]
  std::vector<double> freshness_;                 // [C]
  std::vector<double> interest_;                  // [S]
  std::vector<std::uint32_t> begin_;              // [S + 1]
  std::vector<std::uint32_t> members_;            // [C]
};

/// A candidate with its score; `candidate` is its index in the list that was ranked.
struct ScoredItem {
  std::size_t candidate = 0;
  double p_correct = 0.5;
  double score = 0.0;
  SkillId focus;
};

/// One student's candidates in order, as far as asked. Not thread-safe; all referents must outlive
/// it.
class Ranking {
 public:
  Ranking(const Snapshot& student, const TutorCourse& course, const Candidates& candidates,
          const NextItemRules& rules);

  /// The best `count`, best first; equal scores go by index. Call it once.
  std::vector<ScoredItem> best(std::size_t count);

  const SkillMastery& mastery(SkillId skill) { return outlook_.mastery(skill); }
  const Motive& motive(SkillId skill) { return outlook_.motive(skill); }
  double p_correct(std::size_t candidate);

 private:
  /// A candidate that is not taken yet, with a limit that its score cannot exceed.
  struct Contender {
    double limit = 0.0;
    std::uint32_t candidate = 0;
  };
  static bool behind(const Contender& a, const Contender& b);

  SkillId focus(std::size_t candidate) const;
  bool exact(std::size_t candidate) const;
  double limit(std::size_t candidate) const;
  double product(std::size_t candidate, SkillId focus, double fit) const;
  double fit(double p_correct, ReasonCode code) const;
  void refine(std::size_t candidate);
  void wait_again(Contender contender);
  void predict_with_siblings(std::size_t candidate);

  const Candidates& candidates_;
  const NextItemRules& rules_;
  Outlook outlook_;
  std::vector<double> crowding_;       // [S] interest, halved for every item already taken
  std::vector<Contender> contenders_;  // a heap
};

}  // namespace meno
