// ItemDeck: which item of a skill comes next, for policies that choose skills only. The same for
// every policy, so that none wins by its items.
#pragma once

#include <numeric>
#include <unordered_map>

#include "tutor/simulator/environment.h"

namespace meno {

/// Each item of a skill once, in an order of the student's own, before any comes again. The skill
/// must have items.
class ItemDeck {
 public:
  ItemDeck(const SkillItems& items, std::uint64_t seed) : items_(items), seed_(seed) {}

  ItemId draw(SkillId skill) {
    const auto all = items_.all(skill);
    const std::size_t count = all.size();
    // A stride that shares no factor with the count visits every item once.
    std::size_t stride = 1 + mix64(seed_ ^ skill.value) % count;
    while (std::gcd(stride, count) != 1) ++stride;
    return all[(mix64(seed_ + skill.value) % count + drawn_[skill]++ * stride) % count];
  }

 private:
  const SkillItems& items_;
  std::uint64_t seed_;
  std::unordered_map<SkillId, std::size_t> drawn_;
};

}  // namespace meno
