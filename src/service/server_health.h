// Health: what is being served, and how much is in the store.
#pragma once

#include <cstdint>

#include "service/services.h"

namespace meno {

struct ServerHealth {
  const Run* run = nullptr;
  std::uint64_t students = 0;
  std::uint64_t answers = 0;
};

/// Errors: Unavailable.
Result<ServerHealth> server_health(Services& services);

}  // namespace meno
