// bayes against central differences of what it says it lowers, where the loop is written again in
// the parameters' own units, and its posteriors against integrals on a grid.
#include "meta/bayes/bayes.h"

#include <algorithm>
#include <cmath>
#include <deque>
#include <functional>
#include <limits>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "meta/bayes/posterior.h"
#include "models/link.h"
#include "models/registry.h"

namespace meno {
namespace {

constexpr double kStep = 1e-6;
constexpr int kDirections = 12;  // at random: a wrong derivative shows in each

struct Answer {
  std::uint32_t item;
  bool correct;
};

/// A model fitted to one student, and tasks cut from him.
struct Bench {
  explicit Bench(const char* name, std::size_t answers = 14, std::uint64_t seed = 3) {
    Rng rng(seed);
    for (std::size_t t = 0; t < answers; ++t) {
      const std::size_t item = rng.below(4);
      const SkillId skills[] = {SkillId(item % 2)};
      history.push_back(
          {.item = ItemId(item),
           .skills = skills,
           .correct = rng.chance(0.3 + 0.15 * static_cast<double>(item)) ? 1.F : 0.F});
    }
    const Window training[] = {{.events = history.view()}};
    const ModelEntry& entry = **find_model(name);
    Options options;
    if (!entry.exact.empty()) {
      options = *parse_options({std::string(entry.exact), "width=2", "hidden=3"});
    }
    model = *entry.fit(options, {.items = 4, .skills = 2, .training = training});
  }

  EncodedTask task(std::size_t support, std::size_t query) {
    EncodedTask task;
    if (support > 0) task.support.push_back(keep({.events = history.view().part(0, support)}));
    const Sequence seen = history.view().part(0, support + query);
    task.query.push_back(keep({.events = seen, .from = support}));
    return task;
  }

  const Encoded* keep(const Window& window) {
    owned.push_back(model->encode(window));
    return owned.back().get();
  }

  History history;
  std::shared_ptr<const StudentModel> model;
  std::vector<std::unique_ptr<const Encoded>> owned;
};

/// The loop again, in the parameters' own units: means m and log standard deviations r.
struct Plain {
  const StudentModel& model;
  InnerLoop inner;
  std::uint64_t seed;
  Params theta, s, m, r;

  Plain(const StudentModel& of, const InnerLoop& loop, std::uint64_t noise, ParamView both)
      : model(of), inner(loop), seed(noise) {
    const auto half = both.begin() + static_cast<std::ptrdiff_t>(both.size() / 2);
    theta.assign(both.begin(), half);
    s.assign(half, both.end());
    const Params rates = inner_rates(model.layout(), inner);
    for (std::size_t i = 0; i < s.size(); ++i) {
      if (rates[i] == 0.0) s[i] = -std::numeric_limits<double>::infinity();  // known
    }
    m = theta;
    r = s;
  }

  /// Mean loss over the draws after k steps; adds its slopes.
  double expected_loss(std::size_t k, Batch batch, Params& by_m, Params& by_r) const {
    const int pairs = inner.prior->pairs;
    double sum = 0.0;
    for (int pair = 0; pair < pairs; ++pair) {
      for (const double sign : {1.0, -1.0}) {
        Rng rng = Rng(seed).fork(k).fork(static_cast<std::uint64_t>(pair));
        Params at = m;
        Params away(m.size());
        for (std::size_t i = 0; i < m.size(); ++i) {
          away[i] = sign * std::exp(r[i]) * rng.normal();
          at[i] += away[i];
        }
        Params slope(m.size(), 0.0);
        sum += model.loss(at, batch, slope, std::nullopt) / (2.0 * pairs);
        for (std::size_t i = 0; i < m.size(); ++i) {
          by_m[i] += slope[i] / (2.0 * pairs);
          by_r[i] += slope[i] * away[i] / (2.0 * pairs);
        }
      }
    }
    return sum;
  }

