#include "http/encode_monitor.h"

namespace meno {
namespace {

void write_optional(JsonWriter& json, std::string_view key, const std::optional<double>& value) {
  json.key(key);
  value ? json.number(*value) : json.null();
}

}  // namespace

void write_foresight(JsonWriter& json, const PrequentialFigures& figures) {
  json.begin_object().key("answers").integer(static_cast<std::int64_t>(figures.answers));
  write_optional(json, "log_loss", figures.log_loss);
  write_optional(json, "auc", figures.auc);
  write_optional(json, "ece", figures.ece);
  write_optional(json, "bias", figures.bias);
  json.end_object();
}

void write_alarms(JsonWriter& json, const std::vector<CourseAlarm>& alarms) {
  json.begin_array();
  for (const CourseAlarm& alarm : alarms) {
    json.begin_object().key("kind").text(alarm.kind).key("version").text(alarm.version);
    json.key("at").time(alarm.at).end_object();
  }
  json.end_array();
}

void write_trial(JsonWriter& json, const CourseMonitor& monitor) {
  if (monitor.trial.model == nullptr) {
    json.null();
    return;
  }
  const ServedModel& candidate = *monitor.trial.model;
  const bool seen = monitor.figures && monitor.figures->trial_version == candidate.version;
  const TrialFigures trial =
      seen ? monitor.figures->trial.value_or(TrialFigures()) : TrialFigures();
  json.begin_object().key("version").text(candidate.version).key("since").time(candidate.since);
  json.key("share").number(monitor.trial.share);
  json.key("number").integer(static_cast<std::int64_t>(monitor.trial.number));
  json.key("students").integer(static_cast<std::int64_t>(trial.students)).key("candidate");
  write_foresight(json, trial.candidate);
  json.key("serving");
  write_foresight(json, trial.serving);
  json.key("gain").number(trial.gain).key("log_better").number(trial.log_better);
  json.key("log_worse").number(trial.log_worse).key("needed").number(trial.needed).end_object();
}

void write_uptake(JsonWriter& json, const std::vector<Uptake>& uptake) {
  json.begin_array();
  for (const Uptake& row : uptake) {
    json.begin_object().key("version").text(row.run).key("reason").text(row.reason);
    json.key("said");
    row.said.empty() ? json.null() : json.text(row.said);
    json.key("count").integer(static_cast<std::int64_t>(row.count)).end_object();
  }
  json.end_array();
}

void write_retraining(JsonWriter& json, const std::optional<RetrainingState>& state) {
  if (!state) {
    json.null();
    return;
  }
  json.begin_object().key("phase").text(state->phase).key("since").time(state->since);
  json.key("answers").integer(static_cast<std::int64_t>(state->answers)).key("version");
  state->version.empty() ? json.null() : json.text(state->version);
  json.key("error");
  state->error.empty() ? json.null() : json.text(state->error);
  json.end_object();
}

}  // namespace meno
