// Training and drawing of `vae`: Corpus -> theta -> the normal that students are drawn from.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "meta/adamw/adamw.h"
#include "meta/generative/cholesky.h"
#include "meta/generative/corpus.h"
#include "meta/generative/simulated_walk.h"
#include "meta/generative/vae.h"

namespace meno {
namespace {

constexpr std::size_t kLongest = 400;     // answers of a training student
constexpr std::size_t kBatchRows = 1500;  // answers of a step
constexpr double kPriorStudents = 5.0;    // of N(0, I) among those that new ones are drawn like
constexpr double kWarmUp = 0.4;           // of the steps, over which kl rises

struct VaeOptions {
  int latent = 4;
  int hidden = 24;
  int steps = 800;
  int passes = 60;
  double rate = 5e-3;
  double decay = 1e-2;
  double kl = 1.0;
  double leave = 0.1;
  bool own_evidence = false;
};

Result<VaeOptions> read_options(const Options& options) {
  VaeOptions read;
  OptionReader reader(options);
  reader.read("latent", read.latent);
  reader.read("hidden", read.hidden);
  reader.read("steps", read.steps);
  reader.read("passes", read.passes);
  reader.read("rate", read.rate);
  reader.read("decay", read.decay);
  reader.read("kl", read.kl);
  reader.read("leave", read.leave);
  reader.read("own_evidence", read.own_evidence);
  MENO_TRY_DONE(reader.finish("vae"));
  MENO_TRY_DONE(check_leave(read.leave, "vae"));
  if (read.latent < 1 || read.latent > 64 || read.hidden < 1 || read.hidden > 1024) {
    return invalid_input(fmt::format("vae: latent {} and hidden {}, expected 1 to 64 and 1 to 1024",
                                     read.latent, read.hidden));
  }
  if (read.steps < 1 || read.passes < 1 || !(read.rate > 0.0) || !(read.kl >= 0.0)) {
    return invalid_input(fmt::format("vae: steps {}, passes {}, rate {}, kl {}, expected above 0",
                                     read.steps, read.passes, read.rate, read.kl));
  }
  return read;
}

/// So many steps that nobody is met more than `passes` times.
int steps_for(std::span<const EncodedStudent> students, const VaeOptions& options) {
  const double whole = static_cast<double>(answers_of(students)) / static_cast<double>(kBatchRows);
  return std::clamp(static_cast<int>(whole * options.passes), 20, options.steps);
}

Result<Done> train_vae(const SequenceVae& vae, std::span<const EncodedStudent> students,
                       const VaeOptions& options, double rate, Rng& rng, Params& theta) {
  if (students.empty()) return Done{};
  AdamW optimiser(vae.layout(), {.weight_decay = options.decay});
  Turns turns(students, rng);
  Params grad(theta.size());
  std::vector<double> eps(vae.decoder().latent());
  const int steps = steps_for(students, options);
  for (int step = 0; step < steps; ++step) {
    if (interrupted()) return unavailable("stopped by a signal, nothing is kept");
    const double done = static_cast<double>(step) / steps;
    const double kl = options.kl * std::min(1.0, done / kWarmUp);
    std::fill(grad.begin(), grad.end(), 0.0);
    double loss = 0.0;
    double rows = 0.0;
    for (const EncodedStudent* const student : turns.next(kBatchRows)) {
      for (double& e : eps) e = rng.normal();
      loss += vae.loss(theta, *student, eps, kl, grad);
      rows += static_cast<double>(student->correct.size());
    }
    if (!std::isfinite(loss)) {
      return invalid_input(
          fmt::format("vae: the loss of step {} is {}, expected a smaller rate", step + 1, loss));
    }
    optimiser.step(theta, grad, 1.0 / rows, rate * 0.5 * (1.0 + std::cos(M_PI * done)));
  }
  return Done{};
}

/// Who new students are like: z = mean + root x normal [K].
struct Population {
  std::vector<double> mean;
  std::vector<double> root;  // [K, K], lower triangle
};

Population population_of(const SequenceVae& vae, ParamView theta,
                         std::span<const EncodedStudent> students) {
  const std::size_t n = vae.decoder().latent();
  const double all = static_cast<double>(students.size()) + kPriorStudents;
  std::vector<SequenceVae::Posterior> posteriors;
  Population population{.mean = std::vector<double>(n), .root = std::vector<double>(n * n)};
  for (const EncodedStudent& student : students) {
    posteriors.push_back(vae.posterior(theta, student));
    for (std::size_t k = 0; k < n; ++k) population.mean[k] += posteriors.back().mean[k] / all;
  }
  for (std::size_t k = 0; k < n; ++k) population.root[k * n + k] = kPriorStudents / all;
  for (const SequenceVae::Posterior& q : posteriors) {
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j < n; ++j) {
        population.root[i * n + j] +=
            (q.mean[i] - population.mean[i]) * (q.mean[j] - population.mean[j]) / all;
      }
      population.root[i * n + i] += q.sd[i] * q.sd[i] / all;
    }
  }
  population.root = cholesky(std::move(population.root), n);
  return population;
}

class VaeGenerator final : public StudentGenerator {
 public:
  VaeGenerator(SequenceVae vae, Params theta, Population population, SimulatedCourse course)
      : vae_(std::move(vae)),
        theta_(std::move(theta)),
        population_(std::move(population)),
        course_(std::move(course)) {}

  void draw(Rng& rng, History& student) const override {
    const std::size_t n = population_.mean.size();
    std::vector<double> normal(n);
    for (double& one : normal) one = rng.normal();
    std::vector<double> z = population_.mean;
    for (std::size_t i = 0; i < n; ++i) {
      for (std::size_t j = 0; j <= i; ++j) z[i] += population_.root[i * n + j] * normal[j];
    }
    const ParamView theta = vae_.decoder_part(theta_);
    walk_student(
        course_, [&](const EvidenceRow& row) { return vae_.decoder().logit(theta, row, z); }, 0,
        rng, &student);
  }

 private:
  SequenceVae vae_;
  Params theta_;
  Population population_;
  SimulatedCourse course_;
};

}  // namespace

Result<std::unique_ptr<const StudentGenerator>> fit_vae(const Options& options,
                                                        const GenerativeCohort& cohort) {
  MENO_TRY(const VaeOptions chosen, read_options(options));
  MENO_TRY_DONE(check_cohort(cohort));
  const Corpus corpus = corpus_of(cohort, kLongest);
  SequenceVae vae(static_cast<std::size_t>(chosen.latent), static_cast<std::size_t>(chosen.hidden),
                  chosen.own_evidence);
  Rng rng(mix64(cohort.seed) ^ 0x7661);
  Params theta = vae.initial(rng);
  MENO_TRY_DONE(train_vae(vae, corpus.others, chosen, chosen.rate, rng, theta));
  const double rate = corpus.others.empty() ? chosen.rate : 0.3 * chosen.rate;
  MENO_TRY_DONE(train_vae(vae, corpus.own, chosen, rate, rng, theta));
  Population population = population_of(vae, theta, corpus.own);
  return std::unique_ptr<const StudentGenerator>(
      std::make_unique<const VaeGenerator>(std::move(vae), std::move(theta), std::move(population),
                                           SimulatedCourse(cohort.students, chosen.leave)));
}

}  // namespace meno
