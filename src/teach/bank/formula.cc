#include "teach/bank/formula.h"

#include <algorithm>
#include <array>
#include <compare>
#include <numeric>
#include <optional>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::size_t kLongest = 400;
constexpr int kDeepest = 40;

std::optional<Rational> truth(bool holds) { return Rational(holds ? 1 : 0); }

std::optional<Rational> common_divisor(const Rational& a, const Rational& b) {
  if (!a.is_integer() || !b.is_integer()) return std::nullopt;
  return Rational::make(std::gcd(a.num(), b.num()));
}

std::optional<Rational> common_multiple(const Rational& a, const Rational& b) {
  const std::optional<Rational> divisor = common_divisor(a, b);
  if (!divisor || divisor->is_zero()) return std::nullopt;
  const std::optional<Rational> product = times(a, *over(b, *divisor));
  return product && product->num() < 0 ? minus(0, *product) : product;
}

/// a - b floor(a / b): has the sign of b.
std::optional<Rational> modulo(const Rational& a, const Rational& b) {
  const std::optional<Rational> ratio = over(a, b);
  if (!ratio) return std::nullopt;
  const std::optional<Rational> whole = Rational::make(ratio->floor());
  const std::optional<Rational> part = whole ? times(b, *whole) : std::nullopt;
  return part ? minus(a, *part) : std::nullopt;
}

/// Halves away from zero, as taught in school.
std::optional<Rational> rounded(const Rational& a) {
  const bool negative = a.num() < 0;
  const std::optional<Rational> size = negative ? minus(0, a) : a;
  const std::optional<Rational> shifted = plus(*size, *Rational::make(1, 2));
  if (!shifted) return std::nullopt;
  return Rational::make(negative ? -shifted->floor() : shifted->floor());
}

std::optional<Rational> ceiling(const Rational& a) {
  return Rational::make(-Rational::make(-a.num(), a.den())->floor());
}

}  // namespace

/// Recursive descent; every method leaves the cursor behind what it read and returns the node, or
/// sets fault_.
class FormulaParser {
 public:
  using Node = Formula::Node;
  using Op = Node::Op;

  FormulaParser(std::string_view text, std::span<const std::string> names)
      : text_(text), names_(names) {}

  Result<Formula> run() {
    if (text_.size() > kLongest) {
      return invalid_input(
          fmt::format("{} bytes long, expected at most {}", text_.size(), kLongest));
    }
    comparison();
    skip_spaces();
    if (fault_.empty() && at_ != text_.size()) fail("an operator or the end");
    if (!fault_.empty()) return invalid_input(fault_);
    return std::move(made_);
  }

 private:
  struct Function {
    std::string_view name;
    Op op;
    int arguments;  // -2: two or more
  };
  static constexpr std::array kFunctions{
      Function{"gcd", Op::Gcd, -2},    Function{"lcm", Op::Lcm, -2},
      Function{"min", Op::Min, -2},    Function{"max", Op::Max, -2},
      Function{"and", Op::And, -2},    Function{"or", Op::Or, -2},
      Function{"mod", Op::Mod, 2},     Function{"abs", Op::Abs, 1},
      Function{"floor", Op::Floor, 1}, Function{"ceil", Op::Ceil, 1},
      Function{"round", Op::Round, 1}, Function{"num", Op::Num, 1},
      Function{"den", Op::Den, 1},     Function{"not", Op::Not, 1},
      Function{"if", Op::If, 3},
  };

  void skip_spaces() {
    while (at_ < text_.size() && text_[at_] == ' ') ++at_;
  }

  bool take(std::string_view token) {
    skip_spaces();
    if (!fault_.empty() || text_.substr(at_, token.size()) != token) return false;
    at_ += token.size();
    return true;
  }

  std::size_t fail(std::string_view expected) {
    if (fault_.empty()) {
      const std::string seen = at_ < text_.size() ? fmt::format("\"{}\"", text_[at_]) : "the end";
      fault_ =
          fmt::format("{} at column {} of \"{}\", expected {}", seen, at_ + 1, text_, expected);
    }
    return 0;
  }

  std::size_t add(Node node) {
    made_.nodes_.push_back(node);
    return made_.nodes_.size() - 1;
  }
  std::size_t add(Op op, std::size_t a, std::size_t b = 0, std::size_t c = 0) {
    return add({.op = op, .a = a, .b = b, .c = c, .constant = {}});
  }

  std::size_t comparison() {
    static constexpr std::array<std::pair<std::string_view, Op>, 6> kComparisons{
        {{"==", Op::Equal},
         {"!=", Op::Unequal},
         {"<=", Op::LessEqual},
         {">=", Op::GreaterEqual},
         {"<", Op::Less},
         {">", Op::Greater}}};
    const std::size_t left = sum();
    for (const auto& [token, op] : kComparisons) {
      if (take(token)) return add(op, left, sum());
    }
    return left;
  }

  std::size_t sum() {
    std::size_t left = product();
    while (true) {
      if (take("+")) {
        left = add(Op::Add, left, product());
      } else if (take("-")) {
        left = add(Op::Subtract, left, product());
      } else {
        return left;
      }
    }
  }

  std::size_t product() {
    std::size_t left = factor();
    while (true) {
      if (take("*")) {
        left = add(Op::Multiply, left, factor());
      } else if (take("/")) {
        left = add(Op::Divide, left, factor());
      } else {
        return left;
      }
    }
  }

  std::size_t factor() {
    if (++depth_ > kDeepest) return fail("at most 40 levels of nesting");
    std::size_t made = 0;
    if (take("-")) {
      made = add(Op::Negate, factor());
    } else {
      made = primary();
      if (take("^")) made = add(Op::Power, made, factor());
    }
    --depth_;
    return made;
  }