  /// KL of N(m, e^2r) from N(theta, e^2s).
  double divergence() const {
    double nats = 0.0;
    for (std::size_t i = 0; i < m.size(); ++i) {
      if (std::isinf(s[i])) continue;
      const double squares = std::exp(2.0 * r[i]) + std::pow(m[i] - theta[i], 2);
      nats += s[i] - r[i] + 0.5 * squares * std::exp(-2.0 * s[i]) - 0.5;
    }
    return nats;
  }

  void adapt(Batch support) {
    const Params rates = inner_rates(model.layout(), inner);
    const auto answers = static_cast<double>(std::max<std::size_t>(1, scored_in(support)));
    const double prior = inner.prior->lambda / answers;
    for (int k = 0; k < (support.empty() ? 0 : inner.steps); ++k) {
      Params by_m(m.size(), 0.0);
      Params by_r(m.size(), 0.0);
      expected_loss(static_cast<std::size_t>(k), support, by_m, by_r);
      for (std::size_t i = 0; i < m.size(); ++i) {
        if (rates[i] == 0.0) continue;
        const double rate = rates[i] / (1.0 + rates[i] * prior);
        const double variance = std::exp(2.0 * s[i]);
        by_m[i] += (prior / variance + inner.pull / answers) * (m[i] - theta[i]);
        by_r[i] += prior * (std::exp(2.0 * r[i]) / variance - 1.0);
        m[i] -= rate * variance * by_m[i];
        r[i] -= std::clamp(rate * by_r[i], -0.5, 0.5);
      }
    }
  }
};

/// What the direction is the gradient of, and its loss alone.
struct Objective {
  double whole = 0.0;
  double loss = 0.0;
};

Objective objective(const StudentModel& model, const InnerLoop& inner, bool score_support,
                    ParamView both, std::span<const EncodedTask> tasks, std::uint64_t seed) {
  Objective sum;
  for (const EncodedTask& task : tasks) {
    Plain plain(model, inner, seed, both);
    plain.adapt(task.support);
    Params unused(plain.m.size());
    const std::size_t last = task.support.empty() ? 0 : static_cast<std::size_t>(inner.steps);
    const auto of_support = static_cast<double>(scored_in(task.support));
    const auto of_query = static_cast<double>(scored_in(task.query));
    double loss = plain.expected_loss(last, task.query, unused, unused);
    if (score_support && !task.support.empty()) {
      loss = of_query * loss + of_support * plain.expected_loss(last, task.support, unused, unused);
      loss /= of_support + of_query;
    }
    const double share = 1.0 / static_cast<double>(tasks.size());
    const double price = inner.prior->lambda * plain.divergence() / (of_support + of_query);
    sum.loss += share * loss;
    sum.whole += share * (loss + price);
  }
  return sum;
}

LearnerSetup setup(const std::vector<std::string>& settings) {
  auto made = make_bayes(*parse_options(settings));
  EXPECT_TRUE(made) << (made ? "" : made.error().message);
  return *std::move(made);
}

Params random_start(const StudentModel& model) {
  Rng rng(5);
  Params both = model.layout().initial(rng);
  const std::size_t size = both.size();
  for (double& value : both) value += 0.2 * rng.normal();
  for (std::size_t i = 0; i < size; ++i) both.push_back(-1.0 + 0.4 * rng.normal());
  return both;
}

void expect_differences(const char* name, std::vector<std::string> settings,
                        bool score_support = true) {
  if (!score_support) settings.emplace_back("score_support=false");
  SCOPED_TRACE(fmt::format("{}: {}", name, fmt::join(settings, " ")));
  Bench bench(name);
  const LearnerSetup learner = setup(settings);
  const EncodedTask tasks[] = {bench.task(3, 4), bench.task(0, 5), bench.task(8, 6)};
  const Params both = random_start(*bench.model);
  const MetaStep step = learner.step(*bench.model, both, tasks, 7);
  ASSERT_EQ(step.direction.size(), both.size());
  const auto at = [&](const Params& where) {
    return objective(*bench.model, learner.inner, score_support, where, tasks, 7);
  };
  EXPECT_NEAR(step.loss, at(both).loss, 1e-12);
  Rng rng(17);
  for (int k = 0; k < kDirections; ++k) {
    Params up = both;
    Params down = both;
    double slope = 0.0;
    for (std::size_t i = 0; i < both.size(); ++i) {
      const double v = rng.normal();
      up[i] += kStep * v;
      down[i] -= kStep * v;
      slope += step.direction[i] * v;
    }
    const double expected = (at(up).whole - at(down).whole) / (2.0 * kStep);
    ASSERT_NEAR(slope, expected, 2e-6 * std::max(0.1, std::abs(expected))) << "direction " << k;
  }
}

TEST(Bayes, ItsDirectionIsTheDifferencesOfTheExpectedLossAndTheDivergence) {
  for (const char* steps : {"inner_steps=1", "inner_steps=4"}) {
    expect_differences("logistic", {steps, "lambda=1"});
    expect_differences("logistic", {steps, "lambda=0.3", "inner_rate=4", "pairs=3"});
    expect_differences("logistic", {steps, "lambda=2", "inner_pull=3"});
    expect_differences("logistic", {steps, "lambda=0"});
    expect_differences("logistic", {steps, "lambda=0.1", "inner_rate=40"});  // steps of rho are cut
    expect_differences("logistic", {steps, "lambda=1"}, false);
    expect_differences("evidence", {steps, "lambda=0.5", "pairs=2"});
  }
}

TEST(Bayes, ItsDirectionIsExactForPartsOfTheModelToo) {
  expect_differences("logistic", {"inner_steps=3", "inner_blocks=skill", "lambda=0.7"});
  expect_differences("evidence", {"inner_steps=2", "inner_head=true", "inner_pull=1"});
}

TEST(Bayes, KnowsWhatItDoesNotAdaptAndSpreadsWhatItDoes) {
  Bench bench("logistic");
  const LearnerSetup learner = setup({"inner_blocks=bias", "spread=0.5"});
  const EncodedTask task = bench.task(8, 4);
  const Params theta(bench.model->layout().size(), 0.1);
  const Posterior q = posterior_of(*bench.model, theta, learner.inner, task.support);
  EXPECT_EQ(q.mean, adapted(*bench.model, theta, learner.inner, task.support));
  EXPECT_NE(q.mean[0], theta[0]);
  EXPECT_GT(q.sd[0], 0.0);
  EXPECT_LT(q.sd[0], 0.5) << "answers narrow it";
  for (std::size_t i = 1; i < theta.size(); ++i) {
    EXPECT_EQ(q.mean[i], theta[i]);
    EXPECT_EQ(q.sd[i], 0.0);
  }
}

TEST(Bayes, WithoutAnswersThePosteriorIsThePrior) {
  Bench bench("logistic");
  const LearnerSetup learner = setup({"spread=0.25"});
  const Params theta(bench.model->layout().size(), 0.1);
  const Posterior q = posterior_of(*bench.model, theta, learner.inner, {});
  EXPECT_EQ(q.mean, theta);
  for (const double sd : q.sd) EXPECT_NEAR(sd, 0.25, 1e-12);
}

TEST(Bayes, TheLargerLambdaTheNearerThePrior) {
  Bench bench("logistic");
  const EncodedTask task = bench.task(1, 4);  // one answer: nothing is more one-sided
  const Params theta(bench.model->layout().size(), 0.1);
  double before = 1e9;
  for (const char* lambda : {"lambda=0", "lambda=0.1", "lambda=1", "lambda=10", "lambda=1000"}) {
    const LearnerSetup learner = setup({lambda, "inner_steps=20", "inner_rate=2"});
    const Posterior q = posterior_of(*bench.model, theta, learner.inner, task.support);
    double moved = 0.0;
    for (std::size_t i = 0; i < theta.size(); ++i) moved += std::abs(q.mean[i] - theta[i]);
    EXPECT_TRUE(std::isfinite(moved));
    EXPECT_LT(moved, before) << lambda;
    before = moved;
  }
  EXPECT_LT(before, 1e-3);
}

TEST(Bayes, RefusesWhatIsOutOfRangeInOneSentence) {
  const auto message = [](const char* setting) {
    return make_bayes(*parse_options({setting})).error().message;
  };
  EXPECT_EQ(message("lambda=-1"), "bayes: lambda is -1, expected 0 to 1000");
  EXPECT_EQ(message("lambda=1001"), "bayes: lambda is 1001, expected 0 to 1000");
  EXPECT_EQ(message("lambda=nan"), "bayes: lambda is nan, expected 0 to 1000");
  EXPECT_EQ(message("spread=0"), "bayes: spread is 0, expected above 0 and finite");
  EXPECT_EQ(message("pairs=0"), "bayes: pairs is 0, expected 1 or more");
}

/// Sums over a grid of two unknowns: bias and one skill's level, all else known.
struct Grid {
  static constexpr int kCells = 160;
  static constexpr double kReach = 6.0;  // standard deviations of the prior

