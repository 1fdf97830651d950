// Privacy: training whose result says little about any one student. Each step looks at a random
// sample of students, bounds what each of them says, and adds noise to the sum.
// Source: Abadi et al. 2016, arXiv:1607.00133, algorithm 1, with a student where they have an
// example: as in McMahan et al. 2018, arXiv:1710.06963, all of a student's answers are protected
// together.
#pragma once

#include <cstdint>
#include <optional>

#include "core/ranks.h"
#include "core/result.h"
#include "meta/learner.h"
#include "meta/privacy/accountant.h"
#include "meta/registry.h"

namespace meno {

struct Privacy {
  double noise = 1.0;  // standard deviation of the noise over `clip`; above 0
  double clip = 0.1;   // bound on the norm of one student's direction; above 0
  /// Probability that the promise fails; below one over the number of students.
  double delta = 1e-5;
  int students = 0;  // expected in one step; 0: a twentieth of all
  /// Of the samples and the noise; absent: drawn from the system. Whoever knows it can take the
  /// noise away, so a fixed one is for experiments only.
  std::optional<std::uint64_t> seed = std::nullopt;
};

/// What a private training has spent.
struct PrivacySpent {
  Privacy options;
  std::size_t students = 0;  // that could be sampled
  NoisySteps taken;
  double epsilon = 0.0;
};

/// Samples, bounds and noise of one training over `students` students.
class PrivateSteps {
 public:
  /// All ranks get the seed of the first. Errors: InvalidInput for a bad option.
  static Result<PrivateSteps> make(const Privacy& options, std::size_t students, Ranks& ranks);

  /// For make_private_feed().
  std::uint64_t sample_seed() const;
  /// Probability that a step looks at a given student.
  double sampling() const { return sampling_; }

  /// Mean of the students' bounded directions, weighing as many as there are; each task is about
  /// one student.
  MetaStep bounded_mean(const LearnerSetup& learner, const StudentModel& model, ParamView theta,
                        std::span<const EncodedTask> students, std::uint64_t seed) const;

  /// Makes the mean over all that were sampled in step `number` into a noisy sum over the expected
  /// number of them.
  void make_noisy(MetaStep& step, std::uint64_t number) const;

  /// After `steps` steps.
  PrivacySpent spent(std::uint64_t steps) const;

 private:
  PrivateSteps(const Privacy& options, std::size_t students, std::uint64_t seed);

  Privacy options_;
  std::size_t students_;
  double sampling_;
  std::uint64_t seed_;
};

}  // namespace meno
