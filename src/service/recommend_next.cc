#include "service/recommend_next.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "core/rng.h"
#include "core/stable_hash.h"
#include "service/decision_context.h"
#include "tutor/next_item/sampled_tracker.h"

namespace meno {
namespace {

/// Variants are drawn from this many, which leaves room in every item's parameters and prints
/// short.
constexpr std::uint64_t kVariants = 1'000'000;

/// The same student meets an item in a new variant each time, and neighbours meet different ones;
/// asking again before answering shows the same exercise.
std::uint32_t variant_of(std::string_view student_id, std::string_view item_id,
                         std::uint32_t times_met) {
  const std::uint64_t hash = StableHash().add(student_id).add(item_id).value();
  return static_cast<std::uint32_t>(mix64(hash + times_met) % kVariants);
}

/// What is set, moved by what was said of recommendations.
double target_of(const StudentGuidance& guidance, const LearnerState& state) {
  const double set =
      guidance.target.value_or(guidance.rules->target.value_or(NextItemRules().target));
  return std::clamp(set + state.feedback().target_shift(), kLeastTarget, kMostTarget);
}

NextItemRules rules_for(const StudentGuidance& guidance, const LearnerState& state,
                        const NextWanted& wanted) {
  NextItemRules rules{.due = guidance.rules->due, .order = guidance.rules->order};
  rules.target = wanted.target.value_or(target_of(guidance, state));
  rules.order_attempts = guidance.rules->order_attempts.value_or(rules.order_attempts);
  rules.repeat_gap = guidance.rules->repeat_gap.value_or(rules.repeat_gap);
  if (!wanted.counterfactual) rules.most_trials = 0;
  return rules;
}

/// The same draw as long as the student has given no further answer.
std::uint32_t seed_of(std::string_view student_id, const LearnerState& state) {
  constexpr std::string_view kPurpose = "explore";
  return variant_of(student_id, kPurpose, state.record().answers());
}

/// The student as he might be: of the run's posterior where it has one, else within the bands of
/// mastery.
std::unique_ptr<Tracker> sampled(std::int64_t seed, const LearnerState& state) {
  Rng rng(static_cast<std::uint64_t>(seed));
  if (state.belief() != nullptr) return state.belief()->sampled(rng);
  return std::make_unique<SampledTracker>(state.tracker(), state.record(),
                                          state.course()->tutor().graph().skills(), MasteryRules(),
                                          rng);
}

Result<NextItem> with_exercise(std::string_view student_id, const LearnerState& state,
                               Recommendation choice, TimePoint now) {
  const LiveCourse& course = *state.course();
  const std::string& name = course.item_name(choice.item);
  NextItem item{.choice = {},
                .variant = variant_of(student_id, name, state.record().item(choice.item).times),
                .content = {}};
  if (const Belief* const belief = state.belief()) {
    const Target target{.item = choice.item, .skills = course.skills_of(choice.item), .at = now};
    item.band = belief->band_of_mean(std::span(&target, 1), choice.p_correct);
  }
  if (course.bank()) {
    MENO_TRY(item.content, course.bank()->instantiate(name, item.variant));
  }
  item.choice = std::move(choice);
  return item;
}

/// The item that a worked example shows, solved, in a variant that nobody is asked.
Result<std::optional<SolvedExample>> solved(const LiveCourse& course, const Resource& resource) {
  std::optional<SolvedExample> example;
  if (resource.item.empty() || !course.bank()) return example;
  const ItemBank& bank = *course.bank();
  const auto variant = static_cast<std::uint32_t>(kVariants) + variant_of("", resource.id, 0);
  MENO_TRY(ItemContent content, bank.instantiate(resource.item, variant));
  MENO_TRY(const AnswerKey key, bank.answer_key(resource.item, variant));
  MENO_TRY(Grade grade, bank.grade(resource.item, variant, key.right));
  example = SolvedExample{.content = std::move(content),
                          .right_answer = std::move(grade.right_answer),
                          .explanation = std::move(grade.explanation)};
  return example;
}

/// Resources for the items of one list: none twice, and one a skill.
class ResourceShelf {
 public:
  ResourceShelf(const Learner& learner, const LiveCourse& course, const WorkRules& work)
      : learner_(learner), course_(course), work_(work) {}

