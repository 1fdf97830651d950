// Training and drawing of `gan`: Corpus -> likelihood -> rounds of the game -> the decoder.
#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "meta/adamw/adamw.h"
#include "meta/generative/corpus.h"
#include "meta/generative/gan.h"
#include "meta/generative/simulated_walk.h"

namespace meno {
namespace {

constexpr std::size_t kLongest = 150;     // answers of a student in the game
constexpr std::size_t kBatchRows = 1500;  // answers of a step of likelihood
constexpr int kJudgeSteps = 2;            // of the discriminator in a round

struct GanOptions {
  int latent = 4;
  int hidden = 24;
  int steps = 800;
  int passes = 60;
  int rounds = 200;
  int students = 24;
  double rate = 5e-3;
  double game_rate = 1e-3;
  double penalty = 0.1;
  double discount = 0.9;
  double anchor = 0.3;
  double leave = 0.1;
};

Result<Done> check(const GanOptions& read) {
  MENO_TRY_DONE(check_leave(read.leave, "gan"));
  if (read.latent < 1 || read.latent > 64 || read.hidden < 1 || read.hidden > 1024) {
    return invalid_input(fmt::format("gan: latent {} and hidden {}, expected 1 to 64 and 1 to 1024",
                                     read.latent, read.hidden));
  }
  if (read.steps < 1 || read.passes < 1 || read.rounds < 0 || read.students < 1) {
    return invalid_input(
        fmt::format("gan: steps {}, passes {}, rounds {}, students {}, expected above 0",
                    read.steps, read.passes, read.rounds, read.students));
  }
  if (!(read.rate > 0.0) || !(read.game_rate > 0.0) || !(read.penalty >= 0.0) ||
      !(read.discount >= 0.0) || read.discount > 1.0 || !(read.anchor >= 0.0)) {
    return invalid_input(fmt::format(
        "gan: rate {}, game_rate {}, penalty {}, discount {}, anchor {}, expected rates above 0, "
        "a discount up to 1 and the others from 0",
        read.rate, read.game_rate, read.penalty, read.discount, read.anchor));
  }
  return Done{};
}

Result<GanOptions> read_options(const Options& options) {
  GanOptions read;
  OptionReader reader(options);
  reader.read("latent", read.latent);
  reader.read("hidden", read.hidden);
  reader.read("steps", read.steps);
  reader.read("passes", read.passes);
  reader.read("rounds", read.rounds);
  reader.read("students", read.students);
  reader.read("rate", read.rate);
  reader.read("game_rate", read.game_rate);
  reader.read("penalty", read.penalty);
  reader.read("discount", read.discount);
  reader.read("anchor", read.anchor);
  reader.read("leave", read.leave);
  MENO_TRY_DONE(reader.finish("gan"));
  MENO_TRY_DONE(check(read));
  return read;
}

/// Both players, and what they are trained with.
class Game {
 public:
  Game(const GanOptions& options, std::uint64_t seed)
      : options_(options),
        decoder_(kEvidence, static_cast<std::size_t>(options.latent),
                 static_cast<std::size_t>(options.hidden)),
        judge_(static_cast<std::size_t>(options.hidden)),
        rng_(mix64(seed) ^ 0x6761) {
    decoder_.add_to(layout_);
    theta_ = layout_.initial(rng_);
    decoder_.start(theta_, rng_);
    phi_ = judge_.layout().initial(rng_);
  }

  const Decoder& decoder() const { return decoder_; }
  const Params& theta() const { return theta_; }

  Result<Done> imitate(std::span<const EncodedStudent> students, double rate) {
    if (students.empty()) return Done{};
    const double whole = static_cast<double>(answers_of(students)) / kBatchRows;
    const int steps = std::clamp(static_cast<int>(whole * options_.passes), 20, options_.steps);
    AdamW optimiser(layout_, {.weight_decay = 1e-2});
    Turns turns(students, rng_);
    for (int step = 0; step < steps; ++step) {
      if (interrupted()) return unavailable("stopped by a signal, nothing is kept");
      const double now = 0.5 * (1.0 + std::cos(M_PI * step / steps));
      Params grad(theta_.size(), 0.0);
      double rows = 0.0;
      const double loss = add_likelihood(turns.next(kBatchRows), 1.0, grad, rows);
      if (!std::isfinite(loss)) return diverged("likelihood", step);
      optimiser.step(theta_, grad, 1.0 / rows, rate * now);
    }
    return Done{};
  }

  Result<Done> play(std::span<const EncodedStudent> real, const SimulatedCourse& course) {
    AdamW by_decoder(layout_, {.weight_decay = 0.0});
    AdamW by_judge(judge_.layout(), {.weight_decay = 1e-2});
    Turns turns(real, rng_);
    for (int round = 0; round < options_.rounds; ++round) {
      if (interrupted()) return unavailable("stopped by a signal, nothing is kept");
      draw_fakes(course);
      std::size_t rows = 0;
      for (const EncodedStudent& fake : fakes_) rows += fake.correct.size();
      const std::vector<const EncodedStudent*> batch = turns.next(rows);
      for (int step = 0; step < kJudgeSteps; ++step) {
        if (!std::isfinite(step_judge(batch, by_judge))) return diverged("game", round);
      }
      step_decoder(batch, by_decoder);
    }
    return Done{};
  }

