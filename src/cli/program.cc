#include <exception>
#include <string_view>

#include <fmt/format.h>

#include "cli/command.h"
#include "core/check.h"
#include "core/error.h"

namespace meno {
namespace {

void print_help() {
  fmt::print(
      "meno {}: an education assistant that learns how students learn\n\nusage: meno COMMAND "
      "[--help]\n\n",
      MENO_VERSION);
  for (const Command& command : commands())
    fmt::print("  {:<12} {}\n", command.name, command.summary);
}

}  // namespace

int run_program(int argc, const char* const* argv) {
  const std::string_view asked = argc > 1 ? argv[1] : "--help";
  if (asked == "--help" || asked == "-h" || asked == "help") {
    print_help();
    return 0;
  }
  for (const Command& command : commands()) {
    if (command.name != asked && !(asked == "--version" && command.name == "version")) continue;
    try {
      return command.run(argc - 1, argv + 1);
    } catch (const std::exception& bug) {
      fmt::print(stderr, "meno {}: a defect of ours: {}\n", asked, bug.what());
      return exit_code(ErrorKind::Internal);
    }
  }
  fmt::print(stderr, "meno: command \"{}\", expected one of those that meno --help lists\n", asked);
  return exit_code(ErrorKind::InvalidInput);
}

}  // namespace meno
