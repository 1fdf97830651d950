// SourceFile and ByteStream: where imported bytes come from. A file, gzip or not, or memory in
// tests.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/progress.h"
#include "core/result.h"

namespace meno {

/// One file to import. `name` is what reports say: its path below the folder the user named.
struct SourceFile {
  std::string name;
  std::filesystem::path path;
  std::optional<std::string> bytes{};  // the content itself, instead of `path`
  Progress* progress = nullptr;        // advanced by the bytes read from the disk
};

/// Bytes in order, decompressed. Not thread-safe.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  /// Fills the front of `into`; 0 at the end.
  /// Errors: Unavailable (the disk); InvalidInput (a gzip stream that is cut or damaged).
  virtual Result<std::size_t> read(std::span<char> into) = 0;
};

/// Errors: NotFound; Unavailable; InvalidInput for an empty file or one that is no text (UTF-16,
/// zip, other binaries).
Result<std::unique_ptr<ByteStream>> open_source(const SourceFile& file);

/// The files of `sources`; folders stand for what they and their subfolders hold, in natural order
/// (u2 before u10), hidden files apart. Errors: NotFound for a path that is not there; InvalidInput
/// for a folder without files.
Result<std::vector<SourceFile>> list_sources(const std::vector<std::filesystem::path>& sources);

/// A file and how it begins, for recognising formats.
struct SourceSample {
  const SourceFile* file = nullptr;
  std::string head;                     // at most 64 KiB, decompressed, without a byte order mark
  std::optional<Error> fault;           // why it cannot be read
  std::vector<std::string_view> lines;  // the whole lines of `head`, without line ends
};

/// The beginnings of files, in their order.
std::vector<SourceSample> samples_of(const std::vector<SourceFile>& files);

}  // namespace meno
