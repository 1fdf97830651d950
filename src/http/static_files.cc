#include "http/static_files.h"

#include <string_view>

#include <fmt/format.h>

#include "core/files.h"

namespace meno {
namespace {

constexpr std::size_t kMostBytes = 64U << 20U;

/// Only what this server sends may run or be shown. Style attributes are allowed because typeset
/// formulas are made of them.
constexpr std::string_view kPolicy =
    "default-src 'none'; script-src 'self'; style-src 'self'; style-src-attr 'unsafe-inline'; "
    "img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; base-uri 'none'; form-action "
    "'self'; "
    "frame-ancestors 'none'";

struct FileType {
  std::string_view extension;
  std::string_view type;
};

constexpr FileType kTypes[] = {
    {".html", "text/html; charset=utf-8"},
    {".js", "text/javascript; charset=utf-8"},
    {".mjs", "text/javascript; charset=utf-8"},
    {".css", "text/css; charset=utf-8"},
    {".json", "application/json"},
    {".webmanifest", "application/manifest+json"},
    {".svg", "image/svg+xml"},
    {".png", "image/png"},
    {".ico", "image/x-icon"},
    {".jpg", "image/jpeg"},
    {".webp", "image/webp"},
    {".woff2", "font/woff2"},
    {".woff", "font/woff"},
    {".ttf", "font/ttf"},
    {".txt", "text/plain; charset=utf-8"},
    {".map", "application/json"},
};

constexpr std::string_view kUnknownType = "application/octet-stream";

std::string_view type_of(const std::filesystem::path& file) {
  const std::string extension = file.extension().string();
  for (const FileType& row : kTypes) {
    if (row.extension == extension) return row.type;
  }
  return kUnknownType;
}

/// The address of a page of the app, not of a file? Ids in it may have dots.
bool is_page(const std::string& path) {
  return !path.starts_with("/assets/") && type_of(path) == kUnknownType;
}

HttpReply with_policy(HttpReply reply) {
  reply.headers.emplace_back("Content-Security-Policy", kPolicy);
  reply.headers.emplace_back("Referrer-Policy", "no-referrer");
  return reply;
}

HttpReply no_app() {
  HttpReply reply;
  reply.status = 404;
  reply.content_type = "text/plain; charset=utf-8";
  reply.body = "This server has no web app; the API is described at /openapi.json.\n";
  return with_policy(std::move(reply));
}

}  // namespace

Result<StaticFiles> StaticFiles::load(const std::filesystem::path& folder) {
  StaticFiles files;
  std::size_t bytes = 0;
  std::error_code fault;
  for (auto entry = std::filesystem::recursive_directory_iterator(folder, fault);
       !fault && entry != std::filesystem::recursive_directory_iterator(); entry.increment(fault)) {
    if (entry->is_symlink() || !entry->is_regular_file()) continue;
    MENO_TRY(std::string content, read_file(entry->path()));
    bytes += content.size();
    if (bytes > kMostBytes) {
      return invalid_input(fmt::format("the web app in {} exceeds {} bytes, expected a built app",
                                       folder.string(), kMostBytes));
    }
    const std::string path = "/" + entry->path().lexically_relative(folder).generic_string();
    std::string etag = fmt::format("\"{}\"", content_hash(content));
    files.files_[path] = {
        .content = std::move(content), .type = type_of(entry->path()), .etag = std::move(etag)};
  }
  if (!files.files_.contains("/index.html")) {
    return not_found(fmt::format("{} has no index.html, expected the folder of a built web app",
                                 folder.string()));
  }
  return files;
}

HttpReply StaticFiles::reply(const std::string& path, const std::string& if_none_match) const {
  if (files_.empty()) return no_app();
  auto found = files_.find(path);
  if (found == files_.end() && is_page(path)) found = files_.find("/index.html");
  if (found == files_.end())
    return with_policy(
        error_reply(not_found("this file is not there, expected one of the web app")));
  const File& file = found->second;
  HttpReply reply;
  reply.content_type = file.type;
  // Names under assets/ carry a hash of their content, so they never change; everything else is
  // asked for again.
  const bool hashed = path.starts_with("/assets/") && found->first == path;
  reply.headers.emplace_back("Cache-Control",
                             hashed ? "public, max-age=31536000, immutable" : "no-cache");
  reply.headers.emplace_back("ETag", file.etag);
  if (if_none_match == file.etag) {
    reply.status = 304;
  } else {
    reply.body = file.content;
  }
  return with_policy(std::move(reply));
}

}  // namespace meno
