#include "import/csv/table.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "import/csv/delimited_reader.h"
#include "import/values.h"

namespace meno {
namespace {

constexpr std::size_t kLinesLookedAt = 200;

using Rows = std::vector<std::vector<std::string>>;

/// The first lines, split; rows that a quote leaves open are left out.
Rows split_sample(const std::vector<std::string_view>& lines, char delimiter) {
  Rows rows;
  std::vector<std::string_view> fields;
  std::deque<std::string> scratch;
  for (std::size_t i = 0; i < lines.size() && rows.size() < kLinesLookedAt; ++i) {
    if (lines[i].empty() || !split_fields(lines[i], delimiter, fields, scratch)) continue;
    rows.emplace_back(fields.begin(), fields.end());
  }
  return rows;
}

Result<char> delimiter_of(const SourceSample& sample, const FormatOptions& options) {
  if (options.delimiter.empty()) return find_delimiter(sample.lines);
  if (options.delimiter == "tab" || options.delimiter == "\\t") return '\t';
  if (options.delimiter.size() == 1) return options.delimiter[0];
  return invalid_input(
      fmt::format("--delimiter is \"{}\", expected one character or tab", options.delimiter));
}

bool is_number(const std::string& text) { return parse_number(trimmed(text)).has_value(); }

/// A header has no numbers, and the row below has some.
bool has_header(const Rows& rows) {
  if (rows.empty() || std::any_of(rows[0].begin(), rows[0].end(), is_number)) return false;
  return rows.size() < 2 || std::any_of(rows[1].begin(), rows[1].end(), is_number) ||
         rows[0] != rows[1];
}

template <class Holds>
bool column_holds(const Rows& rows, std::size_t column, const Holds& holds) {
  bool any = false;
  for (const auto& row : rows) {
    if (column >= row.size() || is_missing(trimmed(row[column]))) continue;
    any = true;
    if (!holds(trimmed(row[column]))) return false;
  }
  return any;
}

/// Without a header: the last column of answers is the answer, one of times the time, the rest
/// student, item, skill.
FormatOptions guessed_columns(const Rows& rows, FormatOptions options) {
  const std::size_t width = rows.empty() ? 0 : rows[0].size();
  std::size_t answer = kNoColumn;
  std::size_t time = kNoColumn;
  for (std::size_t c = 0; c < width; ++c) {
    if (column_holds(rows, c, [](auto v) { return v == "0" || v == "1"; })) answer = c;
    const auto recent = [](std::string_view v) {
      const std::optional<TimePoint> at = parse_time(v);
      return at && at->time_since_epoch().count() > 600'000'000'000;  // 1989
    };
    if (time == kNoColumn && column_holds(rows, c, recent)) time = c;
  }
  if (answer != kNoColumn) options.columns["correct"] = std::to_string(answer + 1);
  if (time != kNoColumn) options.columns["time"] = std::to_string(time + 1);
  std::size_t next = 0;
  for (const char* const meaning : {"student", "item", "skill"}) {
    while (next == answer || next == time) ++next;
    if (next < width) options.columns[meaning] = std::to_string(next + 1);
    ++next;
  }
  return options;
}

std::string described(const FormatOptions& options) {
  std::string text;
  for (const auto& [meaning, column] : options.columns) {
    text += fmt::format("{}{} in column {}", text.empty() ? "" : ", ", meaning, column);
  }
  return text;
}

void find_lists(const Rows& rows, const FormatOptions& options, ColumnPlan& plan) {
  if (!plan.has(Meaning::Skill) || options.skill_separator == "none") return;
  plan.skill_separator = options.skill_separator;
  if (!plan.skill_separator.empty()) return;
  std::vector<std::string> values;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (plan[Meaning::Skill] < rows[i].size()) values.push_back(rows[i][plan[Meaning::Skill]]);
  }
  values.erase(std::remove_if(values.begin(), values.end(),
                              [](const std::string& v) { return is_missing(trimmed(v)); }),
               values.end());
  plan.skill_separator = find_skill_separator(values);
}

Result<Done> take_row(const Place& place, const DelimitedReader& rows, const TablePlan& plan,
                      RecordReader& records, AnswerSink& sink) {
  if (rows.fault()) {
    sink.refuse(place, "row", rows.fault()->reason, rows.fault()->value, 1);
    return Done{};
  }
  if (rows.fields().size() != plan.header.size()) {
    sink.refuse(place, "row",
                fmt::format("another number of fields, expected {}", plan.header.size()),
                fmt::format("{} fields", rows.fields().size()), 1);
    return Done{};
  }
  const std::size_t student = plan.columns[Meaning::Student];
  if (plan.has_header && rows.fields()[student] == plan.header[student]) {
    sink.refuse(place, "row", "the header again, expected an answer", plan.header[student], 1);
    return Done{};
  }
  return records.take(place, rows.fields());
}

}  // namespace

