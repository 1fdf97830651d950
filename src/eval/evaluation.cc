#include "eval/evaluation.h"

#include <chrono>
#include <set>

#include <fmt/format.h>

#include "eval/peak_memory.h"

namespace meno {
namespace {

double seconds_since(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

RoleSize size_of_role(std::span<const Stretch> role) {
  RoleSize size;
  size.students = role.size();
  for (const Stretch& stretch : role) size.answers += stretch.to - stretch.from;
  return size;
}

std::vector<ScoredWindow> test_windows(const SplitSource& source, const Split& split) {
  const std::vector<Window> windows = windows_of(source, split.test);
  std::vector<ScoredWindow> scored;
  scored.reserve(windows.size());
  for (std::size_t w = 0; w < windows.size(); ++w) {
    scored.push_back({split.test[w].student, windows[w]});
  }
  return scored;
}

Result<std::vector<int>> folds_of(const EvaluationPlan& plan, const ProtocolEntry& protocol) {
  std::vector<int> folds = plan.folds;
  if (folds.empty()) {
    for (int fold = 1; fold <= std::max(1, protocol.folds); ++fold) folds.push_back(fold);
  }
  if (std::set<int>(folds.begin(), folds.end()).size() != folds.size()) {
    return invalid_input("folds: one stands twice, expected each once");
  }
  return folds;
}

/// What a fold needs besides its number.
struct Bench {
  const Course& course;
  const SplitSource& source;
  const std::string& data_hash;
  const EvaluationPlan& plan;
  const ModelEntry& model;
  const ProtocolEntry& protocol;
  const LearnerSetup& learner;
};

void judge(const Bench& bench, const Trained& trained, const InnerLoop& inner,
           std::span<const ScoredWindow> test, FoldResult& result) {
  const Bootstrap bootstrap{.resamples = bench.plan.resamples,
                            .seed = bench.plan.training.seed,
                            .threads = bench.plan.training.threads};
  const Predictions& all = result.predictions;
  result.measured = measure(all, bootstrap);
  const Predictions fresh = all.where([&](std::size_t i) { return all.repeat[i] == 0; });
  result.scored_without_repeats = fresh.size();
  result.without_repeats = measure(fresh, bootstrap);
  if (bench.plan.robust) {
    result.robust = under_corruption(*trained.model, trained.theta, test, bootstrap);
  }
  if (!bench.protocol.after_few_answers) return;
  result.after = after_few_answers(*trained.model, trained.theta, inner, test, bootstrap);
}

Result<Trained> trained_by(const ModelEntry& model, const EvaluationPlan& plan,
                           const TrainingData& data) {
  if (!plan.distillation) return train(model, plan.model_options, data, plan.training);
  return train_distilled(model, plan.model_options, data, plan.training, *plan.distillation);
}

/// The same, with bots among those who are learnt from.
Result<Trained> trained_beside_bots(const ModelEntry& model, const EvaluationPlan& plan,
                                    const TrainingData& data) {
  if (plan.bots == 0.0) return trained_by(model, plan, data);
  const std::uint64_t seed = plan.training.seed;
  const std::deque<History> training = with_bots(data.training, plan.bots, seed);
  const std::deque<History> validation = with_bots(data.validation, plan.bots, mix64(seed));
  return trained_by(model, plan,
                    {data.course, views_of(training), views_of(validation), data.data_hash});
}

Result<FoldResult> run_fold(const Bench& bench, int fold) {
  reset_peak_memory();
  MENO_TRY(const Split split, bench.protocol.split(bench.source, fold, bench.plan.training.seed));
  FoldResult result;
  result.fold = fold;
  result.split = split.name;
  result.train = size_of_role(split.train);
  result.valid = size_of_role(split.valid);
  result.test = size_of_role(split.test);
  result.left_out = split.left_out;

  const auto start = std::chrono::steady_clock::now();
  MENO_TRY(const Trained trained,
           trained_beside_bots(bench.model, bench.plan,
                               {.course = bench.course,
                                .training = sequences_of(bench.source, split.train),
                                .validation = sequences_of(bench.source, split.valid),
                                .data_hash = bench.data_hash}));
  result.train_seconds = seconds_since(start);
  result.epochs = trained.epochs;
  result.best_epoch = trained.best_epoch;
  result.privacy = trained.privacy;
  result.parameters = trained.theta.size();

  const std::vector<ScoredWindow> test = test_windows(bench.source, split);
  const auto judged = std::chrono::steady_clock::now();
  MENO_TRY(result.predictions,
           predictions_of(*trained.model, trained.theta, test, bench.plan.training.threads));
  result.predict_seconds = seconds_since(judged);
  MENO_TRY(const InnerLoop inner,
           inner_loop(bench.learner, trained.model->layout(), trained.learnt));
  judge(bench, trained, inner, test, result);
  result.peak_rss_mb = peak_memory_mb();
  return result;
}

}  // namespace

Result<Evaluation> evaluate(const Course& course, const SplitSource& source,
                            const std::string& data_hash, const EvaluationPlan& plan) {
  MENO_TRY(const ModelEntry* const model, find_model(plan.model));
  MENO_TRY(const ProtocolEntry* const protocol, find_protocol(plan.protocol));
  MENO_TRY(const LearnerEntry* const learner, find_learner(plan.training.learner));
  MENO_TRY(const LearnerSetup setup, learner->make(plan.training.learner_options));
  MENO_TRY(const std::vector<int> folds, folds_of(plan, *protocol));
  if (!(plan.bots >= 0.0 && plan.bots <= 1.0)) {
    return invalid_input(fmt::format("bots: a share of {}, expected 0 to 1", plan.bots));
  }
  const Bench bench{course, source, data_hash, plan, *model, *protocol, setup};
  Evaluation evaluation{plan, data_hash, {}};
  for (const int fold : folds) {
    MENO_TRY(FoldResult result, run_fold(bench, fold));
    evaluation.folds.push_back(std::move(result));
  }
  return evaluation;
}

std::optional<double> value_of(const std::vector<Measured>& measured, std::string_view name) {
  for (const Measured& one : measured) {
    if (one.metric->name == name) return one.value;
  }
  return std::nullopt;
}

}  // namespace meno
