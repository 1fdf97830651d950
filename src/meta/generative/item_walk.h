// ItemWalk: which item a simulated student meets next. He follows a real student's path while he
// answers as that student did; where he differs, and now and then anyway, he goes on as another who
// answered the same item the same way at about that point of the course.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "core/flat_map.h"
#include "core/rng.h"
#include "domain/sequence.h"

namespace meno {

/// Items, and when to stop, given the answers; never an answer. With `p_leave` 1 it is a Markov
/// chain over (item, answer) with memory of the time; with 0 long stretches are as real students
/// walked them. Views into the students' answers, which must outlive it. Thread-safe.
class ItemWalk {
 public:
  /// At least one student has answers. `p_leave` in [0, 1].
  ItemWalk(std::span<const Sequence> students, double p_leave);

  struct Place {
    std::uint32_t student = 0;
    std::uint32_t answer = 0;
  };
  /// The first answer of any student.
  Place start(Rng& rng) const;
  /// Where the walk goes on after `right` at `at`, which is the student's answer `now` (from 0);
  /// absent when the student met there stopped.
  std::optional<Place> next(Place at, bool right, std::size_t now, Rng& rng) const;
  /// The item and skills met there. The answer and time are the real student's: not to be read.
  Event event(Place at) const { return students_[at.student][at.answer]; }
  /// Answers of the longest real student.
  std::size_t longest() const { return longest_; }

 private:
  static std::uint64_t key(ItemId item, bool right) {
    return 2 * static_cast<std::uint64_t>(item.value) + (right ? 1U : 0U);
  }
  Place elsewhere(Place at, bool right, std::size_t now, Rng& rng) const;

  std::vector<Sequence> students_;
  double p_leave_;
  std::size_t longest_ = 0;
  FlatMap<std::uint64_t, std::vector<Place>> places_;
};

}  // namespace meno
