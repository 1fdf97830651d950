// StudentStore over SQL.
#pragma once

#include <atomic>

#include "store/readers.h"
#include "store/students.h"
#include "store/writer.h"

namespace meno {

class SqlStudents final : public StudentStore {
 public:
  /// `count`: the students there already.
  SqlStudents(Readers& readers, Writer& writer, std::uint64_t count)
      : readers_(readers), writer_(writer), count_(count) {}
  Result<std::vector<StoredStudent>> of_course(std::string_view course_id) override;
  Result<std::optional<StoredStudent>> find(std::string_view course_id,
                                            std::string_view student_id) override;
  Result<Done> enrol(std::string_view course_id, std::span<const StoredStudent> students) override;
  Result<bool> known(std::string_view student_id) override;
  std::uint64_t count() const override { return count_; }

 private:
  Readers& readers_;
  Writer& writer_;
  std::atomic<std::uint64_t> count_;
};

}  // namespace meno
