// DelimitedReader: rows of comma-, tab- or semicolon-separated files, quoted fields and quoted line
// breaks included (RFC 4180). Fields are views into the line: nothing is copied unless a quote is
// escaped.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "import/line_reader.h"

namespace meno {

/// Why a row could not be split.
struct RowFault {
  std::string_view reason;
  std::string_view value;
};

/// Splits one line into `fields`; unescaped copies go to `scratch`. Returns false when a quoted
/// field is still open at the line's end. A quote inside an unquoted field is an ordinary
/// character.
bool split_fields(std::string_view line, char delimiter, std::vector<std::string_view>& fields,
                  std::deque<std::string>& scratch);

class DelimitedReader {
 public:
  DelimitedReader(LineReader lines, char delimiter)
      : lines_(std::move(lines)), delimiter_(delimiter) {}

  /// Opens `file`. Errors: see open_source().
  static Result<DelimitedReader> open(const SourceFile& file, char delimiter);

  /// Reads the next row that is not blank; false at the end. A row that is not UTF-8, or whose
  /// quote never closes, is returned with fault() set. Errors: see LineReader.
  Result<bool> next();

  /// The fields of the row, valid until the next call.
  std::span<const std::string_view> fields() const { return fields_; }
  const std::optional<RowFault>& fault() const { return fault_; }
  std::uint64_t line_number() const { return lines_.line_number(); }

 private:
  Result<Done> join_quoted(std::string_view& line);

  LineReader lines_;
  char delimiter_;
  std::vector<std::string_view> fields_;
  std::deque<std::string> scratch_;
  std::optional<RowFault> fault_;
};

}  // namespace meno
