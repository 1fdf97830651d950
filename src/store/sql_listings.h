// ListingStore over SQL.
#pragma once

#include "store/listings.h"
#include "store/readers.h"

namespace meno {

class SqlListings final : public ListingStore {
 public:
  explicit SqlListings(Readers& readers) : readers_(readers) {}
  Result<std::vector<StoredStudent>> students(const StudentsWanted& wanted) override;
  Result<std::vector<StoredAnswer>> answers(const AnswersWanted& wanted) override;
  Result<std::vector<StoredAccount>> accounts(const AccountsWanted& wanted) override;
  Result<std::vector<StoredKey>> keys(const std::string& school_id, const IdPage& page) override;
  Result<std::vector<StoredSchool>> schools(const std::string& only, const IdPage& page) override;
  Result<std::vector<ListedClass>> classes(const ClassesWanted& wanted) override;
  Result<std::vector<AuditRow>> audit(const AuditWanted& wanted) override;

 private:
  Readers& readers_;
};

}  // namespace meno
