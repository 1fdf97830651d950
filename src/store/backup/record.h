// The record of backups and drills, a small file beside the store: what the server tells of them,
// and what outlives the commands that made them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

/// Of one kind of undertaking: a backup, or the trial of one.
struct Undertaking {
  TimePoint last_at = kNoTime;  // tried
  TimePoint good_at = kNoTime;  // the last that succeeded
  bool good = false;            // the last one tried did
  std::uint64_t bytes = 0;      // of the last that succeeded
};

struct BackupRecord {
  std::optional<Undertaking> backup;
  std::optional<Undertaking> drill;
};

/// The record of the store in the file `store`; empty where there is none, or none that can be
/// read.
BackupRecord read_backup_record(const std::string& store);

/// Notes a backup that was tried at `now`; `bytes` is nullopt when it failed. Errors: Unavailable
/// when the record cannot be written.
Result<Done> note_backup(const std::string& store, TimePoint now,
                         std::optional<std::uint64_t> bytes);
/// Likewise of a trial restore of a backup of that store.
Result<Done> note_drill(const std::string& store, TimePoint now,
                        std::optional<std::uint64_t> bytes);

}  // namespace meno
