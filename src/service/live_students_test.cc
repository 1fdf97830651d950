// Students who are forgotten to make room are, when asked about again, who they were.
#include "service/live_students.h"

#include <cstdlib>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "service/fake_model_test.h"
#include "service/fill_store.h"
#include "service/services.h"

namespace meno {
namespace {

constexpr TimePoint kNow{std::chrono::milliseconds(1'700'000'000'000)};
constexpr std::size_t kStudents = 300;

class LiveStudentsTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-live-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    store_ = *open_store((folder_ / "store.db").string());
    ASSERT_TRUE(fill_store(*store_, run_));
    std::vector<StoredStudent> students;
    std::vector<StoredAnswer> answers;
    for (std::size_t s = 0; s < kStudents; ++s) {
      students.push_back({.id = fmt::format("s{}", s), .display_name = "S"});
      for (std::size_t t = 0; t < 3; ++t) answers.push_back(answer(s, t));
    }
    ASSERT_TRUE(store_->students().enrol("maths", students));
    ASSERT_TRUE(store_->answers().append_many(answers));
  }
  void TearDown() override {
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  static StoredAnswer answer(std::size_t student, std::size_t step) {
    StoredAnswer answer;
    answer.event_id = fmt::format("e{}-{}", student, step);
    answer.course_id = "maths";
    answer.student_id = fmt::format("s{}", student);
    answer.item_id = "i1";
    answer.correct = (student + step) % 3 == 0 ? 1.0 : 0.0;
    answer.answered_at = kNow;
    answer.response_ms = static_cast<std::int32_t>(1000 + 10 * student);
    answer.fingerprint = "f";
    return answer;
  }

  /// Everything that a round over all students and one over the quicker third say: the number of
  /// answers, of right ones and the last `seq`; then the item's median time, which would fall if
  /// those of the second round counted twice.
  std::vector<double> two_rounds(std::size_t most) {
    Services services(*store_, run_, model_, clock_);
    LiveStudents students(*store_, most);
    const std::shared_ptr<const LiveCourse> course = *services.courses.find("maths");
    const SkillId skill = course->skills_of(*course->item("i1")).front();
    std::vector<double> said;
    for (int round = 0; round < 2; ++round) {
      for (std::size_t s = 0; s < (round == 0 ? kStudents : kStudents / 3); ++s) {
        const auto student = *students.find(course, fmt::format("s{}", s));
        EXPECT_TRUE(student->now([&](const LearnerState& state) {
          said.push_back(state.record().skill(skill).answers);
          said.push_back(state.record().skill(skill).right);
          said.push_back(static_cast<double>(state.last_seq()));
        }));
      }
    }
    kept_ = students.of_course("maths").size();
    Event event;
    event.item = *course->item("i1");
    event.response_ms = 1;  // any: without one there is no median
    said.push_back(course->times().median(event));
    return said;
  }

  std::filesystem::path folder_;
  meno::Run run_ = fake_run();
  FakeModel model_;
  FixedClock clock_{kNow};
  std::unique_ptr<Store> store_;
  std::size_t kept_ = 0;
};

TEST_F(LiveStudentsTest, WhoIsForgottenIsBuiltAgainAsHeWasAndHisTimesCountOnce) {
  const std::vector<double> all = two_rounds(16'384);
  EXPECT_EQ(kept_, kStudents);
  const std::vector<double> few = two_rounds(64);
  EXPECT_LE(kept_, 64U);
  EXPECT_EQ(few, all);
}

TEST_F(LiveStudentsTest, WhoIsInSomebodysHandsIsNotForgotten) {
  Services services(*store_, run_, model_, clock_);
  LiveStudents students(*store_, 64);
  const std::shared_ptr<const LiveCourse> course = *services.courses.find("maths");
  const auto held = *students.find(course, "s0");
  for (std::size_t s = 1; s < kStudents; ++s)
    ASSERT_TRUE(students.find(course, fmt::format("s{}", s)));
  EXPECT_EQ(students.served("maths", "s0"), held);
  EXPECT_EQ(students.served("maths", "nobody"), nullptr);
}

}  // namespace
}  // namespace meno
