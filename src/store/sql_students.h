// StudentStore over SQL.
#pragma once

#include "store/readers.h"
#include "store/row_count.h"
#include "store/students.h"
#include "store/writer.h"

namespace meno {

class SqlStudents final : public StudentStore {
 public:
  SqlStudents(Readers& readers, Writer& writer, RowCount& tally)
      : readers_(readers), writer_(writer), tally_(tally) {}
  Result<std::vector<StoredStudent>> of_course(std::string_view course_id) override;
  Result<std::optional<StoredStudent>> find(std::string_view course_id,
                                            std::string_view student_id) override;
  Result<Done> enrol(std::string_view course_id, std::span<const StoredStudent> students) override;
  Result<bool> known(std::string_view student_id) override;
  std::uint64_t count() const override { return tally_.value(); }

 private:
  Readers& readers_;
  Writer& writer_;
  RowCount& tally_;
};

}  // namespace meno
