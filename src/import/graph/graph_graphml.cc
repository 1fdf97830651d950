// The one file that includes pugixml.
#include <algorithm>
#include <sstream>
#include <unordered_map>

#include <fmt/format.h>
#include <pugixml.hpp>

#include "import/graph/formats.h"

namespace meno {
namespace {

/// Names of the data keys by their ids.
using Keys = std::unordered_map<std::string, std::string>;

Keys keys_of(const pugi::xml_node& root) {
  Keys keys;
  for (const pugi::xml_node& key : root.children("key")) {
    const std::string name = key.attribute("attr.name").as_string();
    keys[key.attribute("id").as_string()] = name;
  }
  return keys;
}

std::string data_of(const pugi::xml_node& node, const Keys& keys, std::string_view wanted) {
  for (const pugi::xml_node& data : node.children("data")) {
    const auto key = keys.find(data.attribute("key").as_string());
    if (key != keys.end() && key->second == wanted) return data.text().as_string();
  }
  return {};
}

Result<Done> read_node(const pugi::xml_node& node, const Keys& keys, std::string_view where,
                       CourseGraph& graph,
                       std::unordered_map<std::string, std::size_t>& materials) {
  const std::string id = node.attribute("id").as_string();
  if (id.empty())
    return invalid_input(
        fmt::format("{} byte {}: a node without an id, expected one", where, node.offset_debug()));
  const std::string kind = data_of(node, keys, "kind");
  std::string title = data_of(node, keys, "title");
  if (kind.empty() || kind == "skill" || kind == "goal") {
    graph.skills.push_back({.id = id, .title = std::move(title)});
    if (kind == "goal") graph.goals.push_back(id);
    return Done{};
  }
  if (std::find(kMaterialKinds.begin(), kMaterialKinds.end(), kind) == kMaterialKinds.end())
    return invalid_input(fmt::format(
        "{} node {}: kind \"{}\", expected skill, goal, item, reading, video, worked_example, "
        "exercise or project",
        where, id, kind));
  materials.emplace(id, graph.materials.size());
  graph.materials.push_back({.id = id, .kind = kind, .title = std::move(title), .skills = {}});
  return Done{};
}

struct TextWriter final : pugi::xml_writer {
  std::string text;
  void write(const void* data, std::size_t size) override {
    text.append(static_cast<const char*>(data), size);
  }
};

void add_data(pugi::xml_node node, const char* key, const std::string& value) {
  if (value.empty()) return;
  pugi::xml_node data = node.append_child("data");
  data.append_attribute("key") = key;
  data.text().set(value.c_str());
}

void add_node(pugi::xml_node graph, const std::string& id, const std::string& kind,
              const std::string& title) {
  pugi::xml_node node = graph.append_child("node");
  node.append_attribute("id") = id.c_str();
  add_data(node, "kind", kind);
  add_data(node, "title", title);
}

void add_edge(pugi::xml_node graph, const std::string& from, const std::string& to) {
  pugi::xml_node edge = graph.append_child("edge");
  edge.append_attribute("source") = from.c_str();
  edge.append_attribute("target") = to.c_str();
}

}  // namespace

Result<CourseGraph> read_graph_graphml(std::string_view text, std::string_view where) {
  pugi::xml_document document;
  const pugi::xml_parse_result parsed =
      document.load_buffer(text.data(), text.size(), pugi::parse_default, pugi::encoding_utf8);
  if (!parsed)
    return invalid_input(fmt::format("{} byte {}: {}, expected GraphML", where, parsed.offset,
                                     parsed.description()));
  const pugi::xml_node root = document.child("graphml");
  const pugi::xml_node from = root.child("graph");
  if (!from)
    return invalid_input(fmt::format("{} is XML without graphml/graph, expected GraphML", where));
  const Keys keys = keys_of(root);
  CourseGraph graph;
  std::unordered_map<std::string, std::size_t> materials;
  for (const pugi::xml_node& node : from.children("node")) {
    MENO_TRY_DONE(read_node(node, keys, where, graph, materials));
  }
  for (const pugi::xml_node& edge : from.children("edge")) {
    const std::string source = edge.attribute("source").as_string();
    const std::string target = edge.attribute("target").as_string();
    const auto material = materials.find(source);
    if (material != materials.end())
      graph.materials[material->second].skills.push_back(target);
    else
      graph.edges.push_back({.before = source, .after = target});
  }
  return graph;
}

std::string write_graph_graphml(const CourseGraph& graph) {
  pugi::xml_document document;
  pugi::xml_node root = document.append_child("graphml");
  root.append_attribute("xmlns") = "http://graphml.graphdrawing.org/xmlns";
  for (const char* name : {"kind", "title"}) {
    pugi::xml_node key = root.append_child("key");
    key.append_attribute("id") = name;
    key.append_attribute("for") = "node";
    key.append_attribute("attr.name") = name;
    key.append_attribute("attr.type") = "string";
  }
  pugi::xml_node into = root.append_child("graph");
  into.append_attribute("edgedefault") = "directed";
  for (const GraphSkill& skill : graph.skills) {
    const bool goal =
        std::find(graph.goals.begin(), graph.goals.end(), skill.id) != graph.goals.end();
    add_node(into, skill.id, goal ? "goal" : "", skill.title);
  }
  for (const GraphMaterial& material : graph.materials)
    add_node(into, material.id, material.kind, material.title);
  for (const Prerequisite& edge : graph.edges) add_edge(into, edge.before, edge.after);
  for (const GraphMaterial& material : graph.materials)
    for (const std::string& skill : material.skills) add_edge(into, material.id, skill);
  TextWriter writer;
  document.save(writer, " ");
  return std::move(writer.text);
}

}  // namespace meno
