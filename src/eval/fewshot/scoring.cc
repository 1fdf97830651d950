#include "eval/fewshot/scoring.h"

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>

#include "core/check.h"
#include "core/parallel.h"
#include "core/rng.h"
#include "eval/metrics/metric.h"

namespace meno {
namespace {

enum Metric : std::size_t { Auc, LogLoss, Ece };

std::array<const MetricEntry*, 3> metrics() {
  std::array<const MetricEntry*, 3> found{};
  constexpr std::array<std::string_view, 3> kNames{"auc", "log_loss", "ece"};
  for (const MetricEntry& entry : metric_registry()) {
    for (std::size_t m = 0; m < kNames.size(); ++m) {
      if (entry.name == kNames[m]) found[m] = &entry;
    }
  }
  return found;
}

using TaskPredictions = std::vector<std::vector<double>>;

Result<TaskPredictions> predictions_on(const Way& way, const Round& round,
                                       const std::vector<FewShotTask>& tasks, int threads) {
  std::vector<std::optional<Result<std::vector<double>>>> done(tasks.size());
  parallel_for(tasks.size(), thread_count(threads),
               [&](std::size_t t) { done[t] = way(*round.model, tasks[t]); });
  TaskPredictions all;
  for (auto& one : done) {
    MENO_TRY(auto p_correct, std::move(*one));
    all.push_back(std::move(p_correct));
  }
  return all;
}

/// A query and its predictions, one per computed event.
struct Place {
  const FewShotQuery* query;
  const double* p;
};

void add_band(const Place& place, std::size_t band, Predictions& all) {
  const Window& window = place.query->window;
  for (const std::uint32_t row : place.query->rows[band]) {
    MENO_CHECK(row >= window.from && row < window.events.size(), "a row outside of its window");
    all.add(place.p[row - window.state_from], window.events[row].correct, row, false);
  }
}

/// The answers of a band, by student; one student's answers of several tasks stay together.
Predictions gathered(const std::vector<FewShotTask>& tasks, const TaskPredictions& p_correct,
                     std::size_t band) {
  std::map<StudentId, std::vector<Place>> by_student;
  for (std::size_t t = 0; t < tasks.size(); ++t) {
    const double* p = p_correct[t].data();
    for (const FewShotQuery& query : tasks[t].queries) {
      if (!query.rows[band].empty()) by_student[query.student].push_back({&query, p});
      p += query.window.events.size() - query.window.state_from;
    }
  }
  Predictions all;
  for (const auto& [student, places] : by_student) {
    all.start(student);
    for (const Place& place : places) add_band(place, band, all);
  }
  return all;
}

BandScores scores_of(const Predictions& predictions, const FewShotPlan& plan) {
  BandScores scores;
  scores.students = predictions.students();
  scores.scored = predictions.size();
  std::array<std::unique_ptr<const PreparedMetric>, 3> prepared;
  const std::vector<double> once(predictions.students(), 1.0);
  for (std::size_t m = 0; m < prepared.size(); ++m) {
    prepared[m] = metrics()[m]->prepare(predictions);
    scores.value[m] = prepared[m]->value(once);
    scores.resampled[m].resize(static_cast<std::size_t>(std::max(0, plan.resamples)));
  }
  const Rng rng(plan.seed ^ 0xb007U);
  parallel_for(scores.resampled[0].size(), thread_count(plan.threads), [&](std::size_t r) {
    Rng draw = rng.fork(r);
    std::vector<double> weight(predictions.students(), 0.0);
    for (std::size_t i = 0; i < weight.size(); ++i) weight[draw.below(weight.size())] += 1.0;
    for (std::size_t m = 0; m < prepared.size(); ++m)
      scores.resampled[m][r] = prepared[m]->value(weight);
  });
  return scores;
}

/// Where the first band's log loss on the validation tasks is least; 0 where there is no choice.
Result<std::size_t> best_setting(const Contestant& contestant, const Round& round,
                                 const FewShotPlan& plan) {
  if (contestant.settings.size() == 1 || round.answers == 0) return std::size_t{0};
  std::size_t best = 0;
  std::optional<double> least;
  for (std::size_t s = 0; s < contestant.settings.size(); ++s) {
    MENO_TRY(const TaskPredictions p,
             predictions_on(contestant.settings[s].predict, round, round.valid, plan.threads));
    const auto nats = value_of(*metrics()[LogLoss], gathered(round.valid, p, 0));
    if (!nats || (least && *nats >= *least)) continue;
    least = nats;
    best = s;
  }
  return best;
}

/// Mean over repeats; absent when one does not define it.
template <class ValueOf>
std::optional<double> mean_over(std::size_t repeats, const ValueOf& value_of) {
  double sum = 0.0;
  for (std::size_t r = 0; r < repeats; ++r) {
    const std::optional<double> value = value_of(r);
    if (!value) return std::nullopt;
    sum += *value;
  }
  return repeats == 0 ? std::nullopt : std::optional(sum / static_cast<double>(repeats));
}

/// A figure from `value(repeat, resample)`, where resample -1 is the students as they are.
template <class Value>
Figure figure_of(std::size_t repeats, std::size_t resamples, const Value& value) {
  Figure figure{.value = mean_over(repeats, [&](std::size_t r) { return value(r, -1); })};
  std::vector<double> defined;
  for (std::size_t s = 0; s < resamples; ++s) {
    const auto mean =
        mean_over(repeats, [&](std::size_t r) { return value(r, static_cast<std::ptrdiff_t>(s)); });
    if (mean) defined.push_back(*mean);
  }
  if (defined.empty() || 2 * defined.size() < resamples) return figure;
  figure.interval = Interval{quantile(defined, 0.025), quantile(defined, 0.975)};
  return figure;
}

std::optional<double> at(const BandScores& scores, Metric metric, std::ptrdiff_t resample) {
  return resample < 0 ? scores.value[metric]
                      : scores.resampled[metric][static_cast<std::size_t>(resample)];
}

}  // namespace

Result<RoundScores> judged(const Contestant& contestant, const Round& round,
                           const FewShotPlan& plan) {
  const auto begin = std::chrono::steady_clock::now();
  MENO_TRY(const std::size_t best, best_setting(contestant, round, plan));
  const Setting& setting = contestant.settings[best];
  MENO_TRY(const TaskPredictions p,
           predictions_on(setting.predict, round, round.test, plan.threads));
  RoundScores scores{.setting = round.answers == 0 ? "" : setting.label, .bands = {}};
  for (std::size_t band = 0; band < round.bands; ++band) {
    scores.bands.push_back(scores_of(gathered(round.test, p, band), plan));
  }
  scores.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  return scores;
}

FewShotScore summed_up(const std::vector<const BandScores*>& repeats,
                       const std::vector<const BandScores*>& reference) {
  FewShotScore score;
  if (repeats.empty()) return score;
  const std::size_t resamples = repeats.front()->resampled[0].size();
  for (const BandScores* const repeat : repeats) {
    score.students += repeat->students;
    score.scored += repeat->scored;
  }
  const auto plain = [&](Metric metric) {
    return figure_of(repeats.size(), resamples,
                     [&](std::size_t r, std::ptrdiff_t s) { return at(*repeats[r], metric, s); });
  };
  score.auc = plain(Auc);
  score.log_loss = plain(LogLoss);
  score.ece = plain(Ece);
  if (reference.size() != repeats.size()) return score;
  const auto gain = [&](Metric metric, double sign) {
    return figure_of(repeats.size(), resamples,
                     [&](std::size_t r, std::ptrdiff_t s) -> std::optional<double> {
                       const auto mine = at(*repeats[r], metric, s);
                       const auto other = at(*reference[r], metric, s);
                       if (!mine || !other) return std::nullopt;
                       return sign * (*mine - *other);
                     });
  };
  score.auc_gain = gain(Auc, 1.0);
  score.log_loss_gain = gain(LogLoss, -1.0);
  return score;
}

}  // namespace meno
