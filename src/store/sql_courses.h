// CourseStore over SQL.
#pragma once

#include "store/courses.h"
#include "store/readers.h"
#include "store/writer.h"

namespace meno {

class SqlCourses final : public CourseStore {
 public:
  SqlCourses(Readers& readers, Writer& writer) : readers_(readers), writer_(writer) {}
  Result<std::vector<CourseSummary>> list() override;
  Result<StoredCourse> find(std::string_view course_id) override;
  Result<Done> add(const StoredCourse& course) override;

 private:
  Readers& readers_;
  Writer& writer_;
};

}  // namespace meno
