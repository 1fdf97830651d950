// ServedModel: one version of a model as it is served. Everything that is made with it holds on to
// it, so a reply is of one version whatever is swapped meanwhile.
#pragma once

#include <cstdint>
#include <memory>
#include <string>

#include "meta/bayes/belief.h"
#include "meta/run.h"
#include "models/tracker.h"

namespace meno {

/// Immutable and thread-safe.
struct ServedModel {
  std::shared_ptr<const Run> run;
  std::shared_ptr<const OnlineModel> model;
  std::shared_ptr<const BeliefModel> belief;  // of a run with a posterior, else null
  std::string version;                        // version_of(run)
  /// Later ones replace earlier ones: 0 for the run that the server was given, else the place in
  /// ServedRunStore.
  std::uint64_t place = 0;
  std::uint64_t after_seq = 0;  // `seq` of the last answer before it served
  TimePoint since = kNoTime;    // kNoTime: since the server has been there
};

/// What tells versions apart: a hash of everything that predictions depend on, 12 hex digits.
std::string version_of(const Run& run);

/// A run and its model that somebody else keeps alive.
std::shared_ptr<const ServedModel> unowned_model(const Run& run, const OnlineModel& model);

/// The run ready to serve, its own version known.
std::shared_ptr<const ServedModel> served_model(std::shared_ptr<const Run> run);

}  // namespace meno
