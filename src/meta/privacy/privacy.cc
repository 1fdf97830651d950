#include "meta/privacy/privacy.h"

#include <cmath>
#include <random>

#include <fmt/format.h>

namespace meno {
namespace {

/// Streams of random numbers of one seed.
enum class Stream : std::uint64_t { Samples = 1, Noise };

std::uint64_t seed_of(std::uint64_t seed, Stream stream) {
  return mix64(mix64(seed) ^ static_cast<std::uint64_t>(stream));
}

Result<Done> check(const Privacy& options, std::size_t students) {
  if (!(options.noise > 0.0) || !std::isfinite(options.noise))
    return invalid_input(fmt::format("private noise is {}, expected above 0", options.noise));
  if (!(options.clip > 0.0) || !std::isfinite(options.clip))
    return invalid_input(fmt::format("private clip is {}, expected above 0", options.clip));
  const double least = 1.0 / static_cast<double>(students);
  if (!(options.delta > 0.0) || !(options.delta < least)) {
    return invalid_input(
        fmt::format("private delta is {}, expected above 0 and below {:.2g}, one over the {} "
                    "training students",
                    options.delta, least, students));
  }
  if (options.students < 0 || static_cast<std::size_t>(options.students) > students) {
    return invalid_input(fmt::format("private students is {}, expected from 1 to all {}",
                                     options.students, students));
  }
  return Done{};
}

/// The first rank's seed on every rank, in halves that a double holds exactly.
Result<std::uint64_t> common_seed(const Privacy& options, Ranks& ranks) {
  std::random_device system;
  const std::uint64_t drawn = (std::uint64_t{system()} << 32U) | system();
  const std::uint64_t seed = options.seed.value_or(drawn);
  const double halves[] = {static_cast<double>(seed >> 32U),
                           static_cast<double>(seed & 0xffffffffULL)};
  MENO_TRY(const std::vector<double> all, ranks.gather(halves));
  return (static_cast<std::uint64_t>(all[0]) << 32U) | static_cast<std::uint64_t>(all[1]);
}

double norm_of(ParamView values) {
  double squares = 0.0;
  for (const double value : values) squares += value * value;
  return std::sqrt(squares);
}

}  // namespace

Result<PrivateSteps> PrivateSteps::make(const Privacy& options, std::size_t students,
                                        Ranks& ranks) {
  MENO_TRY_DONE(check(options, students));
  MENO_TRY(const std::uint64_t seed, common_seed(options, ranks));
  return PrivateSteps(options, students, seed);
}

PrivateSteps::PrivateSteps(const Privacy& options, std::size_t students, std::uint64_t seed)
    : options_(options),
      students_(students),
      sampling_(options.students == 0
                    ? 0.05
                    : static_cast<double>(options.students) / static_cast<double>(students)),
      seed_(seed) {}

std::uint64_t PrivateSteps::sample_seed() const { return seed_of(seed_, Stream::Samples); }

MetaStep PrivateSteps::bounded_mean(const LearnerSetup& learner, const StudentModel& model,
                                    ParamView theta, std::span<const EncodedTask> students,
                                    std::uint64_t seed) const {
  MetaStep mean{.loss = 0.0,
                .direction = Params(theta.size(), 0.0),
                .weight = static_cast<double>(students.size())};
  const double share = 1.0 / mean.weight;
  for (std::size_t k = 0; k < students.size(); ++k) {
    // One seed for all: what a student says must not depend on who else is there.
    const MetaStep one = learner.step(model, theta, students.subspan(k, 1), mix64(seed));
    const double norm = norm_of(one.direction);
    const double scale = norm > options_.clip ? options_.clip / norm : 1.0;
    add_scaled(share * scale, one.direction, mean.direction);
    mean.loss += share * one.loss;
  }
  return mean;
}

void PrivateSteps::make_noisy(MetaStep& step, std::uint64_t number) const {
  const double expected = sampling_ * static_cast<double>(students_);
  const double deviation = options_.noise * options_.clip / expected;
  Rng rng = Rng(seed_of(seed_, Stream::Noise)).fork(number);
  for (double& value : step.direction) {
    value = value * step.weight / expected + deviation * rng.normal();
  }
}

PrivacySpent PrivateSteps::spent(std::uint64_t steps) const {
  PrivacySpent spent{.options = options_,
                     .students = students_,
                     .taken = {.noise = options_.noise, .sampling = sampling_, .steps = steps}};
  spent.epsilon = epsilon_of(spent.taken, options_.delta);
  return spent;
}

}  // namespace meno
