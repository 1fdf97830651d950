#include "import/csv/delimited_reader.h"

#include <cstring>

#include "import/values.h"

namespace meno {
namespace {

constexpr std::size_t kLongestQuoted =
    64 * 1024;  // a quote open for longer is taken for a stray one

/// Takes a quoted field from the front of `left` (which starts behind the quote). False when it
/// never closes.
bool take_quoted(std::string_view& left, char delimiter, std::string_view& field,
                 std::deque<std::string>& scratch) {
  std::size_t close = left.find('"');
  std::string* copy = nullptr;
  while (close != std::string_view::npos && close + 1 < left.size() && left[close + 1] == '"') {
    if (copy == nullptr) copy = &scratch.emplace_back();
    copy->append(left.substr(0, close + 1));
    left.remove_prefix(close + 2);
    close = left.find('"');
  }
  if (close == std::string_view::npos) return false;
  field = left.substr(0, close);
  left.remove_prefix(close + 1);
  const std::size_t end = left.find(delimiter);
  const std::string_view rest =
      left.substr(0, end);  // what stands between the quote and the delimiter
  if (copy == nullptr && !trimmed(rest).empty()) copy = &scratch.emplace_back();
  if (copy != nullptr) {
    copy->append(field);
    if (!trimmed(rest).empty()) copy->append(rest);
    field = *copy;
  }
  left.remove_prefix(rest.size());
  return true;
}

}  // namespace

bool split_fields(std::string_view line, char delimiter, std::vector<std::string_view>& fields,
                  std::deque<std::string>& scratch) {
  fields.clear();
  scratch.clear();
  std::string_view left = line;
  while (true) {
    std::string_view field;
    if (left.starts_with('"')) {
      left.remove_prefix(1);
      if (!take_quoted(left, delimiter, field, scratch)) return false;
    } else {
      const auto* const end =
          left.empty() ? nullptr
                       : static_cast<const char*>(std::memchr(left.data(), delimiter, left.size()));
      field = end == nullptr ? left : left.substr(0, static_cast<std::size_t>(end - left.data()));
      left.remove_prefix(field.size());
    }
    fields.push_back(field);
    if (left.empty()) return true;
    left.remove_prefix(1);  // the delimiter; an empty field may follow it
    if (left.empty()) {
      fields.emplace_back();
      return true;
    }
  }
}

Result<DelimitedReader> DelimitedReader::open(const SourceFile& file, char delimiter) {
  MENO_TRY(std::unique_ptr<ByteStream> stream, open_source(file));
  return DelimitedReader(LineReader(std::move(stream), file.name, kLongestRow), delimiter);
}

/// Joins lines until the open quote closes; a quote that does not makes its first line a faulty
/// row.
Result<Done> DelimitedReader::join_quoted(std::string_view& line) {
  bool whole = false;
  while (!whole) {
    const std::size_t before = line.size();
    MENO_TRY(const bool more, lines_.extend(line, kLongestQuoted));
    if (!more) break;
    const bool may_close = line.find('"', before) != std::string_view::npos;
    whole = may_close && split_fields(line, delimiter_, fields_, scratch_);
  }
  if (whole) return Done{};
  lines_.retreat(line);
  fault_ = {.reason = "a quote is opened and never closed, expected a closing one", .value = line};
  return Done{};
}

Result<bool> DelimitedReader::next() {
  fault_.reset();
  std::string_view line;
  do {
    MENO_TRY(const bool more, lines_.next(line));
    if (!more) return false;
  } while (line.empty());
  if (!split_fields(line, delimiter_, fields_, scratch_)) {
    MENO_TRY_DONE(join_quoted(line));
  }
  if (!fault_ && !is_utf8(line)) fault_ = {.reason = "not UTF-8 text", .value = line};
  return true;
}

}  // namespace meno
