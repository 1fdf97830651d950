#include "tutor/next_item/next_item.h"

#include <algorithm>
#include <array>
#include <memory>

#include "tutor/next_item/ranking.h"
#include "tutor/next_item/reason_text.h"
#include "tutor/next_item/teacher_order.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 8> kCodes{
    "prerequisite_gap", "practice_zone", "review_forgetting", "explore_not_enough_evidence",
    "stretch",          "due_soon",      "teacher_order",     "explore_uncertain"};

// A student as he is, to whom answers are added that never happened.
class SupposedStudent {
 public:
  explicit SupposedStudent(const Learner& learner)
      : tracker_(learner.tracker.clone()), record_(learner.record), now_(learner.now) {}

  void answer(const Target& target, bool correct) {
    const Event event{
        .item = target.item, .skills = target.skills, .correct = correct ? 1.0F : 0.0F, .at = now_};
    tracker_->observe(event);
    record_.suppose(event);
  }

  Snapshot snapshot() const { return {.tracker = *tracker_, .record = record_, .now = now_}; }

 private:
  std::unique_ptr<Tracker> tracker_;
  SupposedRecord record_;
  TimePoint now_;
};

// The items on which answers are supposed: those that stand for the skill, but the chosen one,
// unless there is no other.
std::vector<Target> supposed_items(const Probes& probes, SkillId skill, ItemId chosen) {
  const auto all = probes.of(skill);
  std::vector<Target> others;
  for (const Target& target : all) {
    if (target.item != chosen) others.push_back(target);
  }
  if (others.empty()) others.assign(all.begin(), all.end());
  return others;
}

Text counterfactual(const Learner& learner, const TutorCourse& course, const Candidates& candidates,
                    const ScoredItem& chosen, const NextItemRules& rules) {
  const ItemId chosen_item = candidates.item(chosen.candidate);
  const auto items = supposed_items(course.probes(), chosen.focus, chosen_item);
  if (rules.most_trials < 1 || items.empty()) return {};
  SupposedStudent better(learner);
  SupposedStudent worse(learner);
  for (int n = 1; n <= rules.most_trials; ++n) {
    const Target& item = items[static_cast<std::size_t>(n - 1) % items.size()];
    for (const bool correct : {true, false}) {
      SupposedStudent& student = correct ? better : worse;
      student.answer(item, correct);
      const ScoredItem other =
          Ranking(student.snapshot(), course, candidates, rules).best(1).front();
      const ItemId other_item = candidates.item(other.candidate);
      if (other_item == chosen_item) continue;
      return changed_choice_text({.skill = chosen.focus, .answers = n, .correct = correct},
                                 other_item, other.focus, course);
    }
  }
  return unchanged_choice_text(chosen.focus, rules.most_trials, course);
}

/// An item, and whether only exploration puts it there.
struct Choice {
  ScoredItem item;
  bool explored = false;
};

/// By the usual ranking, or by that of a drawn student, where what the usual one has as well keeps
/// its score there.
std::vector<Choice> choices_of(const Learner& learner, const TutorCourse& course,
                               const Candidates& list, Ranking& usual, std::size_t count,
                               const NextItemRules& rules) {
  std::vector<Choice> choices;
  const std::vector<ScoredItem> best = usual.best(count);
  if (learner.sampled == nullptr) {
    for (const ScoredItem& item : best) choices.push_back({.item = item});
    return choices;
  }
  const SupposedRecord record(learner.record);
  Ranking drawn({.tracker = *learner.sampled, .record = record, .now = learner.now}, course, list,
                rules);
  for (ScoredItem& item : drawn.best(count)) {
    const auto same = std::find_if(best.begin(), best.end(), [&item](const ScoredItem& other) {
      return other.candidate == item.candidate;
    });
    const bool explored = same == best.end();
    if (!explored) item = *same;
    item.p_correct = usual.p_correct(item.candidate);
    choices.push_back({.item = item, .explored = explored});
  }
  return choices;
}

/// `ordered`: what a teacher's order says; without a skill where there is none. Evidence and texts
/// are left empty.
Reason reason_of(const Choice& choice, Ranking& ranking, const OrderedWork& ordered) {
  if (ordered.skill.known())
    return {.code = ReasonCode::TeacherOrder,
            .mastery = ranking.mastery(ordered.skill),
            .passed_over = ordered.passed_over};
  const SkillId focus = choice.item.focus;
  if (choice.explored)
    return {.code = ReasonCode::ExploreUncertain, .mastery = ranking.mastery(focus)};
  const Motive& motive = ranking.motive(focus);
  return {.code = motive.code,
          .mastery = ranking.mastery(focus),
          .unlocks = motive.unlocks,
          .due = motive.due};
}

}  // namespace

std::string_view name_of(ReasonCode code) { return kCodes[static_cast<std::size_t>(code)]; }

std::vector<Recommendation> next_items(const Learner& learner, const TutorCourse& course,
                                       std::span<const ItemId> candidates, std::size_t count,
                                       const NextItemRules& rules) {
  const OrderedWork ordered = ordered_work(learner, course, candidates, rules);
  if (ordered.skill.known()) candidates = ordered.items;
  const SupposedRecord record(learner.record);
  const Candidates list(candidates, course, learner.record, rules, learner.feedback);
  Ranking ranking({.tracker = learner.tracker, .record = record, .now = learner.now}, course, list,
                  rules);
  std::vector<Recommendation> result;
  for (const Choice& choice : choices_of(learner, course, list, ranking, count, rules)) {
    const ScoredItem& item = choice.item;
    Reason reason = reason_of(choice, ranking, ordered);
    reason.evidence = learner.record.skill(reason.mastery.skill).attempts;
    reason.text = reason_text(reason, item.p_correct, course, learner.now, rules);
    if (result.empty() && !choice.explored) {
      reason.counterfactual = counterfactual(learner, course, list, item, rules);
    }
    result.push_back({.item = list.item(item.candidate),
                      .p_correct = item.p_correct,
                      .score = item.score,
                      .reason = std::move(reason)});
  }
  return result;
}

}  // namespace meno
