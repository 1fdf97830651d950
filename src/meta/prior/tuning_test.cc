// Tuning against what must hold at an optimum, and what may never happen to a course's theta.
#include "meta/prior/tuning.h"

#include <cmath>
#include <deque>

#include <gtest/gtest.h>

#include "meta/prior/prior.h"
#include "meta/prior/synthetic_course.h"

namespace meno {
namespace {

/// A small prior without training, moved to a made-up course.
class Tuning : public testing::Test {
 protected:
  void SetUp() override {
    Rng rng(11);
    course_ =
        synthetic_course({.skills = 4, .items_per_skill = 3, .median_answers = 20}, 12, 40, 0, rng);
    for (const History& student : course_.students) students_.push_back(student.view());
    const ModelEntry& entry = **find_model("evidence");
    const Options options =
        *parse_options({"skill_vectors=false", "width=3", "hidden=6", "precision=double"});
    const CourseCohort cohort = cohort_of(students_);
    auto fitted = entry.fit(
        options,
        {.training = cohort.windows, .folds = cohort.folds, .fitting = Fitting::Prequential});
    ASSERT_TRUE(fitted) << fitted.error().message;
    model_ = std::move(*fitted);
    theta_ = model_->layout().initial(rng);
    for (double& value : theta_) value += 0.1 * rng.normal();
    for (const Window& window : cohort.windows) {
      encoded_.push_back(model_->encode(window));
      support_.push_back(encoded_.back().get());
    }
  }

  double answers() const {
    double sum = 0.0;
    for (const Encoded* window : support_) sum += static_cast<double>(window->scored());
    return sum;
  }
  double distance(ParamView a) const {
    double squares = 0.0;
    for (std::size_t i = 0; i < a.size(); ++i) squares += (a[i] - theta_[i]) * (a[i] - theta_[i]);
    return std::sqrt(squares);
  }
  double objective(ParamView at, double precision) const {
    const double far = distance(at);
    return answers() * model_->loss(at, support_, {}, std::nullopt) + 0.5 * precision * far * far;
  }

  DrawnCourse course_;
  std::vector<Sequence> students_;
  std::unique_ptr<const StudentModel> model_;
  Params theta_;
  std::vector<std::unique_ptr<const Encoded>> encoded_;
  std::vector<const Encoded*> support_;
};

/// Where the objective is least, the support's slope and the pull of the prior cancel.
TEST_F(Tuning, OfTheReadOutEndsWhereSlopeAndPullCancel) {
  constexpr double kPrecision = 50.0;
  const Params own = tuned(
      *model_, theta_, {.head_only = true, .precision = kPrecision, .iterations = 200}, support_);
  Params slope(theta_.size(), 0.0);
  model_->loss(own, support_, slope, std::nullopt);
  for (std::size_t b = 0; b < model_->layout().blocks().size(); ++b) {
    const ParamBlock& block = model_->layout().blocks()[b];
    for (std::size_t i = model_->layout().offset(b); i < model_->layout().offset(b) + block.size();
         ++i) {
      if (!block.head) {
        EXPECT_EQ(own[i], theta_[i]) << block.name;
        continue;
      }
      EXPECT_NEAR(answers() * slope[i] + kPrecision * (own[i] - theta_[i]), 0.0, 2e-4 * answers())
          << block.name;
    }
  }
}

TEST_F(Tuning, IsNeverWorseThanWhereItBegan) {
  for (const double precision : {1.0, 100.0, 1e4}) {
    const Params own = tuned(*model_, theta_, {.precision = precision}, support_);
    EXPECT_LT(objective(own, precision), objective(theta_, precision)) << precision;
  }
}

TEST_F(Tuning, StaysNearerUnderAStrongerPrior) {
  const Params weak = tuned(*model_, theta_, {.precision = 30.0}, support_);
  const Params strong = tuned(*model_, theta_, {.precision = 3000.0}, support_);
  EXPECT_LT(distance(strong), 0.5 * distance(weak));
}

TEST_F(Tuning, WithoutAnswersNothingMoves) {
  EXPECT_EQ(tuned(*model_, theta_, {}, {}), theta_);
  EXPECT_EQ(tuned_to_course(*model_, theta_, {}, Batch(support_).first(1)).theta, theta_)
      << "one student alone foresees nobody";
}

TEST_F(Tuning, ACoursesThetaFitsItBetterThanThePriors) {
  const TunedCourse own = tuned_to_course(*model_, theta_, {}, support_);
  EXPECT_LT(model_->loss(own.theta, support_, {}, std::nullopt),
            model_->loss(theta_, support_, {}, std::nullopt));
  EXPECT_LT(own.foresight, 0.0) << "a sum of log probabilities";
}

/// When the last students answer at random, what was tuned on the others foresees them no better
/// than what stayed, so theta moves less.
TEST_F(Tuning, MovesLessWhereItForeseesNothing) {
  const double as_is = distance(tuned_to_course(*model_, theta_, {}, support_).theta);
  std::deque<History> scrambled;
  std::vector<std::unique_ptr<const Encoded>> owned;
  std::vector<const Encoded*> support(support_.begin(), support_.begin() + 8);
  for (std::size_t s = 8; s < students_.size(); ++s) {
    History& history = scrambled.emplace_back();
    for (std::size_t t = 0; t < students_[s].size(); ++t) {
      Event event = students_[s][t];
      event.correct = 1.0F - event.correct;
      history.push_back(event);
    }
    owned.push_back(model_->encode({.events = history.view()}));
    support.push_back(owned.back().get());
  }
  EXPECT_LT(distance(tuned_to_course(*model_, theta_, {}, support).theta), as_is);
}

}  // namespace
}  // namespace meno
