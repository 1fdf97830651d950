// The report of a new course: figures by size of support, and the map of courses.
#pragma once

#include <string>
#include <vector>

#include "eval/courses/new_course.h"
#include "eval/report/page.h"

namespace meno {

/// What a reader must know of the run besides its result.
struct NewCourseFacts {
  std::string target;
  std::vector<std::string> sources;
  std::uint64_t seed = 0;
  int repeats = 0;
  std::size_t first_answers = 0;  // of a student of the support; 0: all
};

/// A whole HTML document.
std::string new_course_report(const NewCourseResult& result, const NewCourseFacts& facts,
                              Language language);

}  // namespace meno
