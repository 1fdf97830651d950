// Corruptions: how a history is damaged between a student and a model. What is scored stays what
// the student answered.
#pragma once

#include <cstdint>
#include <deque>
#include <span>
#include <string_view>
#include <vector>

#include "core/rng.h"
#include "domain/sequence.h"

namespace meno {

struct Corruption {
  std::string_view name;
  std::string_view summary;
  /// Appends what a model observes where the student gave his `t`-th answer: it, another, several,
  /// or nothing. Looks at answers up to t alone.
  void (*observe)(const Sequence& history, std::size_t t, Rng& rng, std::vector<Event>& observed);
};

/// Clean first. To add one: a function and a row in corruption.cc.
std::span<const Corruption> corruption_registry();

/// Students of whom a seeded share, in [0, 1], answers every item at random, right one time in
/// four: as many choices, nobody reading them.
std::deque<History> with_bots(const std::vector<Sequence>& students, double share,
                              std::uint64_t seed);

}  // namespace meno
