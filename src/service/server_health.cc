#include "service/server_health.h"

namespace meno {

Result<ServerHealth> server_health(Services& services) {
  return ServerHealth{.run = &services.run,
                      .students = services.store.students().count(),
                      .answers = services.store.answers().count()};
}

}  // namespace meno
