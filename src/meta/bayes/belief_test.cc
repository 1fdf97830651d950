// Belief against what must hold of any posterior: calibration when the prior is the truth, the
// exact posterior of one unknown, and less width with more answers. All students are simulated.
#include "meta/bayes/belief.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "domain/sequence.h"
#include "meta/bayes/posterior.h"
#include "models/link.h"
#include "models/registry.h"

namespace meno {
namespace {

/// The logistic model of a course of two skills; theta is drawn around a start.
struct Bench {
  std::shared_ptr<const StudentModel> model;
  Params theta;
  std::vector<SkillId> skills{SkillId(0U), SkillId(1U)};

  Bench() {
    History history;
    for (std::uint32_t k = 0; k < 8; ++k) {
      history.push_back({.item = ItemId(k % 4),
                         .skills = std::span(skills).subspan(k % 2, 1),
                         .correct = static_cast<float>(k % 3 == 0)});
    }
    const Window window{.events = history.view()};
    const ModelEntry& entry = **find_model("logistic");
    auto fitted = entry.fit({}, {.items = 4, .skills = 2, .training = std::span(&window, 1)});
    model = *std::move(fitted);
    Rng rng(3);
    theta = model->layout().initial(rng);
  }
  Target target(std::uint32_t item) const {
    return {.item = ItemId(item), .skills = std::span(skills).subspan(item % 2, 1)};
  }
};

double p_of(const Tracker& tracker, const Target& target) {
  double p = 0.5;
  tracker.p_correct(std::span(&target, 1), std::span(&p, 1));
  return p;
}

/// Of students whose own parameters come from the prior, the band holds the truth for about as many
/// as it says, before the first answer and after many.
TEST(Belief, HoldsTheTruthAboutAsOftenAsItSays) {
  const Bench bench;
  const Params sd(bench.theta.size(), 0.6);
  const BeliefModel model(bench.model, bench.theta, sd, 64, 7);
  constexpr int kStudents = 400;
  const std::vector<int> checked = {0, 3, 10, 30};
  std::vector<int> held(checked.size(), 0);
  std::vector<double> width(checked.size(), 0.0);
  std::vector<double> effective(checked.size(), 0.0);
  for (int s = 0; s < kStudents; ++s) {
    Rng rng(1000 + static_cast<std::uint64_t>(s));
    Params own = bench.theta;
    for (std::size_t i = 0; i < own.size(); ++i) own[i] += sd[i] * rng.normal();
    const auto online = bench.model->online(own);
    const auto truth = online->new_student();
    const auto estimate_model = bench.model->online(bench.theta);
    const auto estimate = estimate_model->new_student();
    Belief belief(model);
    for (int t = 0, next = 0; t <= checked.back(); ++t) {
      if (t == checked[static_cast<std::size_t>(next)]) {
        const Target asked = bench.target(static_cast<std::uint32_t>(rng.below(4)));
        const BeliefBand band = belief.band_of_mean(std::span(&asked, 1), p_of(*estimate, asked));
        const double p = p_of(*truth, asked);
        const auto k = static_cast<std::size_t>(next);
        held[k] += band.low <= p && p <= band.high ? 1 : 0;
        width[k] += (band.high - band.low) / kStudents;
        effective[k] += belief.effective_draws() / kStudents;
        ++next;
      }
      const Target target = bench.target(static_cast<std::uint32_t>(rng.below(4)));
      Event event{.item = target.item, .skills = target.skills};
      event.correct = rng.chance(p_of(*truth, target)) ? 1.0F : 0.0F;
      truth->observe(event);
      estimate->observe(event);
      belief.observe(event);
    }
  }
  for (std::size_t k = 0; k < checked.size(); ++k) {
    const double share = static_cast<double>(held[k]) / kStudents;
    RecordProperty("held_after_" + std::to_string(checked[k]), std::to_string(share));
    RecordProperty("width_after_" + std::to_string(checked[k]), std::to_string(width[k]));
    EXPECT_GE(share, kBandLevel - 0.06) << checked[k] << " answers, width " << width[k];
  }
  EXPECT_NEAR(static_cast<double>(held[0]) / kStudents, kBandLevel, 0.05);
  EXPECT_GT(effective[0], effective[3]) << "answers tell draws apart";
}

/// One unknown, four answers: the posterior can be summed on a grid.
TEST(Belief, IsTheExactPosteriorOfOneUnknown) {
  const Bench bench;
  Params sd(bench.theta.size(), 0.0);
  sd[0] = 1.0;
  const BeliefModel model(bench.model, bench.theta, sd, 4000, 5);
  Belief belief(model);
  constexpr std::array kAnswers = {1.0F, 0.0F, 0.0F, 0.0F};
  for (const float correct : kAnswers) {
    const Target target = bench.target(0);
    belief.observe({.item = target.item, .skills = target.skills, .correct = correct});
  }
  std::vector<std::pair<double, double>> grid;  // p of the next answer, its weight
  double total = 0.0;
  for (double z = -5.0; z <= 5.0; z += 0.005) {
    Params theta = bench.theta;
    theta[0] += z;
    const auto online = bench.model->online(theta);
    const auto tracker = online->new_student();
    double weight = std::exp(-0.5 * z * z);
    for (const float correct : kAnswers) {
      const Target target = bench.target(0);
      const double p = p_of(*tracker, target);
      weight *= correct > 0.5F ? p : 1.0 - p;
      tracker->observe({.item = target.item, .skills = target.skills, .correct = correct});
    }
    grid.emplace_back(p_of(*tracker, bench.target(0)), weight);
    total += weight;
  }
  std::sort(grid.begin(), grid.end());
  const auto quantile = [&](double q) {
    double sum = 0.0;
    for (const auto& [p, weight] : grid) {
      sum += weight / total;
      if (sum >= q) return p;
    }
    return 1.0;
  };
  const Target asked = bench.target(0);
  const BeliefBand band = belief.band_of_mean(std::span(&asked, 1), quantile(0.5));
  EXPECT_NEAR(band.low, quantile(0.1), 0.02);
  EXPECT_NEAR(band.high, quantile(0.9), 0.02);
}

TEST(Belief, HasNoWidthWhereAllIsKnown) {
  const Bench bench;
  const BeliefModel model(bench.model, bench.theta, Params(bench.theta.size(), 0.0), 8, 5);
  const auto online = bench.model->online(bench.theta);
  const Target asked = bench.target(1);
  const double p = p_of(*online->new_student(), asked);
  const BeliefBand band = Belief(model).band_of_mean(std::span(&asked, 1), p);
  EXPECT_NEAR(band.low, p, 1e-12);
  EXPECT_NEAR(band.high, p, 1e-12);
}

}  // namespace
}  // namespace meno
