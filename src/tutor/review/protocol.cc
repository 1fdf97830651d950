#include "tutor/review/protocol.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>
#include <limits>
#include <map>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/progress.h"

namespace meno {
namespace {

/// Places in the log of its tests of memory.
std::vector<std::size_t> tests_of(const ReviewLog& log) {
  std::vector<std::size_t> tests;
  std::unordered_set<std::uint32_t> met;
  for (std::size_t i = 0; i < log.reviews.size(); ++i) {
    if (!met.insert(log.reviews[i].card).second) tests.push_back(i);
  }
  return tests;
}

struct LoggedLearner {
  std::size_t id = 0;
  const ReviewLog* log = nullptr;
  std::vector<std::size_t> tests;

  ReviewSpan whole() const { return {.log = log, .from = 0, .to = log->reviews.size()}; }
  /// Where stretch k begins in the log; the end for k = kStretches.
  std::size_t begin(std::size_t k) const {
    const std::size_t test = tests.size() * k / kStretches;
    return test == tests.size() ? log->reviews.size() : tests[test];
  }
};

/// What a population of learners says: the centre and precision of each learner's prior.
struct Population {
  std::vector<double> theta;
  double precision = 1.0;
  bool known = false;  // false: there are no others; theta is the model's start
};

constexpr std::array kPrecisions{1.0, 10.0, 100.0};
constexpr std::size_t kChoosers = 5;  // learners who choose among them

/// The precision under which the first half of a learner's tests foresees the second best.
double chosen_precision(const ForgettingEntry& model, std::span<const double> theta,
                        std::span<const LoggedLearner* const> others) {
  double best = kPrecisions.back();
  double least = std::numeric_limits<double>::infinity();
  for (const double precision : kPrecisions) {
    double nats = 0.0;
    for (const LoggedLearner* other : others.first(std::min(kChoosers, others.size()))) {
      const std::size_t half = other->begin(kStretches / 2);
      const ReviewSpan early{.log = other->log, .from = 0, .to = half};
      const ReviewSpan late{.log = other->log, .from = half, .to = other->begin(kStretches)};
      const auto own = fit_forgetting(model, std::span(&early, 1), theta, precision);
      nats += surprise_of(model, own, std::span(&late, 1));
    }
    if (nats < least) {
      least = nats;
      best = precision;
    }
  }
  return best;
}

Population population_of(const ForgettingEntry& model,
                         std::span<const LoggedLearner* const> others) {
  Population population{.theta = {model.start.begin(), model.start.end()},
                        .precision = model.precision};
  if (others.empty()) return population;
  std::vector<ReviewSpan> spans;
  for (const LoggedLearner* other : others) spans.push_back(other->whole());
  population.theta = fit_forgetting(model, spans, model.start, model.precision);
  population.known = true;
  if (model.adapts) {
    population.precision = chosen_precision(model, population.theta, others);
  }
  return population;
}

/// Adds what `theta` says of the learner's reviews [from, to) to `foreseen`.
void foresee_stretch(const ForgettingEntry& model, std::span<const double> theta,
                     const LoggedLearner& learner, const ReviewSpan& stretch,
                     std::vector<Foreseen>& foreseen) {
  struct Past {
    double end = 0.0;
    std::size_t reviews = 0;
    std::size_t lapses = 0;
  };
  std::unordered_map<std::uint32_t, Past> past;
  const std::unique_ptr<Memory> memory = model.begin(theta);
  for (std::size_t i = 0; i < stretch.to; ++i) {
    const CardReview& next = stretch.log->reviews[i];
    Past& card = past[next.card];
    if (i >= stretch.from && card.reviews > 0) {
      foreseen.push_back({.learner = learner.id,
                          .card = next.card,
                          .days = next.review.day - card.end,
                          .number = card.reviews + 1,
                          .lapses = card.lapses,
                          .p_recall = memory->p_recall(next.card, next.review.day),
                          .recalled = next.review.recalled});
    }
    memory->observe(next.card, next.review);
    if (card.reviews > 0 && !next.review.recalled) ++card.lapses;
    ++card.reviews;
    card.end = next.review.end;
  }
}

/// The stretches judged: settings are chosen by the second, everything else is a test.
std::pair<std::size_t, std::size_t> judged_stretches(const ReviewProtocol& protocol) {
  return protocol.on_valid ? std::pair<std::size_t, std::size_t>{1, 2}
                           : std::pair<std::size_t, std::size_t>{2, kStretches};
}

void judge_learner(const ForgettingEntry& model, const Population& population,
                   const LoggedLearner& learner, const ReviewProtocol& protocol,
                   JudgedModel& result) {
  const auto [first, last] = judged_stretches(protocol);
  for (std::size_t k = first; k < last && !interrupted(); ++k) {
    const std::size_t now = learner.begin(k);
    const ReviewSpan before{.log = learner.log, .from = 0, .to = now};
    result.theta =
        population.known && !model.adapts
            ? population.theta
            : fit_forgetting(model, std::span(&before, 1), population.theta, population.precision);
    foresee_stretch(model, result.theta, learner,
                    {.log = learner.log, .from = now, .to = learner.begin(k + 1)}, result.foreseen);
  }
}

std::vector<LoggedLearner> learners_of(std::span<const ReviewLog> logs,
                                       const ReviewProtocol& protocol) {
  std::vector<LoggedLearner> learners;
  for (std::size_t u = 0; u < logs.size(); ++u) {
    LoggedLearner learner{.id = u, .log = &logs[u], .tests = tests_of(logs[u])};
    if (learner.tests.size() >= protocol.least_tests) learners.push_back(std::move(learner));
  }
  return learners;
}

/// Learners of other folds than `fold`, until they have enough tests of memory.
std::vector<const LoggedLearner*> others_of(std::span<const LoggedLearner> learners,
                                            std::size_t fold, const ReviewProtocol& protocol) {
  std::vector<const LoggedLearner*> others;
  std::size_t tests = 0;
  for (std::size_t u = 0; u < learners.size() && tests < protocol.most_population; ++u) {
    if (u % protocol.folds == fold) continue;
    others.push_back(&learners[u]);
    tests += learners[u].tests.size();
  }
  return others;
}

JudgedModel judged(const ForgettingEntry& model, std::span<const LoggedLearner> learners,
                   const ReviewProtocol& protocol) {
  const auto start = std::chrono::steady_clock::now();
  JudgedModel result{.model = &model, .foreseen = {}, .theta = {}};
  for (std::size_t fold = 0; fold < std::min(protocol.folds, learners.size()); ++fold) {
    const Population population = population_of(model, others_of(learners, fold, protocol));
    for (std::size_t u = fold; u < learners.size(); u += protocol.folds) {
      judge_learner(model, population, learners[u], protocol, result);
    }
  }
  result.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return result;
}

/// The lower end of the geometric bin that `value` lies in.
double bin(double value, double scale, double base) {
  return value <= 0.0 ? 0.0 : scale * std::pow(base, std::floor(std::log(value) / std::log(base)));
}

}  // namespace

Result<std::vector<JudgedModel>> judge_forgetting(std::span<const ReviewLog> logs,
                                                  const ReviewProtocol& protocol) {
  std::vector<const ForgettingEntry*> models;
  for (const std::string& name : protocol.models) {
    MENO_TRY(const ForgettingEntry* const entry, find_forgetting(name));
    models.push_back(entry);
  }
  if (models.empty()) {
    for (const ForgettingEntry& entry : forgetting_registry()) models.push_back(&entry);
  }
  const std::vector<LoggedLearner> learners = learners_of(logs, protocol);
  if (learners.empty()) {
    return invalid_input(fmt::format(
        "no learner of {} comes back to a card {} times after {} hours or more, expected one",
        logs.size(), protocol.least_tests, kSittingGapDays * 24.0));
  }
  std::vector<JudgedModel> all;
  Progress progress("forgetting", models.size(), "models");
  for (const ForgettingEntry* const model : models) {
    progress.note(std::string(model->name));
    all.push_back(judged(*model, learners, protocol));
    if (interrupted()) return unavailable("interrupted while forgetting models were being judged");
    progress.advance();
  }
  return all;
}

double rmse_over_bins(std::span<const Foreseen> foreseen, std::span<const std::size_t> cluster,
                      std::span<const double> weight) {
  struct Sums {
    double weight = 0.0;
    double excess = 0.0;
  };
  std::map<std::tuple<double, double, double>, Sums> bins;
  double total = 0.0;
  for (std::size_t i = 0; i < foreseen.size(); ++i) {
    const Foreseen& one = foreseen[i];
    const double counts = weight[cluster[i]];
    Sums& sums = bins[{bin(one.days, 2.48, 3.62), bin(static_cast<double>(one.number), 1.99, 1.89),
                       bin(static_cast<double>(one.lapses), 1.65, 1.73)}];
    sums.weight += counts;
    sums.excess += counts * (one.p_recall - (one.recalled ? 1.0 : 0.0));
    total += counts;
  }
  if (total == 0.0) return 0.0;
  double squares = 0.0;
  for (const auto& [key, sums] : bins) {
    if (sums.weight > 0.0) squares += sums.excess * sums.excess / sums.weight;
  }
  return std::sqrt(squares / total);
}

}  // namespace meno
