#include "service/recommend_next.h"

#include <functional>
#include <string>
#include <utility>

#include "core/rng.h"

namespace meno {
namespace {

/// Variants are drawn from this many, which leaves room in every item's parameters and prints
/// short.
constexpr std::uint64_t kVariants = 1'000'000;

/// The same student meets an item in a new variant each time, and neighbours meet different ones;
/// asking again before answering shows the same exercise. FNV-1a, so that it is the same on every
/// machine.
std::uint32_t variant_of(std::string_view student_id, std::string_view item_id,
                         std::uint32_t times_met) {
  std::uint64_t hash = 14695981039346656037ULL;
  const auto mix_in = [&hash](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    hash = (hash ^ 0xFFU) * 1099511628211ULL;
  };
  mix_in(student_id);
  mix_in(item_id);
  return static_cast<std::uint32_t>(mix64(hash + times_met) % kVariants);
}

}  // namespace

Result<std::vector<NextItem>> next_for(std::string_view student_id, const LearnerState& state,
                                       const NextWanted& wanted) {
  const LiveCourse& course = *state.course();
  const Learner learner{.tracker = state.tracker(), .record = state.record(), .now = wanted.now};
  NextItemRules rules;
  if (!wanted.counterfactual) rules.most_trials = 0;
  std::vector<Recommendation> choices =
      next_items(learner, course.tutor(), course.tutor().practisable(), wanted.count, rules);
  std::vector<NextItem> items;
  items.reserve(choices.size());
  for (Recommendation& choice : choices) {
    const std::string& name = course.item_name(choice.item);
    NextItem item{.choice = {},
                  .variant = variant_of(student_id, name, state.record().item(choice.item).times),
                  .content = {}};
    if (const Belief* const belief = state.belief()) {
      const Target target{
          .item = choice.item, .skills = course.skills_of(choice.item), .at = wanted.now};
      item.band = belief->band_of_mean(std::span(&target, 1), choice.p_correct);
    }
    if (course.bank()) {
      MENO_TRY(item.content, course.bank()->instantiate(name, item.variant));
    }
    item.choice = std::move(choice);
    items.push_back(std::move(item));
  }
  return items;
}

Result<Recommendations> recommend_next(Services& services, const RecommendNext& ask) {
  MENO_TRY(std::shared_ptr<const LiveCourse> course, services.courses.find(ask.course_id));
  MENO_TRY(const std::shared_ptr<LiveStudent> student,
           services.students.find(course, ask.student_id));
  Result<std::vector<NextItem>> items = std::vector<NextItem>();
  MENO_TRY_DONE(student->now([&](const LearnerState& state) {
    course = state.course();
    items = next_for(ask.student_id, state, {.now = services.clock.now(), .count = ask.count});
  }));
  if (!items) return items.error();
  return Recommendations{.course = std::move(course), .items = *std::move(items)};
}

}  // namespace meno
