// MENO_CHECK: for what cannot happen. A failure throws Bug, caught only by the HTTP worker, the job
// runner and main.
#pragma once

#include <stdexcept>

namespace meno {

/// A defect of ours, never of the input. Reported as 500 / exit 70 with a log line.
class Bug : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

}  // namespace meno

#define MENO_CHECK_TEXT_(x) #x
#define MENO_CHECK_AT_(line) MENO_CHECK_TEXT_(line)
#define MENO_CHECK(condition, why)                                                       \
  do {                                                                                   \
    if (!(condition)) throw ::meno::Bug(__FILE__ ":" MENO_CHECK_AT_(__LINE__) ": " why); \
  } while (false)
