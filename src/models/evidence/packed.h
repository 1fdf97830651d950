// Packed: encoded windows side by side, in the order in which a recurrent network computes them.
#pragma once

#include <cstdint>
#include <vector>

#include "models/student_model.h"

namespace meno::evidence {

/// A window as the network reads it: scaled features, answers and ids of the computed events.
class EncodedWindow final : public Encoded {
 public:
  std::size_t size() const override { return answers.size(); }
  std::size_t scored() const override { return scored_events; }

  std::vector<float> features;             // [T, F] row-major, scaled
  std::vector<float> answers;              // [T], in [0, 1]: what the recurrence observes
  std::vector<float> labels;               // [T], in [0, 1]: what the loss is taken against
  std::vector<std::uint32_t> item;         // [T]
  std::vector<std::uint32_t> skill_begin;  // [T + 1]
  std::vector<std::uint32_t> skill;        // members
  std::size_t scored_events = 0;
};

/// Windows sorted by length, longest first, and laid out step by step: step t holds the windows
/// that are longer than t as adjacent columns, so that every step of the recurrence is one product
/// of matrices without padding.
struct Packed {
  explicit Packed(Batch batch);

  std::vector<const EncodedWindow*> windows;  // [B] longest first
  std::vector<std::size_t> position;          // [B] of each in the caller's batch
  std::vector<std::size_t> step_begin;        // [T + 1] first column of each step
  std::size_t columns = 0;
  std::size_t scored = 0;

  std::size_t steps() const { return step_begin.size() - 1; }
  std::size_t active(std::size_t step) const { return step_begin[step + 1] - step_begin[step]; }

  /// Calls visit(column, window, t) for every computed event.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (std::size_t step = 0; step < steps(); ++step) {
      for (std::size_t w = 0; w < active(step); ++w) visit(step_begin[step] + w, *windows[w], step);
    }
  }
};

}  // namespace meno::evidence
