// Edits: the ways a history can be untrue. An edited window shows a model other answers than were
// given and is scored on those that were (Event::label).
#pragma once

#include <cstddef>
#include <span>
#include <vector>

#include "core/rng.h"
#include "domain/task.h"

namespace meno {

enum class Edit : unsigned char {
  Keep,
  Flip,   // a slip or a lucky guess
  Drop,   // the answer is lost: neither seen nor scored
  Burst,  // from here on a bot answers, for kBurst answers
};
inline constexpr std::size_t kEdits = 4;
inline constexpr std::size_t kBurst = 5;
inline constexpr double kBotRight = 0.25;  // one of four choices, unread

/// A window after its edits; owns its events.
struct Edited {
  History history = {};
  std::vector<std::size_t> source = {};  // [computed] place in the given window's computed events
  std::size_t from = 0;                  // as Window
  std::size_t state_from = 0;
  int fold = kNoFold;

  /// A view; `this` must outlive it.
  Window window() const {
    return {.events = history.view(), .from = from, .fold = fold, .state_from = state_from};
  }
};

/// Applies edits[i] to the window's computed events, those from state_from on: [computed]. At least
/// one scored answer stays: the last one is not dropped.
void apply_edits(const Window& window, std::span<const Edit> edits, Rng& rng, Edited& edited);

}  // namespace meno
