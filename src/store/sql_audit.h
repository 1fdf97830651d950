// AuditStore over SQL, and how the other nouns add to it within their own transactions.
#pragma once

#include "store/audit.h"
#include "store/readers.h"
#include "store/writer.h"

namespace meno {

/// Adds a row to the log inside the transaction of `connection`; nothing for a note without action,
/// as copies of stores give.
Result<Done> append_audit(Connection& connection, const AuditNote& note);

class SqlAudit final : public AuditStore {
 public:
  SqlAudit(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<Done> append(const AuditNote& note) override;
  Result<Done> restore(std::span<const AuditRow> rows) override;
  Result<std::vector<AuditRow>> since(std::uint64_t after, std::size_t most) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
