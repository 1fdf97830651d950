// FlatMap: an insert-only hash map in one array, for hot look-ups by integer keys (open addressing,
// linear probing).
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "core/rng.h"

namespace meno {

/// Keys are hashed with mix64; values must be default-constructible. Pointers stay valid until the
/// next insertion.
template <class Key, class Value>
class FlatMap {
 public:
  /// The value of `key`, or nullptr.
  const Value* find(Key key) const {
    if (slots_.empty()) return nullptr;
    for (std::size_t at = mix64(key) & mask_;; at = (at + 1) & mask_) {
      if (!slots_[at].used) return nullptr;
      if (slots_[at].key == key) return &slots_[at].value;
    }
  }

  /// The value of `key`, default-constructed when new.
  Value& operator[](Key key) {
    if (2 * (size_ + 1) > slots_.size()) grow();
    for (std::size_t at = mix64(key) & mask_;; at = (at + 1) & mask_) {
      Slot& slot = slots_[at];
      if (!slot.used) {
        slot.used = true;
        slot.key = key;
        ++size_;
        return slot.value;
      }
      if (slot.key == key) return slot.value;
    }
  }

  std::size_t size() const { return size_; }

  /// Asks the processor to fetch where `key` would lie, ahead of a find.
  void prefetch(Key key) const {
    if (!slots_.empty()) __builtin_prefetch(&slots_[mix64(key) & mask_]);
  }

  /// Calls visit(key, value) for every entry, in the order of the array.
  template <class Visit>
  void for_each(const Visit& visit) const {
    for (const Slot& slot : slots_) {
      if (slot.used) visit(slot.key, slot.value);
    }
  }
  template <class Visit>
  void for_each(const Visit& visit) {
    for (Slot& slot : slots_) {
      if (slot.used) visit(slot.key, slot.value);
    }
  }

 private:
  struct Slot {
    Key key{};
    bool used = false;
    Value value{};
  };

  void grow() {
    std::vector<Slot> old(slots_.empty() ? 8 : 2 * slots_.size());
    old.swap(slots_);
    mask_ = slots_.size() - 1;
    for (Slot& slot : old) {
      if (!slot.used) continue;
      std::size_t at = mix64(slot.key) & mask_;
      while (slots_[at].used) at = (at + 1) & mask_;
      slots_[at] = std::move(slot);
    }
  }

  std::vector<Slot> slots_;
  std::size_t mask_ = 0;
  std::size_t size_ = 0;
};

}  // namespace meno
