// The suites of `meno benchmark`: which tables there are and which commands make them.
#pragma once

#include <string_view>
#include <vector>

#include "cli/benchmark_suite.h"

namespace meno {

struct Suite {
  std::string_view name;
  std::string_view summary;
  std::vector<SuiteTable> (*tables)(const SuiteRequest& ask);
};

const std::vector<Suite>& suites();

}  // namespace meno
