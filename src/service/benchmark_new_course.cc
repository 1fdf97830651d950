#include "service/benchmark_new_course.h"

#include "domain/dataset.h"
#include "service/course_sources.h"
#include "service/spread_json.h"

namespace meno {
namespace {

Json to_json(const NewCourseRow& row) {
  Json json{{"learner", row.learner}, {"students", row.students}};
  for (const CourseAdapter& adapter : course_adapters()) {
    if (adapter.name == row.learner) json["source"] = adapter.source;
  }
  put(json, "auc", row.auc);
  put(json, "log_loss", row.log_loss);
  put(json, "ece", row.ece);
  put(json, "auc_gain", row.auc_gain);
  put(json, "log_loss_gain", row.log_loss_gain);
  put(json, "ece_gain", row.ece_gain);
  json["seconds"] = row.seconds;
  return json;
}

}  // namespace

Result<Json> benchmark_new_course(const BenchmarkNewCourse& ask) {
  MENO_TRY(const OpenSources sources, open_sources(ask.sources));
  MENO_TRY(const Dataset target, Dataset::open(ask.target));
  MENO_TRY_DONE(check_target_apart(target, sources));
  MENO_TRY(const NewCourseResult result,
           run_new_course(sources.courses, target.course(), all_sequences(target), ask.plan));
  Json document{{"problem", "new-course"},
                {"target", ask.target.filename().string()},
                {"sources", Json::array()},
                {"target_hash", target.hash()},
                {"seed", ask.plan.seed},
                {"repeats", ask.plan.repeats},
                {"first_answers", ask.plan.first_answers},
                {"scored_students", result.scored_students},
                {"prior_seconds", result.prior_seconds},
                {"rows", Json::array()}};
  for (const CourseSource& source : sources.courses) document["sources"].push_back(source.name);
  for (const NewCourseRow& row : result.rows) document["rows"].push_back(to_json(row));
  return document;
}

}  // namespace meno
