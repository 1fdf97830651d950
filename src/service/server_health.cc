#include "service/server_health.h"

namespace meno {

Result<ServerHealth> server_health(Services& services) {
  return ServerHealth{.base = services.courses.base(),
                      .adapts = services.adaptation != nullptr,
                      .own_models = services.courses.own_models(),
                      .students = services.store.students().count(),
                      .answers = services.store.answers().count()};
}

}  // namespace meno
