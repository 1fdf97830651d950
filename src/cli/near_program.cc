#include "cli/near_program.h"

namespace meno {

std::filesystem::path near_program(std::initializer_list<const char*> names, const char* file) {
  std::error_code fault;
  std::filesystem::path folder =
      std::filesystem::read_symlink("/proc/self/exe", fault).parent_path();
  for (int up = 0; up < 4 && !fault; ++up, folder = folder.parent_path()) {
    for (const char* name : names) {
      if (std::filesystem::exists(folder / name / file, fault)) return folder / name;
    }
  }
  return {};
}

std::filesystem::path universal_prior() {
  return near_program({"models/universal", "share/meno/models/universal"}, "model.json");
}

Result<Run> load_universal_prior() {
  const std::filesystem::path shipped = universal_prior();
  if (!shipped.empty()) return load_run(shipped);
  return not_found("no models/universal near the program, expected it or --run FOLDER");
}

}  // namespace meno
