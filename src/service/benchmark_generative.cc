#include "service/benchmark_generative.h"

#include "core/json.h"
#include "domain/dataset.h"
#include "service/course_sources.h"
#include "service/spread_json.h"

namespace meno {
namespace {

std::string_view told(TrainedOn trained_on) {
  if (trained_on == TrainedOn::Real) return "real";
  return trained_on == TrainedOn::Synthetic ? "synthetic" : "real+synthetic";
}

Json to_json(const UtilityRow& row) {
  Json json{{"judgement", "utility"},
            {"generator", row.generator},
            {"model", row.model},
            {"trained_on", told(row.trained_on)},
            {"fraction", row.fraction},
            {"students", row.students},
            {"synthetic_students", row.synthetic}};
  put_scores(json, row);
  return json;
}

Json to_json(const std::string& generator, const TwoSample& test) {
  Json json{{"judgement", "two-sample"}, {"generator", generator}};
  put(json, "auc", {.mean = test.auc, .interval = test.interval});
  json["p_value"] = test.p_value;
  json["students"] = test.students;
  return json;
}

Json privacy_json(const JudgementRow& row) {
  const PrivacyAudit& audit = row.privacy;
  Json json{{"judgement", "privacy"},
            {"generator", row.generator},
            {"synthetic_students", row.synthetic},
            {"exact_copies", audit.exact_copies},
            {"exact_by_chance", audit.exact_by_chance},
            {"distance_to_train", audit.to_train},
            {"distance_to_held_out", audit.to_held_out},
            {"membership_p_value", audit.membership_p_value},
            {"fit_seconds", row.fit_seconds},
            {"draw_seconds", row.draw_seconds}};
  put(json, "closer_to_train", {.mean = audit.closer_to_train, .interval = audit.closer_interval});
  put(json, "membership_auc",
      {.mean = audit.membership_auc, .interval = audit.membership_interval});
  return json;
}

}  // namespace

Result<Json> benchmark_generative(const BenchmarkGenerative& ask) {
  MENO_TRY(const Dataset target, Dataset::open(ask.target));
  OpenSources sources;
  if (!ask.sources.empty()) {
    MENO_TRY(sources, open_sources(ask.sources));
    MENO_TRY_DONE(check_target_apart(target, sources));
  }
  std::vector<std::vector<Sequence>> others;
  for (const Dataset& source : sources.datasets) others.push_back(all_sequences(source));
  MENO_TRY(const GenerativeResult result,
           judge_generators(target.course(), all_sequences(target), others, ask.plan));
  Json document{{"problem", "generative"},
                {"target", ask.target.filename().string()},
                {"target_hash", target.hash()},
                {"sources", Json::array()},
                {"seed", ask.plan.seed},
                {"repeats", ask.plan.repeats},
                {"scored_students", result.scored_students},
                {"training_students", result.training_students},
                {"rows", Json::array()}};
  for (const CourseSource& source : sources.courses) document["sources"].push_back(source.name);
  Json& rows = document["rows"];
  for (const UtilityRow& row : result.utility) rows.push_back(to_json(row));
  rows.push_back(to_json("real", result.real_against_real));
  for (const JudgementRow& row : result.judgement) {
    rows.push_back(to_json(row.generator, row.two_sample));
    rows.push_back(privacy_json(row));
  }
  return document;
}

}  // namespace meno
