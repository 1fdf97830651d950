#include "service/course_graphs.h"

#include <cmath>

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"
#include "domain/split.h"
#include "tutor/graph/suggest.h"

namespace meno {
namespace {

constexpr std::uintmax_t kLargest = 64ULL * 1024 * 1024;

Result<CourseGraph> read_graph(const std::filesystem::path& file) {
  std::error_code fault;
  const std::uintmax_t size = std::filesystem::file_size(file, fault);
  if (!fault && size > kLargest)
    return invalid_input(fmt::format("{} has {} bytes, expected a graph of at most {}",
                                     file.string(), size, kLargest));
  MENO_TRY(const std::string text, read_file(file));
  return parse_graph(text, file.string());
}

Error refused(const std::filesystem::path& file, const std::vector<GraphFault>& faults) {
  std::string told;
  for (std::size_t k = 0; k < std::min<std::size_t>(faults.size(), 8); ++k)
    told += fmt::format("{}{}: {}", k == 0 ? "" : "; ", name_of(faults[k].kind), faults[k].path);
  return invalid_input(fmt::format(
      "{} has {} fault{} ({}{}), expected none; --repair drops what is wrong and says what",
      file.string(), faults.size(), faults.size() == 1 ? "" : "s", told,
      faults.size() > 8 ? "; …" : ""));
}

std::string format_of(const ImportGraph& ask) {
  if (!ask.format.empty()) return ask.format;
  const std::string ending = ask.out.extension().string();
  return ending.empty() ? "json" : ending.substr(1);
}

Json to_json(const std::vector<GraphFault>& faults) {
  Json json = Json::array();
  for (const GraphFault& fault : faults)
    json.push_back({{"kind", name_of(fault.kind)}, {"path", fault.path}});
  return json;
}

}  // namespace

Result<Json> import_graph(const ImportGraph& ask) {
  MENO_TRY(CourseGraph graph, read_graph(ask.file));
  const std::vector<GraphFault> faults = faults_of(graph);
  std::vector<std::string> done;
  if (!faults.empty()) {
    if (!ask.repair) return refused(ask.file, faults);
    done = repair(graph);
    const std::vector<GraphFault> left = faults_of(graph);
    if (!left.empty()) return refused(ask.file, left);
  }
  if (!ask.out.empty()) {
    MENO_TRY(const std::string text, write_graph(graph, format_of(ask)));
    MENO_TRY_DONE(write_file_atomically(ask.out, text));
  }
  return Json{{"file", ask.file.string()},
              {"skills", graph.skills.size()},
              {"edges", graph.edges.size()},
              {"links", graph.links},
              {"materials", graph.materials.size()},
              {"goals", graph.goals.size()},
              {"faults", to_json(faults)},
              {"repaired", done},
              {"out", ask.out.empty() ? Json(nullptr) : Json(ask.out.string())}};
}

Result<SkillGraph> graph_for(const std::filesystem::path& file, const Course& course) {
  MENO_TRY(const CourseGraph graph, read_graph(file));
  const std::vector<GraphFault> faults = faults_of(graph);
  if (!faults.empty()) return refused(file, faults);
  return SkillGraph::make(course.skills, graph.edges);
}

Result<Json> suggest_graph(const SuggestGraph& ask) {
  if (!std::isfinite(ask.min_z) || ask.min_z < 0.0)
    return invalid_input(fmt::format("--min-z is {}, expected 0 or more", ask.min_z));
  MENO_TRY(const Dataset dataset, Dataset::open(ask.data));
  const Course& course = dataset.course();
  SkillGraph known(course.skills.size());
  if (!ask.graph.empty()) {
    MENO_TRY(known, graph_for(ask.graph, course));
  }
  SuggestRules rules;
  rules.min_z = ask.min_z;
  Json document{{"data", course.name},
                {"suggestions", Json::array()},
                {"note",
                 "associations in records for a person to judge, not proof that one helps the "
                 "other"}};
  for (const SuggestedEdge& edge :
       suggest_edges(course, split_source(dataset).students, known, rules)) {
    document["suggestions"].push_back({{"before", course.skills.name(edge.before)},
                                       {"after", course.skills.name(edge.after)},
                                       {"z", edge.z},
                                       {"lift", edge.lift},
                                       {"order", edge.order},
                                       {"students_mastered", edge.mastered},
                                       {"students_not_mastered", edge.not_mastered}});
  }
  return document;
}

}  // namespace meno
