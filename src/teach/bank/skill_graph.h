// BankGraph: which skill of a bank needs which. Acyclic by construction. (SkillGraph in domain/ is
// the same over ids.)
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"

namespace meno {

/// Immutable. Vertices are indices [0, size()).
class BankGraph {
 public:
  BankGraph() = default;
  /// `needs[i]` are the direct prerequisites of skill i; `names` label the error.
  /// Errors: InvalidInput spelling out the cycle, e.g. "a needs b needs a"; `where` names the file.
  static Result<BankGraph> make(std::vector<std::vector<std::size_t>> needs,
                                std::span<const std::string> names, const std::string& where);

  std::size_t size() const { return needs_.size(); }
  /// Direct prerequisites of `skill`.
  std::span<const std::size_t> needs(std::size_t skill) const { return needs_[skill]; }
  /// All skills, each after everything it needs; ties keep the order given.
  const std::vector<std::size_t>& order() const { return order_; }
  /// Everything `skill` rests on, directly or not, in teaching order; without itself.
  std::vector<std::size_t> foundations(std::size_t skill) const;

 private:
  std::vector<std::vector<std::size_t>> needs_;
  std::vector<std::size_t> order_;
};

}  // namespace meno
