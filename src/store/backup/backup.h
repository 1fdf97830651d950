// Backups of a store and of the runs it serves: one sealed file, made while servers go on, and
// restored only where nothing is yet. A PostgreSQL database is copied into a SQLite file as of one
// moment, so that a backup can be restored to either engine, and verified without a database.
//
// Content: a line of JSON (BackupFacts and the files with their sizes), then the files' bytes in
// that order: store.db, and runs/... for every file of the folder of tuned runs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "core/sealed_file.h"

namespace meno {

struct BackupFacts {
  std::string made_at;  // UTC, as in the file's name: 20261124T223000.125Z
  std::int64_t store_version = 0;
  std::int64_t students = 0;
  std::int64_t answers = 0;
};

struct MakeBackup {
  std::string store;           // as for open_store()
  std::filesystem::path runs;  // "" or absent: none
  std::filesystem::path into;  // a folder, made when absent
  SealKey key = {};
  std::size_t keep = 30;  // backups in the folder, the newest; at least 1
};

struct MadeBackup {
  BackupFacts facts;
  std::filesystem::path path;  // beside it `path`.sha256, as sha256sum writes it
  std::uint64_t bytes = 0;
  std::vector<std::filesystem::path> removed;  // older ones, once the new one was whole
};

/// Errors: NotFound without a store; InvalidInput for a file that is none; Conflict when a backup
/// of the same moment is there; Unavailable when something cannot be read or written, and then no
/// older backup is removed.
Result<MadeBackup> make_backup(const MakeBackup& ask, TimePoint now);

struct RestoreBackup {
  std::filesystem::path backup;
  std::string store;           // where the store is to be: no file yet, or an empty database
  std::filesystem::path runs;  // likewise of the runs; "" = beside the store
  SealKey key = {};
};

/// Unpacks beside the destination, reads every page, compares the counts with those of the moment
/// of the backup and opens it as a store (which migrates an older one); only then it is moved to
/// its place, or copied into the database. Errors: Conflict when something is there already;
/// InvalidInput for a backup that was changed, is of another key, cut short, or of a newer version;
/// Unavailable.
Result<BackupFacts> restore_backup(const RestoreBackup& ask);

/// All of restore_backup() into a folder of its own under the system's temporary one, removed
/// again: the drill. Errors: as there.
Result<BackupFacts> verify_backup(const std::filesystem::path& backup, const SealKey& key);

}  // namespace meno
