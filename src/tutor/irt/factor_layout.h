// FactorLayout: which abilities a few items ask for, numbered densely, so that a student is a small
// vector although the course has hundreds of skills.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/ids.h"
#include "tutor/irt/factor_bank.h"

namespace meno {

/// How one item's logit depends on abilities: the first R by its loading, these by skill.
struct SkillTerm {
  std::uint32_t at = 0;  // ability, in [R, size)
  double weight = 0.0;
};

/// General abilities first, then the skills of the items, ascending.
class FactorLayout {
 public:
  FactorLayout(const FactorBank& bank, std::span<const ItemId> items);

  /// Abilities, R and the skills.
  std::size_t size() const { return general_ + skills_.size(); }
  std::size_t general() const { return general_; }
  /// The skill of ability `at`, in [R, size).
  SkillId skill(std::size_t at) const { return skills_[at - general_]; }
  /// The terms of an item; skills that no item of the layout has are left out.
  std::vector<SkillTerm> terms(const FactorBank& bank, ItemId item) const;
  /// Variance of the logit by those left out, a priori.
  double outside(const FactorBank& bank, ItemId item) const;

 private:
  std::size_t general_;
  std::vector<SkillId> skills_;  // ascending
};

}  // namespace meno
