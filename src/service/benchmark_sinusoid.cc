#include "service/benchmark_sinusoid.h"

#include "core/json.h"

namespace meno {
namespace {

Json by_steps(const std::array<double, kSinusoidSteps.size()>& values) {
  Json object;
  for (std::size_t s = 0; s < values.size(); ++s) {
    object[std::to_string(kSinusoidSteps[s])] = values[s];
  }
  return object;
}

std::string_view source_of(std::string_view name) {
  for (const SinusoidLearner& learner : sinusoid_learners()) {
    if (learner.name == name) return learner.source;
  }
  return {};
}

}  // namespace

Result<Json> benchmark_sinusoid(const SinusoidPlan& plan) {
  MENO_TRY(const std::vector<SinusoidRow> rows, run_sinusoid(plan));
  Json document{{"problem", "sinusoid"},         {"seed", plan.seed},
                {"steps", plan.steps},           {"tasks_per_step", plan.tasks},
                {"test_tasks", plan.test_tasks}, {"rows", Json::array()}};
  for (const SinusoidRow& row : rows) {
    document["rows"].push_back({{"learner", row.learner},
                                {"source", source_of(row.learner)},
                                {"shots", row.shots},
                                {"mse", by_steps(row.mse)},
                                {"mse_half_width", by_steps(row.half_width)},
                                {"inner_rate", row.inner_rate},
                                {"tasks_per_second", row.tasks_per_second},
                                {"seconds", row.seconds},
                                {"diverged", row.diverged}});
  }
  return document;
}

}  // namespace meno
