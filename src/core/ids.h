// Strong ids: dense 32-bit indices into a vocabulary, one type per noun so that they cannot be
// swapped.
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <limits>

namespace meno {

template <class Tag>
struct Id {
  std::uint32_t value = std::numeric_limits<std::uint32_t>::max();  // the default is "unknown"

  constexpr Id() = default;
  constexpr explicit Id(std::uint32_t v) : value(v) {}
  constexpr explicit Id(std::size_t v) : value(static_cast<std::uint32_t>(v)) {}
  constexpr bool known() const { return value != std::numeric_limits<std::uint32_t>::max(); }
  friend constexpr auto operator<=>(Id, Id) =
      default;  // NOLINT(modernize-use-nullptr): clang-tidy 14 misreads <=>
};

using StudentId = Id<struct StudentTag>;
using ItemId = Id<struct ItemTag>;
using SkillId = Id<struct SkillTag>;
using ClassId = Id<struct ClassTag>;
using SchoolId = Id<struct SchoolTag>;

}  // namespace meno

template <class Tag>
struct std::hash<meno::Id<Tag>> {
  std::size_t operator()(meno::Id<Tag> id) const noexcept { return id.value; }
};
