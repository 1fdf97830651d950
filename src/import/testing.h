// For the tests and fuzzers of importers: sources in memory and a sink that remembers.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "import/importer.h"

namespace meno {

/// One line per answer: "student item [skills] correct @ms ~response /split"; refusals as "line
/// column".
class RecordingSink final : public AnswerSink {
 public:
  Result<Done> accept(const Place&, const AnswerRow& row) override {
    std::string text = fmt::format("{} {} [{}] {}", row.student, row.item,
                                   fmt::join(row.skills, "+"), row.correct);
    if (row.at != kNoTime) text += fmt::format(" @{}", row.at.time_since_epoch().count());
    if (row.response_ms != kNoResponseTime) text += fmt::format(" ~{}", row.response_ms);
    if (!row.split.empty()) text += fmt::format(" /{}", row.split);
    answers.push_back(std::move(text));
    return Done{};
  }
  Result<Done> declare_item(std::string_view, const std::vector<std::string_view>&) override {
    ++declared;
    return Done{};
  }
  void refuse(const Place& place, std::string_view column, std::string_view, std::string_view,
              std::uint64_t rows) override {
    refused += rows;
    refusals.push_back(fmt::format("{} {}", place.line, column));
  }
  void missing(const Place& place, std::string_view column) override {
    refuse(place, column, "", "", 1);
  }
  void note(const std::string&) override {}

  std::vector<std::string> answers, refusals;
  std::uint64_t declared = 0;
  std::uint64_t refused = 0;
};

/// Files by name and content.
using MemoryFiles = std::vector<std::pair<std::string, std::string>>;

/// Reads `contents` as `format` ("auto" included) into `sink`.
inline Result<Done> import_from_memory(std::string_view format, const MemoryFiles& contents,
                                       const FormatOptions& options, AnswerSink& sink) {
  std::vector<SourceFile> files;
  for (const auto& [name, bytes] : contents) {
    files.push_back({.name = name, .path = {}, .bytes = bytes});
  }
  const std::vector<SourceSample> samples = samples_of(files);
  const ImportInput input{.files = files, .samples = samples, .options = options};
  const auto importer = find_importer(format, input);
  if (!importer) return importer.error();
  return (*importer)->read(input, sink);
}

}  // namespace meno
