#include "domain/dataset.h"

#include <algorithm>
#include <array>
#include <cstring>

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"
#include "domain/mapped_file.h"

namespace meno {

struct Dataset::Mapped {
  Json manifest;
  std::string hash;
  Course course;
  std::vector<std::string> students;
  std::vector<std::string> split_labels;
  std::vector<MappedFile> files;  // what the spans below look into
  std::span<const std::uint64_t> student_begin;
  EventColumns columns;
  std::span<const std::uint32_t> item_skill_set;
  std::span<const std::uint8_t> student_split;
  std::span<const ClassId> student_class;
  std::span<const SchoolId> student_school;
};

namespace {

/// Opens the columns that the manifest lists, checking each file's length against it.
class ColumnReader {
 public:
  ColumnReader(const std::filesystem::path& folder, const Json& columns,
               std::vector<MappedFile>& files)
      : folder_(folder), columns_(columns), files_(files) {}

  /// Maps the column when the manifest has it; leaves `values` empty when it may be absent and is.
  template <class T>
  Result<Done> read(const std::string& name, bool required, std::span<const T>& values) {
    if (!columns_.contains(name)) {
      if (!required) return Done{};
      return invalid_input(fmt::format("{}: manifest.json lists no column {}, expected one",
                                       folder_.string(), name));
    }
    const auto length = columns_.at(name).get<std::uint64_t>();
    MENO_TRY(MappedFile file, MappedFile::open(folder_ / name));
    if (file.bytes().size() / sizeof(T) != length || file.bytes().size() % sizeof(T) != 0) {
      return invalid_input(fmt::format("{}: {} bytes, expected {} as manifest.json says",
                                       (folder_ / name).string(), file.bytes().size(),
                                       length * sizeof(T)));
    }
    values = file.as<T>();
    files_.push_back(std::move(file));
    return Done{};
  }

 private:
  const std::filesystem::path& folder_;
  const Json& columns_;
  std::vector<MappedFile>& files_;
};

/// The names in `file`, whose number must be `expected`. Throws Json::exception when it is no list
/// of texts.
Result<std::vector<std::string>> read_names(const std::filesystem::path& path,
                                            std::uint64_t expected) {
  MENO_TRY(const std::string text, read_file(path));
  MENO_TRY(const Json json, parse_json(text, path.string()));
  auto names = json.get<std::vector<std::string>>();
  if (names.size() != expected) {
    return invalid_input(fmt::format("{}: {} names, expected {} as manifest.json says",
                                     path.string(), names.size(), expected));
  }
  return names;
}

template <class IdType>
Result<Done> read_vocabulary(const std::filesystem::path& path, std::uint64_t expected,
                             Vocabulary<IdType>& vocabulary) {
  MENO_TRY(const std::vector<std::string> names, read_names(path, expected));
  for (const std::string& name : names) vocabulary.intern(name);
  if (vocabulary.size() == expected) return Done{};
  return invalid_input(fmt::format("{}: {} distinct names among {}, expected no repeats",
                                   path.string(), vocabulary.size(), expected));
}

Error out_of_range(std::string_view column, std::uint64_t row, std::uint64_t seen,
                   std::uint64_t end) {
  return invalid_input(
      fmt::format("{}: row {} holds id {}, expected below {}", column, row, seen, end));
}

/// Every value below `end`. `may_be_missing` allows the id that stands for "unknown".
template <class IdType>
Result<Done> check_ids(std::string_view column, std::span<const IdType> ids, std::uint64_t end,
                       bool may_be_missing) {
  for (std::size_t i = 0; i < ids.size(); ++i) {
    const std::uint32_t value = ids[i].value;
    if (value >= end && !(may_be_missing && !ids[i].known())) {
      return out_of_range(column, i, value, end);
    }
  }
  return Done{};
}

template <class Number>
Result<Done> check_numbers(std::string_view column, std::span<const Number> values,
                           std::uint64_t end) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] >= end) return out_of_range(column, i, values[i], end);
  }
  return Done{};
}

/// Offsets that start at 0, never fall, and end at `total`.
template <class Number>
Result<Done> check_offsets(std::string_view column, std::span<const Number> begin,
                           std::uint64_t total) {
  const bool ordered = !begin.empty() && begin.front() == 0 && begin.back() == total &&
                       std::is_sorted(begin.begin(), begin.end());
  if (ordered) return Done{};
  return invalid_input(
      fmt::format("{}: not offsets that rise from 0 to {}, as expected", column, total));
}

