#include "tutor/next_item/next_item.h"

#include <array>
#include <memory>

#include "core/check.h"
#include "tutor/next_item/ranking.h"
#include "tutor/next_item/reason_text.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 5> kCodes{"prerequisite_gap", "practice_zone",
                                                 "review_forgetting", "explore_not_enough_evidence",
                                                 "stretch"};

// A student as he is, to whom answers are added that never happened.
class SupposedStudent {
 public:
  explicit SupposedStudent(const Learner& learner)
      : tracker_(learner.model.new_student()), record_(learner.record), now_(learner.now) {
    const auto restored = tracker_->restore(learner.tracker.save());
    MENO_CHECK(restored.has_value(), "a tracker that its own model cannot restore");
  }

  void answer(const Target& target, bool correct) {
    const Event event{
        .item = target.item, .skills = target.skills, .correct = correct ? 1.0F : 0.0F, .at = now_};
    tracker_->observe(event);
    record_.suppose(event);
  }

  Snapshot snapshot() const { return {.tracker = *tracker_, .record = record_, .now = now_}; }

 private:
  std::unique_ptr<Tracker> tracker_;
  LearningRecord record_;
  TimePoint now_;
};

// The items on which answers are supposed: those that stand for the skill, the chosen one last.
std::vector<Target> supposed_items(const Probes& probes, SkillId skill, ItemId chosen) {
  const auto all = probes.of(skill);
  std::vector<Target> others;
  for (const Target& target : all) {
    if (target.item != chosen) others.push_back(target);
  }
  if (others.empty()) others.assign(all.begin(), all.end());
  return others;
}

Text counterfactual(const Learner& learner, const TutorCourse& course,
                    std::span<const ItemId> candidates, const ScoredItem& chosen,
                    const NextItemRules& rules) {
  const ItemId chosen_item = candidates[chosen.candidate];
  const auto items = supposed_items(course.probes(), chosen.focus, chosen_item);
  if (rules.most_trials < 1 || items.empty()) return {};
  SupposedStudent better(learner);
  SupposedStudent worse(learner);
  for (int n = 1; n <= rules.most_trials; ++n) {
    const Target& item = items[static_cast<std::size_t>(n - 1) % items.size()];
    for (const bool correct : {true, false}) {
      SupposedStudent& student = correct ? better : worse;
      student.answer(item, correct);
      const Ranking other = rank(student.snapshot(), course, candidates, 1, rules);
      const ItemId other_item = candidates[other.best.front().candidate];
      if (other_item == chosen_item) continue;
      return changed_choice_text({.skill = chosen.focus, .answers = n, .correct = correct},
                                 other_item, other.best.front().focus, course);
    }
  }
  return unchanged_choice_text(chosen.focus, rules.most_trials, course);
}

}  // namespace

std::string_view name_of(ReasonCode code) { return kCodes[static_cast<std::size_t>(code)]; }

std::vector<Recommendation> next_items(const Learner& learner, const TutorCourse& course,
                                       std::span<const ItemId> candidates, std::size_t count,
                                       const NextItemRules& rules) {
  const Snapshot student{.tracker = learner.tracker, .record = learner.record, .now = learner.now};
  const Ranking ranking = rank(student, course, candidates, count, rules);
  std::vector<Recommendation> result;
  result.reserve(ranking.best.size());
  for (const ScoredItem& item : ranking.best) {
    const Motive& motive = ranking.motives[item.focus.value];
    Reason reason{.code = motive.code,
                  .mastery = ranking.mastery[item.focus.value],
                  .unlocks = motive.unlocks,
                  .evidence = learner.record.skill(item.focus).attempts};
    reason.text = reason_text(reason, item.p_correct, course, learner.now, rules);
    if (result.empty()) {
      reason.counterfactual = counterfactual(learner, course, candidates, item, rules);
    }
    result.push_back({.item = candidates[item.candidate],
                      .p_correct = item.p_correct,
                      .score = item.score,
                      .reason = std::move(reason)});
  }
  return result;
}

}  // namespace meno