char find_delimiter(const std::vector<std::string_view>& lines) {
  char best = ',';
  std::size_t best_score = 0;
  for (const char delimiter : {',', '\t', ';', '|'}) {
    const Rows rows = split_sample(lines, delimiter);
    if (rows.empty() || rows[0].size() < 2) continue;
    const auto even = std::count_if(rows.begin(), rows.end(),
                                    [&](const auto& row) { return row.size() == rows[0].size(); });
    const std::size_t score = static_cast<std::size_t>(even) * 1000 / rows.size() * rows[0].size();
    if (score > best_score) {
      best_score = score;
      best = delimiter;
    }
  }
  return best;
}

Result<TablePlan> plan_table(const SourceSample& sample, const FormatOptions& options) {
  const std::string& name = sample.file->name;
  if (sample.fault) return *sample.fault;
  if (sample.lines.empty()) {
    return invalid_input(fmt::format(
        "{}: the first line is longer than {} bytes, expected a header", name, sample.head.size()));
  }
  TablePlan plan;
  MENO_TRY(plan.delimiter, delimiter_of(sample, options));
  const Rows rows = split_sample(sample.lines, plan.delimiter);
  if (rows.empty()) return invalid_input(fmt::format("{}: no rows, expected a header", name));
  if (!std::all_of(rows[0].begin(), rows[0].end(), is_utf8)) {
    return invalid_input(
        fmt::format("{}: a first line that is not UTF-8 text, expected it to be", name));
  }
  plan.has_header = has_header(rows);
  FormatOptions asked = options;
  if (plan.has_header) {
    plan.header = rows[0];
  } else {
    for (std::size_t i = 1; i <= rows[0].size(); ++i) plan.header.push_back(std::to_string(i));
    if (options.columns.empty()) {
      asked = guessed_columns(rows, options);
      plan.assumed = fmt::format("{}: no header; taken for granted: {}", name, described(asked));
    }
  }
  const std::vector<std::string_view> header(plan.header.begin(), plan.header.end());
  MENO_TRY(plan.columns, plan_columns(header, asked, name));
  find_lists(rows, options, plan.columns);
  return plan;
}

Result<Done> read_table(std::size_t file, const SourceFile& source, const TablePlan& plan,
                        const FormatOptions& options, AnswerSink& sink) {
  MENO_TRY(DelimitedReader rows, DelimitedReader::open(source, plan.delimiter));
  RecordReader records(plan.columns, options, sink);
  if (!plan.assumed.empty()) sink.note(plan.assumed);
  for (bool header = plan.has_header;; header = false) {
    MENO_TRY(const bool more, rows.next());
    if (!more) return Done{};
    if (header) continue;
    const Place place{.file = file, .line = rows.line_number()};
    MENO_TRY_DONE(take_row(place, rows, plan, records, sink));
  }
}

Result<Done> read_tables(const ImportInput& input, const FormatOptions& options, AnswerSink& sink) {
  std::size_t read = 0;
  std::optional<Error> first;
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    const Result<TablePlan> plan = plan_table(input.samples[i], options);
    if (plan) {
      ++read;
      MENO_TRY_DONE(read_table(i, input.files[i], *plan, options, sink));
      continue;
    }
    if (!first) first = plan.error();
    sink.note(fmt::format("not read: {}", plan.error().message));
  }
  if (read == 0 && first) return *first;
  return Done{};
}

}  // namespace meno
