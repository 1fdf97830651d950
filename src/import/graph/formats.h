// The formats of course graphs, one reader each. All take the whole text; `where` names the file.
#pragma once

#include "import/graph/course_graph.h"

namespace meno {

/// A table: edges under "before,after" (or source,target; from,to; prerequisite,skill), or rows
/// under "kind,name,of,title" with kind skill, prerequisite, goal or one of kMaterialKinds. Also
/// Junyi Academy's ("name", "prerequisites") and the coherence map's ("edgedesc", "begin", "end").
Result<CourseGraph> read_graph_csv(std::string_view text, std::string_view where);
/// {"skills":[{"id","title","prerequisites":[..]}],"materials":[{"id","kind","title","skills"}],
/// "goals":[..]}.
Result<CourseGraph> read_graph_json(std::string_view text, std::string_view where);
/// Nodes with data "kind" (skill if absent) and "title"; edges from prerequisite to skill, or from
/// material to skill. Source: GraphML, Brandes et al. 2002.
Result<CourseGraph> read_graph_graphml(std::string_view text, std::string_view where);

std::string write_graph_csv(const CourseGraph& graph);
std::string write_graph_json(const CourseGraph& graph);
std::string write_graph_graphml(const CourseGraph& graph);

/// Text is UTF-8 without replacement or control characters, and without a question mark next to a
/// character beyond ASCII (what remains of one that a wrong encoding lost).
bool is_garbled(std::string_view text);

}  // namespace meno
