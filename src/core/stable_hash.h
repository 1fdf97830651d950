// StableHash: FNV-1a over texts, the same on every machine and in every run. For draws that must
// not depend on where they are made; not against an adversary. Source: Fowler, Noll & Vo 1991.
#pragma once

#include <cstdint>
#include <string_view>

namespace meno {

class StableHash {
 public:
  /// Adds a text and its end, so that "ab" + "c" is not "a" + "bc".
  StableHash& add(std::string_view text) {
    for (const char c : text) value_ = (value_ ^ static_cast<unsigned char>(c)) * kPrime;
    value_ = (value_ ^ 0xFFU) * kPrime;
    return *this;
  }
  std::uint64_t value() const { return value_; }

 private:
  static constexpr std::uint64_t kPrime = 1099511628211ULL;
  std::uint64_t value_ = 14695981039346656037ULL;
};

}  // namespace meno
