// ItemSets: which skills each item is taken to need, by what its rows say.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace meno {

/// How often each item was answered with each of its skill sets. Nearly every item has one.
class ItemSets {
 public:
  void count(std::uint32_t item, std::uint32_t set);
  /// For an item of which no row tells.
  void declare(std::uint32_t item, std::uint32_t set) { declared_[item] = set; }

  /// The commonest set of every item; among equals the one seen first, then the one of least
  /// number.
  std::vector<std::uint32_t> commonest(std::size_t items) const;

 private:
  struct Entry {
    std::uint32_t set = 0;
    std::uint64_t times = 0;
  };
  std::vector<Entry> first_;
  std::unordered_map<std::uint64_t, std::uint64_t> others_;
  std::unordered_map<std::uint32_t, std::uint32_t> declared_;
};

}  // namespace meno