Result<Done> check_answers(std::span<const float> correct) {
  for (std::size_t i = 0; i < correct.size(); ++i) {
    if (correct[i] >= 0.0F && correct[i] <= 1.0F) continue;
    return invalid_input(
        fmt::format("correct.f32: row {} holds {}, expected 0 to 1", i, correct[i]));
  }
  return Done{};
}

Result<Json> read_manifest(const std::filesystem::path& folder) {
  const std::filesystem::path path = folder / "manifest.json";
  if (!std::filesystem::exists(path)) {
    return not_found(fmt::format(
        "{}: no manifest.json, expected a dataset folder made by meno import", folder.string()));
  }
  MENO_TRY(const std::string text, read_file(path));
  MENO_TRY(Json manifest, parse_json(text, path.string()));
  const int version = manifest.at("schema_version").get<int>();
  if (version > kDatasetSchemaVersion || version < 1) {
    return invalid_input(fmt::format("{}: schema version {}, expected 1 to {}", path.string(),
                                     version, kDatasetSchemaVersion));
  }
  return manifest;
}

/// What is wrong inside a folder, said with the folder in front.
Result<Done> inside(const std::filesystem::path& folder, Result<Done> checked) {
  if (checked) return checked;
  return invalid_input((folder / checked.error().message).string());
}

}  // namespace

namespace {

/// The columns of the rows, of the sets and of the students.
template <class M>
Result<Done> read_columns(const std::filesystem::path& folder, M& data) {
  ColumnReader reader(folder, data.manifest.at("columns"), data.files);
  std::span<const std::uint32_t> set_begin;
  std::span<const SkillId> set_skill;
  MENO_TRY_DONE(reader.read("student_begin.u64", true, data.student_begin));
  MENO_TRY_DONE(reader.read("item.u32", true, data.columns.item));
  MENO_TRY_DONE(reader.read("skill_set.u32", true, data.columns.skill_set));
  MENO_TRY_DONE(reader.read("correct.f32", true, data.columns.correct));
  MENO_TRY_DONE(reader.read("at_ms.i64", false, data.columns.at_ms));
  MENO_TRY_DONE(reader.read("response_ms.i32", false, data.columns.response_ms));
  MENO_TRY_DONE(reader.read("set_begin.u32", true, set_begin));
  MENO_TRY_DONE(reader.read("set_skill.u32", true, set_skill));
  MENO_TRY_DONE(reader.read("item_skill_set.u32", true, data.item_skill_set));
  MENO_TRY_DONE(reader.read("student_split.u8", false, data.student_split));
  MENO_TRY_DONE(reader.read("student_class.u32", false, data.student_class));
  MENO_TRY_DONE(reader.read("student_school.u32", false, data.student_school));
  data.columns.sets = {.begin = set_begin, .members = set_skill};
  return Done{};
}

template <class M>
Result<Done> check_lengths(const std::filesystem::path& folder, const M& data) {
  const std::size_t rows = data.columns.item.size();
  const std::size_t students = data.students.size();
  const auto fits = [](std::size_t size, std::size_t expected, bool optional) {
    return size == expected || (optional && size == 0);
  };
  const bool good = fits(data.columns.skill_set.size(), rows, false) &&
                    fits(data.columns.correct.size(), rows, false) &&
                    fits(data.columns.at_ms.size(), rows, true) &&
                    fits(data.columns.response_ms.size(), rows, true) &&
                    fits(data.student_begin.size(), students + 1, false) &&
                    fits(data.item_skill_set.size(), data.course.items.size(), false) &&
                    fits(data.student_split.size(), students, true) &&
                    fits(data.student_class.size(), students, true) &&
                    fits(data.student_school.size(), students, true);
  if (good) return Done{};
  return invalid_input(
      fmt::format("{}: columns of different lengths, expected {} rows and {} students in each",
                  folder.string(), rows, students));
}

template <class M>
Result<Done> check_values(const M& data, std::size_t classes, std::size_t schools) {
  const EventColumns& rows = data.columns;
  MENO_TRY_DONE(check_offsets("student_begin.u64", data.student_begin, rows.item.size()));
  MENO_TRY_DONE(check_offsets("set_begin.u32", rows.sets.begin, rows.sets.members.size()));
  MENO_TRY_DONE(check_ids("set_skill.u32", rows.sets.members, data.course.skills.size(), false));
  MENO_TRY_DONE(check_ids("item.u32", rows.item, data.course.items.size(), false));
  MENO_TRY_DONE(check_numbers("skill_set.u32", rows.skill_set, rows.sets.size()));
  MENO_TRY_DONE(check_numbers("item_skill_set.u32", data.item_skill_set, rows.sets.size()));
  MENO_TRY_DONE(check_answers(rows.correct));
  MENO_TRY_DONE(check_numbers("student_split.u8", data.student_split, data.split_labels.size()));
  MENO_TRY_DONE(check_ids("student_class.u32", data.student_class, classes, true));
  return check_ids("student_school.u32", data.student_school, schools, true);
}

template <class M>
Result<Done> read_dataset(const std::filesystem::path& folder, M& data) {
  MENO_TRY(data.manifest, read_manifest(folder));
  const Json& counts = data.manifest.at("counts");
  data.hash = data.manifest.at("hash").template get<std::string>();
  data.course.name = data.manifest.at("name").template get<std::string>();
  data.split_labels = data.manifest.at("split_labels").template get<std::vector<std::string>>();
  MENO_TRY(data.students, read_names(folder / "students.json",
                                     counts.at("students").template get<std::uint64_t>()));
  MENO_TRY_DONE(read_vocabulary(
      folder / "items.json", counts.at("items").template get<std::uint64_t>(), data.course.items));
  MENO_TRY_DONE(read_vocabulary(folder / "skills.json",
                                counts.at("skills").template get<std::uint64_t>(),
                                data.course.skills));
  MENO_TRY_DONE(read_columns(folder, data));
  MENO_TRY_DONE(check_lengths(folder, data));
  const auto count_of = [&](const char* noun) { return counts.value(noun, std::size_t{0}); };
  MENO_TRY_DONE(inside(folder, check_values(data, count_of("classes"), count_of("schools"))));
  data.course.item_skills.reserve(data.item_skill_set.size());
  for (const std::uint32_t set : data.item_skill_set) {
    const auto skills = data.columns.sets[set];
    data.course.item_skills.emplace_back(skills.begin(), skills.end());
  }
  return Done{};
}

}  // namespace

