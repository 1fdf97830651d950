// A 20-step plan over a graph of 800 skills, all of which a goal rests on or are goals themselves;
// and the same for a single goal at the end of it. Beside it the least that any planner must do: 20
// times look at 800 skills (counter x_look).
#include <cmath>

#include <benchmark/benchmark.h>

#include "core/rng.h"
#include "tutor/path/planner.h"

namespace meno {
namespace {

PlanProblem course_of(std::size_t skills, bool all_goals) {
  Rng rng(1);
  PlanProblem problem{.skills = {}, .ready_effect = 0.7, .power = 1.0, .mastery_at = 0.8};
  for (std::size_t s = 0; s < skills; ++s) {
    PlanSkill skill{.mean = rng.normal() - 0.5, .variance = 0.5, .answers = 0.0, .needs = {}};
    skill.gain = 0.1 + 0.3 * rng.uniform();
    skill.goal = all_goals || s + 1 == skills ? 1.0 : 0.0;
    for (int k = 0; s > 0 && k < 2; ++k)
      skill.needs.push_back(
          static_cast<std::uint32_t>(s - 1 - rng.below(std::min<std::size_t>(s, 20))));
    problem.skills.push_back(std::move(skill));
  }
  return problem;
}

void plan(benchmark::State& state) {
  const PlanProblem problem = course_of(800, state.range(0) == 1);
  for (auto _ : state) benchmark::DoNotOptimize(plan_path(problem, {.steps = 20}));
}
BENCHMARK(plan)->ArgName("all_goals")->Arg(0)->Arg(1)->Unit(benchmark::kMillisecond);

void replan(benchmark::State& state) {
  const PlanProblem problem = course_of(800, true);
  for (auto _ : state)
    benchmark::DoNotOptimize(plan_path(problem, {.steps = 20}, {.beam = 2, .candidates = 6}));
}
BENCHMARK(replan)->Unit(benchmark::kMillisecond);

void look(benchmark::State& state) {
  const PlanProblem problem = course_of(800, true);
  for (auto _ : state) {
    double best = 0.0;
    for (int step = 0; step < 20; ++step)
      for (const PlanSkill& skill : problem.skills)
        best = std::max(best, skill.gain * skill.mean / (skill.answers + step + 1.0));
    benchmark::DoNotOptimize(best);
  }
}
BENCHMARK(look)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace meno
