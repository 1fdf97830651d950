// CourseGraph: skills, what comes before what, items, resources and goals, as a file names them.
// Bytes -> parse_graph -> CourseGraph -> faults_of -> refused, or repaired by name -> written.
// Nothing wrong is accepted silently: a cycle, a loop, an edge to nowhere or a garbled name is a
// fault with its path, and only repair() removes it, saying what it removed.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "domain/skill_graph.h"

namespace meno {

/// What is practised or studied. "item" is an exercise that is graded.
inline constexpr std::array<std::string_view, 6> kMaterialKinds{
    "item", "reading", "video", "worked_example", "exercise", "project"};

struct GraphSkill {
  std::string id;
  std::string title;  // "" = the id

  friend bool operator==(const GraphSkill&, const GraphSkill&) = default;
};

struct GraphMaterial {
  std::string id;
  std::string kind = "item";  // one of kMaterialKinds
  std::string title;
  std::vector<std::string> skills;

  friend bool operator==(const GraphMaterial&, const GraphMaterial&) = default;
};

struct CourseGraph {
  std::vector<GraphSkill> skills;  // in order of the file
  std::vector<Prerequisite> edges;
  std::vector<GraphMaterial> materials;
  std::vector<std::string> goals;  // ids of skills
  std::size_t links = 0;  // undirected relations the format has, which are no prerequisites

  friend bool operator==(const CourseGraph&, const CourseGraph&) = default;
};

enum class GraphFaultKind { Cycle, SelfLoop, Dangling, Garbled, Repeated };

/// "cycle", "self_loop", "dangling", "garbled" or "repeated".
std::string_view name_of(GraphFaultKind kind);

struct GraphFault {
  GraphFaultKind kind = GraphFaultKind::Cycle;
  std::string path;  // the offending path or name, e.g. "a -> b -> a"
};

/// All faults, cycles last: one shortest circle through the first skill of each set of skills that
/// can reach one another. A skill listed twice is Repeated; a repeated edge is none.
std::vector<GraphFault> faults_of(const CourseGraph& graph);

/// Removes what is wrong and says what, one line each: loops, dangling edges (and mentions),
/// garbled titles (the id stays), repeated skills, and of each circle its last edge in the file's
/// order until none is left. faults_of the result is empty, but for ids that are garbled
/// themselves.
std::vector<std::string> repair(CourseGraph& graph);

/// Reads CSV, JSON, GraphML, Junyi Academy's exercise table or the edges of the Common Core
/// coherence map, told apart by content (docs/paths.md). `where` names the file. Faults within are
/// no errors here. Errors: InvalidInput with the line or place for what is none of these.
Result<CourseGraph> parse_graph(std::string_view text, std::string_view where);

/// As "json", "csv" or "graphml"; parse_graph reads the same graph (JSON: edges grouped by skill).
/// Errors: InvalidInput for another format.
Result<std::string> write_graph(const CourseGraph& graph, std::string_view format);

}  // namespace meno
