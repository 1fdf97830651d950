#include "domain/name_table.h"

#include <functional>

namespace meno {
namespace {

std::uint32_t hash_of(std::string_view name) {
  const std::size_t hash = std::hash<std::string_view>{}(name);
  return static_cast<std::uint32_t>(hash ^ (hash >> 32U));
}

}  // namespace

std::uint32_t NameTable::intern(std::string_view name) {
  if (2 * (names_.size() + 1) > slots_.size()) grow();
  const std::uint32_t hash = hash_of(name);
  Slot& slot = slots_[slot_of(name, hash)];
  if (slot.id != kAbsent) return slot.id;
  if (names_.size() >= kAbsent - 1) return kAbsent;
  slot = {hash, static_cast<std::uint32_t>(names_.size())};
  names_.emplace_back(name);
  return slot.id;
}

std::uint32_t NameTable::find(std::string_view name) const {
  return slots_.empty() ? kAbsent : slots_[slot_of(name, hash_of(name))].id;
}

/// The slot that holds `name`, or the empty one where it belongs.
std::size_t NameTable::slot_of(std::string_view name, std::uint32_t hash) const {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  while (slots_[at].id != kAbsent && (slots_[at].hash != hash || names_[slots_[at].id] != name)) {
    at = (at + 1) & mask;
  }
  return at;
}

void NameTable::grow() {
  std::vector<Slot> old(slots_.empty() ? 64 : 2 * slots_.size());
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.id == kAbsent) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].id != kAbsent) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace meno
