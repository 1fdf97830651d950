#include "store/backup/backup.h"

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <utility>

#include <fmt/chrono.h>
#include <fmt/format.h>
#include <unistd.h>

#include "core/files.h"
#include "core/json.h"
#include "store/copy.h"
#include "store/postgres/address.h"
#include "store/postgres/snapshot.h"
#include "store/sqlite/snapshot.h"
#include "store/store.h"

namespace meno {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kFormat = "meno-backup";
constexpr int kVersion = 1;
constexpr std::string_view kStoreName = "store.db";
constexpr std::string_view kPrefix = "meno-";
constexpr std::string_view kSuffix = ".backup";
constexpr std::size_t kLongestHeader = std::size_t{16} << 20U;
constexpr std::size_t kBlock = std::size_t{1} << 20U;

/// Removed with all that is in it, however its owner is left.
class Scratch {
 public:
  static Result<Scratch> make(const fs::path& path) {
    std::error_code fault;
    fs::remove_all(path, fault);
    fs::create_directories(path, fault);
    if (fault) {
      return unavailable(
          fmt::format("{} cannot be made ({}), expected a folder that can be written",
                      path.string(), fault.message()));
    }
    fs::permissions(path, fs::perms::owner_all, fault);
    return Scratch(path);
  }
  Scratch(Scratch&& other) noexcept : path_(std::exchange(other.path_, fs::path())) {}
  Scratch& operator=(Scratch&&) = delete;
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  ~Scratch() {
    std::error_code ignored;
    if (!path_.empty()) fs::remove_all(path_, ignored);
  }
  const fs::path& path() const { return path_; }

