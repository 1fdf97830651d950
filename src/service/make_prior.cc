#include "service/make_prior.h"

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"
#include "eval/courses/new_course.h"
#include "meta/run.h"
#include "service/course_sources.h"

namespace meno {
namespace {

/// One hash of all sources, in their order.
std::string hash_of(const std::vector<Dataset>& datasets) {
  std::string hashes;
  for (const Dataset& dataset : datasets) hashes += dataset.hash() + "\n";
  return content_hash(hashes);
}

Json sources_json(const OpenSources& sources) {
  Json all = Json::array();
  for (std::size_t s = 0; s < sources.courses.size(); ++s) {
    all.push_back(fmt::format("{} ({} students, {} answers)", sources.courses[s].name,
                              sources.datasets[s].students(), sources.datasets[s].answers()));
  }
  return all;
}

}  // namespace

Result<Json> make_prior(const MakePrior& ask) {
  MENO_TRY(const ModelEntry* const entry, find_model("evidence"));
  MENO_TRY(const OpenSources sources, open_sources(ask.sources));
  Options options = prior_model_options();
  for (const auto& [name, value] : ask.model_options) options[name] = value;
  MENO_TRY(Prior prior, learn_prior(*entry, options, sources.courses, ask.prior));
  Json losses = Json::array();
  for (const EpochRecord& epoch : prior.epochs) losses.push_back(epoch.train_loss);
  Course any;
  any.name = "any course";
  Run run{.model_name = std::string(entry->name),
          .model_options = options,
          .learner_name = ask.prior.training.learner,
          .learner_options = ask.prior.training.learner_options,
          .seed = ask.prior.training.seed,
          .data_hash = hash_of(sources.datasets),
          .code_version = MENO_VERSION,
          .metrics = {{"sources", sources_json(sources)},
                      {"share of simulated courses", ask.prior.courses.p_synthetic},
                      {"epochs", prior.epochs.size()},
                      {"train_seconds", prior.seconds},
                      {"train_loss", losses.empty() ? Json() : losses.back()}},
          .course = std::move(any),
          .model = prior.model,
          .theta = std::move(prior.theta)};
  MENO_TRY_DONE(save_run(run, ask.out));
  return Json{{"run", ask.out.string()},
              {"sources", run.metrics.at("sources")},
              {"train_seconds", prior.seconds},
              {"train_loss", std::move(losses)},
              {"data_hash", run.data_hash}};
}

}  // namespace meno
