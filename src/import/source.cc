#include "import/source.h"

#include <algorithm>
#include <cctype>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <tuple>

#include <fmt/format.h>
#include <zlib.h>

#include "import/values.h"

namespace meno {
namespace {

constexpr std::size_t kChunk = 256 * 1024;
constexpr std::size_t kSample = 64 * 1024;

class MemoryStream final : public ByteStream {
 public:
  explicit MemoryStream(std::string_view bytes) : left_(bytes) {}
  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t take = std::min(into.size(), left_.size());
    std::memcpy(into.data(), left_.data(), take);
    left_.remove_prefix(take);
    return take;
  }

 private:
  std::string_view left_;
};

class PlainFileStream final : public ByteStream {
 public:
  PlainFileStream(std::FILE* file, const SourceFile& source)
      : file_(file, &std::fclose), name_(source.name), progress_(source.progress) {}
  Result<std::size_t> read(std::span<char> into) override {
    const std::size_t got = std::fread(into.data(), 1, into.size(), file_.get());
    if (got == 0 && std::ferror(file_.get()) != 0) {
      return unavailable(fmt::format("{}: reading failed: {}", name_, std::strerror(errno)));
    }
    if (progress_ != nullptr) progress_->advance(got);
    return got;
  }

 private:
  std::unique_ptr<std::FILE, int (*)(std::FILE*)> file_;
  std::string name_;
  Progress* progress_;
};

/// Inflates one or more gzip members laid end to end.
class GzipStream final : public ByteStream {
 public:
  GzipStream(std::unique_ptr<ByteStream> packed, std::string name)
      : packed_(std::move(packed)), name_(std::move(name)), input_(kChunk) {
    ready_ = inflateInit2(&zlib_, 16 + MAX_WBITS) == Z_OK;
  }
  ~GzipStream() override { inflateEnd(&zlib_); }
  GzipStream(const GzipStream&) = delete;
  GzipStream& operator=(const GzipStream&) = delete;

  Result<std::size_t> read(std::span<char> into) override {
    if (!ready_) return unavailable(fmt::format("{}: zlib has no memory to start", name_));
    zlib_.next_out = reinterpret_cast<Bytef*>(into.data());
    zlib_.avail_out = static_cast<uInt>(into.size());
    while (zlib_.avail_out == into.size()) {
      if (zlib_.avail_in == 0) {
        MENO_TRY(const bool more, refill());
        if (!more) break;
      }
      if (member_ended_ && !begin_member()) break;
      const int state = inflate(&zlib_, Z_NO_FLUSH);
      if (state == Z_STREAM_END) {
        member_ended_ = true;
      } else if (state != Z_OK && state != Z_BUF_ERROR) {
        return invalid_input(fmt::format("{}: damaged gzip data ({}), expected a whole gzip file",
                                         name_,
                                         zlib_.msg != nullptr ? zlib_.msg : "no reason given"));
      }
    }
    return into.size() - zlib_.avail_out;
  }

 private:
  /// False at the end of the packed bytes. Errors: the end in the middle of a member.
  Result<bool> refill() {
    MENO_TRY(const std::size_t got, packed_->read(input_));
    zlib_.next_in = reinterpret_cast<Bytef*>(input_.data());
    zlib_.avail_in = static_cast<uInt>(got);
    if (got > 0) return true;
    if (member_ended_) return false;
    return invalid_input(
        fmt::format("{}: the gzip data end in the middle, expected a whole gzip file", name_));
  }

  /// Starts the next member, if what follows is one; padding after the last is left alone.
  bool begin_member() {
    if (*zlib_.next_in != 0x1F) {
      zlib_.avail_in = 0;
      return false;
    }
    member_ended_ = false;
    return inflateReset(&zlib_) == Z_OK;
  }

  std::unique_ptr<ByteStream> packed_;
  std::string name_;
  std::vector<char> input_;
  z_stream zlib_{};
  bool ready_ = false;
  bool member_ended_ = false;
};

/// Hands out `head` first, then the rest.
class PrefixedStream final : public ByteStream {
 public:
  PrefixedStream(std::string head, std::unique_ptr<ByteStream> rest)
      : head_(std::move(head)), rest_(std::move(rest)) {}
  Result<std::size_t> read(std::span<char> into) override {
    if (at_ == head_.size()) return rest_->read(into);
    const std::size_t take = std::min(into.size(), head_.size() - at_);
    std::memcpy(into.data(), head_.data() + at_, take);
    at_ += take;
    return take;
  }