 private:
  explicit Scratch(fs::path path) : path_(std::move(path)) {}
  fs::path path_;
};

struct PackedFile {
  std::string name;  // within the backup, "/" between folders
  fs::path from;
  std::uint64_t size = 0;
};

Result<std::vector<PackedFile>> files_of(const fs::path& snapshot, const fs::path& runs) {
  std::error_code fault;
  std::vector<PackedFile> files{{std::string(kStoreName), snapshot, fs::file_size(snapshot)}};
  if (runs.empty() || !fs::exists(runs)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(runs, fault)) {
    if (!entry.is_regular_file()) continue;
    files.push_back({"runs/" + fs::relative(entry.path(), runs).generic_string(), entry.path(),
                     entry.file_size()});
  }
  if (fault)
    return unavailable(fmt::format("{} cannot be read: {}", runs.string(), fault.message()));
  std::sort(files.begin() + 1, files.end(),
            [](const PackedFile& a, const PackedFile& b) { return a.name < b.name; });
  return files;
}

Json header_of(const BackupFacts& facts, const std::vector<PackedFile>& files) {
  Json header{{"format", kFormat},          {"version", kVersion},
              {"made_at", facts.made_at},   {"store_version", facts.store_version},
              {"students", facts.students}, {"answers", facts.answers},
              {"files", Json::array()}};
  for (const PackedFile& file : files)
    header["files"].push_back({{"name", file.name}, {"size", file.size}});
  return header;
}

Result<Done> pack(const PackedFile& file, SealedWriter& writer) {
  std::ifstream in(file.from, std::ios::binary);
  std::string block(kBlock, '\0');
  for (std::uint64_t left = file.size; left > 0;) {
    const auto some = static_cast<std::size_t>(std::min<std::uint64_t>(left, kBlock));
    if (!in.read(block.data(), static_cast<std::streamsize>(some))) {
      return unavailable(fmt::format("{} became shorter while it was read, expected {} bytes",
                                     file.from.string(), file.size));
    }
    MENO_TRY_DONE(writer.write(std::string_view(block).substr(0, some)));
    left -= some;
  }
  return Done{};
}

Result<Done> unpack(SealedReader& reader, std::uint64_t size, const fs::path& into) {
  std::error_code ignored;
  fs::create_directories(into.parent_path(), ignored);
  std::ofstream out(into, std::ios::binary);
  for (std::uint64_t left = size; left > 0;) {
    MENO_TRY(const std::string some,
             reader.read(static_cast<std::size_t>(std::min<std::uint64_t>(left, kBlock))));
    if (some.empty()) {
      return invalid_input(fmt::format("the backup ends {} bytes before the end of {}", left,
                                       into.filename().string()));
    }
    out.write(some.data(), static_cast<std::streamsize>(some.size()));
    left -= some.size();
  }
  out.close();
  if (out) return Done{};
  return unavailable(fmt::format("writing {} failed: {}", into.string(), std::strerror(errno)));
}

/// Whether a name from a header stays within the folder it is unpacked to.
bool is_inside(const fs::path& name) {
  return !name.empty() && name.is_relative() &&
         std::none_of(name.begin(), name.end(), [](const fs::path& part) { return part == ".."; });
}

/// A backup unpacked into `folder`: the header's facts.
Result<BackupFacts> unpack_all(const fs::path& backup, const SealKey& key, const fs::path& folder) {
  MENO_TRY(SealedReader reader, SealedReader::open(backup, key));
  MENO_TRY(const std::string line, reader.read_line(kLongestHeader));
  const Json header = Json::parse(line, nullptr, false);
  if (!header.is_object() || header.value("format", "") != kFormat) {
    return invalid_input(fmt::format("{} is no backup of a store, expected one", backup.string()));
  }
  if (header.value("version", 0) != kVersion) {
    return invalid_input(fmt::format("{} has backup version {}, expected {}", backup.string(),
                                     header.value("version", 0), kVersion));
  }
  for (const Json& file : header.at("files")) {
    const fs::path name = file.at("name").get<std::string>();
    if (!is_inside(name)) {
      return invalid_input(fmt::format("{} holds a file \"{}\", expected a name within the backup",
                                       backup.string(), name.string()));
    }
    MENO_TRY_DONE(unpack(reader, file.at("size").get<std::uint64_t>(), folder / name));
  }
  MENO_TRY(const std::string rest, reader.read(1));
  if (!rest.empty())
    return invalid_input(fmt::format("{} goes on after its files", backup.string()));
  return BackupFacts{.made_at = header.at("made_at"),
                     .store_version = header.at("store_version"),
                     .students = header.at("students"),
                     .answers = header.at("answers")};
}

/// Every page read, counts as at the time of the backup, and it opens as a store.
Result<Done> check_unpacked(const fs::path& store, const BackupFacts& facts) {
  MENO_TRY(const SnapshotFacts found, check_snapshot(store));
  if (found.students != facts.students || found.answers != facts.answers ||
      found.store_version != facts.store_version) {
    return invalid_input(fmt::format(
        "the backup holds {} students and {} answers, expected {} and {} as its header says",
        found.students, found.answers, facts.students, facts.answers));
  }
  MENO_TRY(const std::unique_ptr<Store> opened, open_store(store.string()));
  if (opened->answers().count() == static_cast<std::uint64_t>(facts.answers)) return Done{};
  return Error{ErrorKind::Internal, "the restored store lost answers when it was opened"};
}

/// The database as it is at one moment, as a SQLite store of its own.
Result<SnapshotFacts> snapshot_postgres(const std::string& url, const fs::path& into) {
  const std::string copy = into.string() + ".copy";
  {
    MENO_TRY(const std::unique_ptr<Store> from, open_postgres_snapshot(url));
    MENO_TRY(const std::unique_ptr<Store> to, open_store(copy, StoreUse::Alone));
    MENO_TRY_DONE(copy_store(*from, *to, [](const CopiedStore&) { return true; }));
  }
  return snapshot_sqlite(copy, into);  // one file, whatever is left in a log beside the copy
}

/// Errors: Conflict for a database that is not empty; as open_store() and copy_store().
Result<Done> copy_all(const std::string& from_file, const std::string& to_url) {
  MENO_TRY(const std::unique_ptr<Store> from, open_store(from_file));
  MENO_TRY(const std::unique_ptr<Store> to, open_store(to_url, StoreUse::Alone));
  MENO_TRY_DONE(copy_store(*from, *to, [](const CopiedStore&) { return true; }));
  return Done{};
}

Result<Done> move_file(const fs::path& from, const fs::path& to) {
  std::error_code fault;
  fs::rename(from, to, fault);
  if (!fault) return Done{};
  return unavailable(
      fmt::format("{} cannot be moved to {}: {}", from.string(), to.string(), fault.message()));
}

Result<Done> check_absent(const fs::path& path) {
  if (!fs::exists(path)) return Done{};
  return conflict(fmt::format("{} exists, expected nothing there: a restore overwrites nothing",
                              path.string()));
}

bool is_backup(const fs::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with(kPrefix) && name.ends_with(kSuffix);
}

/// All backups of the folder but the newest `keep`; their names sort by time.
std::vector<fs::path> outdated(const fs::path& folder, std::size_t keep) {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.is_regular_file() && is_backup(entry.path())) all.push_back(entry.path());
  }
  std::sort(all.begin(), all.end());
  all.resize(all.size() > keep ? all.size() - keep : 0);
  return all;
}

}  // namespace

