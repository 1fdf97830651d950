#include "core/sealed_file.h"

#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <fmt/format.h>
#include <sodium.h>
#include <unistd.h>

#include "core/files.h"
#include "core/secrets.h"

namespace meno {
namespace {

constexpr std::string_view kMark = "MENOSEAL";
constexpr std::size_t kChunk = std::size_t{64} << 10U;
constexpr std::size_t kSealedChunk = kChunk + crypto_secretstream_xchacha20poly1305_ABYTES;
static_assert(std::tuple_size_v<SealKey> == crypto_secretstream_xchacha20poly1305_KEYBYTES);

Error failed(const std::filesystem::path& path, std::string_view what) {
  return unavailable(fmt::format("{}: {} failed: {}", path.string(), what, std::strerror(errno)));
}

Error damaged(const std::filesystem::path& path, std::string_view how) {
  return invalid_input(fmt::format("{} {}, expected a whole sealed file", path.string(), how));
}

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Result<SealKey> make_seal_key(const std::filesystem::path& path) {
  make_sodium_ready();
  SealKey key{};
  randombytes_buf(key.data(), key.size());
  const std::string line = hex(key) + "\n";
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno == EEXIST)
    return conflict(fmt::format("{} exists, expected a new file for the key", path.string()));
  if (file < 0) return failed(path, "creating");
  const bool written =
      ::write(file, line.data(), line.size()) == std::ssize(line) && ::fsync(file) == 0;
  const Error fault = failed(path, "writing");
  ::close(file);
  if (written) return key;
  ::unlink(path.c_str());
  return fault;
}

Result<SealKey> read_seal_key(const std::filesystem::path& path) {
  MENO_TRY(std::string digits, read_file(path));
  while (!digits.empty() && (digits.back() == '\n' || digits.back() == '\r')) digits.pop_back();
  SealKey key{};
  std::size_t length = 0;
  const char* end = nullptr;
  const bool whole = sodium_hex2bin(key.data(), key.size(), digits.data(), digits.size(), nullptr,
                                    &length, &end) == 0 &&
                     length == key.size() && end == digits.data() + digits.size();
  if (whole) return key;
  return invalid_input(
      fmt::format("{} is no key, expected {} hexadecimal digits", path.string(), 2 * key.size()));
}

struct SealedWriter::State {
  std::filesystem::path path;
  std::filesystem::path part;
  int file = -1;
  crypto_secretstream_xchacha20poly1305_state stream = {};
  crypto_hash_sha256_state sum = {};
  std::string waiting = {};  // less than a chunk

