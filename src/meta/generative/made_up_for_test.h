// Made-up students for this folder's tests: one ability each, items of different ease, one skill an
// item.
#pragma once

#include <deque>
#include <vector>

#include "core/rng.h"
#include "domain/sequence.h"
#include "models/link.h"

namespace meno {

inline constexpr std::size_t kMadeUpItems = 9;
inline constexpr std::size_t kMadeUpSkills = 3;

inline void add_answer(History& history, std::size_t item, bool right) {
  const SkillId skills[] = {SkillId(item % kMadeUpSkills)};
  history.push_back({.item = ItemId(item), .skills = skills, .correct = right ? 1.0F : 0.0F});
}

/// `students` with half to one and a half times `answers` answers each; ability N(0, 1.5^2) logits.
inline std::deque<History> made_up_students(std::size_t students, std::size_t answers,
                                            std::uint64_t seed) {
  std::deque<History> all;
  Rng rng(seed);
  for (std::size_t k = 0; k < students; ++k) {
    History& history = all.emplace_back();
    const double ability = 1.5 * rng.normal();
    const std::size_t count = answers / 2 + rng.below(answers + 1);
    for (std::size_t t = 0; t < count; ++t) {
      const std::size_t item = rng.below(kMadeUpItems);
      add_answer(history, item,
                 rng.chance(sigmoid(ability + 0.4 * static_cast<double>(item) - 1.2)));
    }
  }
  return all;
}

}  // namespace meno
