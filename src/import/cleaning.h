// Cleaning: explicit, switchable, and counted. Stands between an importer and the DatasetWriter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.h"
#include "import/answer_sink.h"

namespace meno {

/// Every switch of the cleaning; `meno import --help` lists them under the same names.
struct Cleaning {
  std::optional<bool> drop_duplicates;  // none: as the format advises
  std::optional<bool> merge_skills;     // none: as the format advises
  std::string
      missing;  // an answer without a value: "refuse" it, or "drop" it counted but not listed;
                // "": as the format advises
  std::string bad_times =
      "refuse";  // before 1970 or later than tomorrow: "refuse", "blank" the time, or "keep"
  std::int64_t max_response_ms = 0;  // response times above are blanked; 0: no limit
};

/// Errors: InvalidInput for a switch with a value that is not listed above.
Result<Done> check(const Cleaning& cleaning);

/// Passes rows on as the switches say, and counts what it changed in the report.
class Cleaner final : public AnswerSink {
 public:
  /// All three must outlive it. `now` decides which times are impossible.
  Cleaner(const Cleaning& cleaning, TimePoint now, DatasetWriter& writer, ImportReport& report)
      : cleaning_(cleaning), now_(now), writer_(writer), report_(report) {}

  Result<Done> accept(const Place& place, const AnswerRow& row) override;
  Result<Done> declare_item(std::string_view item,
                            const std::vector<std::string_view>& skills) override;
  void refuse(const Place& place, std::string_view column, std::string_view reason,
              std::string_view value, std::uint64_t rows) override;
  void missing(const Place& place, std::string_view column) override;
  void note(const std::string& sentence) override;

  std::uint64_t accepted() const { return accepted_; }

 private:
  bool impossible(TimePoint at) const;
  bool outlying(std::int32_t response_ms) const;
  Result<Done> accept_changed(const Place& place, const AnswerRow& row);
  Result<Done> pass_on(const AnswerRow& row);

  Cleaning cleaning_;
  TimePoint now_;
  DatasetWriter& writer_;
  ImportReport& report_;
  std::uint64_t accepted_ = 0;
};

}  // namespace meno