  static double at(int cell) { return kReach * (2.0 * (cell + 0.5) / kCells - 1.0); }

  /// Mean of `what` under weights `density`, both of (z0, z1) in units of the prior.
  static double mean(const std::function<double(double, double)>& density,
                     const std::function<double(double, double)>& what) {
    double weight = 0.0;
    double sum = 0.0;
    for (int a = 0; a < kCells; ++a) {
      for (int b = 0; b < kCells; ++b) {
        const double w = density(at(a), at(b));
        weight += w;
        sum += w * what(at(a), at(b));
      }
    }
    return sum / weight;
  }
};

double gaussian(double z, double mean, double sd) {
  return std::exp(-0.5 * std::pow((z - mean) / sd, 2)) / sd;
}

/// P(right) on a skill where the bias has prior sd 1, the level of skill 0 has 0.7, and all else is
/// known to be 0.
double p_at(double z0, double z1, std::uint32_t skill) {
  return sigmoid(z0 + (skill == 0 ? 0.7 * z1 : 0.0));
}

/// The exact posterior's mean of `what`.
double exact_mean(const std::vector<Answer>& answers,
                  const std::function<double(double, double)>& what) {
  const auto density = [&](double z0, double z1) {
    double product = gaussian(z0, 0.0, 1.0) * gaussian(z1, 0.0, 1.0);
    for (const Answer& answer : answers) {
      const double right = p_at(z0, z1, answer.item);
      product *= answer.correct ? right : 1.0 - right;
    }
    return product;
  };
  return Grid::mean(density, what);
}

/// The bench's model, answers on items that each have the skill of their number, and q.
struct Solved {
  explicit Solved(const std::vector<Answer>& answers) {
    for (const Answer& answer : answers) {
      const SkillId skills[] = {SkillId(answer.item)};
      history.push_back(
          {.item = ItemId(answer.item), .skills = skills, .correct = answer.correct ? 1.F : 0.F});
    }
    const ParamLayout& layout = bench.model->layout();
    InnerLoop inner{.steps = 1500, .rate = 0.1};
    inner.prior = GaussianPrior{.lambda = 1.0, .pairs = 8};
    inner.prior->log_sd.assign(layout.size(), std::log(1e-9));
    inner.prior->log_sd[0] = 0.0;            // the bias
    inner.prior->log_sd[5] = std::log(0.7);  // the level of skill 0
    batch.push_back(bench.keep({.events = history.view()}));
    q = posterior_of(*bench.model, Params(layout.size(), 0.0), inner, batch);
  }

