// What GET /metrics tells: figures of all layers, read at that moment.
#pragma once

#include <string>

#include "service/services.h"

namespace meno {

class Observer;

/// In Prometheus' text format. `observer` may be null: then nothing of requests. Of courses the
/// first 200 by id. No label holds the id of a person, a key or a request.
std::string metrics_text(Services& services, const Observer* observer);

}  // namespace meno
