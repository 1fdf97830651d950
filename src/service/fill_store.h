// A store without courses gets the course that its run was trained on, so that `meno serve` works
// on any run.
#pragma once

#include "meta/run.h"
#include "store/store.h"

namespace meno {

/// The run's vocabulary as a course to store: the source's names in both languages, no content.
/// `course_id` must be a path segment: other characters of the run's name become "-".
StoredCourse stored_course_of(const Run& run);

/// Does nothing when the store has a course, or the run knows no items. Errors: those of the store.
Result<Done> fill_store(Store& store, const Run& run);

}  // namespace meno
