// Plain values to bytes and back: what Trackers save.
#pragma once

#include <cstring>
#include <string>
#include <string_view>
#include <type_traits>

namespace meno {

/// Appends the bytes of a value (little-endian, as everywhere in Meno).
template <class T>
void append_bytes(std::string& bytes, const T& value) {
  static_assert((std::is_trivially_copyable_v<T> && std::has_unique_object_representations_v<T>) ||
                std::is_floating_point_v<T>);
  bytes.append(reinterpret_cast<const char*>(&value), sizeof value);
}

/// Takes a value from the front of `bytes`; false, and nothing is taken, when they are too few.
template <class T>
bool take_bytes(std::string_view& bytes, T& value) {
  static_assert(std::is_trivially_copyable_v<T>);
  if (bytes.size() < sizeof value) return false;
  std::memcpy(&value, bytes.data(), sizeof value);
  bytes.remove_prefix(sizeof value);
  return true;
}

}  // namespace meno
