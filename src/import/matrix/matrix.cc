// A test's answers as students x items: one row a student, one column an item, 0/1 or (with a key)
// the option chosen.
#include <algorithm>

#include <fmt/format.h>

#include "import/csv/delimited_reader.h"
#include "import/csv/table.h"
#include "import/importer.h"
#include "import/values.h"

namespace meno {
namespace {

struct MatrixPlan {
  char delimiter = ',';
  std::size_t width = 0;
  std::vector<std::string> header;
  std::vector<std::size_t> items;  // columns
  std::vector<std::string> key;    // [items], or empty
  std::size_t student = kNoColumn;
};

std::vector<std::vector<std::string>> sample_rows(const SourceSample& sample, char delimiter) {
  std::vector<std::vector<std::string>> rows;
  std::vector<std::string_view> fields;
  std::deque<std::string> scratch;
  for (const std::string_view line : sample.lines) {
    if (line.empty() || !split_fields(line, delimiter, fields, scratch)) continue;
    rows.emplace_back();
    for (const std::string_view field : fields) rows.back().emplace_back(trimmed(field));
  }
  return rows;
}

bool is_binary_column(const std::vector<std::vector<std::string>>& rows, std::size_t column) {
  bool any = false;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    if (column >= rows[i].size() || is_missing(rows[i][column])) continue;
    if (rows[i][column] != "0" && rows[i][column] != "1") return false;
    any = true;
  }
  return any;
}

std::size_t column_of(const std::vector<std::string>& header, std::string_view name) {
  const auto found = std::find(header.begin(), header.end(), name);
  return found == header.end() ? kNoColumn : static_cast<std::size_t>(found - header.begin());
}

/// "q1..q45" (a run of columns) and "q1,q2" -> columns.
Result<Done> take_items(const std::string& asked, const std::string& where, MatrixPlan& plan) {
  std::vector<std::string_view> parts;
  split_list(asked, ',', parts);
  for (const std::string_view part : parts) {
    const std::size_t dots = part.find("..");
    const std::string_view first = trimmed(part.substr(0, dots));
    const std::string_view last =
        dots == std::string_view::npos ? first : trimmed(part.substr(dots + 2));
    const std::size_t from = column_of(plan.header, first);
    const std::size_t to = column_of(plan.header, last);
    if (from == kNoColumn || to == kNoColumn || to < from) {
      return invalid_input(
          fmt::format("{}: --items names \"{}\", expected columns of the header", where, part));
    }
    for (std::size_t c = from; c <= to; ++c) plan.items.push_back(c);
  }
  return Done{};
}

void take_key(const std::string& key, MatrixPlan& plan) {
  std::string blanks = key;
  std::replace_if(
      blanks.begin(), blanks.end(), [](char c) { return c == ',' || c == ';' || c == '\t'; }, ' ');
  std::vector<std::string_view> options;
  split_list(blanks, ' ', options);
  plan.key.assign(options.begin(), options.end());
}

void find_student(MatrixPlan& plan) {
  for (std::size_t c = 0; c < plan.width; ++c) {
    const std::string name = fmt::format(" {} ", normal_name(plan.header[c]));
    constexpr std::string_view kStudents =
        " student student_id id user user_id name learner uid 学号 学生 ";
    if (kStudents.find(name) == std::string_view::npos) continue;
    plan.student = c;
    return;
  }
}

Result<Done> no_column_twice(std::vector<std::string> names, const std::string& where) {
  std::sort(names.begin(), names.end());
  const auto twice = std::adjacent_find(names.begin(), names.end());
  if (twice == names.end()) return Done{};
  return invalid_input(fmt::format(
      "{}: the column \"{}\" stands twice in the header, expected once", where, *twice));
}

Result<MatrixPlan> plan_matrix(const SourceSample& sample, const FormatOptions& options) {
  const std::string& name = sample.file->name;
  if (sample.fault) return *sample.fault;
  MatrixPlan plan;
  plan.delimiter = options.delimiter == "tab"      ? '\t'
                   : options.delimiter.size() == 1 ? options.delimiter[0]
                                                   : find_delimiter(sample.lines);
  const auto rows = sample_rows(sample, plan.delimiter);
  if (rows.size() < 2) {
    return invalid_input(
        fmt::format("{}: {} rows, expected a header and a row per student", name, rows.size()));
  }
  if (!std::all_of(rows[0].begin(), rows[0].end(), is_utf8)) {
    return invalid_input(
        fmt::format("{}: a header that is not UTF-8 text, expected it to be", name));
  }
  plan.header = rows[0];
  plan.width = rows[0].size();
  find_student(plan);
  take_key(options.key, plan);
  if (!options.items.empty()) {
    MENO_TRY_DONE(take_items(options.items, name, plan));
  } else {
    for (std::size_t c = 0; c < plan.width; ++c) {
      const bool item = plan.key.empty() ? is_binary_column(rows, c) : c != plan.student;
      if (item && c != plan.student) plan.items.push_back(c);
    }
  }
  if (!plan.key.empty() && plan.key.size() != plan.items.size()) {
    return invalid_input(fmt::format(
        "{}: a key of {} options for {} columns, expected one per item (--items names the items)",
        name, plan.key.size(), plan.items.size()));
  }
  MENO_TRY_DONE(no_column_twice(plan.header, name));
  if (plan.items.size() >= 2) return plan;
  return invalid_input(
      fmt::format("{}: {} columns of 0 and 1, expected a column per item (--key for options, "
                  "--items to name them)",
                  name, plan.items.size()));
}

Result<Done> take_cell(const Place& place, std::string_view cell, std::size_t k,
                       const MatrixPlan& plan, AnswerRow& row, AnswerSink& sink) {
  const std::string& column = plan.header[plan.items[k]];
  if (is_missing(cell)) {
    sink.missing(place, "answer");
    return Done{};
  }
  if (plan.key.empty()) {
    const std::optional<float> correct = parse_answer(cell);
    if (!correct) {
      sink.refuse(place, column, "not an answer, expected 0 or 1 (or --key)", cell, 1);
      return Done{};
    }
    row.correct = *correct;
  } else {
    row.correct = cell == plan.key[k] ? 1.0F : 0.0F;
  }
  row.item = column;
  row.skills.assign(1, row.item);
  return sink.accept(place, row);
}

Result<Done> read_one(std::size_t file, const SourceFile& source, const MatrixPlan& plan,
                      AnswerSink& sink) {
  MENO_TRY(DelimitedReader rows, DelimitedReader::open(source, plan.delimiter));
  AnswerRow row;
  std::uint64_t student = 0;
  for (bool header = true;; header = false) {
    MENO_TRY(const bool more, rows.next());
    if (!more) return Done{};
    if (header) continue;
    ++student;
    const Place place{.file = file, .line = rows.line_number()};
    if (rows.fault() || rows.fields().size() != plan.width) {
      sink.refuse(place, "row",
                  rows.fault() ? std::string(rows.fault()->reason)
                               : fmt::format("another number of fields, expected {}", plan.width),
                  rows.fault() ? rows.fault()->value : rows.fields()[0], plan.items.size());
      continue;
    }
    const std::string numbered = fmt::format("row {}", student);
    row.student = plan.student == kNoColumn ? std::string_view(numbered)
                                            : trimmed(rows.fields()[plan.student]);
    for (std::size_t k = 0; k < plan.items.size(); ++k) {
      MENO_TRY_DONE(take_cell(place, trimmed(rows.fields()[plan.items[k]]), k, plan, row, sink));
    }
  }
}

}  // namespace

int recognise_matrix(const ImportInput& input) {
  if (input.files.size() != 1 || input.samples[0].head.starts_with("{")) return 0;
  const Result<MatrixPlan> plan = plan_matrix(input.samples[0], input.options);
  if (!plan) return 0;
  if (!plan->key.empty() || !input.options.items.empty()) return 90;
  return plan->items.size() >= 3 && 2 * plan->items.size() >= plan->width ? 40 : 0;
}

Result<Done> read_matrix(const ImportInput& input, AnswerSink& sink) {
  for (std::size_t i = 0; i < input.files.size(); ++i) {
    MENO_TRY(const MatrixPlan plan, plan_matrix(input.samples[i], input.options));
    MENO_TRY_DONE(read_one(i, input.files[i], plan, sink));
  }
  return Done{};
}

}  // namespace meno
