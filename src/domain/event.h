// Event: one answer. Target: an answer that has not happened yet.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "core/clock.h"
#include "core/ids.h"

namespace meno {

/// "The source gave no response time."
inline constexpr std::int32_t kNoResponseTime = -1;

/// One answer of one student. A view: `skills` points into the Sequence's owner.
struct Event {
  ItemId item;
  std::span<const SkillId>
      skills;  // ascending, without repeats; empty when the item's skills are unknown
  float correct =
      0.0F;  // in [0, 1]; fractions are soft answers (a teacher model's or a partial credit)
  TimePoint at = kNoTime;
  std::int32_t response_ms = kNoResponseTime;
  /// What a loss is taken against instead of `correct`, in [0, 1]: a teacher model's prediction, or
  /// the true answer of an edited history. Never evidence, never counted, and no metric's truth.
  std::optional<float> label = std::nullopt;

  /// The label if there is one, else the answer.
  float scored_as() const { return label.value_or(correct); }
};

/// What a prediction is about: an item that may come next.
struct Target {
  ItemId item;
  std::span<const SkillId> skills;
  TimePoint at = kNoTime;
};

}  // namespace meno
