// Window and Task: what is learnt from, and what is judged. Support and query are windows on
// histories, so a query keeps its context and cannot leak.
#pragma once

#include <cstddef>
#include <vector>

#include "domain/sequence.h"

namespace meno {

/// "This student is not among those the course statistics were counted on."
inline constexpr int kNoFold = -1;

/// A stretch of one student's history: events before `from` are context, the rest are scored.
/// `fold` is the cross-fitting fold that holds this student's answers when course statistics were
/// counted on them: a model then uses the statistics of the other folds, so that no student's own
/// answers reach his features.
struct Window {
  Sequence events;       // [T], oldest first, T >= 1
  std::size_t from = 0;  // in [0, T)
  int fold = kNoFold;
  /// In [0, from]: a recurrent model starts its state here instead of at 0 (truncated
  /// back-propagation through time, for training on long histories). Evidence is still counted from
  /// event 0, and only events from here on are computed.
  std::size_t state_from = 0;

  std::size_t scored() const { return events.size() - from; }
};

/// A few-shot problem: adapt on `support`, be judged on `query`. Whether a task is a student, a
/// class or a skill is the sampler's business; everything downstream sees only this. Views into a
/// Dataset that outlives it.
struct Task {
  std::vector<Window> support;
  std::vector<Window> query;
};

}  // namespace meno
