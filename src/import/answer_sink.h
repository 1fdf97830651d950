// AnswerSink: where importers put what they read. The cleaning stands behind it, so no importer
// knows its switches.
#pragma once

#include <string_view>
#include <vector>

#include "core/result.h"
#include "domain/dataset_writer.h"
#include "import/import_report.h"

namespace meno {

class AnswerSink {
 public:
  virtual ~AnswerSink() = default;
  /// One answer as the source has it. Errors end the import: the disk, too many ids.
  virtual Result<Done> accept(const Place& place, const AnswerRow& row) = 0;
  /// An item of the source's own table of items.
  virtual Result<Done> declare_item(std::string_view item,
                                    const std::vector<std::string_view>& skills) = 0;
  /// `rows` answers that cannot be read; `reason` says what was expected.
  virtual void refuse(const Place& place, std::string_view column, std::string_view reason,
                      std::string_view value, std::uint64_t rows) = 0;
  /// An answer without a value where one is needed.
  virtual void missing(const Place& place, std::string_view column) = 0;
  /// Something a person should know that is no refused row.
  virtual void note(const std::string& sentence) = 0;
};

}  // namespace meno
