#include "service/course_sources.h"

#include <fmt/format.h>

namespace meno {

Result<OpenSources> open_sources(std::span<const std::filesystem::path> folders) {
  if (folders.empty()) return invalid_input("0 sources, expected at least one dataset folder");
  OpenSources open;
  for (const std::filesystem::path& folder : folders) {
    MENO_TRY(Dataset dataset, Dataset::open(folder));
    open.datasets.push_back(std::move(dataset));
  }
  for (std::size_t d = 0; d < folders.size(); ++d) {
    open.courses.push_back(
        course_source(folders[d].filename().string(), all_sequences(open.datasets[d])));
  }
  return open;
}

Result<Done> check_target_apart(const Dataset& target, const OpenSources& sources) {
  for (std::size_t s = 0; s < sources.datasets.size(); ++s) {
    if (sources.datasets[s].hash() != target.hash()) continue;
    return invalid_input(fmt::format("source {} holds the target's answers, expected other courses",
                                     sources.courses[s].name));
  }
  return Done{};
}

std::vector<Sequence> all_sequences(const Dataset& dataset) {
  std::vector<Sequence> students;
  students.reserve(dataset.students());
  for (std::size_t s = 0; s < dataset.students(); ++s)
    students.push_back(dataset.sequence(StudentId(s)));
  return students;
}

}  // namespace meno
