// MappedFile: a file's bytes as memory, read on demand by the operating system.
#pragma once

#include <cstddef>
#include <filesystem>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"

namespace meno {

/// Read-only view of a whole file; movable. The bytes live as long as the object.
class MappedFile {
 public:
  /// Errors: NotFound when absent; Unavailable when it cannot be mapped.
  static Result<MappedFile> open(const std::filesystem::path& path);

  MappedFile() = default;
  MappedFile(MappedFile&& other) noexcept;
  MappedFile& operator=(MappedFile&& other) noexcept;
  MappedFile(const MappedFile&) = delete;
  MappedFile& operator=(const MappedFile&) = delete;
  ~MappedFile();

  std::string_view bytes() const { return {static_cast<const char*>(data_), size_}; }

  /// The bytes as whole elements of T; a remainder is left out.
  template <class T>
  std::span<const T> as() const {
    return {static_cast<const T*>(data_), size_ / sizeof(T)};
  }

 private:
  void* data_ = nullptr;
  std::size_t size_ = 0;
};

/// A hash of a file's bytes (content_hash over the hashes of its pieces), read through a small
/// buffer. Errors: Unavailable when it cannot be read.
Result<std::string> file_hash(const std::filesystem::path& path);

}  // namespace meno
