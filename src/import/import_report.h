// ImportReport: every refused row, counted by reason and listed up to a limit. Nothing is dropped
// silently.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "core/json_fwd.h"

namespace meno {

/// Where a row stands: a file's number in the list of sources and the line, from 1.
struct Place {
  std::size_t file = 0;
  std::uint64_t line = 0;
};

struct RefusedRow {
  Place place;
  std::string column;
  std::string reason;
  std::string value;  // at most kShownValue bytes, cut at a whole character
};

inline constexpr std::size_t kListedRefusals = 10'000;
inline constexpr std::size_t kShownValue = 80;

class ImportReport {
 public:
  /// `rows` answers that were refused for one reason.
  void refuse(const Place& place, std::string_view column, std::string_view reason,
              std::string_view value, std::uint64_t rows);
  /// Something a person should know that is no refused row; repeats of one sentence are counted.
  void note(const std::string& sentence);
  /// Something that a switch of the cleaning did, e.g. "response_times_blanked".
  void count(const std::string& what, std::uint64_t rows = 1) { counts_[what] += rows; }

  std::uint64_t refused() const { return refused_; }
  const std::vector<RefusedRow>& listed() const { return listed_; }
  const std::vector<std::string>& notes() const { return notes_; }

  /// {"refused", "listed", "reasons": [{"column", "reason", "rows"}], "cleaning": {...}, "notes":
  /// [...]}.
  Json to_json() const;
  /// file,line,column,reason,value; one row each, in order of appearance.
  std::string to_csv(const std::vector<std::string>& file_names) const;

 private:
  std::uint64_t refused_ = 0;
  std::vector<RefusedRow> listed_;
  std::map<std::pair<std::string, std::string>, std::uint64_t> reasons_;
  std::map<std::string, std::uint64_t> counts_;
  std::vector<std::string> notes_;
};

}  // namespace meno
