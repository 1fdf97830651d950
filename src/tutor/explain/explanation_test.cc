#include "tutor/explain/explanation.h"

#include <cmath>
#include <cstring>

#include <gtest/gtest.h>

#include "core/shapley.h"

namespace meno {
namespace {

constexpr TimePoint kStart{std::chrono::milliseconds(1'700'000'000'000)};
TimePoint after_days(int days) { return kStart + std::chrono::hours(24 * days); }

/// Every answer adds or takes .5, halved for each day that has gone; items get harder by their
/// number.
class Forgetful final : public Tracker {
 public:
  void observe(const Event& event) override {
    level_ = left(event.at) + (event.correct > 0.5F ? 0.5 : -0.5);
    at_ = event.at;
  }
  void p_correct(std::span<const Target> targets, std::span<double> p) const override {
    for (std::size_t k = 0; k < targets.size(); ++k) {
      const double logit = left(targets[k].at) - 0.1 * targets[k].item.value;
      p[k] = 1.0 / (1.0 + std::exp(-logit));
    }
  }
  std::unique_ptr<Tracker> clone() const override { return std::make_unique<Forgetful>(*this); }
  std::string save() const override { return {}; }
  Result<Done> restore(std::string_view) override { return Done{}; }

 private:
  double left(TimePoint now) const {
    if (at_ == kNoTime || now == kNoTime) return level_;
    return level_ * std::exp2(-std::chrono::duration<double, std::ratio<86400>>(now - at_).count());
  }
  double level_ = 0.0;
  TimePoint at_ = kNoTime;
};

class ForgetfulModel final : public OnlineModel {
 public:
  std::unique_ptr<Tracker> new_student() const override { return std::make_unique<Forgetful>(); }
};

/// Skill b builds on a, c stands apart; one item each, i0 i1 i2.
class ExplanationTest : public testing::Test {
 protected:
  ExplanationTest() {
    Course course;
    for (const char* skill : {"a", "b", "c"}) {
      const SkillId id = course.skills.intern(skill);
      course.items.intern("i" + std::to_string(id.value));
      course.item_skills.push_back({id});
    }
    const Prerequisite edges[] = {{"a", "b"}};
    SkillGraph graph = *SkillGraph::make(course.skills, edges);
    course_ =
        std::make_unique<TutorCourse>(std::move(course), std::move(graph), CourseNames{}, model_);
  }

  void answer(std::size_t item, bool correct, int day) {
    past_.push_back({.event = {.item = ItemId(item),
                               .skills = course_->course().skills_of(ItemId(item)),
                               .correct = correct ? 1.0F : 0.0F,
                               .at = after_days(day)},
                     .id = "e" + std::to_string(past_.size())});
  }

  Explanation explained(std::size_t item, int day) {
    const auto tracker = model_.new_student();
    for (const PastEvent& past : past_) tracker->observe(past.event);
    return explain(model_, *tracker, past_,
                   {.item = ItemId(item),
                    .skills = course_->course().skills_of(ItemId(item)),
                    .at = after_days(day)},
                   *course_);
  }

  static double piece(const Explanation& explanation, std::string_view name) {
    for (const Contribution& one : explanation.by_answer)
      if (one.piece == name) return one.logit;
    return 0.0;
  }

  static void expect_sum(const Explanation& explanation) {
    double sum = explanation.typical;
    for (const Contribution& one : explanation.by_answer) sum += one.logit;
    EXPECT_NEAR(sum, explanation.logit, 1e-9);
  }

  ForgetfulModel model_;
  std::unique_ptr<TutorCourse> course_;
  std::vector<PastEvent> past_;
};

/// What an answer leaves of .5 by the last one adds up here, so each kind gets what it left.
TEST_F(ExplanationTest, CountsEachAnswerWhereItBelongsAndTimeForWhatItTakes) {
  answer(0, true, 0);
  answer(2, false, 0);
  answer(1, true, 1);
  answer(1, true, 1);
  const Explanation made = explained(1, 2);
  EXPECT_NEAR(made.typical, -0.1, 1e-12);
  EXPECT_NEAR(made.difficulty, 0.0, 1e-12);
  EXPECT_NEAR(piece(made, "builds_on"), 0.25, 1e-12) << "half of it has faded in a day";
  EXPECT_NEAR(piece(made, "wrong_elsewhere"), -0.25, 1e-12);
  EXPECT_NEAR(piece(made, "right_here"), 1.0, 1e-12);
  EXPECT_NEAR(piece(made, "time"), -0.5, 1e-12) << "half of what was there since the last answer";
  expect_sum(made);
  EXPECT_TRUE(made.by_evidence.empty());
  ASSERT_EQ(made.telling.size(), 3U) << "none of the one elsewhere";
  EXPECT_NEAR(made.telling[0].logit, 0.5, 1e-12);
  EXPECT_EQ(made.telling[0].attempt.event_id, "e3");
  EXPECT_EQ(made.telling[2].attempt.event_id, "e0");
  EXPECT_NEAR(made.telling[2].logit, 0.25, 1e-12);
}

TEST_F(ExplanationTest, TakesWhatIsFarBackTogetherAndStillAddsUp) {
  for (std::size_t k = 0; k < kReplayedAnswers + 50; ++k) answer(k % 3, k % 5 != 0, k < 50 ? 0 : 1);
  const Explanation made = explained(2, 2);
  EXPECT_NE(piece(made, "earlier"), 0.0);
  expect_sum(made);
  EXPECT_EQ(made.telling.size(), kTellingAnswers);
}

/// Two that only count together share alike; one that adds nothing gets nothing.
TEST(Shapley, IsFairAndSumsToTheWhole) {
  const double value[] = {1.0, 1.0, 1.0, 4.0, 1.0, 1.0, 1.0, 4.0};  // players 0 and 1 together: 3
  double share[3];
  shapley(value, share);
  EXPECT_NEAR(share[0], 1.5, 1e-12);
  EXPECT_NEAR(share[1], 1.5, 1e-12);
  EXPECT_NEAR(share[2], 0.0, 1e-12);
}

}  // namespace
}  // namespace meno
