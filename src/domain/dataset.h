// Dataset: a folder of memory-mapped columns with a manifest, made by `meno import`, read by
// everything else.
//
//   manifest.json        schema version, name, provenance, counts, column table with lengths, data
//   hash, split labels student_begin.u64    [S + 1] rows of student s are [student_begin[s],
//   student_begin[s + 1]), oldest first item.u32 skill_set.u32 correct.f32 [N] at_ms.i64
//   response_ms.i32                                [N], absent when the source has no times
//   set_begin.u32 set_skill.u32                              interned skill sets
//   item_skill_set.u32                                       [items] the commonest skill set of
//   each item student_split.u8     [S] index into manifest "split_labels"; absent when the source
//   fixes no split student_class.u32 student_school.u32                     [S], absent when
//   unknown; UINT32_MAX where missing students.json items.json skills.json classes.json
//   schools.json   names in id order
#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/json_fwd.h"
#include "core/result.h"
#include "domain/course.h"
#include "domain/sequence.h"

namespace meno {

/// The newest folder layout this program reads and the one it writes.
inline constexpr int kDatasetSchemaVersion = 1;

/// Immutable and thread-safe; movable. Sequences view into it.
class Dataset {
 public:
  /// Maps the folder. Errors: NotFound without a manifest; InvalidInput for a newer schema, a
  /// column whose length is not the manifest's (cut or half-written), or an id outside its
  /// vocabulary.
  static Result<Dataset> open(const std::filesystem::path& folder);

  Dataset(Dataset&&) noexcept;
  Dataset& operator=(Dataset&&) noexcept;
  Dataset(const Dataset&) = delete;
  Dataset& operator=(const Dataset&) = delete;
  ~Dataset();

  const Json& manifest() const;
  /// Hash of all columns, as in the manifest.
  const std::string& hash() const;
  const Course& course() const;
  const EventColumns& columns() const;
  std::size_t students() const;
  std::size_t answers() const;
  const std::string& student_name(StudentId student) const;
  /// All answers of one student, oldest first.
  Sequence sequence(StudentId student) const;
  bool has_times() const;

  /// The source's own split of the students, e.g. {"trainonly", "test1", ... "test5"} or {"train",
  /// "test"}; empty if none.
  const std::vector<std::string>& split_labels() const;
  /// Index into split_labels() per student, [S]; empty if the source fixes none.
  std::span<const std::uint8_t> student_split() const;
  /// Class or school per student, [S]; empty if unknown.
  std::span<const ClassId> student_class() const;
  std::span<const SchoolId> student_school() const;

 private:
  struct Mapped;
  explicit Dataset(std::unique_ptr<const Mapped> mapped);
  std::unique_ptr<const Mapped> mapped_;
};

}  // namespace meno
