// AccountStore over SQL.
#pragma once

#include "store/accounts.h"
#include "store/readers.h"
#include "store/writer.h"

namespace meno {

class SqlAccounts final : public AccountStore {
 public:
  SqlAccounts(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<Done> add(const StoredAccount& account, const AuditNote& note) override;
  Result<Done> update(const StoredAccount& account, const AuditNote& note) override;
  Result<std::optional<StoredAccount>> find(std::string_view account_id) override;
  Result<std::vector<StoredAccount>> list() override;
  Result<Done> begin_session(const StoredSession& session, const AuditNote& note) override;
  Result<Done> end_session(std::string_view token_hash, const AuditNote& note) override;
  Result<std::optional<StoredSession>> find_session(std::string_view token_hash) override;
  Result<Done> add_key(const StoredKey& key, const AuditNote& note) override;
  Result<Done> revoke_key(std::string_view key_id, const AuditNote& note) override;
  Result<std::optional<StoredKey>> find_key(std::string_view token_hash) override;
  Result<std::vector<StoredKey>> keys() override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
