#include "eval/evaluation_json.h"

#include <iterator>

#include <fmt/format.h>

#include "core/json.h"
#include "meta/privacy/spent_json.h"

namespace meno {
namespace {

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

Json interval_of(const std::optional<Interval>& interval) {
  return interval ? Json::array({interval->low, interval->high}) : Json(nullptr);
}

Json metrics_of(const std::vector<Measured>& measured) {
  Json json = Json::object();
  for (const Measured& one : measured) json[std::string(one.metric->name)] = number(one.value);
  return json;
}

Json intervals_of(const std::vector<Measured>& measured) {
  Json json = Json::object();
  for (const Measured& one : measured) {
    json[std::string(one.metric->name)] = interval_of(one.interval);
  }
  return json;
}

const Measured* find(const std::vector<Measured>& measured, std::string_view name) {
  for (const Measured& one : measured) {
    if (one.metric->name == name) return &one;
  }
  return nullptr;
}

Json role_of(const RoleSize& role) {
  return {{"students", role.students}, {"answers", role.answers}};
}

Json epochs_of(const FoldResult& fold) {
  Json epochs = Json::array();
  for (const EpochRecord& epoch : fold.epochs) {
    epochs.push_back({{"epoch", epoch.epoch},
                      {"train_loss", epoch.train_loss},
                      {"valid_auc", number(epoch.valid_auc)},
                      {"valid_log_loss", number(epoch.valid_log_loss)},
                      {"seconds", epoch.seconds}});
  }
  return epochs;
}

Json after_of(const std::vector<AfterAnswers>& after) {
  Json rows = Json::array();
  for (const AfterAnswers& row : after) {
    Json json = {{"k", row.k}, {"students", row.students}, {"scored", row.scored}};
    json.update(metrics_of(row.measured));
    json["intervals"] = intervals_of(row.measured);
    if (!row.adapted.empty()) {
      json["adapted"] = metrics_of(row.adapted);
      json["adapted"]["intervals"] = intervals_of(row.adapted);
    }
    json["same_students"] = metrics_of(row.same_students);
    json["same_students"]["students"] = row.same_students_count;
    rows.push_back(std::move(json));
  }
  return rows;
}

Json robust_of(const std::vector<UnderCorruption>& robust) {
  Json rows = Json::array();
  for (const UnderCorruption& row : robust) {
    Json json = {{"corruption", row.corruption->name}, {"scored", row.scored}};
    json.update(metrics_of(row.measured));
    json["intervals"] = intervals_of(row.measured);
    rows.push_back(std::move(json));
  }
  return rows;
}

/// The keys that every fold and the mean have, in the order of the command contract.
Json contract_of(const FoldResult& fold) {
  Json json = Json::object();
  json["auc"] = number(value_of(fold.measured, "auc"));
  json["auc_without_repeats"] = number(value_of(fold.without_repeats, "auc"));
  for (const char* name : {"accuracy", "precision", "recall", "f1", "rmse", "log_loss", "ece"}) {
    json[name] = number(value_of(fold.measured, name));
  }
  json["scored"] = fold.predictions.size();
  json["train_seconds"] = fold.train_seconds;
  json["peak_rss_mb"] = fold.peak_rss_mb;
  for (const Measured& one : fold.measured) {  // metrics added since, and Brier
    const std::string name(one.metric->name);
    if (!json.contains(name)) json[name] = number(one.value);
  }
  return json;
}

Json fold_json(const FoldResult& fold) {
  Json json = {{"fold", fold.fold}};
  json.update(contract_of(fold));
  json["intervals"] = intervals_of(fold.measured);
  if (const Measured* const fresh = find(fold.without_repeats, "auc")) {
    json["intervals"]["auc_without_repeats"] = interval_of(fresh->interval);
  }
  json["scored_without_repeats"] = fold.scored_without_repeats;
  json["predict_seconds"] = fold.predict_seconds;
  json["parameters"] = fold.parameters;
  json["best_epoch"] = fold.best_epoch;
  json["epochs"] = epochs_of(fold);
  json["train"] = role_of(fold.train);
  json["valid"] = role_of(fold.valid);
  json["test"] = role_of(fold.test);
  json["students_left_out"] = fold.left_out;
  if (fold.privacy) json["private"] = to_json(*fold.privacy);
  if (!fold.after.empty()) json["after"] = after_of(fold.after);
  if (!fold.robust.empty()) json["robust"] = robust_of(fold.robust);
  return json;
}

Json mean_json(const std::vector<FoldResult>& folds) {
  Json mean = Json::object();
  if (folds.empty()) return mean;
  const Json keys = contract_of(folds.front());
  for (const auto& [key, unused] : keys.items()) {
    double sum = 0.0;
    int defined = 0;
    for (const FoldResult& fold : folds) {
      const Json json = contract_of(fold);
      if (!json.at(key).is_number()) continue;
      sum += json.at(key).get<double>();
      ++defined;
    }
    mean[key] = defined > 0 ? Json(sum / defined) : Json(nullptr);
  }
  return mean;
}

}  // namespace

Json to_json(const Evaluation& evaluation) {
  Json folds = Json::array();
  for (const FoldResult& fold : evaluation.folds) folds.push_back(fold_json(fold));
  const TrainOptions& training = evaluation.plan.training;
  Json json = {{"model", evaluation.plan.model},
               {"protocol", evaluation.plan.protocol},
               {"folds", std::move(folds)},
               {"mean", mean_json(evaluation.folds)},
               {"learner", training.learner},
               {"model_options", evaluation.plan.model_options},
               {"learner_options", training.learner_options},
               {"seed", training.seed},
               {"threads", training.threads},
               {"resamples", evaluation.plan.resamples},
               {"data_hash", evaluation.data_hash},
               {"version", MENO_VERSION}};
  if (evaluation.plan.distillation) json["labelled_by"] = described(*evaluation.plan.distillation);
  if (evaluation.plan.bots > 0.0) json["bots"] = evaluation.plan.bots;
  return json;
}

std::string predictions_csv(const Evaluation& evaluation,
                            const std::function<const std::string&(StudentId)>& name_of) {
  std::string csv = "fold,student,row,p_correct,correct,repeat\n";
  const auto quoted = [](const std::string& name) {
    if (name.find_first_of(",\"\r\n") == std::string::npos) return name;
    std::string safe = "\"";
    for (const char c : name) safe += c == '"' ? std::string("\"\"") : std::string(1, c);
    return safe + "\"";
  };
  for (const FoldResult& fold : evaluation.folds) {
    const Predictions& all = fold.predictions;
    for (std::size_t u = 0; u < all.students(); ++u) {
      const std::string student = quoted(name_of(all.student[u]));
      for (std::size_t i = all.begin[u]; i < all.begin[u + 1]; ++i) {
        fmt::format_to(std::back_inserter(csv), "{},{},{},{:.9g},{:g},{}\n", fold.fold, student,
                       all.row[i], all.p_correct[i], all.correct[i],
                       static_cast<int>(all.repeat[i]));
      }
    }
  }
  return csv;
}

}  // namespace meno
