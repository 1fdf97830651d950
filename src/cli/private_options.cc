#include "cli/private_options.h"

#include <fmt/format.h>

namespace meno {
namespace {

constexpr const char* kNoise = "--private-noise";
constexpr const char* kOthers[] = {"--private-clip", "--private-delta", "--private-students",
                                   "--private-seed"};

}  // namespace

void add_private_options(CLI::App& app, PrivateFlags& flags) {
  app.add_option(kNoise, flags.noise,
                 "train privately: standard deviation of the noise on a step, over the clip");
  app.add_option("--private-clip", flags.rest.clip, "bound on what one student adds to a step")
      ->capture_default_str();
  app.add_option("--private-delta", flags.rest.delta,
                 "probability that the promise fails; below 1 / training students")
      ->capture_default_str();
  app.add_option("--private-students", flags.rest.students,
                 "expected in one step; 0: a twentieth of all")
      ->capture_default_str();
  app.add_option("--private-seed", flags.rest.seed,
                 "of samples and noise, for experiments: who knows it can undo the noise");
}

Result<std::optional<Privacy>> privacy_of(const CLI::App& app, const PrivateFlags& flags) {
  if (flags.noise) {
    Privacy privacy = flags.rest;
    privacy.noise = *flags.noise;
    return std::optional<Privacy>(privacy);
  }
  for (const char* const other : kOthers) {
    if (app.count(other) > 0) {
      return invalid_input(fmt::format("{} without {}, expected both or neither", other, kNoise));
    }
  }
  return std::optional<Privacy>();
}

}  // namespace meno
