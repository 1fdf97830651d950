// To add a command: write cli/<name>_command.cc, declare its function here, add its row.
#include "cli/command.h"

#include <array>

namespace meno {

int import_command(int argc, const char* const* argv);
int evaluate_command(int argc, const char* const* argv);
int describe_command(int argc, const char* const* argv);
int version_command(int argc, const char* const* argv);

namespace {

constexpr std::array kCommands{
    Command{"import", "turn learning records into a dataset", &import_command},
    Command{"evaluate", "train a model and judge it on students it has never seen", &evaluate_command},
    Command{"describe", "say what is in a dataset, and what to beware of", &describe_command},
    Command{"version", "print the version", &version_command},
};

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace meno
