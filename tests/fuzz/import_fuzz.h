// What all fuzzers of importers do: the input is one file, or several parted by a line of three
// dashes and a name.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "import/testing.h"
#include "import/values.h"

namespace meno {

/// "--- name\n" starts the next file.
inline MemoryFiles files_in(std::string_view input) {
  MemoryFiles files;
  std::string name = "x_test1.csv";
  while (true) {
    const std::size_t mark = input.find("--- ");
    files.emplace_back(name, std::string(input.substr(0, mark)));
    if (mark == std::string_view::npos) return files;
    input.remove_prefix(mark + 4);
    const std::size_t end = std::min(input.find('\n'), input.size());
    name = std::string(input.substr(0, end));
    input.remove_prefix(std::min(end + 1, input.size()));
  }
}

/// Reads the input as `format` and checks what every importer promises: texts that are UTF-8,
/// answers in [0, 1].
inline int fuzz_importer(std::string_view format, std::string_view input) {
  class Checking final : public AnswerSink {
   public:
    Result<Done> accept(const Place&, const AnswerRow& row) override {
      const bool good =
          row.correct >= 0.0F && row.correct <= 1.0F && is_utf8(row.student) && is_utf8(row.item);
      if (!good) std::abort();
      for (const std::string_view skill : row.skills) {
        if (!is_utf8(skill)) std::abort();
      }
      return Done{};
    }
    Result<Done> declare_item(std::string_view, const std::vector<std::string_view>&) override {
      return Done{};
    }
    void refuse(const Place&, std::string_view column, std::string_view reason,
                std::string_view value, std::uint64_t rows) override {
      report.refuse({}, column, reason, value, rows);
    }
    void missing(const Place&, std::string_view) override {}
    void note(const std::string& sentence) override { report.note(sentence); }
    ImportReport report;
  };
  Checking sink;
  const auto read = import_from_memory(format, files_in(input), {}, sink);
  if (!read && read.error().message.empty()) std::abort();
  for (const RefusedRow& row : sink.report.listed()) {
    if (!is_utf8(row.value)) std::abort();
  }
  return 0;
}

}  // namespace meno
