#include "store/sql_replies.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "replies";

std::int64_t milliseconds(TimePoint time) { return time.time_since_epoch().count(); }

Result<Done> forget_before(Connection& connection, TimePoint expired) {
  MENO_TRY(Query query, connection.query(kSql, "expire"));
  MENO_TRY_DONE(query.bind(1, milliseconds(expired)).step());
  return Done{};
}

/// The one writer decides: who finds nothing has it.
Result<Claim> claim_slot(Connection& connection, const KeptReply& asked) {
  MENO_TRY(Query known, connection.query(kSql, "find"));
  MENO_TRY(const bool taken, known.bind(1, asked.slot).step());
  if (taken) {
    return Claim{.claimed = false,
                 .kept = {.slot = asked.slot,
                          .fingerprint = known.text(0),
                          .at = TimePoint{std::chrono::milliseconds(known.integer(1))},
                          .status = static_cast<int>(known.integer(2)),
                          .sealed = known.text(3)}};
  }
  MENO_TRY(Query add, connection.query(kSql, "claim"));
  add.bind(1, asked.slot).bind(2, asked.fingerprint).bind(3, milliseconds(asked.at));
  MENO_TRY_DONE(add.step());
  return Claim{.claimed = true, .kept = asked};
}

}  // namespace

Result<Claim> SqlReplies::claim(const KeptReply& asked, TimePoint expired) {
  Claim claim;
  MENO_TRY_DONE(writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY_DONE(forget_before(connection, expired));
    MENO_TRY(claim, claim_slot(connection, asked));
    return Done{};
  }));
  return claim;
}

Result<Done> SqlReplies::keep(std::string_view slot, int status, std::string_view sealed) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY(Query query, connection.query(kSql, "keep"));
    MENO_TRY_DONE(query.bind(1, slot).bind(2, std::int64_t{status}).bind(3, sealed).step());
    return Done{};
  });
}

Result<Done> SqlReplies::release(std::string_view slot) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY(Query query, connection.query(kSql, "release"));
    MENO_TRY_DONE(query.bind(1, slot).step());
    return Done{};
  });
}

}  // namespace meno
