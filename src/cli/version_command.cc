#include "cli/arguments.h"
#include "core/json.h"

namespace meno {

int version_command(int argc, const char* const* argv) {
  Invocation call("version", "Print the version.");
  return call.run(
      argc, argv,
      []() -> Result<Json> {
        return Json{{"version", MENO_VERSION}};
      },
      [](const Json& document) { return "meno " + document.at("version").get<std::string>(); });
}

}  // namespace meno
