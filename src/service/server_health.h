// Health: what is being served, and how much is in the store.
#pragma once

#include <cstdint>

#include "service/services.h"

namespace meno {

struct ServerHealth {
  std::shared_ptr<const ServedModel> base;  // the run that the server was given
  bool adapts = false;                      // courses' models follow their answers
  std::size_t own_models = 0;               // courses in use that have one of their own
  std::uint64_t students = 0;
  std::uint64_t answers = 0;
};

/// Errors: Unavailable.
Result<ServerHealth> server_health(Services& services);

}  // namespace meno
