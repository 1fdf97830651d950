// Formula: the small expression language of exercise templates. Exact, bounded in size, and never
// loops.
//
//   comparison  a == b  a != b  a < b  a <= b  a > b  a >= b      1 when it holds, else 0
//   arithmetic  + - * / ^ ( )   numbers 12 and 0.25   ^ binds tighter than a leading minus
//   functions   gcd lcm min max and or (two or more arguments)  abs floor ceil round num den not
//   mod(a, b)
//               if(condition, then, else), where only the chosen branch is computed
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "teach/bank/rational.h"

namespace meno {

/// A parsed expression over named values. Immutable.
class Formula {
 public:
  /// `names` are the values it may use; evaluate() takes them in the same order. At most 400 bytes
  /// long, 40 deep. Errors: InvalidInput saying what was expected at which column.
  static Result<Formula> parse(std::string_view text, std::span<const std::string> names);

  /// nullopt when the result is not defined: division by 0, more than 64 bits, gcd of a fraction, a
  /// power that is not a small integer.
  std::optional<Rational> evaluate(std::span<const Rational> values) const;

 private:
  friend class FormulaParser;
  struct Node {
    enum class Op : std::uint8_t {
      Constant,
      Value,
      Negate,
      Add,
      Subtract,
      Multiply,
      Divide,
      Power,
      Equal,
      Unequal,
      Less,
      LessEqual,
      Greater,
      GreaterEqual,
      Gcd,
      Lcm,
      Min,
      Max,
      And,
      Or,
      Mod,
      Abs,
      Floor,
      Ceil,
      Round,
      Num,
      Den,
      Not,
      If,
    };
    Op op = Op::Constant;
    std::size_t a = 0;  // nodes of the operands; the value's slot for Value
    std::size_t b = 0;
    std::size_t c = 0;
    Rational constant;
  };
  std::optional<Rational> at(std::size_t index, std::span<const Rational> values) const;
  std::optional<Rational> binary(const Node& node, const Rational& a, const Rational& b) const;

  std::vector<Node> nodes_;  // children before parents; the last is the root
};

}  // namespace meno