  State(std::filesystem::path the_path)
      : path(std::move(the_path)), part(path.string() + ".part") {}
  State(const State&) = delete;
  State& operator=(const State&) = delete;
  State(State&&) = delete;
  State& operator=(State&&) = delete;
  ~State() {
    if (file < 0) return;
    ::close(file);
    ::unlink(part.c_str());
  }
};

SealedWriter::SealedWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedWriter::SealedWriter(SealedWriter&&) noexcept = default;
SealedWriter& SealedWriter::operator=(SealedWriter&&) noexcept = default;
SealedWriter::~SealedWriter() = default;

Result<SealedWriter> SealedWriter::create(std::filesystem::path path, const SealKey& key) {
  make_sodium_ready();
  auto state = std::make_unique<State>(std::move(path));
  state->file = ::open(state->part.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (state->file < 0) return failed(state->part, "creating");
  crypto_hash_sha256_init(&state->sum);
  std::array<unsigned char, crypto_secretstream_xchacha20poly1305_HEADERBYTES> header{};
  crypto_secretstream_xchacha20poly1305_init_push(&state->stream, header.data(), key.data());
  SealedWriter writer(std::move(state));
  MENO_TRY_DONE(writer.put(kMark));
  MENO_TRY_DONE(writer.put({reinterpret_cast<const char*>(header.data()), header.size()}));
  return writer;
}

Result<Done> SealedWriter::put(std::string_view bytes) {
  crypto_hash_sha256_update(&state_->sum, bytes_of(bytes), bytes.size());
  while (!bytes.empty()) {
    const ssize_t written = ::write(state_->file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return failed(state_->part, "writing");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return Done{};
}

Result<Done> SealedWriter::put_chunk(bool last) {
  std::string sealed(state_->waiting.size() + crypto_secretstream_xchacha20poly1305_ABYTES, '\0');
  crypto_secretstream_xchacha20poly1305_push(
      &state_->stream, reinterpret_cast<unsigned char*>(sealed.data()), nullptr,
      bytes_of(state_->waiting), state_->waiting.size(), nullptr, 0,
      last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0);
  state_->waiting.clear();
  return put(sealed);
}

Result<Done> SealedWriter::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const std::string_view some = bytes.substr(0, kChunk - state_->waiting.size());
    state_->waiting += some;
    bytes.remove_prefix(some.size());
    if (state_->waiting.size() < kChunk) continue;
    MENO_TRY_DONE(put_chunk(false));
  }
  return Done{};
}

Result<std::string> SealedWriter::finish() {
  MENO_TRY_DONE(put_chunk(true));
  if (::fsync(state_->file) != 0) return failed(state_->part, "writing");
  if (::rename(state_->part.c_str(), state_->path.c_str()) != 0)
    return failed(state_->path, "renaming");
  ::close(std::exchange(state_->file, -1));
  Digest sum{};
  crypto_hash_sha256_final(&state_->sum, sum.data());
  return hex(sum);
}

struct SealedReader::State {
  std::filesystem::path path;
  std::ifstream file;
  crypto_secretstream_xchacha20poly1305_state stream = {};
  std::string ready = {};  // opened and not read
  std::size_t at = 0;      // in `ready`
  bool ended = false;
};

SealedReader::SealedReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
SealedReader::SealedReader(SealedReader&&) noexcept = default;
SealedReader& SealedReader::operator=(SealedReader&&) noexcept = default;
SealedReader::~SealedReader() = default;

Result<SealedReader> SealedReader::open(const std::filesystem::path& path, const SealKey& key) {
  make_sodium_ready();
  if (!std::filesystem::is_regular_file(path))
    return not_found(fmt::format("{}, expected a sealed file", path.string()));
  auto state =
      std::make_unique<State>(State{.path = path, .file = std::ifstream(path, std::ios::binary)});
  std::string begin(kMark.size() + crypto_secretstream_xchacha20poly1305_HEADERBYTES, '\0');
  state->file.read(begin.data(), std::ssize(begin));
  if (!state->file || !begin.starts_with(kMark)) {
    return damaged(path, "is not sealed by meno");
  }
  if (crypto_secretstream_xchacha20poly1305_init_pull(
          &state->stream, bytes_of(begin) + kMark.size(), key.data()) != 0) {
    return damaged(path, "has a broken header");
  }
  return SealedReader(std::move(state));
}

/// Opens the next chunk; false at the end.
Result<bool> SealedReader::fill() {
  if (state_->ended) return false;
  std::string sealed(kSealedChunk, '\0');
  state_->file.read(sealed.data(), std::ssize(sealed));
  sealed.resize(static_cast<std::size_t>(state_->file.gcount()));
  if (sealed.size() < crypto_secretstream_xchacha20poly1305_ABYTES)
    return damaged(state_->path, "ends too early");
  state_->ready.resize(sealed.size() - crypto_secretstream_xchacha20poly1305_ABYTES);
  state_->at = 0;
  unsigned char tag = 0;
  if (crypto_secretstream_xchacha20poly1305_pull(
          &state_->stream, reinterpret_cast<unsigned char*>(state_->ready.data()), nullptr, &tag,
          bytes_of(sealed), sealed.size(), nullptr, 0) != 0) {
    state_->ready.clear();
    return damaged(state_->path, "was changed or has another key");
  }
  state_->ended = tag == crypto_secretstream_xchacha20poly1305_TAG_FINAL;
  if (state_->ended && state_->file.peek() != std::ifstream::traits_type::eof())
    return damaged(state_->path, "goes on after its end");
  return true;
}

Result<std::string> SealedReader::read(std::size_t most) {
  std::string bytes;
  while (bytes.size() < most) {
    if (state_->at == state_->ready.size()) {
      MENO_TRY(const bool more, fill());
      if (!more) break;
    }
    const std::size_t some = std::min(most - bytes.size(), state_->ready.size() - state_->at);
    bytes.append(state_->ready, state_->at, some);
    state_->at += some;
  }
  return bytes;
}

Result<std::string> SealedReader::read_line(std::size_t most) {
  std::string line;
  while (line.size() < most) {
    MENO_TRY(const std::string next, read(1));
    if (next == "\n") return line;
    if (next.empty()) break;
    line += next;
  }
  return damaged(state_->path, "has no header");
}

}  // namespace meno
