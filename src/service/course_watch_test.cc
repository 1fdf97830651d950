// CourseWatch against what may never happen in it: a look ahead, another student's answer counted,
// a score that begins too early. All students are simulated.
#include "service/course_watch.h"

#include <gtest/gtest.h>

#include "service/drawn_school_for_test.h"

namespace meno {
namespace {

class CourseWatchTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-watch-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    school_ = std::make_unique<DrawnSchool>(folder_, small_prior(), World::AsPredicted, 1);
    school_->enrol(8);
    live_ = *school_->services().courses.find(DrawnSchool::kCourse);
  }
  void TearDown() override {
    live_.reset();
    school_.reset();
    std::filesystem::remove_all(folder_);
  }

  /// The same model at a later place, serving answers above `after_seq`.
  std::shared_ptr<const LiveCourse> later(std::uint64_t place, std::uint64_t after_seq) {
    auto served = std::make_shared<ServedModel>(live_->served());
    served->place = place;
    served->after_seq = after_seq;
    return *school_->services().courses.under(DrawnSchool::kCourse, served);
  }
  StoredAnswer answer(std::size_t student) {
    StoredAnswer answer = school_->answer(student);
    answer.seq = ++seq_;
    return answer;
  }

  std::filesystem::path folder_;
  std::unique_ptr<DrawnSchool> school_;
  std::shared_ptr<const LiveCourse> live_;
  std::uint64_t seq_ = 0;
};

TEST_F(CourseWatchTest, ScoresWhatTheModelSaidBeforeTheAnswer) {
  CourseWatch watch(live_, {}, 300);
  LearnerState state(live_);
  PrequentialScore expected;
  for (int k = 0; k < 30; ++k) {
    const StoredAnswer next = answer(2);
    const Event event = event_of(next, *live_);
    const Target target{.item = event.item, .skills = event.skills, .at = event.at};
    double p = 0.0;
    state.tracker().p_correct(std::span(&target, 1), std::span(&p, 1));
    expected.add(p, next.correct);
    state.observe(next, kNoResponseTime);
    watch.observe(next);
  }
  EXPECT_EQ(*watch.figures().incumbent.log_loss, *expected.figures().log_loss);
  EXPECT_EQ(watch.figures().incumbent.answers, 30U);
}

TEST_F(CourseWatchTest, AChallengerThatIsTheSameModelGainsNothing) {
  CourseWatch watch(live_, {}, 300);
  for (int k = 0; k < 40; ++k) watch.observe(answer(static_cast<std::size_t>(k) % 8));
  watch.challenge(std::make_shared<const ServedModel>(live_->served()));
  for (int k = 0; k < 80; ++k) watch.observe(answer(static_cast<std::size_t>(k) % 8));
  const WatchFigures figures = watch.figures();
  EXPECT_EQ(figures.gain.answers, 80U);
  EXPECT_EQ(figures.gain.mean, 0.0) << "caught up from the histories, it says the same";
  EXPECT_FALSE(watch.challenger_won());
}

TEST_F(CourseWatchTest, AnotherModelsScoreBeginsWithTheAnswersItServed) {
  CourseWatch watch(live_, {}, 300);
  for (int k = 0; k < 10; ++k) watch.observe(answer(0));
  watch.challenge(std::make_shared<const ServedModel>(live_->served()));
  watch.serve(later(1, 15));
  EXPECT_EQ(watch.figures().incumbent.answers, 0U);
  EXPECT_EQ(watch.challenger(), nullptr) << "it challenged the one before";
  for (int k = 0; k < 10; ++k) watch.observe(answer(0));
  EXPECT_EQ(watch.figures().incumbent.answers, 5U) << "answers 16 to 20";
  EXPECT_EQ(watch.figures().answers, 20U);
}

TEST_F(CourseWatchTest, FollowsTheFirstStudentsAlone) {
  CourseWatch watch(live_, {}, 3);
  for (std::size_t s = 0; s < 8; ++s) watch.observe(answer(s));
  for (std::size_t s = 0; s < 8; ++s) watch.observe(answer(s));
  EXPECT_EQ(watch.figures().students, 3U);
  EXPECT_EQ(watch.figures().answers, 6U);
  EXPECT_EQ(watch.students().size(), 3U);
}

TEST_F(CourseWatchTest, TellsGrowthPointsOnce) {
  CourseWatch watch(live_, {}, 300);
  std::vector<std::size_t> points;
  for (std::size_t k = 1; k <= 200; ++k) {
    if (watch.observe(answer(k % 8))) points.push_back(k);
  }
  EXPECT_EQ(points, (std::vector<std::size_t>{100, 125, 157, 196}));
}

}  // namespace
}  // namespace meno
