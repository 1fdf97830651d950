// Adapters: ways to predict the students of a new course from a few of them. Adding one: a function
// and a row in adapters.cc.
#pragma once

#include <span>
#include <string_view>

#include "eval/courses/course_case.h"

namespace meno {

struct CourseAdapter {
  std::string_view name;
  std::string_view summary;
  std::string_view source;   // author year, or "Meno"
  std::size_t fewest = 0;    // students of the support that it needs
  bool needs_priors = true;  // false: learns from the support alone
  Result<Predictions> (*predict)(const CourseCase& course);
  bool needs_specialists = false;
  bool is_learner = false;  // a row of the learner registry, trained on the sources' courses
};

std::span<const CourseAdapter> course_adapters();

/// Errors: InvalidInput naming the adapters there are.
Result<const CourseAdapter*> find_course_adapter(std::string_view name);

}  // namespace meno
