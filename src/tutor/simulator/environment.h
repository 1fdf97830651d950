// PracticeEnvironment: a simulated student as an environment in the manner of Gym (Brockman et al.
// 2016): reset() begins a student, step(item) makes him answer. What a policy sees is his answers;
// what he truly knows is for the judge.
#pragma once

#include <memory>
#include <span>
#include <vector>

#include "tutor/simulator/engagement.h"
#include "tutor/simulator/learner_family.h"

namespace meno {

/// The items that stand for each skill: what "mastery" is the mean over, and what may be practised.
/// Items of one skill go before those of several.
class SkillItems {
 public:
  explicit SkillItems(const Course& course);

  /// Every item of the skill, those of it alone first.
  std::span<const ItemId> all(SkillId skill) const { return all_[skill.value]; }
  /// Up to five of them, evenly spread: the exam.
  std::span<const ItemId> exam(SkillId skill) const { return exam_[skill.value]; }

 private:
  std::vector<std::vector<ItemId>> all_;   // [S]
  std::vector<std::vector<ItemId>> exam_;  // [S]
};

/// What one answer shows.
struct PracticeStep {
  bool correct = false;
  double seconds = 0.0;
  bool stopped = false;  // the student leaves after it
};

/// Not thread-safe. The referents must outlive it.
class PracticeEnvironment {
 public:
  PracticeEnvironment(const LearnerFamily& family, const SkillItems& items,
                      const Engagement& engagement)
      : family_(family), items_(items), engagement_(engagement) {}

  /// Begins student `seed`; the same seed gives the same student, who answers the t-th question of
  /// the same difficulty alike, whatever was asked before (common random numbers).
  void reset(std::uint64_t seed);
  /// He answers `item` of `skill`, and learns from it. After a stop he goes on all the same.
  PracticeStep step(ItemId item, SkillId skill);

  /// Judge only: mean P(right) over the skill's exam, in (0, 1); 0.5 without items.
  double mastery(SkillId skill) const;
  /// Judge only: the student as he is.
  const SimulatedLearner& learner() const { return *learner_; }

 private:
  const LearnerFamily& family_;
  const SkillItems& items_;
  const Engagement& engagement_;
  std::unique_ptr<SimulatedLearner> learner_;
  Rng rng_{0};
  double pace_ = 0.0;
  std::uint64_t steps_ = 0;
};

}  // namespace meno