 private:
  static Error diverged(const char* part, int step) {
    return invalid_input(
        fmt::format("gan: the loss of step {} of the {} is not finite, expected a "
                    "smaller rate",
                    step + 1, part));
  }

  std::vector<double> drawn_z() {
    std::vector<double> z(decoder_.latent());
    for (double& one : z) one = rng_.normal();
    return z;
  }

  double add_likelihood(const std::vector<const EncodedStudent*>& students, double weight,
                        std::span<double> grad, double& rows) {
    double loss = 0.0;
    for (const EncodedStudent* const student : students) {
      const std::vector<double> weights(student->correct.size(), weight);
      loss += decoder_.surprise_of(theta_, *student, drawn_z(), weights, grad, {});
      rows += static_cast<double>(student->correct.size());
    }
    return loss;
  }

  void draw_fakes(const SimulatedCourse& course) {
    fakes_.clear();
    profiles_.clear();
    for (int k = 0; k < options_.students; ++k) {
      profiles_.push_back(drawn_z());
      fakes_.push_back(walk_student(
          course,
          [&](const EvidenceRow& row) { return decoder_.logit(theta_, row, profiles_.back()); },
          kLongest, rng_, nullptr));
    }
  }

  double step_judge(const std::vector<const EncodedStudent*>& real, AdamW& optimiser) {
    Params grad(phi_.size(), 0.0);
    double rows = 0.0;
    double loss = 0.0;
    for (const EncodedStudent* const student : real) {
      loss += judge_.loss(phi_, *student, true, options_.penalty, grad);
      rows += static_cast<double>(student->correct.size());
    }
    for (const EncodedStudent& student : fakes_) {
      loss += judge_.loss(phi_, student, false, 0.0, grad);
      rows += static_cast<double>(student.correct.size());
    }
    optimiser.step(phi_, grad, 1.0 / rows, options_.rate);
    return loss;
  }

  void step_decoder(const std::vector<const EncodedStudent*>& real, AdamW& optimiser) {
    std::vector<std::vector<double>> advantage;
    double sum = 0.0;
    double squares = 0.0;
    double rows = 0.0;
    for (const EncodedStudent& fake : fakes_) {
      advantage.push_back(returns_to_go(judge_.log_odds(phi_, fake), options_.discount));
      for (const double a : advantage.back()) {
        sum += a;
        squares += a * a;
        rows += 1.0;
      }
    }
    const double mean = sum / rows;
    const double spread = std::sqrt(std::max(1e-6, squares / rows - mean * mean));
    Params grad(theta_.size(), 0.0);
    for (std::size_t k = 0; k < fakes_.size(); ++k) {
      for (double& a : advantage[k]) a = (a - mean) / spread;
      decoder_.surprise_of(theta_, fakes_[k], profiles_[k], advantage[k], grad, {});
    }
    double real_rows = 0.0;
    if (options_.anchor > 0.0) add_likelihood(real, options_.anchor, grad, real_rows);
    optimiser.step(theta_, grad, 1.0 / rows, options_.game_rate);
  }

  GanOptions options_;
  Decoder decoder_;
  Discriminator judge_;
  ParamLayout layout_;
  Rng rng_;
  Params theta_;
  Params phi_;
  std::vector<EncodedStudent> fakes_;
  std::vector<std::vector<double>> profiles_;  // z of each fake
};

class GanGenerator final : public StudentGenerator {
 public:
  GanGenerator(const Decoder& decoder, Params theta, SimulatedCourse course)
      : decoder_(decoder), theta_(std::move(theta)), course_(std::move(course)) {}

  void draw(Rng& rng, History& student) const override {
    std::vector<double> z(decoder_.latent());
    for (double& one : z) one = rng.normal();
    walk_student(
        course_, [&](const EvidenceRow& row) { return decoder_.logit(theta_, row, z); }, 0, rng,
        &student);
  }

 private:
  Decoder decoder_;
  Params theta_;
  SimulatedCourse course_;
};

}  // namespace

Result<std::unique_ptr<const StudentGenerator>> fit_gan(const Options& options,
                                                        const GenerativeCohort& cohort) {
  MENO_TRY(const GanOptions chosen, read_options(options));
  MENO_TRY_DONE(check_cohort(cohort));
  const Corpus corpus = corpus_of(cohort, kLongest);
  SimulatedCourse course(cohort.students, chosen.leave);
  Game game(chosen, cohort.seed);
  MENO_TRY_DONE(game.imitate(corpus.others, chosen.rate));
  MENO_TRY_DONE(game.imitate(corpus.own, corpus.others.empty() ? chosen.rate : 0.3 * chosen.rate));
  MENO_TRY_DONE(game.play(corpus.own, course));
  return std::unique_ptr<const StudentGenerator>(
      std::make_unique<const GanGenerator>(game.decoder(), game.theta(), std::move(course)));
}

}  // namespace meno
