#include "service/benchmark_new_course.h"

#include "core/files.h"
#include "core/json.h"
#include "domain/dataset.h"
#include "eval/report/new_course_report.h"
#include "service/course_sources.h"
#include "service/spread_json.h"

namespace meno {
namespace {

Json to_json(const NewCourseRow& row) {
  Json json{{"learner", row.learner}, {"students", row.students}};
  for (const CourseAdapter& adapter : course_adapters()) {
    if (adapter.name == row.learner) json["source"] = adapter.source;
  }
  put_scores(json, row);
  json["seconds"] = row.seconds;
  return json;
}

Json to_json(const CourseMap& map) {
  Json json{{"explained", map.explained},
            {"points", Json::array()},
            {"distances", Json::array()},
            {"recognition", Json::array()}};
  for (const MapPoint& point : map.points) {
    json["points"].push_back({{"kind", point.kind},
                              {"students", point.students},
                              {"x", point.at[0]},
                              {"y", point.at[1]}});
  }
  for (const MapDistance& one : map.distances) {
    json["distances"].push_back(
        {{"students", one.students}, {"kind", one.kind}, {"reaches", one.reaches}});
  }
  for (const Recognition& one : map.recognition) {
    json["recognition"].push_back({{"kind", one.kind},
                                   {"halves_apart", one.halves_apart},
                                   {"others_apart", one.others_apart},
                                   {"recognised", one.recognised}});
  }
  return json;
}

Result<Done> write_report(const BenchmarkNewCourse& ask, const NewCourseResult& result,
                          const OpenSources& sources, const Course& target, Language language) {
  NewCourseFacts facts{.target = target.name,
                       .sources = {},
                       .seed = ask.plan.seed,
                       .repeats = ask.plan.repeats,
                       .first_answers = ask.plan.first_answers};
  for (const CourseSource& source : sources.courses) facts.sources.push_back(source.name);
  return write_file_atomically(ask.report, new_course_report(result, facts, language));
}

}  // namespace

Result<Json> benchmark_new_course(const BenchmarkNewCourse& ask) {
  MENO_TRY(const Language language, language_of(ask.language));
  MENO_TRY(const OpenSources sources, open_sources(ask.sources));
  MENO_TRY(const Dataset target, Dataset::open(ask.target));
  MENO_TRY_DONE(check_target_apart(target, sources));
  NewCoursePlan plan = ask.plan;
  plan.map = !ask.report.empty();
  MENO_TRY(const NewCourseResult result,
           run_new_course(sources.courses, target.course(), all_sequences(target), plan));
  if (!ask.report.empty()) {
    MENO_TRY_DONE(write_report(ask, result, sources, target.course(), language));
  }
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
  if (result.map) document["map"] = to_json(*result.map);
  return document;
}

}  // namespace meno
