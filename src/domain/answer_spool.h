// AnswerSpool: answers in any order -> answers grouped by student, in constant memory. An external
// counting sort: what does not fit in memory is split by ranges of students into smaller files
// until each fits.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "core/result.h"
#include "domain/column_file.h"

namespace meno {

/// One answer with dense numbers for names.
struct SpooledAnswer {
  std::uint32_t student = 0;
  std::uint32_t item = 0;
  std::uint32_t skill_set = 0;
  float correct = 0.0F;
  std::int64_t at_ms = 0;
  std::int64_t order = 0;
  std::int32_t response_ms = 0;
  std::uint32_t unused = 0;  // keeps the spooled bytes defined
};

class AnswerSpool {
 public:
  /// Files go into `folder`. About `rows_in_memory` answers are held at a time; one student's are
  /// held whole.
  AnswerSpool(std::filesystem::path folder, std::size_t rows_in_memory)
      : folder_(std::move(folder)), rows_in_memory_(rows_in_memory) {}

  /// Errors: Unavailable (disk full).
  Result<Done> add(const SpooledAnswer& answer);

  /// Called once per student in order of number, with his answers in order of arrival.
  using Visit = std::function<Result<Done>(std::span<const SpooledAnswer* const>)>;
  /// Hands out every answer and removes the spool's files. Call once, after the last add().
  Result<Done> visit(const Visit& visit);

 private:
  struct Range {  // students [first, last)
    std::uint32_t first = 0;
    std::uint32_t last = 0;
  };
  Result<Done> visit_memory(const std::vector<SpooledAnswer>& rows, Range range,
                            const Visit& visit) const;
  Result<Done> visit_file(const std::filesystem::path& path, Range range, const Visit& visit);
  Result<Done> spill();
  std::uint64_t rows_in(Range range) const;
  std::vector<Range> parts_of(Range range) const;

  std::filesystem::path folder_;
  std::size_t rows_in_memory_;
  std::vector<SpooledAnswer> rows_;          // what is not spilled yet
  std::vector<std::uint64_t> student_rows_;  // [S] answers per student
  std::optional<ColumnFile> file_;           // what is
  int files_made_ = 0;
};

}  // namespace meno
