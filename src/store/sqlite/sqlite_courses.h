// CourseStore over SQLite.
#pragma once

#include "store/courses.h"
#include "store/sqlite/readers.h"
#include "store/sqlite/writer.h"

namespace meno {

class SqliteCourses final : public CourseStore {
 public:
  SqliteCourses(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<std::vector<CourseSummary>> list() override;
  Result<StoredCourse> find(std::string_view course_id) override;
  Result<Done> add(const StoredCourse& course) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
