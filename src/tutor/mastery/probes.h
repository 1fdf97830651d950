// Probes: the few items that stand for a skill when its mastery is estimated. Chosen once per
// course.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "domain/course.h"
#include "domain/event.h"
#include "models/tracker.h"

namespace meno {

/// Items that stand for each skill, in one array. Immutable; points into the Course it was made
/// from, which must outlive it.
class Probes {
 public:
  Probes() = default;
  /// For every skill up to `per_skill` of its items, at evenly spaced ranks of difficulty (what
  /// `model` predicts for a student it knows nothing of; ties by id). Items of that one skill go
  /// first: those of several skills say less about it and only fill up where there are too few.
  Probes(const Course& course, const OnlineModel& model, std::size_t per_skill = 5);

  std::size_t skills() const { return begin_.empty() ? 0 : begin_.size() - 1; }
  /// The targets of one skill; empty when the course has no item on it.
  std::span<const Target> of(SkillId skill) const {
    return std::span(targets_).subspan(begin_[skill.value],
                                       begin_[skill.value + 1] - begin_[skill.value]);
  }

 private:
  std::vector<std::uint32_t> begin_;  // [S + 1]
  std::vector<Target> targets_;
};

}  // namespace meno
