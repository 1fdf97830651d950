// LinkStore over SQL.
#pragma once

#include "store/links.h"
#include "store/readers.h"
#include "store/writer.h"

namespace meno {

class SqlLinks final : public LinkStore {
 public:
  SqlLinks(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<Done> add(const StoredLink& link, const AuditNote& note) override;
  Result<Done> remove_of(std::string_view account_id, const AuditNote& note) override;
  Result<std::optional<StoredLink>> find(std::string_view issuer,
                                         std::string_view subject) override;
  Result<std::vector<StoredLink>> list() override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
