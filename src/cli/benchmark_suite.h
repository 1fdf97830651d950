// A suite of benchmarks: every table of a page of docs/benchmarks, made anew by one command.
//
// A table is the rows of one or more commands of this program. Each command runs as a process of
// its own and its rows are kept in DIR/<table>.json as soon as it has ended, so an interrupted
// suite goes on where it was; DIR/<table>.md is the same for people, and DIR/README.md lists them.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "cli/markdown_table.h"
#include "core/json_fwd.h"
#include "core/result.h"

namespace meno {

/// One command of a table.
struct SuiteCommand {
  std::string label;                   // the rows' "what"; empty: the rows name themselves
  std::vector<std::string> arguments;  // without --json
  std::string rows = "/rows";          // where its document keeps them: an array, or one object
};

struct SuiteTable {
  std::string name;  // of its files
  std::string heading;
  std::vector<SuiteCommand> commands;
  std::vector<Column> columns;
};

struct SuiteRequest {
  std::vector<std::filesystem::path> courses;  // dataset folders
  std::filesystem::path into;
  std::vector<std::string> only;  // tables whose name starts so; empty: all
  std::uint64_t seed = 0;
  int threads = 1;
  bool quick = false;  // sizes that show the machinery works, and nothing else
  bool again = false;  // also what is already there
};

/// Runs what is missing. A table that is there is kept where its command, the data and the version
/// are the same. Returns {"into", "tables": [{"name", "commands", "kept", "seconds"}]}.
/// Errors: InvalidInput for an unknown name in `only` or no folder to write to; whatever stops a
/// command, which leaves the tables that were made.
Result<Json> run_suite(const std::vector<SuiteTable>& tables, const SuiteRequest& ask);

}  // namespace meno
