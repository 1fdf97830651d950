// This very program, run again as a process of its own: its memory is freed when it ends, and what
// ends it does not end the caller.
#pragma once

#include <string>
#include <vector>

#include "core/result.h"

namespace meno {

struct ChildOutput {
  int exit_code = 0;  // 128 + the signal where one ended it
  std::string text;   // all of standard output
};

/// Runs `meno arguments...`; standard error stays the caller's, so progress is seen.
/// Errors: Unavailable when no process can be made.
Result<ChildOutput> run_again(const std::vector<std::string>& arguments);

}  // namespace meno
