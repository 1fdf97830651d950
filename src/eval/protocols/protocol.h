// Protocols: which students are learnt from and which are judged, under a published or agreed rule.
// Adding one: a row in registry.cc.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "core/result.h"
#include "domain/split.h"

namespace meno {

struct ProtocolEntry {
  std::string_view name;
  std::string_view summary;
  std::string_view source;  // author year, or "Meno"
  int folds;                // folds it has; 0: as many as the data have groups
  bool after_few_answers;   // also score after k = 0, 1, 3, 5, 10, 20 answers seen
  /// Errors: InvalidInput when the data do not have what the rule needs, or the fold is none of
  /// its.
  Result<Split> (*split)(const SplitSource& source, int fold, std::uint64_t seed);
};

std::span<const ProtocolEntry> protocol_registry();

/// Errors: InvalidInput naming the protocols there are.
Result<const ProtocolEntry*> find_protocol(std::string_view name);

}  // namespace meno
