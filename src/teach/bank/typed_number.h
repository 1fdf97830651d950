// What a student types where a number is asked for: 12, -3, 0.25, 3/4, 1 1/2, 1又1/2, 45%, x = 5,
// 12 cm, full-width digits and the signs of Chinese keyboards.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "teach/bank/rational.h"

namespace meno {

struct TypedNumber {
  Rational value;
  bool decimal = false;      // written with a point or a percent sign
  bool lowest_terms = true;  // no fraction in it could be cut down
};

/// nullopt when it is not one number. Each of `units` may follow it and is ignored ("%" too, when
/// it is a unit).
std::optional<TypedNumber> read_typed_number(std::string_view typed,
                                             std::span<const std::string> units);

}  // namespace meno
