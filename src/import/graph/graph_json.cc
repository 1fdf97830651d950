#include <algorithm>

#include <fmt/format.h>

#include "core/json.h"
#include "import/graph/formats.h"

namespace meno {
namespace {

/// Reads the parts of one document and remembers the first fault.
class Reader {
 public:
  explicit Reader(std::string_view where) : where_(where) {}

  std::string text(const Json& object, const char* key, const std::string& at, bool needed) {
    if (!object.contains(key)) {
      if (needed) fail(at, fmt::format("no \"{}\", expected one", key));
      return {};
    }
    if (!object.at(key).is_string()) {
      fail(at, fmt::format("\"{}\" is no text, expected one", key));
      return {};
    }
    return object.at(key).get<std::string>();
  }

  std::vector<std::string> texts(const Json& object, const char* key, const std::string& at) {
    std::vector<std::string> result;
    for (const Json& one : list(object, key, at)) {
      if (one.is_string())
        result.push_back(one.get<std::string>());
      else
        fail(at, fmt::format("\"{}\" holds something else than text", key));
    }
    return result;
  }

  Json list(const Json& object, const char* key, const std::string& at) {
    if (!object.contains(key)) return Json::array();
    if (object.at(key).is_array()) return object.at(key);
    fail(at, fmt::format("\"{}\" is no list, expected one", key));
    return Json::array();
  }

  void fail(const std::string& at, const std::string& what) {
    if (fault_.empty()) fault_ = fmt::format("{}{}: {}", where_, at, what);
  }
  bool object(const Json& value, const std::string& at) {
    if (value.is_object()) return true;
    fail(at, "no object, expected one");
    return false;
  }
  const std::string& fault() const { return fault_; }

 private:
  std::string_view where_;
  std::string fault_;
};

void read_skills(const Json& document, Reader& reader, CourseGraph& graph) {
  const Json skills = reader.list(document, "skills", "");
  for (std::size_t k = 0; k < skills.size(); ++k) {
    const std::string at = fmt::format(" skills[{}]", k);
    if (!reader.object(skills[k], at)) return;
    const std::string id = reader.text(skills[k], "id", at, true);
    graph.skills.push_back({.id = id, .title = reader.text(skills[k], "title", at, false)});
    for (const std::string& need : reader.texts(skills[k], "prerequisites", at))
      graph.edges.push_back({.before = need, .after = id});
  }
}

void read_materials(const Json& document, Reader& reader, CourseGraph& graph) {
  const Json materials = reader.list(document, "materials", "");
  for (std::size_t k = 0; k < materials.size(); ++k) {
    const std::string at = fmt::format(" materials[{}]", k);
    if (!reader.object(materials[k], at)) return;
    GraphMaterial made{.id = reader.text(materials[k], "id", at, true),
                       .kind = reader.text(materials[k], "kind", at, true),
                       .title = reader.text(materials[k], "title", at, false),
                       .skills = reader.texts(materials[k], "skills", at)};
    if (std::find(kMaterialKinds.begin(), kMaterialKinds.end(), made.kind) == kMaterialKinds.end())
      reader.fail(at, fmt::format("kind \"{}\", expected item, reading, video, worked_example, "
                                  "exercise or project",
                                  made.kind));
    graph.materials.push_back(std::move(made));
  }
}

}  // namespace

Result<CourseGraph> read_graph_json(std::string_view text, std::string_view where) {
  MENO_TRY(const Json document, parse_json(text, where));
  if (!document.is_object() || !document.contains("skills"))
    return invalid_input(
        fmt::format("{} is no course graph, expected an object with \"skills\"", where));
  Reader reader(where);
  CourseGraph graph;
  read_skills(document, reader, graph);
  read_materials(document, reader, graph);
  graph.goals = reader.texts(document, "goals", "");
  if (!reader.fault().empty()) return invalid_input(reader.fault());
  return graph;
}

std::string write_graph_json(const CourseGraph& graph) {
  Json document{{"skills", Json::array()}, {"materials", Json::array()}, {"goals", graph.goals}};
  for (const GraphSkill& skill : graph.skills) {
    Json made{{"id", skill.id}, {"title", skill.title}, {"prerequisites", Json::array()}};
    for (const Prerequisite& edge : graph.edges)
      if (edge.after == skill.id) made["prerequisites"].push_back(edge.before);
    document["skills"].push_back(std::move(made));
  }
  for (const GraphMaterial& material : graph.materials) {
    document["materials"].push_back({{"id", material.id},
                                     {"kind", material.kind},
                                     {"title", material.title},
                                     {"skills", material.skills}});
  }
  return document.dump(1, ' ', false, Json::error_handler_t::replace) + "\n";
}

}  // namespace meno
