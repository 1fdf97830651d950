#include "store/postgres/postgres_store.h"

#include <random>
#include <utility>

#include <fmt/format.h>

#include "store/postgres/connection.h"
#include "store/postgres/neighbours.h"
#include "store/postgres/schema.h"
#include "store/sql_store.h"

namespace meno {
namespace {

/// Tells servers apart, also on one machine.
std::string new_server_id() {
  std::random_device device;
  return fmt::format("{:08x}{:08x}{:08x}{:08x}", device(), device(), device(), device());
}

/// Holds the lock that `use` needs. A migration needs the database alone; where two servers start
/// at once, one of them does it.
Result<Done> lock_and_migrate(PostgresConnection& writer, StoreUse use, const std::string& name) {
  MENO_TRY_DONE(writer.take_lock(use));
  if (use == StoreUse::Alone) return migrate_postgres(writer, postgres_schema(), name);
  MENO_TRY(const bool current, is_current(writer, postgres_schema(), name));
  if (current) return Done{};
  MENO_TRY_DONE(writer.release_lock(StoreUse::Shared));
  const Result<Done> alone = writer.take_lock(StoreUse::Alone);
  if (alone) {
    MENO_TRY_DONE(migrate_postgres(writer, postgres_schema(), name));
  }
  MENO_TRY_DONE(writer.take_lock(StoreUse::Shared));
  if (alone) return writer.release_lock(StoreUse::Alone);
  MENO_TRY(const bool by_another, is_current(writer, postgres_schema(), name));
  return by_another ? Result<Done>(Done{}) : alone;
}

}  // namespace

Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url, StoreUse use) {
  MENO_TRY(const PostgresAddress address, parse_postgres_url(url));
  MENO_TRY(std::unique_ptr<PostgresConnection> writer, PostgresConnection::open(address));
  MENO_TRY_DONE(lock_and_migrate(*writer, use, address.name));
  // Of servers that are no more; one that is gets its row again with its next batch.
  MENO_TRY_DONE(
      writer->execute("DELETE FROM meno_server WHERE last_at < now() - interval '1 day'"));
  const std::string server = new_server_id();
  writer->become_writer(server, use, postgres_schema().size());
  const Readers::Open open_reader = [address]() -> Result<std::unique_ptr<Connection>> {
    MENO_TRY(std::unique_ptr<PostgresConnection> reader, PostgresConnection::open(address));
    return std::unique_ptr<Connection>(std::move(reader));
  };
  auto neighbours = std::make_unique<PostgresNeighbours>(address, server, use == StoreUse::Shared);
  return make_sql_store(open_reader, std::move(writer), nullptr, {}, std::move(neighbours));
}

}  // namespace meno
