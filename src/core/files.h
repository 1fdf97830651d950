// Files read whole and written atomically: either the old content or the new is there, never half.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"

namespace meno {

/// Errors: NotFound when absent, Unavailable when it cannot be read.
Result<std::string> read_file(const std::filesystem::path& path);

/// Writes `path`.tmp, syncs it and renames it over `path`. A full disk leaves the old file as it
/// was. Errors: Unavailable with the system's reason.
Result<Done> write_file_atomically(const std::filesystem::path& path, std::string_view content);

/// 32 hex digits that change with the content: provenance, not security. Stable over versions.
std::string content_hash(std::string_view bytes);

}  // namespace meno
