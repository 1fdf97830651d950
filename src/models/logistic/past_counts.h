// PastCounts: one student's wins and fails so far, in total, per skill and per item, and the
// features they give.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/flat_map.h"
#include "core/result.h"
#include "domain/event.h"

namespace meno {

/// One non-zero entry of a row of features.
struct Feature {
  std::uint32_t index;  // in theta
  double value;
};

/// Where each kind of feature stands in theta. Ids at or beyond the vocabulary are unknown and have
/// no features.
struct LogisticLayout {
  std::uint32_t items = 0;
  std::uint32_t skills = 0;

  std::uint32_t bias() const { return 0; }
  std::uint32_t total_wins() const { return 1; }
  std::uint32_t total_fails() const { return 2; }
  std::uint32_t item_wins() const { return 3; }
  std::uint32_t item_fails() const { return 4; }
  std::uint32_t skill(SkillId skill) const { return 5 + skill.value; }
  std::uint32_t skill_wins(SkillId skill) const { return 5 + skills + skill.value; }
  std::uint32_t skill_fails(SkillId skill) const { return 5 + 2 * skills + skill.value; }
  std::uint32_t item(ItemId item) const { return 5 + 3 * skills + item.value; }
};

class PastCounts {
 public:
  explicit PastCounts(const LogisticLayout& layout) : layout_(layout) {}

  /// Counts one answer; a soft one is partly a win and partly a fail. Amortised O(skills of the
  /// item).
  void observe(const Event& event);
  /// Appends the features of an answer on `item` to come.
  void features(ItemId item, std::span<const SkillId> skills, std::vector<Feature>& out) const;

  /// The same counts give the same bytes.
  std::string save() const;
  /// Errors: InvalidInput when the bytes are not what save() writes.
  Result<Done> restore(std::string_view bytes);

 private:
  struct Counts {
    double wins = 0.0;
    double fails = 0.0;
  };
  using Table = FlatMap<std::uint32_t, Counts>;

  static Counts counts_in(const Table& table, std::uint32_t key);
  static void save_table(const Table& table, std::string& bytes);
  static bool restore_table(std::string_view& bytes, Table& table);

  LogisticLayout layout_;
  Counts total_;
  Table skills_;
  Table items_;
};

}  // namespace meno
