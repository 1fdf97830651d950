#include "core/files.h"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <fstream>
#include <sstream>

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/rng.h"

namespace meno {
namespace {

Error system_error(const std::filesystem::path& path, std::string_view what) {
  return unavailable(fmt::format("{}: {} failed: {}", path.string(), what, std::strerror(errno)));
}

bool write_all(int descriptor, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(descriptor, content.data(), content.size());
    if (written < 0) {
      if (errno == EINTR) continue;
      return false;
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

}  // namespace

Result<std::string> read_file(const std::filesystem::path& path) {
  if (!std::filesystem::exists(path)) {
    return not_found(fmt::format("{}: no such file, expected one to read", path.string()));
  }
  std::ifstream file(path, std::ios::binary);
  std::ostringstream content;
  content << file.rdbuf();
  if (!file) return system_error(path, "reading");
  return std::move(content).str();
}

Result<Done> write_file_atomically(const std::filesystem::path& path, std::string_view content) {
  const std::filesystem::path temporary = path.string() + ".tmp";
  const int descriptor = ::open(temporary.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (descriptor < 0) return system_error(temporary, "creating");
  const bool written = write_all(descriptor, content) && ::fsync(descriptor) == 0;
  const Error fault = system_error(temporary, "writing");
  ::close(descriptor);
  if (!written) {
    ::unlink(temporary.c_str());
    return fault;
  }
  if (::rename(temporary.c_str(), path.c_str()) != 0) return system_error(path, "renaming");
  return Done{};
}

std::string content_hash(std::string_view bytes) {
  std::uint64_t low = 0x6d656e6f2d686173ULL;
  std::uint64_t high = bytes.size();
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t take = std::min(bytes.size(), sizeof word);
    std::memcpy(&word, bytes.data(), take);
    bytes.remove_prefix(take);
    low = mix64(low ^ word);
    high = mix64(high + low);
  }
  return fmt::format("{:016x}{:016x}", high, low);
}

}  // namespace meno
