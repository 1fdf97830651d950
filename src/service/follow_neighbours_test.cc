// Two servers over one PostgreSQL database, each with a folder of runs of its own: what one puts
// into service the other serves, and a student is the same for both.
#include "service/follow_neighbours.h"

#include <cstdlib>
#include <filesystem>
#include <thread>

#include <gtest/gtest.h>

#include "core/json.h"
#include "service/drawn_school_for_test.h"
#include "service/retraining.h"
#include "store/postgres/cluster_for_test.h"

namespace meno {
namespace {

constexpr const char* kCourse = "maths";

/// A server without its HTTP.
struct ServerForTest {
  ServerForTest(const std::string& url, const Run& run, std::filesystem::path folder)
      : model(run.model->online(run.theta)),
        store(*open_store(url)),
        services(*store, run, *model, clock),
        versions(services, std::move(folder)) {
    services.versions = &versions;
    follow = std::make_unique<FollowNeighbours>(services);
  }

  std::string version() { return (*services.courses.find(kCourse))->served().version; }
  double p_correct(const std::string& student) {
    const auto course = *services.courses.find(kCourse);
    double p = 0.0;
    EXPECT_TRUE((*services.students.find(course, student))->now([&](const LearnerState& state) {
      const ItemId item = *state.course()->item("i1");
      const Target target{.item = item, .skills = state.course()->skills_of(item), .at = kNoTime};
      state.tracker().p_correct(std::span(&target, 1), std::span(&p, 1));
    }));
    return p;
  }

  std::unique_ptr<const OnlineModel> model;
  std::unique_ptr<Store> store;
  SystemClock clock;
  Services services;
  CourseVersions versions;
  std::unique_ptr<FollowNeighbours> follow;
};

template <class Holds>
testing::AssertionResult soon(Holds holds) {
  for (int tries = 0; tries < 3'000; ++tries) {
    if (holds()) return testing::AssertionSuccess();
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  return testing::AssertionFailure() << "not within 30 seconds";
}

class FollowNeighboursTest : public testing::Test {
 protected:
  void SetUp() override {
    if (!ClusterForTest::get().installed()) GTEST_SKIP() << "postgres is not installed";
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-follow-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    const std::string url = ClusterForTest::get().new_database();
    one_ = std::make_unique<ServerForTest>(url, base_, folder_ / "one");
    StoredCourse course{.id = kCourse,
                        .name = {"M", "M"},
                        .simulated = true,
                        .content = {},
                        .skills = {},
                        .items = {}};
    course.skills.push_back({.id = "add", .name = {"A", "A"}, .strand = {}, .prerequisites = {}});
    for (const char* id : {"i1", "i2"})
      course.items.push_back({.id = id, .title = {id, id}, .skills = {"add"}});
    ASSERT_TRUE(one_->store->courses().add(course));
    const std::vector<StoredStudent> students = {{.id = "ann", .display_name = "Ann"}};
    ASSERT_TRUE(one_->store->students().enrol(kCourse, students));
    two_ = std::make_unique<ServerForTest>(url, base_, folder_ / "two");
    tuned_.theta.front() += 0.5;
    tuned_.course.name = "tuned";
  }
  void TearDown() override {
    one_.reset();
    two_.reset();
    if (!folder_.empty()) std::filesystem::remove_all(folder_);
  }

  static StoredAnswer answer(int number) {
    StoredAnswer answer;
    answer.event_id = fmt::format("e{}", number);
    answer.course_id = kCourse;
    answer.student_id = "ann";
    answer.item_id = number % 2 == 0 ? "i1" : "i2";
    answer.correct = number % 3 == 0 ? 1.0 : 0.0;
    answer.answered_at = TimePoint(std::chrono::minutes(26'000'000 + number));
    answer.fingerprint = "f";
    return answer;
  }

  meno::Run base_ = small_prior();
  meno::Run tuned_ = base_;
  std::filesystem::path folder_;
  std::unique_ptr<ServerForTest> one_;
  std::unique_ptr<ServerForTest> two_;
};

TEST_F(FollowNeighboursTest, SeeAnswersThatTheOtherRecorded) {
  for (int number = 0; number < 20; ++number) {
    const std::vector<StoredAnswer> next = {answer(number)};
    const auto before = one_->p_correct("ann");
    ASSERT_TRUE((number % 2 == 0 ? one_ : two_)->store->answers().append_many(next));
    const auto after = one_->p_correct("ann");
    EXPECT_NE(after, before) << number;
    EXPECT_EQ(two_->p_correct("ann"), after) << number;
  }
}

TEST_F(FollowNeighboursTest, OneOfThemRetrains) {
  ASSERT_TRUE(soon([&] { return one_->store->neighbours().leading(); }));
  Retraining one(one_->services, one_->versions, {});
  Retraining two(two_->services, two_->versions, {});
  one.run_due();
  two.run_due();
  EXPECT_NE(one.state(kCourse).since, kNoTime);
  EXPECT_EQ(two.state(kCourse).since, kNoTime);
}

TEST_F(FollowNeighboursTest, ServeTheRunThatTheOtherHasPutIntoService) {
  ASSERT_TRUE(one_->store->answers().append_many(std::vector{answer(1), answer(2)}));
  const double at_first = two_->p_correct("ann");
  ASSERT_TRUE(soon([&] { return one_->version() == two_->version(); }));
  const auto swapped = one_->versions.swap(kCourse, tuned_, 0, Json::object());
  ASSERT_TRUE(swapped) << swapped.error().message;
  ASSERT_TRUE(soon([&] { return two_->version() == swapped->version; }));
  EXPECT_NE(two_->p_correct("ann"), at_first);
  EXPECT_EQ(two_->p_correct("ann"), one_->p_correct("ann"));
  // A change that goes by what is no longer so is refused, whichever server it comes from.
  EXPECT_EQ(two_->versions.swap(kCourse, base_, 0, Json::object()).error().kind,
            ErrorKind::Conflict);
  ASSERT_TRUE(two_->versions.rollback(kCourse, swapped->version));
  EXPECT_TRUE(soon([&] { return one_->versions.paused(kCourse); }));
  EXPECT_EQ(one_->version(), one_->services.courses.base()->version);
  EXPECT_EQ(one_->p_correct("ann"), at_first);
  EXPECT_EQ(one_->versions.rollback(kCourse, swapped->version).error().kind, ErrorKind::Conflict);
}

}  // namespace
}  // namespace meno
