#include "service/train_run.h"

#include <algorithm>

#include <fmt/format.h>

#include "domain/dataset.h"
#include "domain/split.h"
#include "meta/run.h"

namespace meno {
namespace {

/// The source's own split when it has one, else a seeded one of 80 % training, 10 % validation and
/// 10 % test students.
Result<Split> split_of(const SplitSource& source, const TrainRun& ask) {
  const auto has = [&](const char* label) {
    return std::find(source.labels.begin(), source.labels.end(), label) != source.labels.end();
  };
  if (has("test1")) return split_akt(source, ask.fold);
  if (has("train")) return split_fixed(source, {.fold = ask.fold, .seed = ask.training.seed});
  return split_students(
      source, {.folds = 10, .fold = ask.fold, .valid_share = 1.0 / 9.0, .seed = ask.training.seed});
}

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
  return {
      {"split", split.name},
      {"students",
       {{"train", split.train.size()}, {"valid", split.valid.size()}, {"test", split.test.size()}}},
      {"valid", std::move(valid)},
      {"best_epoch", trained.best_epoch},
      {"train_seconds", trained.seconds}};
}

bool is_simulated(const Dataset& dataset) {
  const Json& manifest = dataset.manifest();
  return manifest.contains("provenance") && manifest.at("provenance").is_object() &&
         manifest.at("provenance").value("simulated", false);
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
  MENO_TRY(const Split split, split_of(source, ask));
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
  const Run run{.model_name = ask.model,
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
  MENO_TRY_DONE(save_run(run, ask.out));
  std::error_code ignored;  // a checkpoint left behind does no harm
  std::filesystem::remove_all(options.checkpoint, ignored);
  Json report = {{"run", ask.out.string()}, {"model", ask.model}, {"learner", options.learner}};
  report.update(run.metrics);
  report["epochs"] = Json::array();
  for (const EpochRecord& record : trained.epochs) report["epochs"].push_back(to_json(record));
  report["data_hash"] = run.data_hash;
  return report;
}

}  // namespace meno
