// Swap rates: courses of simulated students, drawn one after another, watched as `meno serve`
// watches them. Where answers are drawn from the run itself, every swap is a false one.
//
// usage: swap_rates RUN as-predicted|hard-or-easy COURSES STUDENTS ROUNDS
#include <cstdio>
#include <filesystem>
#include <string>

#include <spdlog/spdlog.h>
#include <unistd.h>

#include "service/drawn_school_for_test.h"

namespace {

struct Outcome {
  bool swapped = false;
  std::size_t answers_at_swap = 0;
  double gain = 0.0;  // of the challengers over the run before any swap, nats per answer
};

Outcome watched(const std::filesystem::path& folder, const meno::Run& run, meno::World world,
                std::uint64_t seed, std::size_t students, std::size_t rounds) {
  meno::DrawnSchool school(folder, run, world, seed);
  school.enrol(students);
  Outcome outcome;
  for (std::size_t round = 0; round < rounds; ++round) {
    school.lesson(1);
    if (outcome.swapped) continue;
    if (school.version() == school.base()) {
      outcome.gain = school.figures().gain.mean;
      continue;
    }
    outcome.swapped = true;
    outcome.answers_at_swap = school.figures().answers;
  }
  return outcome;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 6) return 2;
  spdlog::set_level(spdlog::level::warn);
  const auto run = meno::load_run(argv[1]);
  if (!run) return std::fprintf(stderr, "%s\n", run.error().message.c_str()), 2;
  const meno::World world =
      std::string(argv[2]) == "as-predicted" ? meno::World::AsPredicted : meno::World::HardOrEasy;
  const auto courses = std::stoul(argv[3]);
  std::size_t swapped = 0;
  double gain = 0.0;
  double answers = 0.0;
  const std::filesystem::path folder =
      std::filesystem::temp_directory_path() / ("meno-swap-rates-" + std::to_string(::getpid()));
  for (std::size_t course = 0; course < courses; ++course) {
    const Outcome outcome =
        watched(folder, *run, world, 1000 + course, std::stoul(argv[4]), std::stoul(argv[5]));
    std::filesystem::remove_all(folder);
    swapped += outcome.swapped ? 1 : 0;
    answers += static_cast<double>(outcome.answers_at_swap);
    gain += outcome.gain;
    std::printf("%zu of %zu courses swapped, mean gain %.4f nats, %.0f answers at the swap\n",
                swapped, course + 1, gain / static_cast<double>(course + 1),
                swapped == 0 ? 0.0 : answers / static_cast<double>(swapped));
    std::fflush(stdout);
  }
  return 0;
}
