// Store: all that outlives the process, one narrow interface per noun. Engines obey
// store/contract_test.cc.
#pragma once

#include <memory>
#include <string>

#include "core/result.h"
#include "store/answers.h"
#include "store/courses.h"
#include "store/served_runs.h"
#include "store/students.h"

namespace meno {

/// Thread-safe. The destructor waits until what was queued is durable.
class Store {
 public:
  virtual ~Store() = default;
  virtual CourseStore& courses() = 0;
  virtual StudentStore& students() = 0;
  virtual AnswerStore& answers() = 0;
  virtual ServedRunStore& served_runs() = 0;
};

/// Opens the SQLite file at `location`, made when absent; an older schema is migrated. One process
/// at a time owns it. Errors: InvalidInput for a file that is no store of ours, is damaged, or
/// comes from a newer version; Conflict when another process has it open; Unavailable when it
/// cannot be read or written.
Result<std::unique_ptr<Store>> open_store(const std::string& location);

}  // namespace meno
