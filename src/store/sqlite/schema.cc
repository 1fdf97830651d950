#include "store/sqlite/schema.h"

#include <array>

#include <fmt/format.h>

#include "store/sql.h"

namespace meno {
namespace {

/// "MENO" in ASCII: PRAGMA application_id of every store.
constexpr std::int64_t kApplicationId = 0x4D454E4F;

/// A file of another program: not empty and without our mark.
Result<bool> is_foreign(Connection& connection) {
  MENO_TRY(const std::int64_t mark, connection.integer("PRAGMA application_id"));
  if (mark == kApplicationId) return false;
  MENO_TRY(const std::int64_t tables, connection.integer("SELECT count(*) FROM sqlite_master"));
  return mark != 0 || tables != 0;
}

Result<Done> apply(Connection& connection, std::span<const std::string_view> steps,
                   std::size_t from) {
  MENO_TRY_DONE(connection.execute("BEGIN IMMEDIATE"));
  for (std::size_t step = from; step < steps.size(); ++step) {
    const Result<Done> applied = connection.execute(std::string(steps[step]));
    if (applied) continue;
    if (connection.transaction() == TransactionState::Open) {
      MENO_TRY_DONE(connection.execute("ROLLBACK"));
    }
    return applied.error();
  }
  MENO_TRY_DONE(
      connection.execute(fmt::format("PRAGMA application_id = {}; PRAGMA user_version = {}; COMMIT",
                                     kApplicationId, steps.size())));
  return Done{};
}

/// At most `newest`. Errors: as check_ours().
Result<std::int64_t> version_of(Connection& connection, std::size_t newest, std::string_view path) {
  const Result<bool> foreign = is_foreign(connection);
  if (!foreign) {
    return Error{foreign.error().kind,
                 fmt::format("{} cannot be read, expected a store made by meno: {}", path,
                             foreign.error().message)};
  }
  if (*foreign) {
    return invalid_input(
        fmt::format("{} is a database of another program, expected a store made by meno", path));
  }
  MENO_TRY(const std::int64_t version, connection.integer("PRAGMA user_version"));
  if (version <= static_cast<std::int64_t>(newest)) return version;
  return invalid_input(
      fmt::format("{} has store version {}, expected {} or older: it was written by a newer meno",
                  path, version, newest));
}

}  // namespace

std::span<const std::string_view> sqlite_schema() {
  static const std::array steps = {sql_block("sqlite/schema", "version_1"),
                                   sql_block("sqlite/schema", "version_2"),
                                   sql_block("sqlite/schema", "version_3"),
                                   sql_block("sqlite/schema", "version_4"),
                                   sql_block("sqlite/replies", "migration"),
                                   sql_block("sqlite/schema_servers", "servers"),
                                   sql_block("sqlite/lifecycle_schema", "migration"),
                                   sql_block("sqlite/links", "migration"),
                                   sql_block("sqlite/schema_requests", "requests")};
  return steps;
}

Result<Done> check_ours(Connection& connection, std::string_view path) {
  MENO_TRY_DONE(version_of(connection, sqlite_schema().size(), path));
  return Done{};
}

Result<Done> migrate(Connection& connection, std::span<const std::string_view> steps,
                     std::string_view path) {
  MENO_TRY(const std::int64_t version, version_of(connection, steps.size(), path));
  if (version == static_cast<std::int64_t>(steps.size())) return Done{};
  const Result<Done> applied = apply(connection, steps, static_cast<std::size_t>(version));
  if (applied) return Done{};
  return Error{applied.error().kind, fmt::format("{} cannot be brought to store version {}: {}",
                                                 path, steps.size(), applied.error().message)};
}

}  // namespace meno
