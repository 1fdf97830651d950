// Tables: one delimited file whose delimiter, header and columns are found out, or given.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "import/record/record.h"

namespace meno {

/// How a delimited file is to be read.
struct TablePlan {
  char delimiter = ',';
  bool has_header = true;
  std::vector<std::string> header;  // as written; "1", "2", ... without one
  ColumnPlan columns;
  std::string assumed;  // what was taken for granted where there is no header, for the report
};

/// The delimiter that cuts these lines into the most even rows; ',' when none does.
char find_delimiter(const std::vector<std::string_view>& lines);

/// Errors: InvalidInput for a delimiter of several characters; see plan_columns().
Result<TablePlan> plan_table(const SourceSample& sample, const FormatOptions& options);

/// Reads every row of one file. Errors: those of the file and of the sink.
Result<Done> read_table(std::size_t file, const SourceFile& source, const TablePlan& plan,
                        const FormatOptions& options, AnswerSink& sink);

/// Reads all files that are tables of answers under `options`, notes the others.
/// Errors: when none is.
Result<Done> read_tables(const ImportInput& input, const FormatOptions& options, AnswerSink& sink);

}  // namespace meno
