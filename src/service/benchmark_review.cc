#include "service/benchmark_review.h"

#include <algorithm>
#include <cmath>
#include <map>

#include <fmt/format.h>

#include "core/json.h"
#include "domain/dataset.h"
#include "service/opened_records.h"
#include "tutor/review/regimes.h"

namespace meno {
namespace {

/// What is drawn whole when figures are resampled: learners, or cards where there is one learner.
struct Units {
  std::vector<std::size_t> of;  // [N] of each review
  std::size_t count = 0;
  bool learners = true;
};

Units units_of(std::span<const Foreseen> foreseen) {
  Units units;
  units.learners = std::any_of(foreseen.begin(), foreseen.end(), [&](const Foreseen& one) {
    return one.learner != foreseen.front().learner;
  });
  std::map<std::size_t, std::size_t> numbers;
  for (const Foreseen& one : foreseen) {
    const std::size_t unit = units.learners ? one.learner : one.card;
    units.of.push_back(numbers.try_emplace(unit, numbers.size()).first->second);
  }
  units.count = numbers.size();
  return units;
}

double surprise(const Foreseen& one) {
  return -std::log(one.recalled ? one.p_recall : 1.0 - one.p_recall);
}

/// Figures of one model, with intervals by `units`.
class Figures {
 public:
  Figures(const JudgedModel& judged, const Units& units, const Bootstrap& bootstrap)
      : judged_(judged), units_(units), bootstrap_(bootstrap) {}

  /// Of the metrics of the registry.
  void add_registered(Json& row) const {
    Predictions predictions;
    std::vector<std::vector<std::size_t>> of_unit(units_.count);
    for (std::size_t i = 0; i < units_.of.size(); ++i) of_unit[units_.of[i]].push_back(i);
    for (std::size_t u = 0; u < units_.count; ++u) {
      predictions.start(StudentId(u));
      for (const std::size_t i : of_unit[u]) {
        const Foreseen& one = judged_.foreseen[i];
        predictions.add(one.p_recall, one.recalled ? 1.0F : 0.0F, 0, false);
      }
    }
    for (const Measured& measured : measure(predictions, bootstrap_)) {
      const std::string_view name = measured.metric->name;
      if (name != "log_loss" && name != "auc" && name != "ece") continue;
      add(row, std::string(name), measured.value, measured.interval);
    }
  }
  void add_rmse(Json& row) const {
    const auto value = [&](std::span<const double> weight) -> std::optional<double> {
      return rmse_over_bins(judged_.foreseen, units_.of, weight);
    };
    add(row, "rmse_bins", value(std::vector<double>(units_.count, 1.0)),
        interval_of(units_.count, value, bootstrap_));
  }
  /// Nats a review by which `best` is ahead, on the same reviews.
  void add_gain(Json& row, const JudgedModel& best) const {
    std::vector<double> gain(units_.count, 0.0);
    std::vector<double> reviews(units_.count, 0.0);
    for (std::size_t i = 0; i < units_.of.size(); ++i) {
      gain[units_.of[i]] += surprise(judged_.foreseen[i]) - surprise(best.foreseen[i]);
      reviews[units_.of[i]] += 1.0;
    }
    const auto value = [&](std::span<const double> weight) -> std::optional<double> {
      double sum = 0.0;
      double count = 0.0;
      for (std::size_t u = 0; u < gain.size(); ++u) {
        sum += weight[u] * gain[u];
        count += weight[u] * reviews[u];
      }
      return count > 0.0 ? std::optional(sum / count) : std::nullopt;
    };
    add(row, "log_loss_gain", value(std::vector<double>(units_.count, 1.0)),
        interval_of(units_.count, value, bootstrap_));
  }

 private:
  static void add(Json& row, const std::string& name, std::optional<double> value,
                  const std::optional<Interval>& interval) {
    row[name] = value ? Json(*value) : Json(nullptr);
    row[name + "_low"] = interval ? Json(interval->low) : Json(nullptr);
    row[name + "_high"] = interval ? Json(interval->high) : Json(nullptr);
  }

