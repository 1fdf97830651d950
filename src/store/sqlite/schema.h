// The schema of a SQLite store: recognises our files, migrates older ones, refuses newer and
// foreign ones.
#pragma once

#include <span>
#include <string_view>

#include "store/sqlite/connection.h"

namespace meno {

/// The steps of sql/sqlite/schema.sql, oldest first: step k takes version k to k + 1.
std::span<const std::string_view> sqlite_schema();

/// Errors: InvalidInput for a foreign or damaged file, or one of a newer version.
Result<Done> check_ours(Connection& connection, std::string_view path);

/// Brings the file to version `steps.size()`, all or nothing. `path` names it in messages.
/// Errors: InvalidInput for a foreign, damaged or newer file; Unavailable when it cannot be
/// written.
Result<Done> migrate(Connection& connection, std::span<const std::string_view> steps,
                     std::string_view path);

}  // namespace meno
