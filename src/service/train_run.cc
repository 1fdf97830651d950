#include "service/train_run.h"

#include <fmt/format.h>

#include "core/json.h"
#include "domain/dataset.h"
#include "domain/split.h"
#include "meta/privacy/spent_json.h"
#include "meta/run.h"
#include "service/prior_candidate.h"
#include "service/simulated_data.h"
#include "service/training_split.h"

namespace meno {
namespace {

Json to_json(const EpochRecord& record) {
  Json json = {
      {"epoch", record.epoch}, {"train_loss", record.train_loss}, {"seconds", record.seconds}};
  if (record.valid_auc) json["valid_auc"] = *record.valid_auc;
  if (record.valid_log_loss) json["valid_log_loss"] = *record.valid_log_loss;
  return json;
}

Json metrics_of(const Trained& trained, const Split& split) {
  const EpochRecord& best = trained.epochs[static_cast<std::size_t>(trained.best_epoch) - 1];
  Json valid = Json::object();
  if (best.valid_auc) valid["auc"] = *best.valid_auc;
  if (best.valid_log_loss) valid["log_loss"] = *best.valid_log_loss;
  Json metrics = {
      {"split", split.name},
      {"students",
       {{"train", split.train.size()}, {"valid", split.valid.size()}, {"test", split.test.size()}}},
      {"valid", std::move(valid)},
      {"best_epoch", trained.best_epoch},
      {"train_seconds", trained.seconds}};
  if (trained.privacy) metrics["private"] = to_json(*trained.privacy);
  return metrics;
}

/// Puts what the prior makes of the course in the run where that foresees the validation students
/// better. Returns what the report says of it.
Result<Json> ask_prior(const TrainRun& ask, const TrainingData& data, Run& run) {
  if (ask.prior.empty() || !asks_prior(data.training.size())) return Json();
  MENO_TRY(const Run prior, load_run(ask.prior));
  MENO_TRY(std::vector<PriorCandidate> candidates,
           prior_candidates(prior, data, ask.training.seed, ask.training.threads));
  PriorCandidate* best = nullptr;
  for (PriorCandidate& candidate : candidates) {
    if (!candidate.valid.log_loss) continue;
    if (best == nullptr || *candidate.valid.log_loss < *best->valid.log_loss) best = &candidate;
  }
  if (best == nullptr) return Json();
  const Json& valid = run.metrics.at("valid");
  const bool better =
      valid.contains("log_loss") && *best->valid.log_loss < valid.at("log_loss").get<double>();
  Json report{{"valid_log_loss", *best->valid.log_loss}, {"grown", best->grown}, {"kept", better}};
  if (!better) return report;
  run.metrics["from scratch"] = run.metrics.at("valid");
  run.metrics["valid"] = {{"log_loss", *best->valid.log_loss}};
  if (best->valid.auc) run.metrics["valid"]["auc"] = *best->valid.auc;
  run.metrics[best->grown ? "grown from" : "adapted from"] = ask.prior.filename().string();
  run.model_name = prior.model_name;
  run.model_options = best->model_options;
  run.learner_name = prior.learner_name;
  run.learner_options = prior.learner_options;
  run.model = std::move(best->model);
  run.theta = std::move(best->theta);
  run.learnt.clear();
  return report;
}

}  // namespace

Result<Json> train_run(const TrainRun& ask) {
  MENO_TRY(const ModelEntry* const entry, find_model(ask.model));
  if (std::filesystem::exists(ask.out) && !std::filesystem::exists(ask.out / "model.json")) {
    return conflict(
        fmt::format("{} exists and is not a run, expected a new folder", ask.out.string()));
  }
  MENO_TRY(const Dataset dataset, Dataset::open(ask.data));
  const SplitSource source = split_source(dataset);
  MENO_TRY(const Split split, training_split(source, ask.fold, ask.training.seed));
  TrainOptions options = ask.training;
  options.checkpoint = ask.out.string() + ".partial";
  const TrainingData data{.course = dataset.course(),
                          .training = sequences_of(source, split.train),
                          .validation = sequences_of(source, split.valid),
                          .data_hash = dataset.hash()};
  MENO_TRY(Trained trained, ask.distillation ? train_distilled(*entry, ask.model_options, data,
                                                               options, *ask.distillation)
                                             : train(*entry, ask.model_options, data, options));
  Json metrics = metrics_of(trained, split);
  if (ask.distillation) metrics["labelled_by"] = described(*ask.distillation);
  Run run{.model_name = ask.model,
          .model_options = ask.model_options,
          .learner_name = options.learner,
          .learner_options = options.learner_options,
          .seed = options.seed,
          .data_hash = dataset.hash(),
          .code_version = MENO_VERSION,
          .simulated = is_simulated(dataset),
          .metrics = std::move(metrics),
          .course = dataset.course(),
          .model = trained.model,
          .theta = std::move(trained.theta),
          .learnt = std::move(trained.learnt)};
  MENO_TRY(Json prior, ask_prior(ask, data, run));
  if (options.ranks == nullptr || options.ranks->rank() == 0) {
    MENO_TRY_DONE(save_run(run, ask.out));
    std::error_code ignored;  // a checkpoint left behind does no harm
    std::filesystem::remove_all(options.checkpoint, ignored);
  }
  Json report = {
      {"run", ask.out.string()}, {"model", run.model_name}, {"learner", run.learner_name}};
  report.update(run.metrics);
  report["epochs"] = Json::array();
  for (const EpochRecord& record : trained.epochs) report["epochs"].push_back(to_json(record));
  report["data_hash"] = run.data_hash;
  report["prior"] = std::move(prior);
  return report;
}

}  // namespace meno
