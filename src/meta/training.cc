#include "meta/training.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/parallel.h"
#include "core/progress.h"
#include "meta/adamw/adamw.h"
#include "meta/checkpoint.h"
#include "meta/feed.h"
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
                         const Settings& settings) {
  return fmt::format(
      "model {}{}; learner {}{}; data {} ({} + {} students); seed {}, {} threads, {} epochs, "
      "patience {}, {} rows a "
      "batch, window {}{}, {} folds, rate {}, decay {}, clip {}, average {}, start {}",
      entry.name, described(model_options), options.learner, described(options.learner_options),
      data.data_hash, data.training.size(), data.validation.size(), options.seed, settings.threads,
      settings.epochs, options.patience, settings.batch_rows, settings.window,
      options.carry_context ? " with context" : "", options.folds, settings.rate,
      settings.weight_decay, options.clip, options.average, options.start.size());
}

/// Whole histories with a cross-fitting fold each: students are dealt to folds in a seeded order.
std::vector<Window> histories_of(const std::vector<Sequence>& students, int folds,
                                 std::uint64_t seed) {
  std::vector<Window> histories;
  for (const Sequence& student : students) {
    if (!student.empty()) histories.push_back({.events = student});
  }
  if (folds == 0) return histories;
  std::vector<std::size_t> order(histories.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  Rng rng(seed);
  rng.shuffle(std::span(order));
  for (std::size_t k = 0; k < order.size(); ++k) {
    histories[order[k]].fold = static_cast<int>(k % static_cast<std::size_t>(folds));
  }
  return histories;
}

/// The training windows of all histories: at most `rows` scored answers each (0: all). All that
/// went before is counted as evidence; a recurrent state starts with the window, or with
/// `carry_context` at the student's first answer.
std::vector<Window> cut(const std::vector<Window>& histories, std::size_t rows,
                        bool carry_context) {
  std::vector<Window> windows;
  for (const Window& history : histories) {
    const std::size_t size = history.events.size();
    const std::size_t stride = rows == 0 ? size : rows;
    for (std::size_t from = 0; from < size; from += stride) {
      const std::size_t count = std::min(stride, size - from);
      windows.push_back({.events = history.events.part(0, from + count),
                         .from = from,
                         .fold = history.fold,
                         .state_from = carry_context ? 0 : from});
    }
  }
  return windows;
}

std::vector<std::unique_ptr<const Encoded>> encode_all(const StudentModel& model,
                                                       const std::vector<Window>& windows,
                                                       std::size_t threads) {
  std::vector<std::unique_ptr<const Encoded>> encoded(windows.size());
  parallel_for(windows.size(), threads,
               [&](std::size_t i) { encoded[i] = model.encode(windows[i]); });
  return encoded;
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
       const TrainOptions& options, const Settings& settings)
      : model_(model),
        learner_(std::move(learner)),
        feed_(feed),
        validation_(validation),
        options_(options),
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
      if (interrupted()) return stop();
      MENO_TRY_DONE(take_step(steps));
      progress.advance();
    }
    close_epoch(begin);
    progress.note(best_note());
    if (!options_.checkpoint.empty() && seconds_since(saved_) > kSecondsBetweenCheckpoints)
      return save();
    return Done{};
  }

  Result<Done> take_step(std::size_t steps) {
    MetaStep step = learned_step();
    const double norm = norm_of(step.direction);
    if (!std::isfinite(step.loss) || !std::isfinite(norm)) {
      return invalid_input(fmt::format(
          "loss is {} and the gradient's norm {} at step {} of epoch {}, expected "
          "finite numbers; a lower rate than {}{} may help",
          step.loss, norm, state_.step + 1, state_.epoch + 1, settings_.rate, inner_rate_note()));
    }
    const double scale = options_.clip > 0.0 && norm > options_.clip ? options_.clip / norm : 1.0;
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

  /// The learner's step on all shares, averaged by weight in the order of the shares.
  MetaStep learned_step() const {
    const std::uint64_t noise =
        mix64(seed_of(options_.seed, Stream::Noise) ^ mix64(optimiser_.state().steps));
    std::vector<MetaStep> steps(settings_.threads);
    parallel_for(steps.size(), settings_.threads, [&](std::size_t part) {
      const Share share = feed_.share(state_.step, part, steps.size());
      steps[part].weight = 0.0;
      if (!share.tasks.empty()) {
        steps[part] = learner_.step(model_, state_.theta, share.tasks, mix64(noise ^ part));
      }
    });
    return averaged(std::move(steps));
  }

  static MetaStep averaged(std::vector<MetaStep> steps) {
    MetaStep total =
        std::move(steps.front());  // never empty: tasks are dealt from the first share on
    if (steps.size() == 1) return total;
    double weight = total.weight;
    for (std::size_t part = 1; part < steps.size(); ++part) weight += steps[part].weight;
    const double first = total.weight / weight;
    total.loss *= first;
    for (double& value : total.direction) value *= first;
    for (std::size_t part = 1; part < steps.size(); ++part) {
      const double share = steps[part].weight / weight;
      if (share == 0.0) continue;
      total.loss += share * steps[part].loss;
      for (std::size_t i = 0; i < total.direction.size(); ++i) {
        total.direction[i] += share * steps[part].direction[i];
      }
    }
    total.weight = weight;
    return total;
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
        validation_.score(ParamView(judged).first(model_.layout().size()));
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

  Result<Done> save() {
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
  const Settings& settings_;
  ParamLayout layout_;  // of theta [P + E]
  AdamW optimiser_;
  TrainingState state_;
  Moment saved_ = std::chrono::steady_clock::now();
};

Result<std::unique_ptr<Feed>> make_feed(const StudentModel& model, const LearnerSetup& learner,
                                        const TaskPool& pool, const TrainOptions& options,
                                        const Settings& settings) {
  const std::uint64_t seed = seed_of(options.seed, Stream::Order);
  if (learner.tasks) return make_task_feed(model, pool, *learner.tasks, seed);
  std::vector<Window> windows = cut(pool.windows, settings.window, options.carry_context);
  auto encoded = encode_all(model, windows, settings.threads);
  return make_window_feed(std::move(encoded), std::move(windows), settings.batch_rows, seed);
}

}  // namespace

Result<Trained> train(const ModelEntry& entry, const Options& model_options,
                      const TrainingData& data, const TrainOptions& options) {
  const Moment begin = std::chrono::steady_clock::now();
  MENO_TRY(Settings settings, settings_of(entry, options));
  settings.line = setting_line(entry, model_options, data, options, settings);
  MENO_TRY(const LearnerEntry* const learner_entry, find_learner(options.learner));
  MENO_TRY(const LearnerSetup learner, learner_entry->make(options.learner_options));
  TaskPool pool;
  // Few students: as many folds as students. One alone cannot be left out, so his statistics are
  // his own.
  const int students = static_cast<int>(std::min<std::size_t>(data.training.size(), 1000));
  const int folds = students < 2 ? 0 : std::min(options.folds, students);
  pool.windows = histories_of(data.training, folds, seed_of(options.seed, Stream::Folds));
  if (pool.windows.empty()) {
    return invalid_input(fmt::format(
        "{} training students with 0 answers, expected at least one answer", data.training.size()));
  }
  MENO_TRY(std::unique_ptr<const StudentModel> model,
           entry.fit(model_options, {.items = data.course.items.size(),
                                     .skills = data.course.skills.size(),
                                     .training = pool.windows,
                                     .folds = folds}));
  MENO_TRY(const std::unique_ptr<Feed> feed, make_feed(*model, learner, pool, options, settings));
  const Validation validation(*model, data.validation, settings.batch_rows, settings.threads);
  Loop loop(*model, learner, *feed, validation, options, settings);
  MENO_TRY_DONE(loop.start());
  MENO_TRY_DONE(loop.run());
  TrainingState& end = loop.state();
  const auto own = end.best.begin() + static_cast<std::ptrdiff_t>(model->layout().size());
  Params learnt(own, end.best.end());
  end.best.erase(own, end.best.end());
  return Trained{.model = std::move(model),
                 .theta = std::move(end.best),
                 .learnt = std::move(learnt),
                 .epochs = std::move(end.epochs),
                 .best_epoch = end.best_epoch,
                 .seconds = seconds_since(begin)};
}

}  // namespace meno
