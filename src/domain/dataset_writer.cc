#include "domain/dataset_writer.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <limits>
#include <optional>

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>  // renameat2
#include <unistd.h>

#include "core/files.h"
#include "core/json.h"
#include "domain/answer_spool.h"
#include "domain/column_file.h"
#include "domain/dataset.h"
#include "domain/item_sets.h"
#include "domain/mapped_file.h"
#include "domain/name_table.h"
#include "domain/skill_set_table.h"
#include "domain/student_tidier.h"

namespace meno {
namespace {

constexpr std::size_t kColumnBuffer = 256 * 1024;
constexpr std::uint8_t kNoSplit = 0xFF;
constexpr std::size_t kMostSplits = 254;
constexpr std::int64_t kNoMoment = kNoTime.time_since_epoch().count();

/// What the rows tell of a student beside his answers: the first class, school or split that a row
/// names.
struct StudentFacts {
  std::uint32_t klass = NameTable::kAbsent;
  std::uint32_t school = NameTable::kAbsent;
  std::uint8_t split = kNoSplit;
};

bool is_replaceable(const std::filesystem::path& folder) {
  if (!std::filesystem::is_directory(folder)) return false;
  if (std::filesystem::is_empty(folder)) return true;
  const Result<std::string> text = read_file(folder / "manifest.json");
  if (!text) return false;
  const Result<Json> manifest = parse_json(*text, "manifest.json");
  return manifest && manifest->is_object() && manifest->contains("schema_version") &&
         manifest->contains("columns");
}

/// Puts the finished folder in place of `folder`; an older dataset is exchanged for it in one step
/// where the system can.
Result<Done> put_in_place(const std::filesystem::path& made, const std::filesystem::path& folder) {
  int failed = 0;
  if (std::filesystem::exists(folder)) {
    failed = ::renameat2(AT_FDCWD, made.c_str(), AT_FDCWD, folder.c_str(), RENAME_EXCHANGE);
    if (failed != 0) {
      std::error_code ignored;
      std::filesystem::remove_all(folder, ignored);
      failed = ::rename(made.c_str(), folder.c_str());
    }
  } else {
    failed = ::rename(made.c_str(), folder.c_str());
  }
  if (failed == 0) return Done{};
  return unavailable(
      fmt::format("{}: moving into place failed: {}", folder.string(), std::strerror(errno)));
}

Json names_json(const std::vector<std::string>& names) { return Json(names); }

std::string dumped(const Json& json) {
  return json.dump(-1, ' ', false, Json::error_handler_t::replace);
}

}  // namespace

struct DatasetWriter::State {
  State(std::filesystem::path into, std::string dataset_name, std::size_t rows_in_memory)
      : folder(std::move(into)),
        temporary(folder.string() + ".tmp"),
        name(std::move(dataset_name)),
        spool(temporary, rows_in_memory) {}
  ~State() {
    std::error_code ignored;
    std::filesystem::remove_all(temporary, ignored);
  }
  State(const State&) = delete;
  State& operator=(const State&) = delete;

  Result<std::uint32_t> skill_set_of(const std::vector<std::string_view>& names);
  Result<Done> note_student(std::uint32_t student, const AnswerRow& row);
  Result<Done> open_columns();
  Result<Done> write_student(std::span<const SpooledAnswer> answers);
  Result<Done> write_rows(StudentTidier& tidier);
  Result<Done> write_course();
  Result<Done> write_students();
  Result<Done> write_names();
  Result<Done> close_columns();
  Result<std::string> hash_of_files() const;
  Json manifest(const Json& provenance, const std::string& hash) const;

  template <class T>
  Result<Done> write_column(const std::string& file_name, const std::vector<T>& values) {
    MENO_TRY(ColumnFile file, ColumnFile::create(temporary / file_name, kColumnBuffer));
    MENO_TRY_DONE(file.append(values.data(), values.size() * sizeof(T)));
    column_lengths.emplace_back(file_name, values.size());
    return file.close();
  }

