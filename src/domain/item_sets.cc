#include "domain/item_sets.h"

#include <algorithm>

namespace meno {

void ItemSets::count(std::uint32_t item, std::uint32_t set) {
  if (item >= first_.size()) first_.resize(item + 1ULL);
  Entry& entry = first_[item];
  if (entry.times == 0) entry.set = set;
  if (entry.set == set) {
    ++entry.times;
  } else {
    ++others_[(std::uint64_t{item} << 32U) | set];
  }
}

std::vector<std::uint32_t> ItemSets::commonest(std::size_t items) const {
  std::vector<Entry> best = first_;
  best.resize(items);
  for (const auto& [key, times] : others_) {
    Entry& entry = best[key >> 32U];
    const auto set = static_cast<std::uint32_t>(key);
    const bool first_kept = entry.set == first_[key >> 32U].set;
    if (times > entry.times || (times == entry.times && !first_kept && set < entry.set)) {
      entry = {.set = set, .times = times};
    }
  }
  for (const auto& [item, set] : declared_) {
    if (best[item].times == 0) best[item].set = set;
  }
  std::vector<std::uint32_t> sets(items);
  std::transform(best.begin(), best.end(), sets.begin(), [](const Entry& e) { return e.set; });
  return sets;
}

}  // namespace meno
