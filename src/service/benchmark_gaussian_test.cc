#include "service/benchmark_gaussian.h"

#include <gtest/gtest.h>

#include "core/json.h"

namespace meno {
namespace {

TEST(BenchmarkGaussian, HasTheRowsThatOthersScriptAgainst) {
  const auto document = benchmark_gaussian({.learners = {"maml", "bayes"},
                                            .shots = 1,
                                            .steps = 3,
                                            .tasks = 8,
                                            .test_tasks = 8,
                                            .lambdas = {0.1, 1.0}});
  ASSERT_TRUE(document) << document.error().message;
  EXPECT_EQ(document->at("problem"), "gaussian");
  const Json& rows = document->at("rows");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.at(0).at("learner"), "maml");
  EXPECT_TRUE(rows.at(0).at("lambda").is_null());
  EXPECT_TRUE(rows.at(0).at("lambda_curve").empty());
  EXPECT_EQ(rows.at(1).at("learner"), "bayes");
  EXPECT_TRUE(rows.at(1).at("lambda").is_number());
  EXPECT_EQ(rows.at(1).at("lambda_curve").size(), 2U);
  for (const Json& row : rows) {
    EXPECT_EQ(row.at("shots"), 1);
    for (const char* name : {"accuracy", "nll", "ece", "accuracy_half_width", "nll_half_width",
                             "ece_half_width", "tasks_per_second"}) {
      EXPECT_TRUE(row.at(name).is_number()) << name;
    }
  }
}

}  // namespace
}  // namespace meno