  const JudgedModel& judged_;
  const Units& units_;
  const Bootstrap& bootstrap_;
};

Json row_of(const JudgedModel& judged, const JudgedModel& best, const Units& units,
            const Bootstrap& bootstrap) {
  Json row{{"model", judged.model->name}, {"source", judged.model->source}};
  const Figures figures(judged, units, bootstrap);
  figures.add_registered(row);
  figures.add_rmse(row);
  figures.add_gain(row, best);
  row["theta"] = judged.theta;
  row["seconds"] = judged.seconds;
  return row;
}

const JudgedModel* judged_as(std::span<const JudgedModel> judged, std::string_view name) {
  const auto found = std::find_if(judged.begin(), judged.end(), [name](const JudgedModel& one) {
    return one.model->name == name;
  });
  return found == judged.end() ? nullptr : &*found;
}

/// Regimes of review on learners whose memory is the fitted `dsr`; none unless it was fitted.
Json simulated_regimes(std::span<const JudgedModel> judged, std::uint64_t seed) {
  Json rows = Json::array();
  const JudgedModel* const truth = judged_as(judged, "dsr");
  const JudgedModel* const curve = judged_as(judged, "curve");
  if (truth == nullptr || curve == nullptr) return rows;
  const FittedMemory remembers{.model = truth->model, .theta = truth->theta};
  const FittedMemory believes{.model = curve->model, .theta = curve->theta};
  for (const RegimeRow& row : compare_regimes(remembers, believes, {.seed = seed})) {
    rows.push_back({{"regime", row.regime},
                    {"simulated", true},
                    {"reviews_per_card", row.reviews_per_card},
                    {"remembered", row.remembered},
                    {"reviews_per_remembered", row.reviews_per_remembered},
                    {"mean_recall", row.mean_recall}});
  }
  return rows;
}

double recall_rate(std::span<const Foreseen> foreseen) {
  const auto recalled = std::count_if(foreseen.begin(), foreseen.end(),
                                      [](const Foreseen& one) { return one.recalled; });
  return static_cast<double>(recalled) / static_cast<double>(foreseen.size());
}

}  // namespace

Result<Json> benchmark_review(const BenchmarkReview& ask) {
  if (ask.unit != "item" && ask.unit != "skill") {
    return invalid_input(fmt::format("unit \"{}\", expected item or skill", ask.unit));
  }
  MENO_TRY(const OpenedRecords records, OpenedRecords::open(ask.data));
  const Dataset& dataset = records.dataset();
  if (!dataset.has_times()) {
    return invalid_input(
        fmt::format("{}: answers without times, expected times", ask.data.string()));
  }
  std::vector<ReviewLog> logs;
  for (std::size_t s = 0; s < dataset.students(); ++s) {
    logs.push_back(review_log_of(dataset.sequence(StudentId(s)),
                                 ask.unit == "item" ? ReviewUnit::Item : ReviewUnit::Skill));
  }
  MENO_TRY(const std::vector<JudgedModel> judged, judge_forgetting(logs, ask.plan));
  const std::vector<Foreseen>& foreseen = judged.front().foreseen;
  const Units units = units_of(foreseen);
  Json document{
      {"problem", "review"},
      {"data", dataset.course().name},
      {"unit", ask.unit},
      {"seed", ask.bootstrap.seed},
      {"learners", logs.size()},
      {"reviews", foreseen.size()},
      {"recalled", recall_rate(foreseen)},
      {"judged_on", ask.plan.on_valid ? "stretch 2 of 6, to choose settings by"
                                      : "stretches 3 to 6 of 6, each from what is before"},
      {"intervals", units.learners ? "95 %, learners drawn with replacement"
                                   : "95 %, cards of the one learner drawn with "
                                     "replacement: they say nothing of other learners"},
      {"rows", Json::array()}};
  for (const JudgedModel& one : judged) {
    document["rows"].push_back(row_of(one, judged.front(), units, ask.bootstrap));
  }
  document["regimes"] = simulated_regimes(judged, ask.bootstrap.seed);
  return document;
}

}  // namespace meno
