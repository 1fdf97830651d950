#include "service/benchmark_few_shot.h"

#include "core/json.h"
#include "domain/dataset.h"
#include "service/course_sources.h"

namespace meno {
namespace {

Json number(const std::optional<double>& value) { return value ? Json(*value) : Json(nullptr); }

void add_figure(Json& row, const std::string& name, const Figure& figure) {
  row[name] = number(figure.value);
  row[name + "_low"] = figure.interval ? Json(figure.interval->low) : Json(nullptr);
  row[name + "_high"] = figure.interval ? Json(figure.interval->high) : Json(nullptr);
}

void add_score(Json& row, const std::string& prefix, const FewShotScore& score) {
  add_figure(row, prefix + "auc", score.auc);
  row[prefix + "log_loss"] = number(score.log_loss.value);
  row[prefix + "ece"] = number(score.ece.value);
  add_figure(row, prefix + "auc_gain", score.auc_gain);
  add_figure(row, prefix + "log_loss_gain", score.log_loss_gain);
  row[prefix + "students"] = score.students;
  row[prefix + "scored"] = score.scored;
}

Json row_of(const FewShotRow& row) {
  Json json{{"learner", row.learner}, {"answers", row.answers}};
  if (row.trained_on > 0) json["trained_on"] = row.trained_on;
  add_score(json, "", row.near);
  if (row.late) add_score(json, "late_", *row.late);
  json["setting"] = row.setting;
  json["seconds"] = row.seconds;
  return json;
}

}  // namespace

Result<Json> benchmark_few_shot(const BenchmarkFewShot& ask) {
  MENO_TRY(const Dataset dataset, Dataset::open(ask.target));
  OpenSources sources;
  if (!ask.sources.empty()) {
    MENO_TRY(sources, open_sources(ask.sources));
    MENO_TRY_DONE(check_target_apart(dataset, sources));
  }
  FewShotPlan plan = ask.plan;
  plan.sources = sources.courses;
  MENO_TRY(const std::vector<FewShotRow> rows,
           run_few_shot(dataset.course(), split_source(dataset), plan));
  Json document{{"problem", ask.plan.problem},
                {"seed", ask.plan.seed},
                {"target", dataset.course().name},
                {"model", ask.plan.model},
                {"repeats", ask.plan.repeats},
                {"intervals", "95 %, test students drawn with replacement within each repeat"},
                {"rows", Json::array()}};
  for (const FewShotRow& row : rows) document["rows"].push_back(row_of(row));
  return document;
}

}  // namespace meno
