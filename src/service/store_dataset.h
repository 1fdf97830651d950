// Use case: a dataset's course, students and answers into a store, so that what is served can be
// tried on real records.
#pragma once

#include <string>

#include "domain/dataset.h"
#include "store/store.h"

namespace meno {

/// Adds the course under the dataset's name, and every student with all his answers. Does nothing
/// when the store has the course already. Answers without a time get made-up ones, one a minute, in
/// their order, the last at `now`. Returns the course's id. Errors: those of the store.
Result<std::string> store_dataset(Store& store, const Dataset& dataset, TimePoint now);

}  // namespace meno
