// NameTable: names -> dense numbers in order of first appearance, fast enough for every field of
// every imported row.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace meno {

/// An open-addressing hash table over its own names. At most 2^32 - 2 names. Not thread-safe.
class NameTable {
 public:
  /// "There is no such name."
  static constexpr std::uint32_t kAbsent = 0xFFFFFFFFU;

  /// The number of `name`, added when new; kAbsent when the table is full.
  std::uint32_t intern(std::string_view name);
  std::uint32_t find(std::string_view name) const;
  const std::vector<std::string>& names() const { return names_; }
  std::size_t size() const { return names_.size(); }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t id = kAbsent;
  };
  std::size_t slot_of(std::string_view name, std::uint32_t hash) const;
  void grow();

  std::vector<std::string> names_;
  std::vector<Slot> slots_;  // a power of two, at most half full
};

}  // namespace meno