  std::size_t primary() {
    if (take("(")) {
      const std::size_t inner = comparison();
      return take(")") ? inner : fail("\")\"");
    }
    if (!fault_.empty() || at_ == text_.size()) return fail("a number, a name or \"(\"");
    const char c = text_[at_];
    if (c >= '0' && c <= '9') return number();
    if (c >= 'a' && c <= 'z') return name();
    return fail("a number, a name or \"(\"");
  }

  std::size_t number() {
    const std::size_t begin = at_;
    while (at_ < text_.size() && ((text_[at_] >= '0' && text_[at_] <= '9') || text_[at_] == '.'))
      ++at_;
    const std::optional<Rational> value = Rational::from_decimal(text_.substr(begin, at_ - begin));
    if (!value) return fail("a number such as 12 or 0.25");
    return add({.op = Op::Constant, .constant = *value});
  }

  std::size_t name() {
    const std::size_t begin = at_;
    const auto part_of_name = [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    };
    while (at_ < text_.size() && part_of_name(text_[at_])) ++at_;
    const std::string_view word = text_.substr(begin, at_ - begin);
    if (take("(")) return call(word);
    const auto found = std::find(names_.begin(), names_.end(), word);
    if (found != names_.end()) {
      return add(Op::Value, static_cast<std::size_t>(found - names_.begin()));
    }
    at_ = begin;
    return fail(names_.empty() ? "no name: nothing is defined here"
                               : fmt::format("one of the names {}", fmt::join(names_, ", ")));
  }

  std::size_t call(std::string_view word) {
    const auto* const function = std::find_if(kFunctions.begin(), kFunctions.end(),
                                              [&](const Function& f) { return f.name == word; });
    if (function == kFunctions.end())
      return fail(fmt::format("a known function, not \"{}\"", word));
    std::vector<std::size_t> arguments;
    do {
      arguments.push_back(comparison());
    } while (take(","));
    if (!take(")")) return fail("\",\" or \")\"");
    const auto count = static_cast<int>(arguments.size());
    if (function->arguments == -2 ? count < 2 : count != function->arguments) {
      return fail(fmt::format(
          "{} arguments of {}",
          function->arguments == -2 ? "two or more" : std::to_string(function->arguments), word));
    }
    if (function->op == Op::If) return add(Op::If, arguments[0], arguments[1], arguments[2]);
    if (count == 1) return add(function->op, arguments[0]);
    std::size_t folded = arguments[0];
    for (std::size_t k = 1; k < arguments.size(); ++k)
      folded = add(function->op, folded, arguments[k]);
    return folded;
  }

  std::string_view text_;
  std::span<const std::string> names_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::string fault_;
  Formula made_;
};

Result<Formula> Formula::parse(std::string_view text, std::span<const std::string> names) {
  return FormulaParser(text, names).run();
}

std::optional<Rational> Formula::evaluate(std::span<const Rational> values) const {
  return at(nodes_.size() - 1, values);
}

std::optional<Rational> Formula::at(std::size_t index, std::span<const Rational> values) const {
  using Op = Node::Op;
  const Node& node = nodes_[index];
  if (node.op == Op::Constant) return node.constant;
  if (node.op == Op::Value) return values[node.a];
  const std::optional<Rational> a = at(node.a, values);
  if (!a) return std::nullopt;
  switch (node.op) {
    case Op::If:
      return at(a->is_zero() ? node.c : node.b, values);
    case Op::Negate:
      return minus(0, *a);
    case Op::Abs:
      return a->num() < 0 ? minus(0, *a) : a;
    case Op::Floor:
      return Rational::make(a->floor());
    case Op::Ceil:
      return ceiling(*a);
    case Op::Round:
      return rounded(*a);
    case Op::Num:
      return Rational::make(a->num());
    case Op::Den:
      return Rational::make(a->den());
    case Op::Not:
      return truth(a->is_zero());
    default:
      break;
  }
  const std::optional<Rational> b = at(node.b, values);
  return b ? binary(node, *a, *b) : std::nullopt;
}

std::optional<Rational> Formula::binary(const Node& node, const Rational& a,
                                        const Rational& b) const {
  using Op = Node::Op;
  switch (node.op) {
    case Op::Add:
      return plus(a, b);
    case Op::Subtract:
      return minus(a, b);
    case Op::Multiply:
      return times(a, b);
    case Op::Divide:
      return over(a, b);
    case Op::Power:
      return b.is_integer() ? power(a, b.num()) : std::nullopt;
    case Op::Equal:
      return truth(a == b);
    case Op::Unequal:
      return truth(a != b);
    case Op::Less:
      return truth(std::is_lt(compare(a, b)));
    case Op::LessEqual:
      return truth(std::is_lteq(compare(a, b)));
    case Op::Greater:
      return truth(std::is_gt(compare(a, b)));
    case Op::GreaterEqual:
      return truth(std::is_gteq(compare(a, b)));
    case Op::Gcd:
      return common_divisor(a, b);
    case Op::Lcm:
      return common_multiple(a, b);
    case Op::Min:
      return std::is_lt(compare(a, b)) ? a : b;
    case Op::Max:
      return std::is_lt(compare(a, b)) ? b : a;
    case Op::And:
      return truth(!a.is_zero() && !b.is_zero());
    case Op::Or:
      return truth(!a.is_zero() || !b.is_zero());
    default:
      return modulo(a, b);
  }
}

}  // namespace meno
