#include "store/sqlite/sqlite_store.h"

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/sql_store.h"
#include "store/sqlite/schema.h"

namespace meno {
namespace {

/// Files up to this size are checked for damage page by page when they are opened (about a second
/// on a slow disk); larger ones would keep a school waiting, and damage in them shows when the
/// damaged page is read.
constexpr std::uintmax_t kCheckedBytes = 256U << 20U;

/// Two processes on one file would keep two different memories of the same students: the second is
/// refused.
class OwnerLock {
 public:
  static Result<OwnerLock> take(const std::string& path) {
    const std::string lock_path = path + ".lock";
    OwnerLock lock(::open(lock_path.c_str(), O_CREAT | O_RDWR | O_CLOEXEC, 0600));
    if (lock.descriptor_ < 0) {
      return unavailable(
          fmt::format("{} cannot be made ({}), expected a folder that can be written", lock_path,
                      std::strerror(errno)));
    }
    if (::flock(lock.descriptor_, LOCK_EX | LOCK_NB) != 0) {
      return conflict(
          fmt::format("{} is open in another meno process, expected to be its only user", path));
    }
    return lock;
  }
  OwnerLock(OwnerLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
  OwnerLock& operator=(OwnerLock&& other) noexcept {
    std::swap(descriptor_, other.descriptor_);
    return *this;
  }
  OwnerLock(const OwnerLock&) = delete;
  OwnerLock& operator=(const OwnerLock&) = delete;
  ~OwnerLock() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

 private:
  explicit OwnerLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

Error of_file(const std::string& path, const Error& cause) {
  return {cause.kind, fmt::format("{} cannot be opened as a store: {}", path, cause.message)};
}

Result<Done> check_undamaged(SqliteConnection& connection, const std::string& path) {
  std::error_code ignored;
  if (std::filesystem::file_size(path, ignored) > kCheckedBytes) return Done{};
  const Result<std::string> verdict = connection.text("PRAGMA quick_check(1)");
  if (verdict && *verdict == "ok") return Done{};
  return invalid_input(fmt::format("{} is damaged ({}), expected a sound store: restore a backup",
                                   path,
                                   verdict ? in_one_line(*verdict) : verdict.error().message));
}

/// Says whether the file at `path` is still the one that is there now: what is written to one that
/// was moved away or removed is lost to whoever looks at the path.
std::function<Result<Done>()> still_there(const std::string& path) {
  struct stat then {};
  const bool known = ::stat(path.c_str(), &then) == 0;
  return [path, then, known]() -> Result<Done> {
    struct stat now {};
    if (known && ::stat(path.c_str(), &now) == 0 && now.st_ino == then.st_ino &&
        now.st_dev == then.st_dev)
      return Done{};
    return unavailable("the store's file is not where it was opened, expected it there");
  };
}

Result<Done> prepare(SqliteConnection& connection, const std::string& path) {
  if (connection.read_only()) {
    return unavailable(fmt::format("{} is read-only, expected a file that can be written", path));
  }
  MENO_TRY_DONE(migrate(connection, sqlite_schema(), path));
  MENO_TRY_DONE(check_undamaged(connection, path));
  const Result<std::string> mode = connection.text("PRAGMA journal_mode = WAL");
  if (!mode) return of_file(path, mode.error());
  if (*mode != "wal") {
    return unavailable(fmt::format(
        "{} has journal mode \"{}\", expected \"wal\": is it on a network drive?", path, *mode));
  }
  const Result<Done> set =
      connection.execute("PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON");
  if (!set) return of_file(path, set.error());
  return Done{};
}

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite_store(const std::string& path) {
  if (std::filesystem::is_directory(path)) {
    return invalid_input(fmt::format("{} is a folder, expected a file for the store", path));
  }
  MENO_TRY(OwnerLock lock, OwnerLock::take(path));
  Result<std::unique_ptr<SqliteConnection>> opened = SqliteConnection::open(path, true);
  if (!opened) return of_file(path, opened.error());
  std::unique_ptr<SqliteConnection> connection = *std::move(opened);
  MENO_TRY_DONE(prepare(*connection, path));
  const Readers::Open open_reader = [path]() -> Result<std::unique_ptr<Connection>> {
    MENO_TRY(std::unique_ptr<SqliteConnection> reader, SqliteConnection::open(path, false));
    return std::unique_ptr<Connection>(std::move(reader));
  };
  return make_sql_store(open_reader, std::move(connection),
                        std::make_shared<OwnerLock>(std::move(lock)), still_there(path),
                        std::make_unique<NoNeighbours>());
}

}  // namespace meno
