// Hand-derived gradients against central differences in double, and the policy gradient against
// the whole sum over histories.
#include <cmath>

#include <gtest/gtest.h>

#include "meta/generative/gan.h"
#include "meta/generative/made_up_for_test.h"
#include "meta/generative/vae.h"

namespace meno {
namespace {

constexpr double kStep = 1e-5;
constexpr double kClose = 1e-6;

Params away_from_start(const ParamLayout& layout, std::uint64_t seed) {
  Rng rng(seed);
  Params theta = layout.initial(rng);
  for (double& value : theta) value += 0.3 * rng.normal();
  return theta;
}

/// Central differences of f at x, one by one against `grad`.
template <class F>
void expect_slope(const F& f, Params x, const Params& grad) {
  double largest = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    const double at = x[i];
    x[i] = at + kStep;
    const double above = f(x);
    x[i] = at - kStep;
    const double below = f(x);
    x[i] = at;
    const double slope = (above - below) / (2.0 * kStep);
    EXPECT_NEAR(grad[i], slope, kClose * (1.0 + std::abs(slope))) << "parameter " << i;
    largest = std::max(largest, std::abs(slope));
  }
  EXPECT_GT(largest, 1e-2) << "a flat function proves nothing";
}

EncodedStudent student_of(std::size_t answers) {
  const std::deque<History> students = made_up_students(4, 2 * answers, 3);
  const std::vector<EncodedStudent> encoded = encoded_in_turn(views_of(students), answers);
  return encoded.back();
}

TEST(Gradients, OfThePenaltyOnSteepDiscriminators) {
  const Perceptron net(4, 3, 1);
  ParamLayout layout;
  net.add_to(layout, "net");
  const Params theta = away_from_start(layout, 1);
  const std::vector<double> x{1.0, -0.7, 0.4, 1.3};
  const auto penalty = [&](ParamView at, std::span<double> grad) {
    Perceptron::Pass pass;
    net.forward(at, x, pass);
    return net.slope_penalty(at, x, pass, 0.7, grad);
  };
  Params grad(theta.size(), 0.0);
  const double value = penalty(theta, grad);
  Params ignored(theta.size());
  expect_slope([&](ParamView at) { return penalty(at, ignored); }, theta, grad);

  double squares = 0.0;  // the slope itself by differences of x
  for (std::size_t i = 0; i < x.size(); ++i) {
    Perceptron::Pass above;
    Perceptron::Pass below;
    std::vector<double> moved = x;
    moved[i] += kStep;
    net.forward(theta, moved, above);
    moved[i] -= 2.0 * kStep;
    net.forward(theta, moved, below);
    const double slope = (above.output[0] - below.output[0]) / (2.0 * kStep);
    squares += slope * slope;
  }
  EXPECT_NEAR(value, 0.35 * squares, 1e-8);
}

TEST(Gradients, OfTheDiscriminatorOnRealAndMadeUpStudents) {
  const Discriminator judge(3);
  const Params phi = away_from_start(judge.layout(), 2);
  const EncodedStudent student = student_of(6);
  for (const bool real : {true, false}) {
    Params grad(phi.size(), 0.0);
    judge.loss(phi, student, real, 0.5, grad);
    Params ignored(phi.size());
    expect_slope([&](ParamView at) { return judge.loss(at, student, real, 0.5, ignored); }, phi,
                 grad);
  }
}

TEST(Gradients, OfTheEvidenceBoundThroughTheDrawOfZ) {
  for (const bool own_evidence : {false, true}) {
    const SequenceVae vae(2, 3, own_evidence);
    const Params theta = away_from_start(vae.layout(), 4);
    const EncodedStudent student = student_of(5);
    const std::vector<double> eps{0.8, -1.1};
    Params grad(theta.size(), 0.0);
    vae.loss(theta, student, eps, 0.6, grad);
    expect_slope([&](ParamView at) { return vae.loss(at, student, eps, 0.6, {}); }, theta, grad);
  }
}

TEST(Vae, ItsBoundIsBelowTheLikelihoodAndTightForTheTruePosterior) {
  // With z of no effect the bound is the likelihood less the divergence, which is 0 for a posterior
  // that is the prior.
  const SequenceVae vae(2, 3, false);
  Rng rng(1);
  Params theta = vae.initial(rng);
  const EncodedStudent student = student_of(6);
  for (std::size_t k = 0; k < 2; ++k) theta[(kOwnEvidence + 2 + 1) * 3 + kOwnEvidence + k] = 0.0;
  double likelihood = 0.0;
  for (std::size_t t = 0; t < student.rows.size(); ++t)
    likelihood += surprise(2.0 * student.rows[t][1], student.correct[t]);
  const std::vector<double> eps{0.3, 0.4};
  EXPECT_NEAR(vae.loss(theta, student, eps, 0.0, {}), likelihood, 1e-9);
  EXPECT_GT(vae.loss(theta, student, eps, 1.0, {}), likelihood);
}

TEST(Vae, LongerHistoriesSayMoreOfAStudent) {
  const SequenceVae vae(3, 4, false);
  const Params theta = away_from_start(vae.layout(), 6);
  EncodedStudent student = student_of(12);
  SequenceVae::Posterior before = vae.posterior(theta, {});
  EXPECT_EQ(before.mean, (std::vector<double>{0.0, 0.0, 0.0})) << "nothing seen: the prior";
  EXPECT_EQ(before.sd, (std::vector<double>{1.0, 1.0, 1.0}));
  for (const std::size_t length : {3, 8, 12}) {
    EncodedStudent part = student;
    part.rows.resize(length);
    part.correct.resize(length);
    const SequenceVae::Posterior after = vae.posterior(theta, part);
    for (std::size_t k = 0; k < 3; ++k) EXPECT_LT(after.sd[k], before.sd[k]);
    before = after;
  }
}

TEST(Gan, ReturnsAreDiscountedSumsOfWhatIsToCome) {
  const std::vector<double> reward{1.0, -2.0, 4.0};
  const std::vector<double> returns = returns_to_go(reward, 0.5);
  EXPECT_DOUBLE_EQ(returns[2], 4.0);
  EXPECT_DOUBLE_EQ(returns[1], 0.0);
  EXPECT_DOUBLE_EQ(returns[0], 1.0);
}

/// The student who meets these items in order and answers by the bits of `answers`.
EncodedStudent student_who_answers(const CourseCounts& course, unsigned answers) {
  History history;
  for (std::size_t t = 0; t < 3; ++t) add_answer(history, 2 * t % 4, (answers >> t & 1U) != 0);
  return encoded_student(course, history.view(), 3);
}

/// J(theta) = sum over all 8 histories of p(history) sum_t d_t, by brute force.
double expected_reward(const CourseCounts& course, const Decoder& decoder,
                       const Discriminator& judge, ParamView phi, ParamView theta) {
  const std::vector<double> z{0.6, -0.4};
  double expected = 0.0;
  for (unsigned answers = 0; answers < 8; ++answers) {
    const EncodedStudent student = student_who_answers(course, answers);
    double reward = 0.0;
    for (const double d : judge.log_odds(phi, student)) reward += d;
    expected += reward * std::exp(-decoder.surprise_of(theta, student, z, {}, {}, {}));
  }
  return expected;
}

TEST(Gan, ThePolicyGradientIsTheSlopeOfTheExpectedReward) {
  CourseCounts course;
  for (const History& student : made_up_students(5, 8, 9)) course.add(student.view());
  const Decoder decoder(kEvidence, 2, 3);
  ParamLayout layout;
  decoder.add_to(layout);
  const Params theta = away_from_start(layout, 7);
  const Discriminator judge(3);
  const Params phi = away_from_start(judge.layout(), 8);
  const std::vector<double> z{0.6, -0.4};
  Params grad(theta.size(), 0.0);
  for (unsigned answers = 0; answers < 8; ++answers) {
    const EncodedStudent student = student_who_answers(course, answers);
    const double p = std::exp(-decoder.surprise_of(theta, student, z, {}, {}, {}));
    std::vector<double> weight = returns_to_go(judge.log_odds(phi, student), 1.0);
    for (double& w : weight) w *= -p;  // surprise is minus log p
    decoder.surprise_of(theta, student, z, weight, grad, {});
  }
  expect_slope([&](ParamView at) { return expected_reward(course, decoder, judge, phi, at); },
               theta, grad);
}

}  // namespace
}  // namespace meno
