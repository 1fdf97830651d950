// Rows of listings, described once and written as JSON objects or as lines of CSV (RFC 4180).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "core/clock.h"
#include "core/text.h"
#include "http/json_writer.h"

namespace meno {

/// What one column of a row holds. The first is null; so are pointers to nothing and kNoTime.
using Cell = std::variant<std::monostate, std::string_view, std::int64_t, double, bool, TimePoint,
                          const Text*, const std::vector<std::string>*>;

/// Null for "".
inline Cell text_or_null(std::string_view text) { return text.empty() ? Cell() : Cell(text); }

/// Takes a row's cells in the order of its columns.
class RowWriter {
 public:
  virtual ~RowWriter() = default;
  /// `name` is the JSON member and the CSV column; a Text is two columns there.
  virtual void cell(std::string_view name, const Cell& value) = 0;
};

/// Members of an object that is open in `json`.
class JsonRow final : public RowWriter {
 public:
  explicit JsonRow(JsonWriter& json) : json_(json) {}
  void cell(std::string_view name, const Cell& value) override;

 private:
  JsonWriter& json_;
};

/// The names of the columns.
class CsvHeader final : public RowWriter {
 public:
  void cell(std::string_view name, const Cell& value) override;
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
};

/// Fields of one line, appended to `out`. end_line() ends it.
class CsvRow final : public RowWriter {
 public:
  explicit CsvRow(std::string& out) : out_(out) {}
  void cell(std::string_view name, const Cell& value) override;
  /// Text in quotes where it needs them. What a spreadsheet would run as a formula begins with an
  /// apostrophe instead.
  void text(std::string_view value);
  void end_line();

 private:
  void separate();

  std::string& out_;
  bool first_ = true;
};

}  // namespace meno