Result<Dataset> Dataset::open(const std::filesystem::path& folder) {
  auto mapped = std::make_unique<Mapped>();
  try {
    MENO_TRY_DONE(read_dataset(folder, *mapped));
  } catch (const Json::exception&) {
    return invalid_input(fmt::format(
        "{}: manifest.json or a list of names lacks a field or has another type, expected what "
        "meno import writes",
        folder.string()));
  }
  return Dataset(std::move(mapped));
}

Dataset::Dataset(std::unique_ptr<const Mapped> mapped) : mapped_(std::move(mapped)) {}
Dataset::Dataset(Dataset&&) noexcept = default;
Dataset& Dataset::operator=(Dataset&&) noexcept = default;
Dataset::~Dataset() = default;

const Json& Dataset::manifest() const { return mapped_->manifest; }
const std::string& Dataset::hash() const { return mapped_->hash; }
const Course& Dataset::course() const { return mapped_->course; }
const EventColumns& Dataset::columns() const { return mapped_->columns; }
std::size_t Dataset::students() const { return mapped_->students.size(); }
std::size_t Dataset::answers() const { return mapped_->columns.item.size(); }
const std::string& Dataset::student_name(StudentId student) const {
  return mapped_->students[student.value];
}

Sequence Dataset::sequence(StudentId student) const {
  const std::uint64_t begin = mapped_->student_begin[student.value];
  return {mapped_->columns, begin, mapped_->student_begin[student.value + 1] - begin};
}

bool Dataset::has_times() const { return !mapped_->columns.at_ms.empty(); }
const std::vector<std::string>& Dataset::split_labels() const { return mapped_->split_labels; }
std::span<const std::uint8_t> Dataset::student_split() const { return mapped_->student_split; }
std::span<const ClassId> Dataset::student_class() const { return mapped_->student_class; }
std::span<const SchoolId> Dataset::student_school() const { return mapped_->student_school; }

}  // namespace meno
