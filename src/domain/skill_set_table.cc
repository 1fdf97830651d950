#include "domain/skill_set_table.h"

#include <algorithm>

namespace meno {

std::uint32_t SkillSetTable::intern(std::vector<std::uint32_t>& skills) {
  if (skills.empty()) return 0;
  if (skills.size() > 1) {
    std::sort(skills.begin(), skills.end());
    skills.erase(std::unique(skills.begin(), skills.end()), skills.end());
  }
  if (skills.size() == 1) {
    if (skills[0] >= of_one_.size()) of_one_.resize(skills[0] + 1ULL);
    std::uint32_t& set = of_one_[skills[0]];
    if (set == 0) set = added(skills);
    return set;
  }
  const auto found = of_many_.find(skills);
  if (found != of_many_.end()) return found->second;
  return of_many_.emplace(skills, added(skills)).first->second;
}

std::uint32_t SkillSetTable::united(std::uint32_t a, std::uint32_t b) {
  if (a == b || b == 0) return a;
  if (a == 0) return b;
  std::vector<std::uint32_t> skills((*this)[a].begin(), (*this)[a].end());
  const auto more = (*this)[b];
  skills.insert(skills.end(), more.begin(), more.end());
  return intern(skills);
}

std::uint32_t SkillSetTable::added(const std::vector<std::uint32_t>& skills) {
  members_.insert(members_.end(), skills.begin(), skills.end());
  begin_.push_back(static_cast<std::uint32_t>(members_.size()));
  return static_cast<std::uint32_t>(begin_.size() - 2);
}

}  // namespace meno
