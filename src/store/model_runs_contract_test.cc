// The contract of the registry of runs and of alarms, on every engine.
#include "store/engine_for_test.h"

namespace meno {
namespace {

class ModelRunContract : public EveryEngine {};

INSTANTIATE_TEST_SUITE_P(Engines, ModelRunContract, testing::ValuesIn(kEngines),
                         [](const auto& param) { return param.param.name; });

ModelRun model_run(const std::string& version) {
  return {.course_id = "maths",
          .version = version,
          .parent = "v0",
          .base = "v0",
          .origin = "retrained",
          .model = "evidence",
          .data_hash = "h",
          .simulated = true,
          .made_at = TimePoint(std::chrono::milliseconds(1'700'000'000'123)),
          .metrics = "{\"auc\":0.8}",
          .state = "candidate",
          .changed_at = TimePoint(std::chrono::milliseconds(1'700'000'000'456)),
          .share = 0.25,
          .figures = "{}"};
}

TEST_P(ModelRunContract, ARunIsKeptOnceAndItsStateChanges) {
  ASSERT_TRUE(store_->model_runs().put(model_run("v1")));
  ASSERT_TRUE(store_->model_runs().put(model_run("v2")));
  ModelRun changed = model_run("v1");
  changed.state = "serving";
  changed.share = 1.0;
  ASSERT_TRUE(store_->model_runs().put(changed));
  ModelRun elsewhere = model_run("v1");
  elsewhere.base = "v9";
  ASSERT_TRUE(store_->model_runs().put(elsewhere));
  reopen();
  const auto runs = store_->model_runs().of_course("maths");
  ASSERT_TRUE(runs) << runs.error().message;
  ASSERT_EQ(runs->size(), 3U);
  EXPECT_EQ(runs->at(0).version, "v1");
  EXPECT_EQ(runs->at(0).state, "serving");
  EXPECT_EQ(runs->at(0).share, 1.0);
  EXPECT_EQ(runs->at(1).state, "candidate");
  EXPECT_EQ(runs->at(1).share, 0.25);
  EXPECT_EQ(runs->at(1).parent, "v0");
  EXPECT_TRUE(runs->at(1).simulated);
  EXPECT_EQ(runs->at(1).metrics, "{\"auc\":0.8}");
  EXPECT_EQ(runs->at(1).made_at, TimePoint(std::chrono::milliseconds(1'700'000'000'123)));
  EXPECT_EQ(runs->at(2).base, "v9");
  ModelRun nowhere = model_run("v1");
  nowhere.course_id = "nowhere";
  EXPECT_EQ(store_->model_runs().put(nowhere).error().kind, ErrorKind::NotFound);
}

TEST_P(ModelRunContract, AnAlarmIsKeptOnce) {
  const CourseAlarm alarm{.course_id = "maths",
                          .kind = "surprise",
                          .version = "v1",
                          .seq = 7,
                          .at = TimePoint(std::chrono::milliseconds(1'700'000'000'123)),
                          .figures = "{}"};
  EXPECT_TRUE(*store_->model_runs().add_alarm(alarm));
  EXPECT_FALSE(*store_->model_runs().add_alarm(alarm));
  CourseAlarm later = alarm;
  later.seq = 8;
  EXPECT_TRUE(*store_->model_runs().add_alarm(later));
  const auto alarms = store_->model_runs().alarms("maths");
  ASSERT_EQ(alarms->size(), 2U);
  EXPECT_EQ(alarms->front().kind, "surprise");
  EXPECT_EQ(alarms->front().seq, 7U);
  CourseAlarm nowhere = alarm;
  nowhere.course_id = "nowhere";
  EXPECT_EQ(store_->model_runs().add_alarm(nowhere).error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace meno
