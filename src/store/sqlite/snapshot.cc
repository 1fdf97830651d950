#include "store/sqlite/snapshot.h"

#include <fmt/format.h>

#include "store/sqlite/connection.h"
#include "store/sqlite/schema.h"

namespace meno {
namespace {

/// A path as an SQL string.
std::string quoted(const std::filesystem::path& path) {
  std::string sql = "'";
  for (const char c : path.string()) {
    if (c == '\'') sql += '\'';
    sql += c;
  }
  return sql + "'";
}

}  // namespace

Result<SnapshotFacts> snapshot_sqlite(const std::filesystem::path& path,
                                      const std::filesystem::path& into) {
  MENO_TRY(const auto store, SqliteConnection::open(path.string(), false));
  MENO_TRY_DONE(check_ours(*store, path.string()));
  MENO_TRY_DONE(store->execute("VACUUM INTO " + quoted(into)));
  return check_snapshot(into);
}

Result<SnapshotFacts> check_snapshot(const std::filesystem::path& path) {
  MENO_TRY(const auto store, SqliteConnection::open(path.string(), false));
  MENO_TRY_DONE(check_ours(*store, path.string()));
  MENO_TRY(const std::string verdict, store->text("PRAGMA integrity_check(1)"));
  if (verdict != "ok") {
    return invalid_input(fmt::format("{} is damaged ({}), expected a sound store", path.string(),
                                     in_one_line(verdict)));
  }
  SnapshotFacts facts;
  MENO_TRY(facts.store_version, store->integer("PRAGMA user_version"));
  MENO_TRY(facts.students, store->integer("SELECT count(*) FROM student"));
  MENO_TRY(facts.answers, store->integer("SELECT count(*) FROM answer"));
  return facts;
}

}  // namespace meno
