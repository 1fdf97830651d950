#include "service/benchmark_gaussian.h"

#include "core/json.h"

namespace meno {
namespace {

std::string_view source_of(std::string_view name) {
  for (const GaussianLearner& learner : gaussian_learners()) {
    if (learner.name == name) return learner.source;
  }
  return {};
}

Json row_json(const GaussianRow& row) {
  Json json{{"learner", row.learner},
            {"source", source_of(row.learner)},
            {"shots", row.shots},
            {"accuracy", row.accuracy.value},
            {"accuracy_half_width", row.accuracy.half_width},
            {"nll", row.nll.value},
            {"nll_half_width", row.nll.half_width},
            {"ece", row.ece.value},
            {"ece_half_width", row.ece.half_width},
            {"inner_rate", row.inner_rate},
            {"validation_nll", row.validation_nll},
            {"lambda", nullptr},
            {"lambda_curve", Json::array()},
            {"tasks_per_second", row.tasks_per_second},
            {"seconds", row.seconds},
            {"diverged", row.diverged}};
  if (row.lambda) json["lambda"] = *row.lambda;
  for (const LambdaPoint& point : row.lambda_curve) {
    json["lambda_curve"].push_back({{"lambda", point.lambda}, {"nll", point.nll}});
  }
  return json;
}

}  // namespace

Result<Json> benchmark_gaussian(const GaussianPlan& plan) {
  MENO_TRY(const std::vector<GaussianRow> rows, run_gaussian(plan));
  Json document{{"problem", "gaussian"},         {"seed", plan.seed},
                {"steps", plan.steps},           {"tasks_per_step", plan.tasks},
                {"test_tasks", plan.test_tasks}, {"rows", Json::array()}};
  for (const GaussianRow& row : rows) document["rows"].push_back(row_json(row));
  return document;
}

}  // namespace meno
