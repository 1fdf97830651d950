// Requests that must not be done twice: the caller chooses a key, and asking again with it within a
// day gives the first reply instead of a second effect.
#pragma once

#include <string>
#include <string_view>

#include "core/secrets.h"
#include "service/accounts/principal.h"
#include "service/services.h"

namespace meno {

/// What a claim found. The reply is kept sealed under the caller's key, for it may hold a secret
/// that is shown once: the store alone cannot open it.
struct OnceClaim {
  enum class State {
    Mine,      // do it, then finish_once()
    Done,      // `status` and `body` are the reply
    UnderWay,  // being done, or its server stopped meanwhile: nobody knows what became of it
    Another,   // the key was used for another request
  };
  State state = State::Mine;
  std::string slot = {};
  Digest seal = {};
  int status = 0;
  std::string body = {};
};

/// Claims `key` for `request` (whatever tells requests apart), durable on return. Keys of other
/// callers are other keys. Errors: InvalidInput for a key that is empty, too long or no plain
/// text; Unavailable.
Result<OnceClaim> claim_once(Services& services, const Principal& who, std::string_view key,
                             std::string_view request);

/// Keeps the reply of a claim that was Mine; one that refuses gives the key back. Not on the
/// store's writer thread. Errors: Unavailable.
Result<Done> finish_once(Services& services, const OnceClaim& claim, int status,
                         std::string_view body);

}  // namespace meno
