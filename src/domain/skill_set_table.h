// SkillSetTable: sets of skills -> dense numbers; set 0 is the empty one.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <vector>

namespace meno {

/// Not thread-safe.
class SkillSetTable {
 public:
  /// The number of the set of `skills`, which it sorts and strips of repeats.
  std::uint32_t intern(std::vector<std::uint32_t>& skills);
  /// The number of the union of two sets.
  std::uint32_t united(std::uint32_t a, std::uint32_t b);

  std::span<const std::uint32_t> operator[](std::uint32_t set) const {
    return {members_.data() + begin_[set], begin_[set + 1] - begin_[set]};
  }
  std::size_t size() const { return begin_.size() - 1; }
  const std::vector<std::uint32_t>& begin() const { return begin_; }
  const std::vector<std::uint32_t>& members() const { return members_; }

 private:
  std::uint32_t added(const std::vector<std::uint32_t>& skills);

  std::vector<std::uint32_t> begin_{0, 0};
  std::vector<std::uint32_t> members_;
  std::vector<std::uint32_t> of_one_;  // skill -> its set alone; 0 when not there yet
  std::map<std::vector<std::uint32_t>, std::uint32_t> of_many_;
};

}  // namespace meno
