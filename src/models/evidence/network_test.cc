// The network's gradient and Hessian products against differences, under every combination of its
// parts.
#include "models/evidence/network.h"

#include <cmath>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "models/evidence/dual.h"

namespace meno::evidence {
namespace {

constexpr std::size_t kX = 5;
constexpr std::size_t kSkills = 4;
constexpr std::size_t kItems = 6;

EncodedWindow random_window(std::size_t size, std::size_t scored, Rng& rng) {
  EncodedWindow window;
  window.scored_events = scored;
  window.skill_begin.push_back(0);
  for (std::size_t t = 0; t < size; ++t) {
    for (std::size_t k = 0; k < kX; ++k)
      window.features.push_back(static_cast<float>(rng.normal()));
    window.answers.push_back(rng.chance(.2) ? .3F : static_cast<float>(rng.below(2)));
    window.labels.push_back(rng.chance(.5) ? window.answers.back()
                                           : static_cast<float>(rng.uniform()));
    window.item.push_back(
        static_cast<std::uint32_t>(rng.below(kItems + 1)));  // one beyond: unknown
    for (std::size_t k = rng.below(3); k > 0; --k)
      window.skill.push_back(static_cast<std::uint32_t>(rng.below(kSkills + 1)));
    window.skill_begin.push_back(static_cast<std::uint32_t>(window.skill.size()));
  }
  return window;
}

struct Case {
  const char* why;
  EvidenceOptions options;
  Noise noise = std::nullopt;
};

EvidenceOptions with(bool recurrence, bool skill_vectors, bool item_vectors, bool product) {
  return {.width = 3,
          .hidden = 4,
          .recurrence = recurrence,
          .skill_vectors = skill_vectors,
          .item_vectors = item_vectors,
          .product = product};
}

const Case kCases[] = {
    {"everything", with(true, true, true, true)},
    {"everything, with dropout", with(true, true, true, true), 7},
    {"as shipped", with(true, true, false, true), 8},
    {"no product", with(true, true, false, false)},
    {"no vectors: the model that transfers", with(true, false, false, false), 9},
    {"no recurrence", with(false, true, false, true)},
    {"evidence alone", with(false, false, false, false), 10},
};

class Network : public testing::TestWithParam<Case> {
 protected:
  void SetUp() override {
    for (double& value : theta_) value = .5 * rng_.normal();
  }

  /// Mean scored nats, from the logits alone: what the gradient must be the slope of.
  double loss_at(const std::vector<double>& theta, const InputShift<double>& shift = {}) const {
    std::vector<double> logits(packed_.columns);
    run_network<double>(shape_, theta, input_, logits, {}, shift);
    double nats = 0.0;
    packed_.for_each([&](std::size_t column, const EncodedWindow& window, std::size_t t) {
      if (t + window.scored_events < window.size()) return;
      const double z = logits[column];
      nats += std::log1p(std::exp(z)) - static_cast<double>(window.labels[t]) * z;
    });
    return nats / static_cast<double>(packed_.scored);
  }

  std::vector<double> gradient_at(const std::vector<double>& theta) const {
    std::vector<double> logits(packed_.columns);
    std::vector<double> gradient(theta.size());
    run_network<double>(shape_, theta, input_, logits, gradient);
    return gradient;
  }

