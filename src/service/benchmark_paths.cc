#include "service/benchmark_paths.h"

#include "core/json.h"
#include "domain/dataset.h"
#include "domain/split.h"
#include "service/course_graphs.h"

namespace meno {
namespace {

void add_estimate(Json& json, const std::string& name, const Estimate& estimate) {
  json[name] = estimate.value;
  json[name + "_low"] = estimate.low;
  json[name + "_high"] = estimate.high;
}

Json to_json(const ContestRow& row) {
  Json json{{"policy", row.policy}, {"learner_family", row.family}, {"steps", row.steps}};
  add_estimate(json, "e_p", row.e_p);
  json["seconds_per_plan"] = row.seconds_per_plan;
  json["built_on"] = row.built_on;
  add_estimate(json, "plan_gain", row.plan_gain);
  json["start"] = row.start;
  json["end"] = row.end;
  json["wasted_practice"] = row.wasted;
  json["premature_advance"] = row.premature;
  json["e_p_weak"] = row.e_p_weak;
  json["e_p_strong"] = row.e_p_strong;
  return json;
}

Json to_json(const RaceRow& row) {
  Json json{{"policy", row.policy}, {"learner_family", row.family}, {"built_on", row.built_on}};
  add_estimate(json, "minutes_to_mastery", row.minutes);
  json["finished"] = row.finished;
  add_estimate(json, "mastered_at_equal_time", row.mastered);
  add_estimate(json, "time_saved", row.time_saved);
  add_estimate(json, "mastered_gain", row.mastered_gain);
  return json;
}

Json to_json(const FamilyReport& about) {
  const Realism& realism = about.realism;
  return {{"learner_family", about.family},
          {"built_on", about.built_on},
          {"repeat", about.repeat},
          {"held_out_students", realism.students},
          {"held_out_answers", realism.answers},
          {"log_loss", realism.log_loss},
          {"base_log_loss", realism.base_log_loss},
          {"auc", realism.auc ? Json(*realism.auc) : Json(nullptr)},
          {"real_curve", realism.real_curve},
          {"simulated_curve", realism.simulated_curve},
          {"fit_seconds", about.seconds}};
}

}  // namespace

Result<Json> benchmark_paths(const BenchmarkPaths& ask) {
  MENO_TRY(const Dataset dataset, Dataset::open(ask.data));
  SkillGraph graph(dataset.course().skills.size());
  if (!ask.graph.empty()) {
    MENO_TRY(graph, graph_for(ask.graph, dataset.course()));
  }
  MENO_TRY(const ContestReport report,
           run_contest(dataset.course(), graph, split_source(dataset).students, ask.plan));
  Json document{
      {"problem", "paths"},
      {"simulated", true},
      {"note", "every student judged here is simulated; E_p is of full marks"},
      {"data", dataset.course().name},
      {"seed", ask.plan.seed},
      {"repeats", ask.plan.repeats},
      {"students_per_family", ask.plan.students},
      {"built_on", kPlannerFamily},
      {"prerequisites", ask.graph.empty() ? "suggested from records" : ask.graph.string()},
      {"suggested_edges", report.suggested_edges},
      {"response_times", report.timed ? "fitted" : "assumed, 30 s an answer"},
      {"intervals", "95 %, simulated students drawn with replacement"},
      {"rows", Json::array()},
      {"mastery_at", ask.plan.mastery_at},
      {"mastery", Json::array()},
      {"families", Json::array()}};
  for (const ContestRow& row : report.rows) document["rows"].push_back(to_json(row));
  for (const RaceRow& row : report.races) document["mastery"].push_back(to_json(row));
  for (const FamilyReport& about : report.families) document["families"].push_back(to_json(about));
  return document;
}

}  // namespace meno