 private:
  std::string head_;
  std::size_t at_ = 0;
  std::unique_ptr<ByteStream> rest_;
};

Result<std::unique_ptr<ByteStream>> open_raw(const SourceFile& source) {
  if (source.bytes) return std::unique_ptr<ByteStream>(new MemoryStream(*source.bytes));
  std::FILE* file = std::fopen(source.path.c_str(), "rbe");
  if (file == nullptr) {
    const std::string why = fmt::format("{}: {}", source.path.string(), std::strerror(errno));
    return errno == ENOENT ? not_found(why) : unavailable(why);
  }
  return std::unique_ptr<ByteStream>(std::make_unique<PlainFileStream>(file, source));
}

/// The first bytes of `stream`, up to `size`.
Result<std::string> read_head(ByteStream& stream, std::size_t size) {
  std::string head(size, '\0');
  std::size_t filled = 0;
  while (filled < size) {
    MENO_TRY(const std::size_t got,
             stream.read(std::span<char>(head.data() + filled, size - filled)));
    if (got == 0) break;
    filled += got;
  }
  head.resize(filled);
  return head;
}

/// Why these first bytes cannot be records, or nothing.
std::string_view not_text(std::string_view head) {
  if (head.empty()) return "an empty file";
  if (head.substr(0, 2) == "PK") return "a zip or spreadsheet file";
  if (head.substr(0, 2) == "\xFF\xFE" || head.substr(0, 2) == "\xFE\xFF") return "UTF-16 text";
  if (head.find('\0') != std::string_view::npos) return "a binary file";
  return {};
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The digits at `i`, leading zeros left out; moves `i` behind them.
std::string_view number_at(std::string_view text, std::size_t& i) {
  i = std::min(text.find_first_not_of('0', i), text.size());
  const std::size_t first = i;
  while (i < text.size() && is_digit(text[i])) ++i;
  return text.substr(first, i - first);
}

/// Numbers inside names compare by value.
bool natural_less(const std::string& a, const std::string& b) {
  std::size_t i = 0;
  std::size_t j = 0;
  while (i < a.size() && j < b.size()) {
    if (is_digit(a[i]) && is_digit(b[j])) {
      const std::string_view left = number_at(a, i);
      const std::string_view right = number_at(b, j);
      if (left.size() != right.size()) return left.size() < right.size();
      if (left != right) return left < right;
    } else {
      if (a[i] != b[j]) return a[i] < b[j];
      ++i;
      ++j;
    }
  }
  return std::tuple(a.size() - i, std::string_view(a)) <
         std::tuple(b.size() - j, std::string_view(b));
}

/// A file's name as reports say it: bytes that are no UTF-8 become "?".
std::string shown_name(const std::filesystem::path& path) {
  std::string name = path.string();
  if (is_utf8(name)) return name;
  for (char& c : name) {
    if (static_cast<unsigned char>(c) >= 0x80) c = '?';
  }
  return name;
}

void add_folder(const std::filesystem::path& folder, std::vector<SourceFile>& files) {
  std::vector<SourceFile> found;
  const auto options = std::filesystem::directory_options::skip_permission_denied;
  std::error_code fault;
  for (std::filesystem::recursive_directory_iterator it(folder, options, fault), end;
       !fault && it != end; it.increment(fault)) {
    const bool hidden = it->path().filename().string().starts_with(".");
    if (hidden && it->is_directory()) it.disable_recursion_pending();
    if (hidden || !it->is_regular_file()) continue;
    found.push_back(
        {.name = shown_name(std::filesystem::relative(it->path(), folder)), .path = it->path()});
  }
  std::sort(found.begin(), found.end(),
            [](const SourceFile& a, const SourceFile& b) { return natural_less(a.name, b.name); });
  std::move(found.begin(), found.end(), std::back_inserter(files));
}

}  // namespace

Result<std::unique_ptr<ByteStream>> open_source(const SourceFile& file) {
  MENO_TRY(std::unique_ptr<ByteStream> stream, open_raw(file));
  MENO_TRY(std::string head, read_head(*stream, 4));
  const bool gzip = head.size() > 2 && head[0] == '\x1F' && head[1] == '\x8B';
  stream = std::make_unique<PrefixedStream>(std::move(head), std::move(stream));
  if (gzip) stream = std::make_unique<GzipStream>(std::move(stream), file.name);
  MENO_TRY(std::string text, read_head(*stream, 4096));
  if (const std::string_view why = not_text(text); !why.empty()) {
    return invalid_input(fmt::format("{}: {}, expected UTF-8 text with records", file.name, why));
  }
  if (text.starts_with("\xEF\xBB\xBF")) text.erase(0, 3);
  return std::unique_ptr<ByteStream>(
      std::make_unique<PrefixedStream>(std::move(text), std::move(stream)));
}

Result<std::vector<SourceFile>> list_sources(const std::vector<std::filesystem::path>& sources) {
  std::vector<SourceFile> files;
  for (const std::filesystem::path& source : sources) {
    std::error_code fault;
    const auto kind = std::filesystem::status(source, fault).type();
    if (kind == std::filesystem::file_type::not_found) {
      return not_found(
          fmt::format("{}: no such file or folder, expected records to import", source.string()));
    }
    const std::size_t before = files.size();
    if (kind == std::filesystem::file_type::directory) {
      add_folder(source, files);
      if (files.size() == before) {
        return invalid_input(
            fmt::format("{}: no files inside, expected records to import", source.string()));
      }
      continue;
    }
    files.push_back({.name = shown_name(source.filename()), .path = source});
  }
  return files;
}

std::vector<SourceSample> samples_of(const std::vector<SourceFile>& files) {
  std::vector<SourceSample> samples(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    SourceSample& sample = samples[i];
    SourceFile quiet = files[i];
    quiet.progress = nullptr;
    sample.file = &files[i];
    Result<std::unique_ptr<ByteStream>> stream = open_source(quiet);
    Result<std::string> head =
        stream ? read_head(**stream, kSample) : Result<std::string>(stream.error());
    if (!head) {
      sample.fault = head.error();
      continue;
    }
    sample.head = *std::move(head);
    std::string_view left = sample.head;
    while (!left.empty()) {
      const std::size_t end = left.find('\n');
      if (end == std::string_view::npos && sample.head.size() == kSample) break;
      std::string_view line = left.substr(0, end);
      if (line.ends_with('\r')) line.remove_suffix(1);
      sample.lines.push_back(line);
      left.remove_prefix(end == std::string_view::npos ? left.size() : end + 1);
    }
  }
  return samples;
}

}  // namespace meno
