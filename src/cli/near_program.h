// Files that are installed with the program, or lie in its repository.
#pragma once

#include <filesystem>
#include <initializer_list>

#include "meta/run.h"

namespace meno {

/// The first of `names` beside the program or above it that holds `file`: an installed tree, or a
/// build in the repository. Empty if there is none.
std::filesystem::path near_program(std::initializer_list<const char*> names, const char* file);

/// models/universal; empty if it is not there.
std::filesystem::path universal_prior();

/// The run there, which a school without data begins with. Errors: NotFound; as load_run.
Result<Run> load_universal_prior();

}  // namespace meno
