// LineReader: the lines of a stream, through a buffer that never grows beyond the longest line
// allowed.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "import/source.h"

namespace meno {

inline constexpr std::size_t kLongestRow = 1024 * 1024;  // a table's row
inline constexpr std::size_t kLongestHistory =
    64 * 1024 * 1024;  // a line that holds a student's whole history

class LineReader {
 public:
  /// `name` is the file's, for messages.
  LineReader(std::unique_ptr<ByteStream> stream, std::string name, std::size_t longest);

  /// The next line without its end; false when there is none. The view lives until the next call.
  /// Errors: InvalidInput for a line above the limit; those of the stream.
  Result<bool> next(std::string_view& line);
  /// Lengthens the line just read by the one after it, line end included, for quoted line breaks;
  /// false at the end of the file or where the joined line would pass `most` bytes, and then
  /// nothing has moved. Invalidates the old view.
  Result<bool> extend(std::string_view& line, std::size_t most);
  /// Takes back all extend() calls of the row: the next line is the one after its first.
  void retreat(std::string_view& line);

  /// Number of the first line of the row just read, from 1.
  std::uint64_t line_number() const { return row_line_; }
  const std::string& name() const { return name_; }

 private:
  Result<bool> find_end(std::size_t from, std::size_t& end, std::size_t most);
  Result<bool> fill();
  std::string_view row(std::size_t end) const;

  std::unique_ptr<ByteStream> stream_;
  std::string name_;
  std::size_t longest_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;           // of the row just read
  std::size_t next_ = 0;            // of the line after it
  std::size_t end_ = 0;             // of what is in the buffer
  std::size_t first_line_end_ = 0;  // bytes from begin_ to the line after the row's first
  std::uint64_t row_line_ = 0;
  std::uint64_t lines_ = 0;
  bool ended_ = false;
};

}  // namespace meno
