// A command of the `meno` executable: a name, a summary and a function that reads arguments, calls
// one use case and prints.
#pragma once

#include <span>
#include <string_view>

namespace meno {

struct Command {
  std::string_view name;
  std::string_view summary;
  /// Runs with argv[0] = the command's name. Returns the exit code.
  int (*run)(int argc, const char* const* argv);
};

/// All commands in the order of `meno --help`.
std::span<const Command> commands();

/// Entry point of the program: picks the command, catches Bug, returns the exit code.
int run_program(int argc, const char* const* argv);

}  // namespace meno
