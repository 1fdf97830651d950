// To add a model: write models/<name>/, add its row, run the contract tests.
#include "models/registry.h"

#include <array>
#include <string>

#include <fmt/format.h>

#include "models/bkt/bkt.h"
#include "models/evidence/evidence.h"
#include "models/gru/gru.h"
#include "models/logistic/logistic.h"

namespace meno {
namespace {

constexpr std::array kModels{
    ModelEntry{
        "evidence", "incremental evidence and course statistics into a small recurrent network",
        "Meno", &fit_evidence, &load_evidence,
        TrainingDefaults{
            .epochs = 10, .rate = 4e-3, .weight_decay = 0.05, .window = 200, .batch_rows = 1600},
        &move_evidence, &grow_evidence, "precision=double", "skill_vectors=false"},
    ModelEntry{
        "gru", "a gated recurrent unit over skills and answers, as deep knowledge tracing",
        "Piech et al. 2015; Cho et al. 2014", &fit_gru, &load_gru,
        TrainingDefaults{
            .epochs = 16, .rate = 4e-3, .weight_decay = 0.05, .window = 200, .batch_rows = 1600},
        nullptr, nullptr, "precision=double"},
    ModelEntry{"logistic", "regression on the item, its skills and past wins and fails",
               "Gervet, Koedinger, Schneider & Mitchell 2020", &fit_logistic, &load_logistic,
               TrainingDefaults{.epochs = 20, .rate = 0.03, .weight_decay = 0.1, .window = 0}},
    ModelEntry{"bkt", "known or not yet, per skill", "Corbett & Anderson 1995", &fit_bkt, &load_bkt,
               TrainingDefaults{.epochs = 20, .rate = 0.05, .weight_decay = 0.01, .window = 0}},
};

}  // namespace

std::span<const ModelEntry> model_registry() { return kModels; }

Result<const ModelEntry*> find_model(std::string_view name) {
  std::string known;
  for (const ModelEntry& entry : kModels) {
    if (entry.name == name) return &entry;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", entry.name);
  }
  return invalid_input(fmt::format("model \"{}\", expected one of: {}", name, known));
}

}  // namespace meno
