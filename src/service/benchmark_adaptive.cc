#include "service/benchmark_adaptive.h"

#include "core/json.h"

namespace meno {

Result<Json> benchmark_adaptive_test(const BenchmarkAdaptiveTest& ask) {
  MENO_TRY(const Dataset dataset, Dataset::open(ask.data));
  MENO_TRY(const AdaptiveReport report, run_adaptive_protocol(dataset, ask.plan));
  Json document{{"problem", "adaptive-test"},
                {"seed", ask.plan.seed},
                {"data", dataset.course().name},
                {"students", report.students},
                {"students_left_out", report.left_out},
                {"answers", report.answers},
                {"folds", ask.plan.folds},
                {"repeats", ask.plan.repeats},
                {"min_answers", ask.plan.min_answers},
                {"rows", Json::array()}};
  for (const AdaptiveRow& row : report.rows) {
    document["rows"].push_back({{"selector", row.selector},
                                {"questions", row.questions},
                                {"accuracy", row.accuracy},
                                {"auc", row.auc ? Json(*row.auc) : Json(nullptr)},
                                {"accuracy_sd", row.accuracy_sd},
                                {"auc_sd", row.auc_sd},
                                {"log_loss", row.log_loss},
                                {"predicted", row.predicted},
                                {"us_per_step", row.us_per_step}});
  }
  SimulateTests simulate = ask.simulate;
  simulate.seed = ask.plan.seed;
  MENO_TRY(document["simulated_tests"], simulated_tests(dataset, simulate));
  return document;
}

}  // namespace meno
