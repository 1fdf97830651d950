#include "meta/adversarial/edits.h"

namespace meno {

void apply_edits(const Window& window, std::span<const Edit> edits, Rng& rng, Edited& edited) {
  edited.state_from = window.state_from;
  edited.fold = window.fold;
  for (std::size_t t = 0; t < window.state_from; ++t) edited.history.push_back(window.events[t]);
  std::size_t bot = 0;  // answers that it still gives
  for (std::size_t i = 0; i < edits.size(); ++i) {
    const std::size_t t = window.state_from + i;
    Event event = window.events[t];
    event.label = event.scored_as();
    if (edits[i] == Edit::Burst) bot = kBurst;
    const bool last = t + 1 == window.events.size();
    if (bot == 0 && edits[i] == Edit::Drop && !last) continue;
    if (bot > 0) {
      --bot;
      event.correct = rng.chance(kBotRight) ? 1.0F : 0.0F;
      event.response_ms = kNoResponseTime;
    } else if (edits[i] == Edit::Flip) {
      event.correct = 1.0F - event.correct;
    }
    if (t < window.from) edited.from = edited.history.size() + 1;
    edited.history.push_back(event);
    edited.source.push_back(i);
  }
  if (edited.from < window.state_from) edited.from = window.state_from;
}

}  // namespace meno
