#include "import/line_reader.h"

#include <algorithm>
#include <cstring>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::size_t kFirstBuffer = 256 * 1024;

}  // namespace

LineReader::LineReader(std::unique_ptr<ByteStream> stream, std::string name, std::size_t longest)
    : stream_(std::move(stream)),
      name_(std::move(name)),
      longest_(longest),
      buffer_(kFirstBuffer) {}

/// Makes room behind what is unread and reads into it; false at the end of the stream.
Result<bool> LineReader::fill() {
  if (ended_) return false;
  if (end_ == buffer_.size()) {
    if (begin_ > 0) {
      std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
      end_ -= begin_;
      next_ -= begin_;
      begin_ = 0;
    } else {
      buffer_.resize(2 * buffer_.size());
    }
  }
  MENO_TRY(const std::size_t got,
           stream_->read(std::span<char>(buffer_.data() + end_, buffer_.size() - end_)));
  end_ += got;
  ended_ = got == 0;
  return !ended_;
}

/// Finds the line end at or after begin_ + from, as an offset from begin_; false where the text
/// ends without one, or where none lies within `most` bytes of begin_.
Result<bool> LineReader::find_end(std::size_t from, std::size_t& end, std::size_t most) {
  while (true) {
    const char* const start = buffer_.data() + begin_ + from;
    const auto* const found =
        static_cast<const char*>(std::memchr(start, '\n', end_ - begin_ - from));
    if (found != nullptr) {
      end = static_cast<std::size_t>(found - (buffer_.data() + begin_));
      return end <= most;
    }
    from = end_ - begin_;
    if (from > most) return false;
    MENO_TRY(const bool more, fill());
    if (more) continue;
    end = end_ - begin_;
    return false;
  }
}

std::string_view LineReader::row(std::size_t end) const {
  std::string_view text(buffer_.data() + begin_, end);
  if (text.ends_with('\r')) text.remove_suffix(1);
  return text;
}

Result<bool> LineReader::next(std::string_view& line) {
  begin_ = next_;
  row_line_ = ++lines_;
  std::size_t end = 0;
  MENO_TRY(const bool found, find_end(0, end, longest_));
  if (!found && end_ - begin_ > longest_) {
    return invalid_input(fmt::format("{}: line {} is longer than {} bytes, expected shorter rows",
                                     name_, row_line_, longest_));
  }
  if (!found && end_ == begin_) return false;
  next_ = begin_ + end + (found ? 1 : 0);
  first_line_end_ = next_ - begin_;
  line = row(end);
  return true;
}

Result<bool> LineReader::extend(std::string_view& line, std::size_t most) {
  const std::size_t from = next_ - begin_;
  std::size_t end = 0;
  MENO_TRY(const bool found, find_end(from, end, most));
  const bool last_line = !found && ended_ && end_ - begin_ > from && end_ - begin_ <= most;
  if (!found && !last_line) {
    line = row(from > 0 && buffer_[begin_ + from - 1] == '\n' ? from - 1 : from);
    return false;
  }
  if (last_line) end = end_ - begin_;
  next_ = begin_ + end + (found ? 1 : 0);
  ++lines_;
  line = row(end);
  return true;
}

void LineReader::retreat(std::string_view& line) {
  next_ = begin_ + first_line_end_;
  lines_ = row_line_;
  line = row(buffer_[next_ - 1] == '\n' ? first_line_end_ - 1 : first_line_end_);
}

}  // namespace meno
