#include "domain/column_file.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

namespace meno {
namespace {

Error write_error(const std::filesystem::path& path) {
  return unavailable(fmt::format("{}: writing failed: {}", path.string(), std::strerror(errno)));
}

}  // namespace

Result<ColumnFile> ColumnFile::create(const std::filesystem::path& path, std::size_t buffer_bytes) {
  ColumnFile file;
  file.path_ = path;
  file.buffer_bytes_ = buffer_bytes;
  file.descriptor_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file.descriptor_ < 0) return write_error(path);
  return file;
}

ColumnFile::ColumnFile(ColumnFile&& other) noexcept
    : path_(std::move(other.path_)),
      buffer_(std::move(other.buffer_)),
      buffer_bytes_(other.buffer_bytes_),
      written_(other.written_),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

ColumnFile& ColumnFile::operator=(ColumnFile&& other) noexcept {
  path_ = std::move(other.path_);
  buffer_ = std::move(other.buffer_);
  buffer_bytes_ = other.buffer_bytes_;
  written_ = other.written_;
  std::swap(descriptor_, other.descriptor_);
  return *this;
}

ColumnFile::~ColumnFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Result<Done> ColumnFile::flush() {
  std::string_view left = buffer_;
  while (!left.empty()) {
    const ssize_t took = ::write(descriptor_, left.data(), left.size());
    if (took < 0) {
      if (errno == EINTR) continue;
      return write_error(path_);
    }
    left.remove_prefix(static_cast<std::size_t>(took));
  }
  buffer_.clear();
  return Done{};
}

Result<Done> ColumnFile::close() {
  MENO_TRY_DONE(flush());
  const bool synced = ::fsync(descriptor_) == 0;
  const int closed = ::close(std::exchange(descriptor_, -1));
  if (!synced || closed != 0) return write_error(path_);
  return Done{};
}

}  // namespace meno
