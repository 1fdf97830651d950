// The schema of a PostgreSQL store: recognises our databases, migrates older ones, refuses newer
// and foreign ones.
#pragma once

#include <span>
#include <string_view>

#include "store/sql_connection.h"

namespace meno {

/// The steps of sql/postgres/schema.sql, oldest first: step k takes version k to k + 1.
std::span<const std::string_view> postgres_schema();

/// Brings the database to version `steps.size()`, all or nothing. `name` is the database's in
/// messages. Errors: InvalidInput for a foreign or newer database; Unavailable when it cannot be
/// written.
Result<Done> migrate_postgres(Connection& connection, std::span<const std::string_view> steps,
                              std::string_view name);

/// Whether migrate_postgres() has nothing to do. Errors: as there.
Result<bool> is_current(Connection& connection, std::span<const std::string_view> steps,
                        std::string_view name);

}  // namespace meno