  Bench bench = Bench("logistic");
  History history;
  std::vector<const Encoded*> batch;
  Posterior q;
};

TEST(Bayes, PredictsWhatTheExactPosteriorDoesWhereThatCanBeSummed) {
  const std::vector<std::vector<Answer>> cases = {
      {{0, true}},
      {{0, true}, {0, true}, {1, false}, {0, true}},
      {{1, false}, {1, false}, {1, false}},
      {{0, true}, {1, true}, {0, false}, {1, true}, {0, true}, {1, true}, {0, true}, {1, false}}};
  for (const auto& answers : cases) {
    const Solved solved(answers);
    const auto bands =
        predictive_bands(*solved.bench.model, solved.q, solved.batch, {.draws = 4000});
    for (std::size_t t = 0; t < answers.size(); ++t) {
      const double exact =
          exact_mean(answers, [&](double z0, double z1) { return p_at(z0, z1, answers[t].item); });
      EXPECT_NEAR(bands[t].p_correct, exact, 0.02) << t;
    }
  }
}

TEST(Bayes, IsAsSureAsTheExactPosteriorOfOneUnknown) {
  for (const std::size_t count : {1U, 4U, 16U}) {
    std::vector<Answer> answers;
    for (std::size_t t = 0; t < count; ++t) answers.push_back({.item = 1, .correct = t % 4 != 0});
    const double mean = exact_mean(answers, [](double z0, double /*z1*/) { return z0; });
    const double square = exact_mean(answers, [](double z0, double /*z1*/) { return z0 * z0; });
    const double sd = std::sqrt(square - mean * mean);
    const Solved solved(answers);
    EXPECT_NEAR(solved.q.mean[0], mean, 0.05 * sd) << count;
    EXPECT_NEAR(solved.q.sd[0], sd, 0.03 * sd) << count;
    EXPECT_NEAR(solved.q.sd[5], 0.7, 0.01) << "nothing was said of the other skill";
  }
}

TEST(PredictiveBands, AreTheClosedFormOfALinearModel) {
  Bench bench("logistic");
  const ParamLayout& layout = bench.model->layout();
  Posterior q{.mean = Params(layout.size(), 0.0), .sd = Params(layout.size(), 0.0)};
  q.mean[0] = 0.8;
  q.sd[0] = 0.9;  // one unknown: quantiles of p are p of quantiles
  const Encoded* const batch[] = {bench.keep({.events = bench.history.view().part(0, 2)})};
  const auto bands = predictive_bands(*bench.model, q, batch, {.draws = 20000, .level = 0.9});
  ASSERT_EQ(bands.size(), 2U);
  const double mean =
      Grid::mean([&](double z0, double z1) { return gaussian(z0, 0, 1) * gaussian(z1, 0, 1); },
                 [&](double z0, double /*z1*/) { return sigmoid(0.8 + 0.9 * z0); });
  constexpr double kOf95 = 1.6448536;  // the normal's 95 % quantile
  for (const PredictiveBand& band : bands) {
    EXPECT_NEAR(band.p_correct, mean, 0.003);
    EXPECT_NEAR(band.low, sigmoid(0.8 - 0.9 * kOf95), 0.01);
    EXPECT_NEAR(band.high, sigmoid(0.8 + 0.9 * kOf95), 0.01);
  }
}

TEST(PredictiveBands, HaveNoWidthWhereAllIsKnown) {
  Bench bench("logistic");
  const Params theta(bench.model->layout().size(), 0.3);
  const EncodedTask task = bench.task(4, 4);
  const InnerLoop inner;  // without a prior
  const Posterior q = posterior_of(*bench.model, theta, inner, task.support);
  EXPECT_EQ(q.mean, adapted(*bench.model, theta, inner, task.support));
  for (const PredictiveBand& band : predictive_bands(*bench.model, q, task.query)) {
    EXPECT_EQ(band.low, band.high);
    EXPECT_NEAR(band.p_correct, band.low, 1e-12);
  }
}

}  // namespace
}  // namespace meno
