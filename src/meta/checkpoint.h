// Checkpoint: everything training needs to go on after a stop as if nothing had happened.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "core/result.h"
#include "meta/adamw/adamw.h"
#include "meta/training.h"

namespace meno {

/// Training between two steps. Random choices need no state: they are functions of the seed, epoch
/// and step.
struct TrainingState {
  std::size_t epoch = 0;  // from 0
  std::size_t step = 0;   // within the epoch, the next to take
  Params theta;
  Params average;  // running average of theta; empty when switched off
  AdamW::State optimiser;
  double loss_sum = 0.0;  // of this epoch's steps, by weight
  double weight_sum = 0.0;
  Params best;  // empty before the first epoch has ended
  int best_epoch = 0;
  std::vector<EpochRecord> epochs;
};

/// `setting` names all that the result depends on (model, options, data, seed, threads); resuming
/// under another is refused. Errors: Unavailable when the folder cannot be written.
Result<Done> save_checkpoint(const TrainingState& state, const std::string& setting,
                             const std::filesystem::path& folder);

/// Errors: NotFound without a checkpoint; InvalidInput when it is cut or of another setting.
Result<TrainingState> load_checkpoint(const std::filesystem::path& folder,
                                      const std::string& setting);

}  // namespace meno
