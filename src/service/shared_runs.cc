#include "service/shared_runs.h"

#include <string>
#include <vector>

#include <fmt/format.h>

#include "core/files.h"

namespace meno {

namespace fs = std::filesystem;

Result<Done> share_run(Store& store, std::string_view course_id, std::string_view version,
                       const fs::path& folder) {
  if (!store.neighbours().possible()) return Done{};
  std::vector<RunFile> files;
  std::error_code fault;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, fault)) {
    if (!entry.is_regular_file()) continue;
    MENO_TRY(std::string content, read_file(entry.path()));
    files.push_back({.name = entry.path().filename().string(), .content = std::move(content)});
  }
  if (fault)
    return unavailable(fmt::format("{} cannot be read: {}", folder.string(), fault.message()));
  return store.served_runs().keep_files(course_id, version, files);
}

Result<Done> fetch_run(Store& store, const ServedRun& row, const fs::path& folder) {
  if (fs::exists(folder / "model.json")) return Done{};
  MENO_TRY(const std::vector<RunFile> files, store.served_runs().files(row.course_id, row.version));
  if (files.empty()) return Done{};
  const fs::path making = folder.string() + ".new";
  std::error_code fault;
  fs::remove_all(making, fault);
  fs::create_directories(making, fault);
  for (const RunFile& file : files) {
    MENO_TRY_DONE(write_file_atomically(making / fs::path(file.name).filename(), file.content));
  }
  fs::remove_all(folder, fault);
  fs::rename(making, folder, fault);
  if (!fault) return Done{};
  return unavailable(fmt::format("{} cannot be made: {}", folder.string(), fault.message()));
}

}  // namespace meno
