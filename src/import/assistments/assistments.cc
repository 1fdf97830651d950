// Raw exports of ASSISTments (Feng, Heffernan & Koedinger 2009; Heffernan & Heffernan 2014): tables
// of the generic kind whose columns have known names. 2009: one row per skill of an answer, joined
// by order_id. 2012 to 2015: skills may be absent, and the problem set (sequence_id) serves. 2017:
// times in seconds.
#include <algorithm>

#include "import/csv/table.h"
#include "import/values.h"

namespace meno {
namespace {

/// The exact name of the column whose normal form is `name`, "" if none.
std::string column_called(const SourceSample& sample, std::string_view name) {
  if (sample.lines.empty()) return {};
  std::vector<std::string_view> columns;
  split_list(sample.lines[0], find_delimiter(sample.lines), columns);
  const auto found = std::find_if(columns.begin(), columns.end(), [&](std::string_view column) {
    return normal_name(column) == name;
  });
  return found == columns.end() ? std::string() : std::string(*found);
}

bool is_export(const SourceSample& sample) {
  const auto has = [&](std::string_view name) { return !column_called(sample, name).empty(); };
  const bool old =
      has("user_id") && has("correct") && has("sequence_id") &&
      (has("order_id") || has("log_id") || has("problem_log_id") || has("problemlog_id"));
  const bool of_2017 = has("student_id") && has("problem_id") && has("correct") &&
                       has("assistment_id") && has("action_num");
  return old || of_2017;
}

}  // namespace

int recognise_assistments(const ImportInput& input) {
  return std::any_of(input.samples.begin(), input.samples.end(), is_export) ? 80 : 0;
}

Result<Done> read_assistments(const ImportInput& input, AnswerSink& sink) {
  FormatOptions options = input.options;
  for (const SourceSample& sample : input.samples) {
    const bool has_skill = !column_called(sample, "skill_id").empty() ||
                           !column_called(sample, "skill").empty() ||
                           !column_called(sample, "skill_name").empty();
    const std::string sequence = column_called(sample, "sequence_id");
    if (!has_skill && !sequence.empty()) options.columns.try_emplace("skill", sequence);
  }
  return read_tables(input, options, sink);
}

}  // namespace meno
