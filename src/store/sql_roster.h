// RosterStore over SQL.
#pragma once

#include "store/readers.h"
#include "store/roster.h"
#include "store/writer.h"

namespace meno {

class SqlRoster final : public RosterStore {
 public:
  SqlRoster(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<Done> add_school(const StoredSchool& school, const AuditNote& note) override;
  Result<Done> add_to_class(const StoredClass& members, const AuditNote& note) override;
  Result<std::vector<StoredSchool>> schools() override;
  Result<std::vector<StoredClass>> classes() override;
  Result<bool> reaches(const Reach& reach, std::string_view course_id,
                       std::string_view student_id) override;
  Result<std::vector<std::string>> classes_of(const Reach& reach,
                                              std::string_view course_id) override;
  Result<std::vector<std::string>> students_of(const Reach& reach,
                                               std::string_view course_id) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
