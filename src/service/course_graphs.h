// Use cases on course graphs: read, check and repair a file, write it in another format, suggest
// edges that a dataset's records speak for.
#pragma once

#include <filesystem>
#include <string>

#include "core/json_fwd.h"
#include "domain/dataset.h"
#include "domain/skill_graph.h"
#include "import/graph/course_graph.h"

namespace meno {

struct ImportGraph {
  std::filesystem::path file;
  std::filesystem::path out;  // of the checked graph; empty: none is written
  std::string format;         // of `out`: json, csv or graphml; "" by its ending
  bool repair = false;        // drop what is wrong, by name
};

/// {"file","skills","edges","links","materials","goals","faults":[{"kind","path"}],"repaired":[..],
/// "out"}. Errors: NotFound; InvalidInput for a file that is no graph, or one with faults where no
/// repair was asked: the message names the first and counts the rest; Unavailable for the disk.
Result<Json> import_graph(const ImportGraph& ask);

/// The prerequisites of a file over the skills of a course, for use with its dataset. Errors: as
/// import_graph without repair, and InvalidInput for a skill that the course lacks.
Result<SkillGraph> graph_for(const std::filesystem::path& file, const Course& course);

struct SuggestGraph {
  std::filesystem::path data;   // a dataset folder
  std::filesystem::path graph;  // known prerequisites; empty: none
  double min_z = 3.0;
};

/// {"data","suggestions":[{"before","after","z","lift","order","students_mastered",
/// "students_not_mastered"}],"note"}: for a person to accept or not. Errors: those of the dataset
/// and graph_for.
Result<Json> suggest_graph(const SuggestGraph& ask);

}  // namespace meno
