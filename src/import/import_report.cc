#include "import/import_report.h"

#include <algorithm>

#include <fmt/format.h>

#include "core/json.h"
#include "import/values.h"

namespace meno {
namespace {

constexpr std::size_t kMostNotes = 50;

/// At most kShownValue bytes of `value`, as printable UTF-8.
std::string shown(std::string_view value) {
  std::string text(value.substr(0, kShownValue));
  if (text.size() < value.size()) {
    for (int i = 0; i < 3 && !text.empty() && !is_utf8(text); ++i) text.pop_back();
    text += "...";
  }
  const bool valid = is_utf8(text);
  for (char& c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 || byte == 0x7F || (!valid && byte >= 0x80)) c = '?';
  }
  return text;
}

/// Quoted, and kept from being run as a formula by a spreadsheet.
std::string csv_field(std::string_view text) {
  std::string quoted = "\"";
  const bool formula =
      !text.empty() && std::string_view("=+-@").find(text[0]) != std::string_view::npos;
  if (formula && !parse_number(text)) quoted += '\'';
  for (const char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + "\"";
}

}  // namespace

void ImportReport::refuse(const Place& place, std::string_view column, std::string_view reason,
                          std::string_view value, std::uint64_t rows) {
  refused_ += rows;
  reasons_[{std::string(column), std::string(reason)}] += rows;
  if (listed_.size() >= kListedRefusals) return;
  listed_.push_back({.place = place,
                     .column = std::string(column),
                     .reason = std::string(reason),
                     .value = shown(value)});
}

void ImportReport::note(const std::string& sentence) {
  if (notes_.size() >= kMostNotes) return count("notes_not_listed");
  if (std::find(notes_.begin(), notes_.end(), sentence) == notes_.end()) notes_.push_back(sentence);
}

Json ImportReport::to_json() const {
  Json reasons = Json::array();
  for (const auto& [reason, rows] : reasons_) {
    reasons.push_back({{"column", reason.first}, {"reason", reason.second}, {"rows", rows}});
  }
  return {{"refused", refused_},
          {"listed", listed_.size()},
          {"reasons", std::move(reasons)},
          {"cleaning", Json(counts_)},
          {"notes", notes_}};
}

std::string ImportReport::to_csv(const std::vector<std::string>& file_names) const {
  std::string csv = "file,line,column,reason,value\n";
  for (const RefusedRow& row : listed_) {
    const std::string_view file =
        row.place.file < file_names.size() ? std::string_view(file_names[row.place.file]) : "";
    csv += fmt::format("{},{},{},{},{}\n", csv_field(file), row.place.line, csv_field(row.column),
                       csv_field(row.reason), csv_field(row.value));
  }
  return csv;
}

}  // namespace meno
