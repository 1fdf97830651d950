#include "meta/training.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/parallel.h"
#include "core/progress.h"
#include "core/ranks.h"
#include "meta/adamw/adamw.h"
#include "meta/checkpoint.h"
#include "meta/feed.h"
#include "meta/histories.h"
#include "meta/joint_step.h"
#include "meta/privacy/private_training.h"
#include "meta/registry.h"
#include "meta/schedule.h"
#include "meta/validation.h"

namespace meno {
namespace {

using Moment = std::chrono::steady_clock::time_point;

double seconds_since(Moment start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

/// Streams of random numbers of one seed, so that one more draw in one place moves nothing in
/// another.
enum class Stream : std::uint64_t { Initial = 1, Folds, Order, Noise };

std::uint64_t seed_of(std::uint64_t seed, Stream stream) {
  return mix64(mix64(seed) ^ static_cast<std::uint64_t>(stream));
}

/// The running average forgets slowly, and faster while it is young (as in TensorFlow's moving
/// averages with num_updates).
double average_decay(std::uint64_t steps) {
  const auto k = static_cast<double>(steps);
  return std::min(0.98, k / (k + 10.0));
}

/// How long training may go on between two checkpoints on disk.
constexpr double kSecondsBetweenCheckpoints = 60.0;

/// TrainOptions with every "the model's" filled in and checked.
struct Settings {
  int epochs = 0;
  std::size_t window = 0;
  std::size_t batch_rows = 0;
  double rate = 0.0;
  double weight_decay = 0.0;
  std::size_t threads = 1;
  std::string line = {};  // all that the result depends on, for checkpoints
};

Result<Settings> settings_of(const ModelEntry& entry, const TrainOptions& options) {
  const int window = options.window.value_or(entry.training.window);
  const int batch_rows = options.batch_rows.value_or(entry.training.batch_rows);
  const Settings settings{
      .epochs = options.epochs == 0 ? entry.training.epochs : options.epochs,
      .window = static_cast<std::size_t>(std::max(0, window)),
      .batch_rows = static_cast<std::size_t>(std::max(1, batch_rows)),
      .rate = options.rate.value_or(entry.training.rate),
      .weight_decay = options.weight_decay.value_or(entry.training.weight_decay),
      .threads = thread_count(options.threads)};
  if (settings.epochs < 0)
    return invalid_input(fmt::format("epochs is {}, expected 1 or more", options.epochs));
  if (window < 0)
    return invalid_input(fmt::format("window is {}, expected 0 or more rows", window));
  if (!(settings.rate > 0.0))
    return invalid_input(fmt::format("rate is {}, expected above 0", settings.rate));
  if (!(settings.weight_decay >= 0.0)) {
    return invalid_input(
        fmt::format("weight decay is {}, expected 0 or more", settings.weight_decay));
  }
  if (batch_rows < 1) {
    return invalid_input(fmt::format("batch rows is {}, expected 1 or more", batch_rows));
  }
  if (options.folds < 0 || options.folds == 1) {
    return invalid_input(fmt::format("folds is {}, expected 0 or at least 2", options.folds));
  }
  return settings;
}

std::string described(const Options& options) {
  std::string text;
  for (const auto& [name, value] : options) text += fmt::format(" {}={}", name, value);
  return text;
}

/// All that the result depends on, in one line.
std::string setting_line(const ModelEntry& entry, const Options& model_options,
                         const TrainingData& data, const TrainOptions& options,
                         const Settings& settings, std::size_t ranks) {
  // One thread on each of N ranks sums as N threads of one process do.
  const std::string parts = ranks == 1 || settings.threads == 1
                                ? fmt::format("{}", ranks * settings.threads)
                                : fmt::format("{} x {}", ranks, settings.threads);
  const std::string bounded =
      options.privacy
          ? fmt::format(
                ", private noise {}, clip {}, {} students{}", options.privacy->noise,
                options.privacy->clip, options.privacy->students,
                options.privacy->seed ? fmt::format(", seed {}", *options.privacy->seed) : "")
          : "";
  return fmt::format(
      "model {}{}; learner {}{}; data {} ({} + {} students); seed {}, {} threads, {} epochs, "
      "patience {}, {} rows a "
      "batch, window {}{}, {} folds, rate {}, decay {}, clip {}, average {}, start {}{}",
      entry.name, described(model_options), options.learner, described(options.learner_options),
      data.data_hash, data.training.size(), data.validation.size(), options.seed, parts,
      settings.epochs, options.patience, settings.batch_rows, settings.window,
      options.carry_context ? " with context" : "", options.folds, settings.rate,
      settings.weight_decay, options.clip, options.average, options.start.size(), bounded);
}

/// Errors: InvalidInput, on every rank, when they are not about to do the same.
Result<Done> check_alike(Ranks& ranks, const std::string& line) {
  std::uint64_t hash = 0;
  for (const char c : line) hash = mix64(hash ^ static_cast<unsigned char>(c));
  const double mine[] = {static_cast<double>(hash >> 16U)};  // exact in a double
  MENO_TRY(const std::vector<double> all, ranks.gather(mine));
  for (std::size_t r = 1; r < all.size(); ++r) {
    if (all[r] == all[0]) continue;
    return invalid_input(
        fmt::format("rank {} of {} has other data or options than rank 0, expected the same on all",
                    r, all.size()));
  }
  return Done{};
}

double norm_of(ParamView values) {
  double squares = 0.0;
  for (const double value : values) squares += value * value;
  return std::sqrt(squares);
}

/// The model's blocks and behind them the learner's own.
ParamLayout whole_layout(const ParamLayout& model, const LearnerSetup& learner) {
  ParamLayout whole = model;
  if (!learner.own) return whole;
  const ParamLayout own = learner.own(model);
  for (const ParamBlock& block : own.blocks()) whole.add(block);
  return whole;
}

/// One training under way: owns the state between steps.
class Loop {
 public:
  Loop(const StudentModel& model, LearnerSetup learner, Feed& feed, const Validation& validation,
       const TrainOptions& options, Ranks& ranks, const PrivateSteps* privacy,
       const Settings& settings)
      : model_(model),
        learner_(std::move(learner)),
        feed_(feed),
        validation_(validation),
        options_(options),
        ranks_(ranks),
        privacy_(privacy),
        settings_(settings),
        layout_(whole_layout(model.layout(), learner_)),
        optimiser_(layout_, {.weight_decay = settings.weight_decay}) {}

  Result<Done> start() {
    if (options_.resume) {
      MENO_TRY(state_, load_checkpoint(options_.checkpoint, settings_.line));
      if (state_.theta.size() != layout_.size()) {
        return invalid_input(fmt::format("{}: {} parameters, expected {}",
                                         options_.checkpoint.string(), state_.theta.size(),
                                         layout_.size()));
      }
      optimiser_.restore(std::move(state_.optimiser));
      return Done{};
    }
    Rng rng(seed_of(options_.seed, Stream::Initial));
    state_.theta = layout_.initial(rng);
    if (!options_.start.empty() && options_.start.size() != model_.layout().size()) {
      return invalid_input(fmt::format("theta to start with has {} parameters, expected {}",
                                       options_.start.size(), model_.layout().size()));
    }
    std::copy(options_.start.begin(), options_.start.end(), state_.theta.begin());
    if (options_.average) state_.average = state_.theta;
    return Done{};
  }

  Result<Done> run() {
    while (state_.epoch < static_cast<std::size_t>(settings_.epochs) && !out_of_patience()) {
      MENO_TRY_DONE(run_epoch());
    }
    return Done{};
  }

  TrainingState& state() { return state_; }
  /// Taken since the first epoch.
  std::uint64_t steps() const { return optimiser_.state().steps; }

 private:
  bool out_of_patience() const {
    return options_.patience > 0 && !validation_.empty() &&
           static_cast<int>(state_.epoch) - state_.best_epoch >= options_.patience;
  }

  Result<Done> run_epoch() {
    const Moment begin = std::chrono::steady_clock::now();
    const std::size_t steps = feed_.begin_epoch(state_.epoch);
    Progress progress(fmt::format("epoch {}/{}", state_.epoch + 1, settings_.epochs), steps,
                      "steps");
    progress.note(best_note());
    for (; state_.step < steps; ++state_.step) {
      if (ranks_.size() == 1 && interrupted()) return stop();
      MENO_TRY(JointStep joint,
               joined(ranks_, own_step(), layout_.size(), ranks_.size() > 1 && interrupted()));
      if (joint.stop) return stop();
      if (privacy_ != nullptr) privacy_->make_noisy(joint.step, optimiser_.state().steps);
      MENO_TRY_DONE(take_step(joint.step, steps));
      progress.advance();
    }
    close_epoch(begin);
    progress.note(best_note());
    if (!options_.checkpoint.empty() && seconds_since(saved_) > kSecondsBetweenCheckpoints)
      return save();
    return Done{};
  }

  Result<Done> take_step(const MetaStep& step, std::size_t steps) {
    const double norm = norm_of(step.direction);
    if (!std::isfinite(step.loss) || !std::isfinite(norm)) {
      return invalid_input(fmt::format(
          "loss is {} and the gradient's norm {} at step {} of epoch {}, expected "
          "finite numbers; a lower rate than {}{} may help",
          step.loss, norm, state_.step + 1, state_.epoch + 1, settings_.rate, inner_rate_note()));
    }
    const bool too_long = options_.clip > 0.0 && norm > options_.clip && privacy_ == nullptr;
    const double scale = too_long ? options_.clip / norm : 1.0;
    const double done = static_cast<double>(state_.epoch) +
                        static_cast<double>(state_.step + 1) / static_cast<double>(steps);
    optimiser_.step(state_.theta, step.direction, scale,
                    settings_.rate * rate_at(done / settings_.epochs));
    follow();
    state_.loss_sum += step.weight * step.loss;
    state_.weight_sum += step.weight;
    return Done{};
  }

  /// Learners from tasks may also have diverged within one.
  std::string inner_rate_note() const {
    return learner_.tasks ? fmt::format(" or inner_rate than {}", learner_.inner.rate) : "";
  }

  /// The learner's step on this rank's parts, averaged by weight in their order.
  MetaStep own_step() const {
    const std::uint64_t noise =
        mix64(seed_of(options_.seed, Stream::Noise) ^ mix64(optimiser_.state().steps));
    const std::size_t first = ranks_.rank() * settings_.threads;
    const std::size_t parts = ranks_.size() * settings_.threads;
    std::vector<MetaStep> steps(settings_.threads);
    parallel_for(steps.size(), settings_.threads, [&](std::size_t k) {
      const Share share = feed_.share(state_.step, first + k, parts);
      steps[k].weight = 0.0;
      if (!share.tasks.empty()) {
        steps[k] = step_of(share.tasks, mix64(noise ^ (first + k)));
      }
    });
    return averaged(std::move(steps), layout_.size());
  }

  MetaStep step_of(std::span<const EncodedTask> tasks, std::uint64_t noise) const {
    return privacy_ != nullptr
               ? privacy_->bounded_mean(learner_, model_, state_.theta, tasks, noise)
               : learner_.step(model_, state_.theta, tasks, noise);
  }

  void follow() {
    if (!options_.average) return;
    const double keep = average_decay(optimiser_.state().steps);
    for (std::size_t i = 0; i < state_.theta.size(); ++i) {
      state_.average[i] += (1.0 - keep) * (state_.theta[i] - state_.average[i]);
    }
  }

  void close_epoch(Moment begin) {
    const Params& judged = options_.average ? state_.average : state_.theta;
    const ValidationScore score =
        validation_.score(ParamView(judged).first(model_.layout().size()), ranks_);
    ++state_.epoch;
    state_.step = 0;
    EpochRecord record{.epoch = static_cast<int>(state_.epoch),
                       .train_loss = state_.loss_sum / std::max(1.0, state_.weight_sum),
                       .valid_auc = score.auc,
                       .valid_log_loss = score.log_loss,
                       .seconds = seconds_since(begin)};
    state_.loss_sum = state_.weight_sum = 0.0;
    if (state_.best.empty() ||
        better(record, state_.epochs[static_cast<std::size_t>(state_.best_epoch) - 1])) {
      state_.best = judged;
      state_.best_epoch = record.epoch;
    }
    state_.epochs.push_back(record);
  }

  /// By AUC; by log loss where there is no AUC; without validation the later is the better.
  static bool better(const EpochRecord& record, const EpochRecord& best) {
    if (record.valid_auc && best.valid_auc) return *record.valid_auc > *best.valid_auc;
    if (record.valid_log_loss && best.valid_log_loss)
      return *record.valid_log_loss < *best.valid_log_loss;
    return true;
  }

  std::string best_note() const {
    if (state_.best_epoch == 0) return "";
    const EpochRecord& best = state_.epochs[static_cast<std::size_t>(state_.best_epoch) - 1];
    return best.valid_auc
               ? fmt::format("best valid AUC {:.4f} at epoch {}", *best.valid_auc, best.epoch)
               : "";
  }

  /// Rank 0 alone writes; all ranks have the same state.
  Result<Done> save() {
    if (ranks_.rank() != 0) return Done{};
    saved_ = std::chrono::steady_clock::now();
    state_.optimiser = optimiser_.state();
    Result<Done> saved = save_checkpoint(state_, settings_.line, options_.checkpoint);
    state_.optimiser = {};
    return saved;
  }

  Result<Done> stop() {
    const std::string where =
        fmt::format("before step {} of epoch {}", state_.step + 1, state_.epoch + 1);
    if (options_.checkpoint.empty())
      return unavailable(fmt::format("stopped by a signal {}, nothing is kept", where));
    MENO_TRY_DONE(save());
    return unavailable(
        fmt::format("stopped by a signal {}; the same command with --resume goes on from {}", where,
                    options_.checkpoint.string()));
  }

  const StudentModel& model_;
  LearnerSetup learner_;
  Feed& feed_;
  const Validation& validation_;
  const TrainOptions& options_;
  Ranks& ranks_;
  const PrivateSteps* privacy_;  // null: what students say is taken as it is
  const Settings& settings_;
  ParamLayout layout_;  // of theta [P + E]
  AdamW optimiser_;
  TrainingState state_;
  Moment saved_ = std::chrono::steady_clock::now();
};

/// What the steps are computed on, and what keeps them private.
struct Source {
  std::unique_ptr<Feed> feed;
  std::optional<PrivateSteps> privacy = std::nullopt;
};

Result<Source> make_source(const StudentModel& model, const LearnerSetup& learner,
                           const TaskPool& pool, const TrainOptions& options, Ranks& ranks,
                           const Settings& settings) {
  const std::uint64_t seed = seed_of(options.seed, Stream::Order);
  if (options.privacy) {
    const auto windows_of = [&](const Window& history) {
      return cut({history}, settings.window, options.carry_context);
    };
    MENO_TRY(PrivateTraining made,
             make_private_training(*options.privacy, model, learner, pool, windows_of, ranks));
    return Source{.feed = std::move(made.feed), .privacy = made.steps};
  }
  if (learner.tasks) {
    MENO_TRY(auto feed, make_task_feed(model, pool, *learner.tasks, seed));
    return Source{.feed = std::move(feed)};
  }
  std::vector<Window> windows = cut(pool.windows, settings.window, options.carry_context);
  auto encoded = encode_all(model, windows, settings.threads);
  return Source{
      .feed = make_window_feed(std::move(encoded), std::move(windows), settings.batch_rows, seed)};
}

/// Folds of students for course statistics: with few students, as many as there are. One alone
/// cannot be left out, so his statistics are his own.
int folds_of(const TrainingData& data, const TrainOptions& options) {
  if (options.privacy) return 0;  // counts no statistics
  const int students = static_cast<int>(std::min<std::size_t>(data.training.size(), 1000));
  return students < 2 ? 0 : std::min(options.folds, students);
}

Result<std::unique_ptr<const StudentModel>> fit(const ModelEntry& entry,
                                                const Options& model_options, const Cohort& cohort,
                                                const TrainOptions& options) {
  if (options.privacy && options.ancestor)
    return invalid_input("an ancestor in private, expected a training from scratch");
  if (options.privacy) return fit_private(entry, model_options, cohort);
  if (!options.ancestor) return entry.fit(model_options, cohort);
  if (!options.start.empty())
    return invalid_input("a start beside an ancestor, expected one of them");
  if (entry.grow == nullptr) {
    return invalid_input(
        fmt::format("model \"{}\" belongs to its course, expected one that grows "
                    "from another: evidence",
                    entry.name));
  }
  return entry.grow(model_options, options.ancestor->statistics, cohort);
}

Params grown_start(const Ancestor& ancestor, const StudentModel& model, std::uint64_t seed) {
  Rng rng(seed_of(seed, Stream::Initial));
  return transplanted(ancestor.layout, ancestor.theta, model.layout(), rng);
}

/// The loop from start to end; the caller fills in model and seconds.
Result<Trained> run_loop(const StudentModel& model, const LearnerSetup& learner,
                         const Source& source, const Validation& validation,
                         const TrainOptions& options, const Settings& settings) {
  const std::unique_ptr<Ranks> alone = single_rank();
  Ranks& ranks = options.ranks != nullptr ? *options.ranks : *alone;
  const PrivateSteps* const privacy = source.privacy ? &*source.privacy : nullptr;
  Loop loop(model, learner, *source.feed, validation, options, ranks, privacy, settings);
  MENO_TRY_DONE(loop.start());
  MENO_TRY_DONE(loop.run());
  TrainingState& end = loop.state();
  const auto own = end.best.begin() + static_cast<std::ptrdiff_t>(model.layout().size());
  Trained trained;
  trained.learnt.assign(own, end.best.end());
  end.best.erase(own, end.best.end());
  trained.theta = std::move(end.best);
  trained.epochs = std::move(end.epochs);
  trained.best_epoch = end.best_epoch;
  if (privacy != nullptr) trained.privacy = privacy->spent(loop.steps());
  return trained;
}

}  // namespace

std::shared_ptr<const Ancestor> ancestor_of(const StudentModel& model, ParamView theta) {
  return std::make_shared<const Ancestor>(Ancestor{.statistics = model.statistics(),
                                                   .layout = model.layout(),
                                                   .theta = {theta.begin(), theta.end()}});
}

Result<Trained> train(const ModelEntry& entry, const Options& model_options,
                      const TrainingData& data, const TrainOptions& options) {
  const Moment begin = std::chrono::steady_clock::now();
  const std::unique_ptr<Ranks> alone = single_rank();
  Ranks& ranks = options.ranks != nullptr ? *options.ranks : *alone;
  MENO_TRY(Settings settings, settings_of(entry, options));
  settings.line = setting_line(entry, model_options, data, options, settings, ranks.size());
  MENO_TRY_DONE(check_alike(ranks, settings.line));
  MENO_TRY(const LearnerEntry* const learner_entry, find_learner(options.learner));
  MENO_TRY(const LearnerSetup learner, learner_entry->make(options.learner_options));
  TaskPool pool;
  const int folds = folds_of(data, options);
  pool.windows = histories_of(data.training, folds, seed_of(options.seed, Stream::Folds));
  if (pool.windows.empty()) {
    return invalid_input(fmt::format(
        "{} training students with 0 answers, expected at least one answer", data.training.size()));
  }
  MENO_TRY(std::unique_ptr<const StudentModel> model, fit(entry, model_options,
                                                          {.items = data.course.items.size(),
                                                           .skills = data.course.skills.size(),
                                                           .training = pool.windows,
                                                           .folds = folds},
                                                          options));
  MENO_TRY(const Source source, make_source(*model, learner, pool, options, ranks, settings));
  const Validation validation(*model, data.validation, settings.batch_rows, settings.threads);
  TrainOptions begun = options;
  if (options.ancestor) begun.start = grown_start(*options.ancestor, *model, options.seed);
  MENO_TRY(Trained trained, run_loop(*model, learner, source, validation, begun, settings));
  trained.model = std::move(model);
  trained.seconds = seconds_since(begin);
  return trained;
}

Result<Trained> train_fed(const ModelEntry& entry, std::unique_ptr<const StudentModel> model,
                          std::unique_ptr<Feed> feed, const TrainOptions& options) {
  const Moment begin = std::chrono::steady_clock::now();
  MENO_TRY(Settings settings, settings_of(entry, options));
  settings.line = fmt::format("model {}; learner {}{}; seed {}", entry.name, options.learner,
                              described(options.learner_options), options.seed);
  MENO_TRY(const LearnerEntry* const learner_entry, find_learner(options.learner));
  MENO_TRY(const LearnerSetup learner, learner_entry->make(options.learner_options));
  const Source source{.feed = std::move(feed)};
  const Validation nobody(*model, {}, settings.batch_rows, settings.threads);
  MENO_TRY(Trained trained, run_loop(*model, learner, source, nobody, options, settings));
  trained.model = std::move(model);
  trained.seconds = seconds_since(begin);
  return trained;
}

}  // namespace meno
