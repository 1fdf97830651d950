#include "store/postgres/snapshot.h"

#include <utility>

#include <fmt/format.h>

#include "store/postgres/connection.h"
#include "store/postgres/schema.h"
#include "store/sql_store.h"

namespace meno {
namespace {

/// The connection stays in this transaction until it is closed.
constexpr const char* kBegin =
    "SET idle_in_transaction_session_timeout = 0; BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

}  // namespace

Result<std::unique_ptr<Store>> open_postgres_snapshot(const std::string& url) {
  MENO_TRY(const PostgresAddress address, parse_postgres_url(url));
  MENO_TRY(std::unique_ptr<PostgresConnection> first, PostgresConnection::open(address));
  // Servers hold it, too; a migration waits.
  MENO_TRY_DONE(first->take_lock(StoreUse::Shared));
  MENO_TRY(const bool current, is_current(*first, postgres_schema(), address.name));
  if (!current) {
    return invalid_input(fmt::format(
        "{} is no store of version {}, expected one that this meno has served: start it once",
        address.name, postgres_schema().size()));
  }
  MENO_TRY_DONE(first->execute(kBegin));
  MENO_TRY(const std::string moment, first->text("SELECT pg_export_snapshot()"));
  const Readers::Open open_reader = [address, moment]() -> Result<std::unique_ptr<Connection>> {
    MENO_TRY(std::unique_ptr<PostgresConnection> reader, PostgresConnection::open(address));
    MENO_TRY_DONE(
        reader->execute(fmt::format("{}; SET TRANSACTION SNAPSHOT '{}'", kBegin, moment)));
    return std::unique_ptr<Connection>(std::move(reader));
  };
  return make_sql_store(open_reader, std::move(first), nullptr, {},
                        std::make_unique<NoNeighbours>());
}

}  // namespace meno