  Result<std::optional<NextResource>> next(const Reason& reason, const NextItemRules& rules) {
    std::optional<SuggestedResource> found =
        suggest_resource(learner_, course_.tutor(), work_.resources, reason, rules);
    std::optional<NextResource> made;
    if (!found || !shown_.insert(found->skill).second) return made;
    MENO_TRY(std::optional<SolvedExample> example, solved(course_, found->resource));
    made = NextResource{.suggested = *std::move(found), .example = std::move(example)};
    return made;
  }

 private:
  const Learner& learner_;
  const LiveCourse& course_;
  const WorkRules& work_;
  std::set<SkillId> shown_;
};

}  // namespace

Result<NextChosen> chosen_for(std::string_view student_id, const LearnerState& state,
                              const StudentGuidance& guidance, const NextWanted& wanted) {
  const NextItemRules rules = rules_for(guidance, state, wanted);
  NextChosen chosen{.target = rules.target, .items = {}};
  std::unique_ptr<Tracker> drawn;
  if (guidance.rules->exploration) {
    chosen.seed = seed_of(student_id, state);
    drawn = sampled(*chosen.seed, state);
  }
  const Learner learner{.tracker = state.tracker(),
                        .record = state.record(),
                        .now = wanted.now,
                        .feedback = &state.feedback(),
                        .sampled = drawn.get()};
  ResourceShelf shelf(learner, *state.course(), *guidance.rules);
  for (Recommendation& choice :
       next_items(learner, state.course()->tutor(), guidance.rules->items, wanted.count, rules)) {
    MENO_TRY(std::optional<NextResource> resource, shelf.next(choice.reason, rules));
    MENO_TRY(NextItem item, with_exercise(student_id, state, std::move(choice), wanted.now));
    item.resource = std::move(resource);
    chosen.items.push_back(std::move(item));
  }
  return chosen;
}

Result<NextChosen> next_for(Services& services, std::string_view student_id,
                            const LearnerState& state, const NextWanted& wanted) {
  MENO_TRY(const StudentGuidance guidance, services.guidance.of(state.course(), student_id));
  MENO_TRY(NextChosen chosen, chosen_for(student_id, state, guidance, wanted));
  if (services.keep_recommendations && !chosen.items.empty()) {
    services.store.recommendations().append(
        recommendation_of(student_id, state, guidance, wanted, chosen));
  }
  return chosen;
}

Result<Recommendations> recommend_next(Services& services, const RecommendNext& ask) {
  if (ask.target && !(*ask.target >= kLeastTarget && *ask.target <= kMostTarget)) {
    return invalid_input(fmt::format("target {}, expected a success rate from {} to {}",
                                     *ask.target, kLeastTarget, kMostTarget));
  }
  MENO_TRY(std::shared_ptr<const LiveCourse> course, services.courses.find(ask.course_id));
  MENO_TRY(const std::shared_ptr<LiveStudent> student,
           services.students.find(course, ask.student_id));
  Result<NextChosen> chosen = NextChosen();
  MENO_TRY_DONE(student->now([&](const LearnerState& state) {
    course = state.course();
    chosen = next_for(services, ask.student_id, state,
                      {.now = services.clock.now(),
                       .count = ask.count,
                       .target = ask.target,
                       .request_id = ask.request_id});
  }));
  if (!chosen) return chosen.error();
  return Recommendations{
      .course = std::move(course), .target = chosen->target, .items = std::move(chosen->items)};
}

Result<double> aimed_target(Services& services, std::string_view course_id,
                            std::string_view student_id) {
  MENO_TRY(const std::shared_ptr<const LiveCourse> course, services.courses.find(course_id));
  MENO_TRY(const std::shared_ptr<LiveStudent> student, services.students.find(course, student_id));
  Result<double> target = 0.0;
  MENO_TRY_DONE(student->now([&](const LearnerState& state) {
    const Result<StudentGuidance> guidance = services.guidance.of(state.course(), student_id);
    if (guidance) {
      target = target_of(*guidance, state);
    } else {
      target = guidance.error();
    }
  }));
  return target;
}

}  // namespace meno