Result<MadeBackup> make_backup(const MakeBackup& ask, TimePoint now) {
  if (!store_is_there(ask.store))
    return not_found(fmt::format("no store {}, expected one to back up", ask.store));
  if (ask.keep < 1) return invalid_input("keep is 0, expected 1 or more backups");
  std::error_code fault;
  fs::create_directories(ask.into, fault);
  if (fault) {
    return unavailable(fmt::format("{} cannot be made: {}", ask.into.string(), fault.message()));
  }
  MadeBackup made;
  made.facts.made_at =
      fmt::format("{:%Y%m%dT%H%M%S}.{:03}Z", std::chrono::floor<std::chrono::seconds>(now),
                  now.time_since_epoch().count() % 1000);
  made.path = ask.into / fmt::format("{}{}{}", kPrefix, made.facts.made_at, kSuffix);
  if (fs::exists(made.path)) {
    return conflict(
        fmt::format("{} is there already, expected one backup a moment", made.path.string()));
  }
  const bool database = is_postgres_url(ask.store);
  MENO_TRY(const Scratch scratch,
           Scratch::make(database ? made.path.string() + ".copy" : ask.store + ".backup"));
  const fs::path snapshot = scratch.path() / kStoreName;
  MENO_TRY(const SnapshotFacts facts, database ? snapshot_postgres(ask.store, snapshot)
                                               : snapshot_sqlite(ask.store, snapshot));
  made.facts.store_version = facts.store_version;
  made.facts.students = facts.students;
  made.facts.answers = facts.answers;
  MENO_TRY(const std::vector<PackedFile> files, files_of(snapshot, ask.runs));
  MENO_TRY(SealedWriter writer, SealedWriter::create(made.path, ask.key));
  MENO_TRY_DONE(writer.write(header_of(made.facts, files).dump() + "\n"));
  for (const PackedFile& file : files) {
    MENO_TRY_DONE(pack(file, writer));
  }
  MENO_TRY(const std::string sum, writer.finish());
  MENO_TRY_DONE(write_file_atomically(made.path.string() + ".sha256",
                                      fmt::format("{}  {}\n", sum, made.path.filename().string())));
  made.bytes = fs::file_size(made.path);
  made.removed = outdated(ask.into, ask.keep);
  for (const fs::path& old : made.removed) {
    fs::remove(old, fault);
    fs::remove(old.string() + ".sha256", fault);
  }
  return made;
}

Result<BackupFacts> restore_backup(const RestoreBackup& ask) {
  const bool database = is_postgres_url(ask.store);
  const fs::path runs = ask.runs.empty() ? fs::path(runs_beside(ask.store)) : ask.runs;
  if (!database) {
    MENO_TRY_DONE(check_absent(ask.store));
  }
  MENO_TRY_DONE(check_absent(runs));
  MENO_TRY(const Scratch scratch,
           Scratch::make(database ? runs.string() + ".restoring" : ask.store + ".restoring"));
  MENO_TRY(const BackupFacts facts, unpack_all(ask.backup, ask.key, scratch.path()));
  const fs::path store = scratch.path() / kStoreName;
  MENO_TRY_DONE(check_unpacked(store, facts));
  if (database) {
    MENO_TRY_DONE(copy_all(store.string(), ask.store));
  }
  if (fs::exists(scratch.path() / "runs")) {
    MENO_TRY_DONE(move_file(scratch.path() / "runs", runs));
  }
  if (!database) {
    MENO_TRY_DONE(move_file(store, ask.store));
  }
  return facts;
}

Result<BackupFacts> verify_backup(const fs::path& backup, const SealKey& key) {
  MENO_TRY(const Scratch scratch,
           Scratch::make(fs::temp_directory_path() / fmt::format("meno-drill-{}", ::getpid())));
  return restore_backup(
      {.backup = backup, .store = (scratch.path() / "drill.db").string(), .runs = {}, .key = key});
}

}  // namespace meno
