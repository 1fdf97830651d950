// Memory of cards that do not concern one another: a state per card, and what it says of a later
// day.
#pragma once

#include <algorithm>
#include <unordered_map>

#include "core/check.h"
#include "tutor/review/forgetting.h"

namespace meno {

/// No model is surer than this, which bounds what one surprise can cost.
inline constexpr double kLeastDoubt = 1e-4;

/// `Law` has a default-constructible State, after(State, gap_days, review) -> State, where the gap
/// is 0 for the first review, and p_recall(State, days) -> double.
template <class Law>
class CardMemory final : public Memory {
 public:
  explicit CardMemory(Law law) : law_(std::move(law)) {}

  double p_recall(std::uint32_t card, double day) const override {
    const auto found = cards_.find(card);
    MENO_CHECK(found != cards_.end(), "a card that was never reviewed");
    const double days = std::max(0.0, day - found->second.end);
    return std::clamp(law_.p_recall(found->second.state, days), kLeastDoubt, 1.0 - kLeastDoubt);
  }
  void observe(std::uint32_t card, const Review& review) override {
    const auto [at, first] = cards_.try_emplace(card);
    const double gap = first ? 0.0 : std::max(0.0, review.day - at->second.end);
    at->second.state = law_.after(at->second.state, gap, review);
    at->second.end = review.end;
  }

 private:
  struct Card {
    typename Law::State state{};
    double end = 0.0;
  };
  Law law_;
  std::unordered_map<std::uint32_t, Card> cards_;
};

}  // namespace meno
