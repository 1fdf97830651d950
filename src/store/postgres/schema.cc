#include "store/postgres/schema.h"

#include <array>

#include <fmt/format.h>

#include "store/sql.h"

namespace meno {
namespace {

constexpr const char* kIsOurs =
    "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
    "AND relname = 'meno_store'";
constexpr const char* kRelations =
    "SELECT count(*) FROM pg_class WHERE relnamespace = current_schema()::regnamespace "
    "AND relkind IN ('r', 'p', 'v', 'm', 'f')";

/// 0 for an empty database. Errors: InvalidInput for one with another program's tables.
Result<std::int64_t> version_of(Connection& connection, std::string_view name) {
  MENO_TRY(const std::int64_t ours, connection.integer(kIsOurs));
  if (ours == 1) return connection.integer("SELECT version FROM meno_store");
  MENO_TRY(const std::int64_t relations, connection.integer(kRelations));
  if (relations == 0) return std::int64_t{0};
  return invalid_input(
      fmt::format("{} is a database of another program, expected a store made by meno", name));
}

Result<Done> apply(Connection& connection, std::span<const std::string_view> steps,
                   std::size_t from) {
  MENO_TRY_DONE(connection.execute("BEGIN"));
  for (std::size_t step = from; step < steps.size(); ++step) {
    const Result<Done> applied = connection.execute(std::string(steps[step]));
    if (applied) continue;
    if (connection.transaction() != TransactionState::None) {
      MENO_TRY_DONE(connection.execute("ROLLBACK"));
    }
    return applied.error();
  }
  return connection.execute(
      fmt::format("UPDATE meno_store SET version = {}; COMMIT", steps.size()));
}

}  // namespace

std::span<const std::string_view> postgres_schema() {
  static const std::array steps = {sql_block("postgres/schema", "version_1"),
                                   sql_block("postgres/schema", "version_2"),
                                   sql_block("postgres/schema", "version_3"),
                                   sql_block("postgres/schema", "version_4"),
                                   sql_block("postgres/replies", "migration"),
                                   sql_block("postgres/schema_servers", "servers"),
                                   sql_block("postgres/lifecycle_schema", "migration"),
                                   sql_block("postgres/links", "migration"),
                                   sql_block("postgres/schema_requests", "requests")};
  return steps;
}

Result<bool> is_current(Connection& connection, std::span<const std::string_view> steps,
                        std::string_view name) {
  MENO_TRY(const std::int64_t version, version_of(connection, name));
  const auto newest = static_cast<std::int64_t>(steps.size());
  if (version <= newest) return version == newest;
  return invalid_input(
      fmt::format("{} has store version {}, expected {} or older: it was written by a newer meno",
                  name, version, newest));
}

Result<Done> migrate_postgres(Connection& connection, std::span<const std::string_view> steps,
                              std::string_view name) {
  MENO_TRY(const bool current, is_current(connection, steps, name));
  if (current) return Done{};
  MENO_TRY(const std::int64_t version, version_of(connection, name));
  const std::size_t newest = steps.size();
  const Result<Done> applied = apply(connection, steps, static_cast<std::size_t>(version));
  if (applied) return Done{};
  return Error{applied.error().kind, fmt::format("{} cannot be brought to store version {}: {}",
                                                 name, newest, applied.error().message)};
}

}  // namespace meno
