#include "domain/answer_spool.h"

#include <algorithm>
#include <cstdio>
#include <memory>
#include <numeric>

#include <fmt/format.h>

#include "core/check.h"

namespace meno {
namespace {

constexpr std::size_t kSplitWays = 64;           // files open at a time while splitting
constexpr std::size_t kSplitBuffer = 40 * 1024;  // bytes per such file
constexpr std::size_t kSpillBuffer = 1024 * 1024;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

Error read_error(const std::filesystem::path& path) {
  return unavailable(fmt::format("{}: reading back what was spooled failed", path.string()));
}

Result<File> open_spool(const std::filesystem::path& path) {
  File file(std::fopen(path.c_str(), "rbe"), &std::fclose);
  if (!file) return read_error(path);
  return file;
}

/// Reads up to rows.size() answers; 0 at the end.
std::size_t read_rows(const File& file, std::span<SpooledAnswer> rows) {
  return std::fread(rows.data(), sizeof(SpooledAnswer), rows.size(), file.get());
}

}  // namespace

Result<Done> AnswerSpool::add(const SpooledAnswer& answer) {
  if (answer.student >= student_rows_.size()) student_rows_.resize(answer.student + 1ULL);
  ++student_rows_[answer.student];
  rows_.push_back(answer);
  return rows_.size() < rows_in_memory_ ? Result<Done>(Done{}) : spill();
}

Result<Done> AnswerSpool::spill() {
  if (!file_) {
    MENO_TRY(ColumnFile file, ColumnFile::create(folder_ / "spool", kSpillBuffer));
    file_ = std::move(file);
  }
  MENO_TRY_DONE(file_->append(rows_.data(), rows_.size() * sizeof(SpooledAnswer)));
  MENO_TRY_DONE(file_->flush());
  rows_.clear();
  return Done{};
}

Result<Done> AnswerSpool::visit(const Visit& visit) {
  const Range all{.first = 0, .last = static_cast<std::uint32_t>(student_rows_.size())};
  if (!file_) return visit_memory(rows_, all, visit);
  MENO_TRY_DONE(spill());
  rows_ = {};
  const std::filesystem::path path = file_->path();
  file_.reset();
  return visit_file(path, all, visit);
}

std::uint64_t AnswerSpool::rows_in(Range range) const {
  return std::accumulate(student_rows_.begin() + range.first, student_rows_.begin() + range.last,
                         std::uint64_t{0});
}

/// Cuts a range into at most kSplitWays parts of about equal numbers of answers, each at least one
/// student.
std::vector<AnswerSpool::Range> AnswerSpool::parts_of(Range range) const {
  const std::uint64_t target =
      std::max<std::uint64_t>(rows_in_memory_ / 2, rows_in(range) / (kSplitWays - 1) + 1);
  std::vector<Range> parts;
  std::uint64_t rows = 0;
  Range part{.first = range.first, .last = range.first};
  for (std::uint32_t s = range.first; s < range.last; ++s) {
    if (part.last > part.first && rows + student_rows_[s] > target &&
        parts.size() + 1 < kSplitWays) {
      parts.push_back(part);
      part.first = s;
      rows = 0;
    }
    rows += student_rows_[s];
    part.last = s + 1;
  }
  parts.push_back(part);
  return parts;
}

Result<Done> AnswerSpool::visit_memory(const std::vector<SpooledAnswer>& rows, Range range,
                                       const Visit& visit) const {
  std::vector<std::size_t> next(range.last - range.first + 1ULL);
  for (std::uint32_t s = range.first; s < range.last; ++s) {
    next[s - range.first + 1ULL] = next[s - range.first] + student_rows_[s];
  }
  std::vector<const SpooledAnswer*> grouped(rows.size());
  for (const SpooledAnswer& row : rows) {
    MENO_CHECK(row.student >= range.first && row.student < range.last, "a row of another range");
    grouped[next[row.student - range.first]++] = &row;
  }
  std::size_t begin = 0;
  for (std::uint32_t s = range.first; s < range.last; ++s) {
    const std::span<const SpooledAnswer* const> all(grouped);
    MENO_TRY_DONE(visit(all.subspan(begin, student_rows_[s])));
    begin += student_rows_[s];
  }
  return Done{};
}

Result<Done> AnswerSpool::visit_file(const std::filesystem::path& path, Range range,
                                     const Visit& visit) {
  const std::uint64_t total = rows_in(range);
  if (total <= rows_in_memory_ || range.last - range.first == 1) {
    std::vector<SpooledAnswer> rows(total);
    MENO_TRY(const File file, open_spool(path));
    if (read_rows(file, rows) != total) return read_error(path);
    std::filesystem::remove(path);
    return visit_memory(rows, range, visit);
  }
  const std::vector<Range> parts = parts_of(range);
  const auto part_of = [&parts](std::uint32_t student) {
    const auto found = std::upper_bound(parts.begin(), parts.end(), student,
                                        [](std::uint32_t s, const Range& r) { return s < r.last; });
    return static_cast<std::size_t>(found - parts.begin());
  };
  std::vector<ColumnFile> files;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    MENO_TRY(ColumnFile file,
             ColumnFile::create(folder_ / fmt::format("spool.{}", files_made_++), kSplitBuffer));
    files.push_back(std::move(file));
  }
  {
    MENO_TRY(const File file, open_spool(path));
    std::vector<SpooledAnswer> rows(4096);
    while (const std::size_t got = read_rows(file, rows)) {
      for (std::size_t i = 0; i < got; ++i) {
        MENO_TRY_DONE(files[part_of(rows[i].student)].append_value(rows[i]));
      }
    }
  }
  std::filesystem::remove(path);
  for (ColumnFile& file : files) {
    MENO_TRY_DONE(file.flush());
  }
  std::vector<std::filesystem::path> paths;
  for (const ColumnFile& file : files) paths.push_back(file.path());
  files.clear();
  for (std::size_t i = 0; i < parts.size(); ++i) {
    MENO_TRY_DONE(visit_file(paths[i], parts[i], visit));
  }
  return Done{};
}

}  // namespace meno
