// DatasetWriter: rows in any order, of any number -> a Dataset folder, in constant memory (names apart).
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/json.h"
#include "core/result.h"
#include "domain/event.h"

namespace meno {

/// One accepted answer with the source's own names.
struct AnswerRow {
  std::string_view student;
  std::string_view item;
  std::vector<std::string_view> skills;  // may be empty
  float correct = 0.0F;                  // in [0, 1]
  TimePoint at = kNoTime;
  std::int32_t response_ms = kNoResponseTime;
  std::string_view split;   // the source's split of this student, "" if none
  std::string_view klass;   // class and school of the student, "" if unknown
  std::string_view school;
};

/// Spools rows to a temporary file in `folder`.tmp; finish() groups them by student, sorts each student by time (stable:
/// rows of equal or no time keep their order), writes the columns, and renames the folder into place, so that a
/// half-written dataset is never seen. The destructor removes what is unfinished.
class DatasetWriter {
 public:
  /// Errors: Conflict when `folder` exists and is not an older dataset; Unavailable when it cannot be written.
  static Result<DatasetWriter> create(const std::filesystem::path& folder, std::string dataset_name);

  DatasetWriter(DatasetWriter&&) noexcept;
  DatasetWriter& operator=(DatasetWriter&&) noexcept;
  DatasetWriter(const DatasetWriter&) = delete;
  DatasetWriter& operator=(const DatasetWriter&) = delete;
  ~DatasetWriter();

  /// Errors: Unavailable (disk full); InvalidInput when ids exceed 2^32 - 2 or a student appears in two splits.
  Result<Done> add(const AnswerRow& row);

  /// `provenance` goes into the manifest as it is: sources with size and hash, format, cleaning options, refused rows.
  Result<Done> finish(const Json& provenance);

 private:
  struct State;
  explicit DatasetWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace meno
