// SkillGraph: which skills come before which. Built once from edges and refused when they run in a
// circle, so that everything downstream may walk it without looking out for loops.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "domain/course.h"

namespace meno {

/// "`before` is a prerequisite of `after`", by the names of the course.
struct Prerequisite {
  std::string before;
  std::string after;

  friend bool operator==(const Prerequisite&, const Prerequisite&) = default;
};

/// An immutable directed acyclic graph over the skills of a course. Copyable; const is thread-safe.
class SkillGraph {
 public:
  /// No skills at all.
  SkillGraph() = default;
  /// `skills` skills without any prerequisite: what a course has whose source names none.
  explicit SkillGraph(std::size_t skills);

  /// A repeated edge counts once.
  /// Errors: InvalidInput for a name that `skills` lacks, a skill before itself, or a cycle; the
  /// message spells the edge or the whole circle, e.g. "a -> b -> c -> a".
  static Result<SkillGraph> make(const Vocabulary<SkillId>& skills,
                                 std::span<const Prerequisite> edges);

  std::size_t skills() const { return depth_.size(); }
  std::size_t edges() const { return before_.members.size(); }
  /// Direct prerequisites of `skill`, ascending.
  std::span<const SkillId> prerequisites(SkillId skill) const { return before_[skill]; }
  /// Skills that `skill` is a direct prerequisite of, ascending.
  std::span<const SkillId> dependents(SkillId skill) const { return after_[skill]; }
  /// Everything that comes before `skill`, directly or not, in topological order; without `skill`
  /// itself.
  std::vector<SkillId> ancestors(SkillId skill) const;
  /// Length of the longest chain of prerequisites below `skill`; 0 for one that has none.
  std::size_t depth(SkillId skill) const { return depth_[skill.value]; }
  /// Every skill after all its prerequisites; among those free to come next, the smallest id first.
  std::span<const SkillId> topological_order() const { return order_; }

 private:
  /// Neighbours of every skill in one array.
  struct Adjacency {
    std::vector<std::uint32_t> begin;  // [S + 1]
    std::vector<SkillId> members;

    std::span<const SkillId> operator[](SkillId skill) const {
      return std::span(members).subspan(begin[skill.value],
                                        begin[skill.value + 1] - begin[skill.value]);
    }
  };
  using Pairs = std::vector<std::pair<SkillId, SkillId>>;

  static Adjacency adjacency(std::size_t skills, const Pairs& ascending);
  void sort_topologically();
  std::string a_cycle(const Vocabulary<SkillId>& names) const;

  Adjacency before_;
  Adjacency after_;
  std::vector<SkillId> order_;      // [S], shorter only while a cycle is being reported
  std::vector<std::size_t> depth_;  // [S]
};

}  // namespace meno
