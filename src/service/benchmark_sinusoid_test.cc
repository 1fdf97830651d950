#include "service/benchmark_sinusoid.h"

#include <gtest/gtest.h>

#include "core/json.h"

namespace meno {
namespace {

TEST(BenchmarkSinusoid, HasTheRowsThatOthersScriptAgainst) {
  const auto document = benchmark_sinusoid(
      {.learners = {"maml", "meta-sgd"}, .shots = 5, .steps = 3, .test_tasks = 8});
  ASSERT_TRUE(document) << document.error().message;
  const Json& rows = document->at("rows");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_EQ(rows.at(0).at("learner"), "maml");
  EXPECT_EQ(rows.at(1).at("learner"), "meta-sgd");
  for (const Json& row : rows) {
    EXPECT_EQ(row.at("shots"), 5);
    EXPECT_GT(row.at("tasks_per_second").get<double>(), 0.0);
    for (const char* steps : {"1", "5", "10"}) {
      EXPECT_TRUE(row.at("mse").at(steps).is_number()) << steps;
      EXPECT_TRUE(row.at("mse_half_width").at(steps).is_number()) << steps;
    }
  }
}

}  // namespace
}  // namespace meno
