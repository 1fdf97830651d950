#include "store/postgres/postgres_store.h"

#include <utility>

#include "store/postgres/connection.h"
#include "store/postgres/schema.h"
#include "store/sql_store.h"

namespace meno {

Result<std::unique_ptr<Store>> open_postgres_store(const std::string& url) {
  MENO_TRY(const PostgresAddress address, parse_postgres_url(url));
  MENO_TRY(std::unique_ptr<PostgresConnection> writer, PostgresConnection::open(address));
  MENO_TRY_DONE(writer->take_lock());
  MENO_TRY_DONE(migrate_postgres(*writer, postgres_schema(), address.name));
  MENO_TRY_DONE(writer->become_writer());
  const Readers::Open open_reader = [address]() -> Result<std::unique_ptr<Connection>> {
    MENO_TRY(std::unique_ptr<PostgresConnection> reader, PostgresConnection::open(address));
    return std::unique_ptr<Connection>(std::move(reader));
  };
  return make_sql_store(open_reader, std::move(writer), nullptr);
}

}  // namespace meno
