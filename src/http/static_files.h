// The web app's files, read once at the start: what is not in memory cannot be asked for, so no
// path leads elsewhere.
#pragma once

#include <filesystem>
#include <map>
#include <string>

#include "core/result.h"
#include "http/message.h"

namespace meno {

/// Immutable; thread-safe.
class StaticFiles {
 public:
  /// No files: every path is answered with a note where the app would be.
  StaticFiles() = default;
  /// Errors: NotFound without an index.html; Unavailable when a file cannot be read; InvalidInput
  /// beyond 64 MiB.
  static Result<StaticFiles> load(const std::filesystem::path& folder);

  /// The file at `path` ("/assets/x.js"); index.html for paths without a dot, which the app routes
  /// itself; else 404.
  HttpReply reply(const std::string& path, const std::string& if_none_match) const;

 private:
  struct File {
    std::string content;
    std::string_view type;
    std::string etag;
  };
  std::map<std::string, File> files_;  // by "/path"
};

}  // namespace meno