  Rng rng_{3};
  std::vector<EncodedWindow> windows_{random_window(4, 4, rng_), random_window(7, 3, rng_),
                                      random_window(1, 1, rng_), random_window(7, 7, rng_)};
  std::vector<const Encoded*> batch_{&windows_[0], &windows_[1], &windows_[2], &windows_[3]};
  Packed packed_{batch_};
  Shape shape_{GetParam().options, kX, kSkills, kItems};
  std::vector<float> trust_ = std::vector<float>(kItems, .7F);
  PassInput input_{.packed = packed_, .trust = trust_, .noise = GetParam().noise};
  std::vector<double> theta_ = std::vector<double>(shape_.layout.size());
};

TEST_P(Network, GradientMatchesCentralDifferences) {
  constexpr double kStep = 1e-5;
  const std::vector<double> gradient = gradient_at(theta_);
  for (std::size_t i = 0; i < theta_.size(); ++i) {
    std::vector<double> up = theta_;
    std::vector<double> down = theta_;
    up[i] += kStep;
    down[i] -= kStep;
    EXPECT_NEAR(gradient[i], (loss_at(up) - loss_at(down)) / (2 * kStep), 1e-8)
        << GetParam().why << ", i=" << i;
  }
}

TEST_P(Network, SlopesOfTheInputsMatchDifferences) {
  constexpr double kStep = 1e-6;
  const std::size_t width = shape_.vectors() ? 3 : 0;
  std::vector<double> x(kX * packed_.columns);
  std::vector<double> q(width * packed_.columns);
  for (double& value : x) value = .1 * rng_.normal();
  for (double& value : q) value = .1 * rng_.normal();
  std::vector<double> slope_x(x.size());
  std::vector<double> slope_q(q.size());
  std::vector<double> logits(packed_.columns);
  std::vector<double> gradient(theta_.size());
  run_network<double>(shape_, theta_, input_, logits, gradient, {x, q, slope_x, slope_q});
  const auto expect_slopes = [&](std::vector<double>& inputs, const std::vector<double>& slopes) {
    for (std::size_t i = 0; i < inputs.size(); ++i) {
      const double at = inputs[i];
      inputs[i] = at + kStep;
      const double up = loss_at(theta_, {.x = x, .q = q});
      inputs[i] = at - kStep;
      const double down = loss_at(theta_, {.x = x, .q = q});
      inputs[i] = at;
      EXPECT_NEAR(slopes[i], (up - down) / (2 * kStep), 1e-8) << GetParam().why << ", i=" << i;
    }
  };
  expect_slopes(x, slope_x);
  expect_slopes(q, slope_q);
}

TEST_P(Network, HessianProductMatchesDifferencesOfGradients) {
  constexpr double kStep = 1e-5;
  std::vector<Dual> dual(theta_.size());
  std::vector<double> up = theta_;
  std::vector<double> down = theta_;
  for (std::size_t i = 0; i < theta_.size(); ++i) {
    const double v = rng_.normal();
    dual[i] = {theta_[i], v};
    up[i] += kStep * v;
    down[i] -= kStep * v;
  }
  std::vector<Dual> logits(packed_.columns);
  std::vector<Dual> slopes(theta_.size());
  run_network<Dual>(shape_, dual, input_, logits, slopes);
  const std::vector<double> plus = gradient_at(up);
  const std::vector<double> minus = gradient_at(down);
  for (std::size_t i = 0; i < theta_.size(); ++i) {
    EXPECT_NEAR(slopes[i].slope, (plus[i] - minus[i]) / (2 * kStep), 1e-7)
        << GetParam().why << ", i=" << i;
  }
}

TEST_P(Network, AWindowComputesTheSameAloneAsInABatch) {
  // Without noise: dropout masks follow the batch's layout by design.
  std::vector<double> together(packed_.columns);
  run_network<double>(shape_, theta_, {.packed = packed_, .trust = trust_, .noise = std::nullopt},
                      together, {});
  for (std::size_t w = 0; w < packed_.windows.size(); ++w) {
    const Encoded* const one[] = {packed_.windows[w]};
    const Packed alone(one);
    std::vector<double> logits(alone.columns);
    run_network<double>(shape_, theta_, {.packed = alone, .trust = trust_, .noise = std::nullopt},
                        logits, {});
    for (std::size_t t = 0; t < logits.size(); ++t) {
      EXPECT_NEAR(together[packed_.step_begin[t] + w], logits[t], 1e-12)
          << GetParam().why << ", w=" << w << ", t=" << t;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Parts, Network, testing::ValuesIn(kCases),
                         [](const auto& row) { return "case" + std::to_string(row.index); });

}  // namespace
}  // namespace meno::evidence
