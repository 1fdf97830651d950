// A consistent copy of a SQLite store while a server goes on writing to it.
#pragma once

#include <cstdint>
#include <filesystem>

#include "core/result.h"

namespace meno {

struct SnapshotFacts {
  std::int64_t store_version = 0;
  std::int64_t students = 0;
  std::int64_t answers = 0;
};

/// What the store `path` held at one moment, into the new file `into`, packed. Takes no lock that a
/// writer would wait for. Errors: InvalidInput when `path` is no store of ours; Unavailable when
/// one of the two cannot be read or written.
Result<SnapshotFacts> snapshot_sqlite(const std::filesystem::path& path,
                                      const std::filesystem::path& into);

/// Reads every page of a snapshot. Errors: InvalidInput when it is damaged or is no store of ours.
Result<SnapshotFacts> check_snapshot(const std::filesystem::path& path);

}  // namespace meno
