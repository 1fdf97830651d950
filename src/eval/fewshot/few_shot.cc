#include "eval/fewshot/few_shot.h"

#include <algorithm>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "eval/courses/new_course.h"
#include "eval/fewshot/contestants.h"
#include "eval/fewshot/problems.h"

namespace meno {
namespace {

/// Five parts of students make five repeats; the sixth begins anew with another split.
Result<Split> split_of(const FewShotBench& bench, int repeat) {
  return split_students(bench.source,
                        {.folds = 5,
                         .fold = repeat % 5 + 1,
                         .seed = bench.plan.seed + static_cast<std::uint64_t>(repeat / 5)});
}

Result<Done> check_numbers(const FewShotPlan& plan) {
  for (const int k : plan.answers) {
    if (k < 0) return invalid_input(fmt::format("answers {}, expected 0 or more", k));
  }
  for (const int n : plan.students) {
    if (n < 1) return invalid_input(fmt::format("students {}, expected 1 or more", n));
  }
  if (plan.answers.empty()) return invalid_input("0 numbers of answers, expected at least one");
  if (plan.repeats < 1 || plan.things < 1 || plan.meta_epochs < 1) {
    return invalid_input(
        fmt::format("repeats is {}, things {}, meta epochs {}, expected 1 or more each",
                    plan.repeats, plan.things, plan.meta_epochs));
  }
  return Done{};
}

/// The plan, with the options under which the model moves where it has to; the caller's go first.
Result<FewShotPlan> with_movable(FewShotPlan plan, const ModelEntry& entry, bool moves) {
  if (!moves || entry.movable.empty()) return plan;
  MENO_TRY(Options options, parse_options({std::string(entry.movable)}));
  plan.model_options.merge(options);
  return plan;
}

/// What `prior` stands for, if it competes.
Result<std::optional<Prior>> prior_for(const FewShotPlan& plan,
                                       const std::vector<std::string>& learners) {
  if (std::find(learners.begin(), learners.end(), kPriorContestant) == learners.end())
    return std::optional<Prior>();
  if (plan.sources.empty())
    return invalid_input("learner \"prior\" without sources, expected courses to learn it from");
  MENO_TRY(const ModelEntry* const entry, find_model("evidence"));
  PriorOptions options = plan.prior;
  options.training.seed = plan.seed;
  options.training.threads = plan.threads;
  MENO_TRY(Prior prior, learn_prior(*entry, prior_model_options(), plan.sources, options));
  return std::optional<Prior>(std::move(prior));
}

}  // namespace

std::vector<std::string> few_shot_problems() {
  std::vector<std::string> names;
  for (const FewShotProblem& problem : few_shot_registry()) names.emplace_back(problem.name);
  return names;
}

Result<std::vector<FewShotRow>> run_few_shot(const Course& course, const SplitSource& source,
                                             const FewShotPlan& plan) {
  const auto problems = few_shot_registry();
  const auto problem =
      std::find_if(problems.begin(), problems.end(),
                   [&](const FewShotProblem& entry) { return entry.name == plan.problem; });
  if (problem == problems.end()) {
    return invalid_input(fmt::format("benchmark \"{}\", expected one of: {}", plan.problem,
                                     fmt::join(few_shot_problems(), ", ")));
  }
  MENO_TRY_DONE(check_numbers(plan));
  MENO_TRY_DONE(check_contestants(plan.learners));
  MENO_TRY(const ModelEntry* const entry, find_model(plan.model));
  MENO_TRY(const FewShotPlan filled, with_movable(plan, *entry, problem->moves));
  std::vector<std::string> learners = plan.learners;
  if (learners.empty()) learners = usual_contestants(problem->sampler);
  if (plan.learners.empty() && !plan.sources.empty()) learners.emplace_back(kPriorContestant);
  MENO_TRY(const std::optional<Prior> prior, prior_for(plan, learners));
  FewShotTable table;
  const FewShotBench bench{course,   source, filled, *entry, prior ? &*prior : nullptr,
                           learners, table};
  for (int repeat = 0; repeat < plan.repeats; ++repeat) {
    MENO_TRY(const Split split, split_of(bench, repeat));
    MENO_TRY_DONE(problem->run(bench, split, repeat));
  }
  return table.rows();
}

}  // namespace meno
