// Sealed files: written and read from begin to end, encrypted and authenticated in chunks, so that
// a changed, shortened or swapped byte is found before its chunk is used. libsodium's secretstream
// (XChaCha20-Poly1305; Bernstein 2008, RFC 8439) under a 256-bit key.
//
// On disk: the 8 bytes "MENOSEAL", the stream's 24-byte header, then chunks of 64 KiB of content
// and 17 bytes each, the last marked as the last.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>

#include "core/result.h"

namespace meno {

using SealKey = std::array<std::uint8_t, 32>;

/// A new random key in `path`, 64 hexadecimal digits readable by its owner alone. Errors: Conflict
/// when there is a file already; Unavailable when it cannot be written.
Result<SealKey> make_seal_key(const std::filesystem::path& path);

/// Errors: NotFound; InvalidInput for a file that is no key.
Result<SealKey> read_seal_key(const std::filesystem::path& path);

/// Not thread-safe. Writes `path`.part; only finish() renames it to `path`, and a writer that goes
/// before removes it.
class SealedWriter {
 public:
  /// Errors: Unavailable when the file cannot be made.
  static Result<SealedWriter> create(std::filesystem::path path, const SealKey& key);

  SealedWriter(SealedWriter&&) noexcept;
  SealedWriter& operator=(SealedWriter&&) noexcept;
  SealedWriter(const SealedWriter&) = delete;
  SealedWriter& operator=(const SealedWriter&) = delete;
  ~SealedWriter();

  /// Errors: Unavailable with the system's reason.
  Result<Done> write(std::string_view bytes);
  /// Writes what is left, syncs and renames. Call it once, last. Returns the SHA-256 sum of the
  /// file in 64 hexadecimal digits. Errors: as write().
  Result<std::string> finish();

 private:
  struct State;
  explicit SealedWriter(std::unique_ptr<State> state);
  Result<Done> put_chunk(bool last);
  Result<Done> put(std::string_view bytes);

  std::unique_ptr<State> state_;
};

/// Not thread-safe.
class SealedReader {
 public:
  /// Errors: NotFound; InvalidInput for a file that is not sealed.
  static Result<SealedReader> open(const std::filesystem::path& path, const SealKey& key);

  SealedReader(SealedReader&&) noexcept;
  SealedReader& operator=(SealedReader&&) noexcept;
  SealedReader(const SealedReader&) = delete;
  SealedReader& operator=(const SealedReader&) = delete;
  ~SealedReader();

  /// Up to `most` of the next bytes, fewer only at the end; "" there. Errors: InvalidInput for a
  /// chunk that was changed or sealed under another key, and for a file that ends too early.
  Result<std::string> read(std::size_t most);
  /// Up to and without the next newline, which is skipped. Errors: as read(), and InvalidInput when
  /// there is none within `most` bytes.
  Result<std::string> read_line(std::size_t most);

 private:
  struct State;
  explicit SealedReader(std::unique_ptr<State> state);
  Result<bool> fill();

  std::unique_ptr<State> state_;
};

}  // namespace meno