  std::filesystem::path folder;
  std::filesystem::path temporary;
  std::string name;
  NameTable students, items, skills, classes, schools, splits;
  SkillSetTable sets;
  ItemSets item_sets;
  std::vector<StudentFacts> facts;  // [S]
  AnswerSpool spool;
  Tidying tidying;
  std::vector<std::uint32_t> skill_numbers;  // of the row at hand
  bool any_split = false, any_class = false, any_school = false, splits_forgotten = false;
  std::uint64_t class_changes =
      0;  // rows that name another class or school than the student's first

  // Filled by finish().
  ColumnFile item, skill_set, correct, at_ms, response_ms;
  std::vector<std::uint64_t> student_begin{0};
  std::uint64_t answers = 0;
  double sum_correct = 0.0;
  std::int64_t first_ms = std::numeric_limits<std::int64_t>::max();
  std::int64_t last_ms = std::numeric_limits<std::int64_t>::min();
  bool any_response = false;
  std::vector<std::pair<std::string, std::uint64_t>> column_lengths;
  Json tidied = Json::object();
};

Result<DatasetWriter> DatasetWriter::create(const std::filesystem::path& folder,
                                            std::string dataset_name, std::size_t rows_in_memory) {
  std::error_code fault;
  std::filesystem::path into = folder;
  if (!into.has_filename()) into = into.parent_path();  // "made/" is "made"
  if (std::filesystem::exists(into, fault) && !is_replaceable(into)) {
    return conflict(
        fmt::format("{}: exists and is not a dataset, expected a new folder or an older dataset",
                    into.string()));
  }
  auto state = std::make_unique<State>(into, std::move(dataset_name), rows_in_memory);
  std::filesystem::remove_all(state->temporary, fault);
  std::filesystem::create_directories(state->temporary, fault);
  if (fault) {
    return unavailable(
        fmt::format("{}: creating failed: {}", state->temporary.string(), fault.message()));
  }
  return DatasetWriter(std::move(state));
}

DatasetWriter::DatasetWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
DatasetWriter::DatasetWriter(DatasetWriter&&) noexcept = default;
DatasetWriter& DatasetWriter::operator=(DatasetWriter&&) noexcept = default;
DatasetWriter::~DatasetWriter() = default;

void DatasetWriter::tidy_with(const Tidying& tidying) { state_->tidying = tidying; }

Result<Done> DatasetWriter::declare_item(std::string_view item,
                                         const std::vector<std::string_view>& skills) {
  const std::uint32_t number = state_->items.intern(item);
  if (number == NameTable::kAbsent) return invalid_input("more than 2^32 - 2 items");
  MENO_TRY(const std::uint32_t set, state_->skill_set_of(skills));
  state_->item_sets.declare(number, set);
  return Done{};
}

bool DatasetWriter::contradicts_split(std::string_view student, std::string_view split) const {
  if (state_->splits_forgotten || split.empty()) return false;
  const std::uint32_t number = state_->students.find(student);
  if (number == NameTable::kAbsent) return false;
  const std::uint8_t known = state_->facts[number].split;
  return known != kNoSplit && state_->splits.names()[known] != split;
}

void DatasetWriter::forget_splits() {
  state_->splits_forgotten = true;
  state_->any_split = false;
}

Result<std::uint32_t> DatasetWriter::State::skill_set_of(
    const std::vector<std::string_view>& names) {
  skill_numbers.clear();
  for (const std::string_view skill : names) {
    const std::uint32_t number = skills.intern(skill);
    if (number == NameTable::kAbsent) return invalid_input("more than 2^32 - 2 skills");
    skill_numbers.push_back(number);
  }
  return sets.intern(skill_numbers);
}

Result<Done> DatasetWriter::State::note_student(std::uint32_t student, const AnswerRow& row) {
  if (student >= facts.size()) facts.resize(student + 1ULL);
  StudentFacts& known = facts[student];
  if (!row.klass.empty()) {
    const std::uint32_t klass = classes.intern(row.klass);
    if (known.klass == NameTable::kAbsent) known.klass = klass;
    class_changes += known.klass != klass ? 1 : 0;
    any_class = true;
  }
  if (!row.school.empty()) {
    const std::uint32_t school = schools.intern(row.school);
    if (known.school == NameTable::kAbsent) known.school = school;
    any_school = true;
  }
  if (row.split.empty() || splits_forgotten) return Done{};
  const std::uint32_t split = splits.intern(row.split);
  if (split >= kMostSplits) {
    return invalid_input(fmt::format("more than {} different splits of students", kMostSplits));
  }
  if (known.split != kNoSplit && known.split != split) {
    return invalid_input(
        fmt::format("student number {} stands in the splits {} and {}, expected one", student,
                    splits.names()[known.split], row.split));
  }
  known.split = static_cast<std::uint8_t>(split);
  any_split = true;
  return Done{};
}

Result<Done> DatasetWriter::add(const AnswerRow& row) {
  State& state = *state_;
  const std::uint32_t student = state.students.intern(row.student);
  const std::uint32_t item = state.items.intern(row.item);
  if (student == NameTable::kAbsent || item == NameTable::kAbsent) {
    return invalid_input("more than 2^32 - 2 students or items");
  }
  MENO_TRY_DONE(state.note_student(student, row));
  MENO_TRY(const std::uint32_t set, state.skill_set_of(row.skills));
  return state.spool.add({.student = student,
                          .item = item,
                          .skill_set = set,
                          .correct = row.correct,
                          .at_ms = row.at.time_since_epoch().count(),
                          .order = row.order,
                          .response_ms = row.response_ms});
}

Result<Done> DatasetWriter::attach(const std::string& file_name, std::string_view content) {
  return write_file_atomically(state_->temporary / file_name, content);
}

Result<Done> DatasetWriter::State::open_columns() {
  MENO_TRY(item, ColumnFile::create(temporary / "item.u32", kColumnBuffer));
  MENO_TRY(skill_set, ColumnFile::create(temporary / "skill_set.u32", kColumnBuffer));
  MENO_TRY(correct, ColumnFile::create(temporary / "correct.f32", kColumnBuffer));
  MENO_TRY(at_ms, ColumnFile::create(temporary / "at_ms.i64", kColumnBuffer));
  MENO_TRY(response_ms, ColumnFile::create(temporary / "response_ms.i32", kColumnBuffer));
  return Done{};
}

Result<Done> DatasetWriter::State::write_student(std::span<const SpooledAnswer> rows) {
  for (const SpooledAnswer& row : rows) {
    item_sets.count(row.item, row.skill_set);
    sum_correct += static_cast<double>(row.correct);
    if (row.at_ms != kNoMoment) {
      first_ms = std::min(first_ms, row.at_ms);
      last_ms = std::max(last_ms, row.at_ms);
    }
    any_response = any_response || row.response_ms != kNoResponseTime;
    MENO_TRY_DONE(item.append_value(row.item));
    MENO_TRY_DONE(skill_set.append_value(row.skill_set));
    MENO_TRY_DONE(correct.append_value(row.correct));
    MENO_TRY_DONE(at_ms.append_value(row.at_ms));
    MENO_TRY_DONE(response_ms.append_value(row.response_ms));
  }
  answers += rows.size();
  student_begin.push_back(answers);
  return Done{};
}

Result<Done> DatasetWriter::State::write_rows(StudentTidier& tidier) {
  MENO_TRY_DONE(open_columns());
  MENO_TRY_DONE(spool.visit([&](std::span<const SpooledAnswer* const> arrived) {
    return write_student(tidier.tidied(arrived));
  }));
  return close_columns();
}

Result<Done> DatasetWriter::State::close_columns() {
  // A clock that never moves tells nothing: some sources write 0 into every row.
  const bool has_times = first_ms < last_ms || (first_ms == last_ms && answers == 1);
  for (ColumnFile* file : {&item, &skill_set, &correct, &at_ms, &response_ms}) {
    MENO_TRY_DONE(file->close());
    const bool absent = (file == &at_ms && !has_times) || (file == &response_ms && !any_response);
    if (absent) {
      std::filesystem::remove(file->path());
      continue;
    }
    column_lengths.emplace_back(file->path().filename().string(), answers);
  }
  return Done{};
}

Result<Done> DatasetWriter::State::write_course() {
  MENO_TRY_DONE(write_column("set_begin.u32", sets.begin()));
  MENO_TRY_DONE(write_column("set_skill.u32", sets.members()));
  return write_column("item_skill_set.u32", item_sets.commonest(items.size()));
}

Result<Done> DatasetWriter::State::write_students() {
  MENO_TRY_DONE(write_column("student_begin.u64", student_begin));
  std::vector<std::uint8_t> split;
  std::vector<std::uint32_t> klass;
  std::vector<std::uint32_t> school;
  for (const StudentFacts& known : facts) {
    if (any_split) {
      const bool labelled = known.split != kNoSplit;
      split.push_back(labelled ? known.split
                               : static_cast<std::uint8_t>(splits.intern("unlabelled")));
    }
    if (any_class) klass.push_back(known.klass);
    if (any_school) school.push_back(known.school);
  }
  if (any_split) {
    MENO_TRY_DONE(write_column("student_split.u8", split));
  }
  if (any_class) {
    MENO_TRY_DONE(write_column("student_class.u32", klass));
  }
  if (any_school) {
    MENO_TRY_DONE(write_column("student_school.u32", school));
  }
  return Done{};
}

Result<Done> DatasetWriter::State::write_names() {
  const auto write = [&](const char* file, const NameTable& names) {
    return write_file_atomically(temporary / file, dumped(names_json(names.names())));
  };
  MENO_TRY_DONE(write("students.json", students));
  MENO_TRY_DONE(write("items.json", items));
  MENO_TRY_DONE(write("skills.json", skills));
  MENO_TRY_DONE(write("classes.json", classes));
  return write("schools.json", schools);
}

Result<std::string> DatasetWriter::State::hash_of_files() const {
  std::vector<std::string> files = {"students.json", "items.json", "skills.json", "classes.json",
                                    "schools.json"};
  for (const auto& [file, length] : column_lengths) files.push_back(file);
  std::sort(files.begin(), files.end());
  std::string hashes;
  for (const std::string& file : files) {
    MENO_TRY(const std::string hash, file_hash(temporary / file));
    hashes += fmt::format("{} {}\n", file, hash);
  }
  return content_hash(hashes);
}

Json DatasetWriter::State::manifest(const Json& provenance, const std::string& hash) const {
  Json columns = Json::object();
  for (const auto& [file, length] : column_lengths) columns[file] = length;
  Json manifest = {{"schema_version", kDatasetSchemaVersion},
                   {"name", name},
                   {"made_by", "meno " MENO_VERSION},
                   {"counts",
                    {{"students", students.size()},
                     {"items", items.size()},
                     {"skills", skills.size()},
                     {"answers", answers},
                     {"classes", classes.size()},
                     {"schools", schools.size()}}},
                   {"p_correct", sum_correct / static_cast<double>(answers)},
                   {"columns", std::move(columns)},
                   {"split_labels", any_split ? names_json(splits.names()) : Json::array()},
                   {"hash", hash},
                   {"tidied", tidied},
                   {"provenance", provenance}};
  return manifest;
}

Result<Done> DatasetWriter::finish(const Json& provenance) {
  State& state = *state_;
  if (state.students.size() == 0) {
    return invalid_input(
        fmt::format("{}: no answers to write, expected at least one", state.folder.string()));
  }
  StudentTidier tidier(state.tidying, state.sets);
  MENO_TRY_DONE(state.write_rows(tidier));
  MENO_TRY_DONE(state.write_course());
  MENO_TRY_DONE(state.write_students());
  MENO_TRY_DONE(state.write_names());
  state.tidied = {{"duplicates_dropped", tidier.duplicates_dropped()},
                  {"rows_merged_into_multi_skill_answers", tidier.rows_merged()},
                  {"rows_of_another_class_than_the_students_first", state.class_changes}};
  MENO_TRY(const std::string hash, state.hash_of_files());
  const std::string manifest = dumped(state.manifest(provenance, hash));
  MENO_TRY_DONE(write_file_atomically(state.temporary / "manifest.json", manifest));
  return put_in_place(state.temporary, state.folder);
}

}  // namespace meno
