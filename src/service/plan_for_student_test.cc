#include "service/plan_for_student.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/fake_model_test.h"
#include "service/near_names.h"

namespace meno {
namespace {

constexpr TimePoint kNow{std::chrono::milliseconds(1'700'000'000'000)};

class PlanForStudentTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-plan-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    auto opened = open_store((folder_ / "store.db").string());
    ASSERT_TRUE(opened) << opened.error().message;
    store_ = *std::move(opened);
    StoredCourse course{.id = "maths",
                        .name = same_text("maths"),
                        .simulated = true,
                        .content = {},
                        .skills = {},
                        .items = {}};
    course.skills = {{"add", {"Adding", "加"}, {}, {}},
                     {"mul", {"Times", "乘"}, {}, {"add"}},
                     {"empty", {"Empty", "空"}, {}, {"mul"}}};
    for (const char* item : {"i1", "i2", "i3"})
      course.items.push_back(
          {.id = item, .title = same_text(item), .skills = {item[1] == '3' ? "mul" : "add"}});
    ASSERT_TRUE(store_->courses().add(course));
    services_ = std::make_unique<Services>(*store_, run_, model_, clock_);
    enrol("ann", 0);
  }
  void TearDown() override {
    services_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void enrol(const std::string& id, int answers) {
    const StoredStudent student{.id = id, .display_name = id};
    ASSERT_TRUE(store_->students().enrol("maths", {&student, 1}));
    std::vector<StoredAnswer> all;
    for (int t = 0; t < answers; ++t) {
      StoredAnswer answer;
      answer.event_id = fmt::format("{}-{}", id, t);
      answer.course_id = "maths";
      answer.student_id = id;
      answer.item_id = t % 3 == 2 ? "i3" : t % 3 == 1 ? "i2" : "i1";
      answer.correct = t % 2;
      answer.answered_at = kNow - std::chrono::minutes(answers - t);
      all.push_back(answer);
    }
    if (all.empty()) return;
    ASSERT_TRUE(store_->answers().append_many(all));
  }

  Result<StudentPath> plan(std::string_view student, std::string_view goal, double minutes = 60.0) {
    return plan_for_student(
        *services_,
        {.course_id = "maths", .student_id = student, .goal = goal, .minutes = minutes});
  }
  std::string refusal(const Result<StudentPath>& path) {
    EXPECT_FALSE(path.has_value());
    return path ? "" : path.error().message;
  }

  std::filesystem::path folder_;
  meno::Run run_ = fake_run();
  FakeModel model_;
  FixedClock clock_{kNow};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Services> services_;
};

TEST_F(PlanForStudentTest, LeadsThroughThePrerequisiteWithinTheTime) {
  const auto path = plan("ann", "mul");
  ASSERT_TRUE(path) << path.error().message;
  ASSERT_FALSE(path->stops.empty());
  EXPECT_LE(path->planned.seconds, 3600.0 + 1e-6);
  EXPECT_GT(path->planned.end, path->planned.start);
  EXPECT_EQ(path->fitted_on, 0U);
  for (const PathStop& stop : path->stops) {
    const auto skills = path->course->skills_of(stop.item);
    EXPECT_NE(std::find(skills.begin(), skills.end(), stop.skill), skills.end());
  }
}

TEST_F(PlanForStudentTest, TakesNamesInEitherLanguage) {
  EXPECT_TRUE(plan("ann", "Times"));
  EXPECT_TRUE(plan("ann", "乘"));
}

TEST_F(PlanForStudentTest, NamesNearGoals) {
  EXPECT_NE(refusal(plan("ann", "mulx")).find("near it: mul"), std::string::npos);
  EXPECT_NE(refusal(plan("ann", "zzzzzzzzzz")).find("one of its 3"), std::string::npos);
}

TEST_F(PlanForStudentTest, SaysThatAGoalWithoutItemsIsOutOfReach) {
  const std::string said = refusal(plan("ann", "empty"));
  EXPECT_NE(said.find("out of reach"), std::string::npos) << said;
  EXPECT_NE(said.find("\"mul\""), std::string::npos) << said;
}

TEST_F(PlanForStudentTest, RefusesStrangersAndAbsurdBudgets) {
  EXPECT_NE(refusal(plan("bob", "mul")).find("bob"), std::string::npos);
  EXPECT_NE(refusal(plan("ann", "mul", -1.0)).find("-1 minutes"), std::string::npos);
  EXPECT_NE(refusal(plan("ann", "mul", std::nan(""))).find("minutes"), std::string::npos);
}

TEST_F(PlanForStudentTest, PlansForALongHistoryAndChangesWithIt) {
  enrol("old", 3000);
  const auto path = plan("old", "mul");
  ASSERT_TRUE(path) << path.error().message;
  EXPECT_EQ(path->answers, 3000U);
  EXPECT_NE(path->planned.start, plan("ann", "mul")->planned.start);
}

TEST_F(PlanForStudentTest, LearnsRatesFromTheCourseOnceThirtyHaveAnswered) {
  for (int k = 0; k < 30; ++k) enrol(fmt::format("s{}", k), 6);
  EXPECT_EQ(plan("ann", "mul")->fitted_on, 30U);
}

TEST(NearNames, AreNearestFirst) {
  const std::vector<std::string> names{"division", "decimals", "Decimal points", "sets"};
  EXPECT_EQ(near_names("decimal", names, 2),
            (std::vector<std::string>{"decimals", "Decimal points"}));
  EXPECT_TRUE(near_names("q", names, 5).empty());
  EXPECT_TRUE(near_names("", names, 5).empty());
}

}  // namespace
}  // namespace meno
