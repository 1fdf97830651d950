// ColumnFile: values appended to a file through a buffer, with every fault of the disk reported.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"

namespace meno {

/// A file being written from its start. Movable; the destructor closes without flushing.
class ColumnFile {
 public:
  /// `buffer_bytes` are kept before each write. Errors: Unavailable.
  static Result<ColumnFile> create(const std::filesystem::path& path, std::size_t buffer_bytes);

  ColumnFile() = default;
  ColumnFile(ColumnFile&& other) noexcept;
  ColumnFile& operator=(ColumnFile&& other) noexcept;
  ColumnFile(const ColumnFile&) = delete;
  ColumnFile& operator=(const ColumnFile&) = delete;
  ~ColumnFile();

  /// Errors: Unavailable with the system's reason, e.g. a full disk.
  Result<Done> append(const void* bytes, std::size_t size) {
    if (buffer_.size() + size > buffer_bytes_) {
      if (auto flushed = flush(); !flushed) return flushed;
    }
    buffer_.append(static_cast<const char*>(bytes), size);
    written_ += size;
    return Done{};
  }
  template <class T>
  Result<Done> append_value(const T& value) {
    return append(&value, sizeof value);
  }
  Result<Done> flush();
  /// Flushes, syncs to the disk and closes.
  Result<Done> close();

  const std::filesystem::path& path() const { return path_; }
  /// Bytes appended so far.
  std::uint64_t size() const { return written_; }

 private:
  std::filesystem::path path_;
  std::string buffer_;
  std::size_t buffer_bytes_ = 0;
  std::uint64_t written_ = 0;
  int descriptor_ = -1;
};

}  // namespace meno
