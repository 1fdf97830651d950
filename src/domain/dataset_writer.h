// DatasetWriter: rows in any order, of any number -> a Dataset folder, in constant memory (names
// apart).
#pragma once

#include <cstdint>
#include <filesystem>
#include <limits>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_fwd.h"
#include "core/result.h"
#include "domain/event.h"

namespace meno {

/// "The source numbers no answers."
inline constexpr std::int64_t kNoOrder = std::numeric_limits<std::int64_t>::min();

/// One accepted answer with the source's own names.
struct AnswerRow {
  std::string_view student;
  std::string_view item;
  std::vector<std::string_view> skills;  // may be empty
  float correct = 0.0F;                  // in [0, 1]
  TimePoint at = kNoTime;
  std::int32_t response_ms = kNoResponseTime;
  std::int64_t order = kNoOrder;  // the source's own running number, e.g. order_id
  std::string_view split = {};    // the source's split of this student, "" if none
  std::string_view klass = {};    // class and school of the student, "" if unknown
  std::string_view school = {};
};

/// 30 MiB of answers.
inline constexpr std::size_t kRowsInMemory = 786'432;

/// What finish() does with the rows of one student once they are in order. Each drop is counted in
/// the manifest.
struct Tidying {
  /// Rows that agree in everything, among them an order number or a time, are one row.
  bool drop_duplicates = false;
  /// Rows of one item and one answer that share their order number (or their time where rows have
  /// no number) are one answer to several skills.
  bool merge_skills = false;
};

/// Spools rows to a temporary file in `folder`.tmp; finish() groups them by student, sorts each
/// student by time (stable: rows of equal or no time keep their order), writes the columns, and
/// renames the folder into place, so that a half-written dataset is never seen. The destructor
/// removes what is unfinished.
class DatasetWriter {
 public:
  /// Errors: Conflict when `folder` exists and is not an older dataset; Unavailable when it cannot
  /// be written. `rows_in_memory` bounds what is held before rows go to the disk (40 bytes each).
  static Result<DatasetWriter> create(const std::filesystem::path& folder, std::string dataset_name,
                                      std::size_t rows_in_memory = kRowsInMemory);

  DatasetWriter(DatasetWriter&&) noexcept;
  DatasetWriter& operator=(DatasetWriter&&) noexcept;
  DatasetWriter(const DatasetWriter&) = delete;
  DatasetWriter& operator=(const DatasetWriter&) = delete;
  ~DatasetWriter();

  /// Set before finish(); nothing is dropped or merged otherwise.
  void tidy_with(const Tidying& tidying);

  /// Adds an item of the course's own table that nobody may have answered. Its skills count where
  /// no answer says otherwise.
  Result<Done> declare_item(std::string_view item, const std::vector<std::string_view>& skills);

  /// True when this student already stands in another split, so that add() would refuse the row.
  bool contradicts_split(std::string_view student, std::string_view split) const;
  /// Forgets every split: for sources whose split turns out to cut through students.
  void forget_splits();

  /// Errors: Unavailable (disk full); InvalidInput when ids exceed 2^32 - 2 or a student appears in
  /// two splits.
  Result<Done> add(const AnswerRow& row);

  /// Writes another file into the folder, e.g. a report. Errors: Unavailable.
  Result<Done> attach(const std::string& file_name, std::string_view content);

  /// `provenance` goes into the manifest as it is: sources with size and hash, format, cleaning
  /// options, refused rows.
  Result<Done> finish(const Json& provenance);

 private:
  struct State;
  explicit DatasetWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace meno
