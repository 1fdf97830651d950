// CandidatePredictions: what a model says of items at one moment, each item asked for at most once.
#pragma once

#include <span>
#include <vector>

#include "models/tracker.h"

namespace meno {

/// Not thread-safe. `tracker` must outlive it and stay as it is.
class CandidatePredictions {
 public:
  /// `items`: the size of the vocabulary.
  CandidatePredictions(const Tracker& tracker, std::size_t items, TimePoint now)
      : tracker_(tracker), now_(now), p_correct_(items, kUnknown) {}

  bool known(ItemId item) const { return p_correct_[item.value] != kUnknown; }
  /// p_correct of an item that is known.
  double of(ItemId item) const { return p_correct_[item.value]; }

  /// Adds an item to the next ask(), unless it is known.
  void want(ItemId item, std::span<const SkillId> skills) {
    if (!known(item)) wanted_.push_back({.item = item, .skills = skills, .at = now_});
  }
  /// Predicts what is wanted, in one call of the model.
  void ask() {
    answers_.resize(wanted_.size());
    tracker_.p_correct(wanted_, answers_);
    for (std::size_t k = 0; k < wanted_.size(); ++k) {
      p_correct_[wanted_[k].item.value] = answers_[k];
    }
    wanted_.clear();
  }

 private:
  static constexpr double kUnknown = -1.0;

  const Tracker& tracker_;
  TimePoint now_;
  std::vector<double> p_correct_;  // [I]
  std::vector<Target> wanted_;
  std::vector<double> answers_;
};

}  // namespace meno
