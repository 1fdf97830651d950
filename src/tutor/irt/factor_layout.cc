#include "tutor/irt/factor_layout.h"

#include <algorithm>
#include <cmath>

namespace meno {

FactorLayout::FactorLayout(const FactorBank& bank, std::span<const ItemId> items)
    : general_(bank.general) {
  for (const ItemId item : items) {
    const auto& skills = bank.item_skills[item.value];
    skills_.insert(skills_.end(), skills.begin(), skills.end());
  }
  std::sort(skills_.begin(), skills_.end());
  skills_.erase(std::unique(skills_.begin(), skills_.end()), skills_.end());
}

std::vector<SkillTerm> FactorLayout::terms(const FactorBank& bank, ItemId item) const {
  std::vector<SkillTerm> terms;
  const auto& skills = bank.item_skills[item.value];
  for (const SkillId skill : skills) {
    const auto found = std::lower_bound(skills_.begin(), skills_.end(), skill);
    if (found == skills_.end() || *found != skill) continue;
    terms.push_back(
        {.at = static_cast<std::uint32_t>(general_ +
                                          static_cast<std::size_t>(found - skills_.begin())),
         .weight = bank.skill_scale[skill.value] / std::sqrt(static_cast<double>(skills.size()))});
  }
  return terms;
}

double FactorLayout::outside(const FactorBank& bank, ItemId item) const {
  const auto& skills = bank.item_skills[item.value];
  double variance = 0.0;
  for (const SkillId skill : skills) {
    if (std::binary_search(skills_.begin(), skills_.end(), skill)) continue;
    const double scale = bank.skill_scale[skill.value];
    variance += scale * scale / static_cast<double>(skills.size());
  }
  return variance;
}

}  // namespace meno
