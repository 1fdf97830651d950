// Importer: one source format as a row of a table. Reads files, hands answers to an AnswerSink,
// refuses what it cannot read.
#pragma once

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "import/answer_sink.h"
#include "import/source.h"

namespace meno {

/// What a user may say about a source; each format takes what concerns it.
struct FormatOptions {
  std::map<std::string, std::string>
      columns{};            // meaning -> column name, e.g. {"student", "user_id"} (csv, jsonl)
  std::string delimiter{};  // "" = found out; "tab" stands for the character (csv, matrix)
  std::string skill_separator{};  // "" = found out, "none" = skills are never lists (csv, jsonl)
  std::string key{};              // right options in the order of the items, e.g. "4 4 6" (matrix)
  std::string items{};            // "q1..q45" or "q1,q2": which columns are items (matrix)
  double full_score = 1.0;        // answers are divided by it (csv, jsonl, matrix)
};

/// The files of one import with their beginnings, index by index.
struct ImportInput {
  const std::vector<SourceFile>& files;
  const std::vector<SourceSample>& samples;
  const FormatOptions& options;
};

struct Importer {
  std::string_view name;
  std::string_view summary;
  std::string_view layout;  // how a file of it begins, for the manual
  /// How surely these files are of this format: 0 (they are not) to 100. The surest importer reads
  /// them all.
  int (*recognise)(const ImportInput& input);
  /// Errors: InvalidInput when nothing can be read as this format; those of the sink and of the
  /// disk.
  Result<Done> (*read)(const ImportInput& input, AnswerSink& sink);
  bool drop_duplicates;  // what Cleaning does when the user says nothing
  bool merge_skills;
  std::string_view missing = "refuse";
};

/// All importers, in the order of the manual.
std::span<const Importer> importers();

/// The importer called `name`; for "auto" the one that recognises the files best, and where none
/// does the most general one, whose read() then says what is missing. Errors: InvalidInput for an
/// unknown name.
Result<const Importer*> find_importer(std::string_view name, const ImportInput& input);

}  // namespace meno
