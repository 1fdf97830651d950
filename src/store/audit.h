// Audit: who did what to people and credentials, as a chain in which no row can be changed, put in
// or taken out without being noticed.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

/// What is to be noted. Ids only: never a name, a password or a token.
struct AuditNote {
  TimePoint at = kNoTime;
  std::string actor = {};   // account or key id; "command line"; "" for nobody
  std::string action = {};  // e.g. "login", "login_failed", "key_added"
  std::string target = {};  // the account, key, class or route it was about
  std::string detail = {};
  std::string request_id = {};  // of the request that did it; stored at the end of `detail`
};

struct AuditRow {
  std::uint64_t no = 0;  // 1, 2, 3, ...
  AuditNote note;
  std::string hash = {};  // chain_hash() of the row before and this one
};

/// The SHA-256 sum, in hexadecimal, of the previous row's hash ("" for the first row) and of the
/// number and fields of a row, each preceded by its length.
std::string chain_hash(std::string_view previous, std::uint64_t no, const AuditNote& note);

/// Looks at one row after the other, from the first.
class ChainCheck {
 public:
  /// Errors: Conflict naming the first row that is not what was written, or is missing.
  Result<Done> add(const AuditRow& row);
  std::uint64_t rows() const { return rows_; }
  /// Of the last row: kept elsewhere, it shows later whether rows were cut off at the end.
  const std::string& last_hash() const { return last_hash_; }

 private:
  std::uint64_t rows_ = 0;
  std::string last_hash_ = {};
};

/// Thread-safe.
class AuditStore {
 public:
  virtual ~AuditStore() = default;
  /// Adds a row, durable on return. Errors: Unavailable.
  virtual Result<Done> append(const AuditNote& note) = 0;
  /// Rows as another store had them, all or nothing, into an empty log. Errors: Conflict when a
  /// number is there already; Unavailable.
  virtual Result<Done> restore(std::span<const AuditRow> rows) = 0;
  /// Up to `most` rows with numbers above `after`, oldest first. Errors: Unavailable.
  virtual Result<std::vector<AuditRow>> since(std::uint64_t after, std::size_t most) = 0;
};

}  // namespace meno
