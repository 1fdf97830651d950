#include "domain/mapped_file.h"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "core/files.h"

namespace meno {
namespace {

constexpr std::size_t kHashedPiece = 1024 * 1024;

}  // namespace

Result<MappedFile> MappedFile::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOENT || errno == ENOTDIR) {
      return not_found(fmt::format("{}: no such file, expected one to read", path.string()));
    }
    return unavailable(fmt::format("{}: opening failed: {}", path.string(), std::strerror(errno)));
  }
  struct stat about {};
  MappedFile file;
  bool good = ::fstat(descriptor, &about) == 0 && S_ISREG(about.st_mode);
  if (good && about.st_size > 0) {
    file.size_ = static_cast<std::size_t>(about.st_size);
    file.data_ = ::mmap(nullptr, file.size_, PROT_READ, MAP_SHARED, descriptor, 0);
    if (file.data_ == MAP_FAILED) {
      file.data_ = nullptr;
      file.size_ = 0;
      good = false;
    }
  }
  const int fault = errno;
  ::close(descriptor);
  if (!good) {
    return unavailable(fmt::format("{}: mapping failed: {}", path.string(), std::strerror(fault)));
  }
  return file;
}

MappedFile::MappedFile(MappedFile&& other) noexcept
    : data_(std::exchange(other.data_, nullptr)), size_(std::exchange(other.size_, 0)) {}

MappedFile& MappedFile::operator=(MappedFile&& other) noexcept {
  std::swap(data_, other.data_);
  std::swap(size_, other.size_);
  return *this;
}

MappedFile::~MappedFile() {
  if (data_ != nullptr) ::munmap(data_, size_);
}

Result<std::string> file_hash(const std::filesystem::path& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"),
                                                             &std::fclose);
  std::string piece(kHashedPiece, '\0');
  std::string hashes;
  while (file != nullptr) {
    const std::size_t got = std::fread(piece.data(), 1, piece.size(), file.get());
    if (got == 0) break;
    hashes += content_hash(std::string_view(piece).substr(0, got));
    if (hashes.size() >= kHashedPiece) hashes = content_hash(hashes);
  }
  if (file == nullptr || std::ferror(file.get()) != 0) {
    return unavailable(fmt::format("{}: reading failed: {}", path.string(), std::strerror(errno)));
  }
  return content_hash(hashes);
}

}  // namespace meno
