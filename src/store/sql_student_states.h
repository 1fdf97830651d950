// StudentStateStore over SQL.
#pragma once

#include "store/readers.h"
#include "store/student_states.h"
#include "store/writer.h"

namespace meno {

class SqlStudentStates final : public StudentStateStore {
 public:
  SqlStudentStates(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<std::optional<StoredState>> find(std::string_view course_id,
                                          std::string_view student_id) override;
  void keep(std::string course_id, std::string student_id, StoredState state) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
