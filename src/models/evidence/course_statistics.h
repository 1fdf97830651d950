// CourseStatistics: what the training students did in every context, in count tables and residual
// tables (keys.h), with cross-fitting: the statistics used for a training student leave out his
// whole fold of students.
//
// Leave-one-out is not enough for residual tables: another student's residual is taken against an
// average that contains my answer, so it reveals my answer with the opposite sign (measured:
// validation AUC falls after the first epoch).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/flat_map.h"
#include "core/result.h"
#include "core/tensors.h"
#include "models/evidence/features.h"
#include "models/registry.h"

namespace meno::evidence {

/// Immutable after construction; thread-safe.
class CourseStatistics {
 public:
  /// Counts the cohort. With cohort.folds > 0 also counts, for every fold, what its students may
  /// see of it (Cohort::fitting).
  static CourseStatistics count(const Cohort& cohort);
  /// From a run: without folds.
  static Result<CourseStatistics> from_tensors(const Tensors& tensors);
  Tensors tensors() const;

  /// Fills what is known under the keys, for a student of `fold` (kNoFold: use everything).
  void look_up(const Keys& keys, int fold, Lookups& found) const;
  /// One half of look_up with every student counted; the other half of `found` is left as it is.
  void look_up_item(const Keys& keys, Lookups& found) const;
  void look_up_skill(const Keys& keys, Lookups& found) const;

  /// Fetches ahead of look_up_item and look_up_skill: many keys then wait for memory together, not
  /// one after the other, and while something else is computed.
  void prefetch_item(const Keys& keys) const;
  void prefetch_skill(const Keys& keys) const;

  /// The share of right answers over every student.
  float base() const { return base_; }

  std::size_t keys() const { return slots_.size(); }

 private:
  friend class Counter;

  /// One complete set of statistics: values by slot and the course's rate.
  struct Version {
    std::vector<Entry> entries;  // [slots]
    float base = .5F;
  };
  /// Where a key's values lie in every version, and beside it those of the whole cohort: serving
  /// then waits for memory once a key.
  struct Known {
    std::uint32_t slot = 0;  // from 1
    Entry whole;
  };
  void keep_whole(const std::vector<Entry>& entries);
  Entry whole(std::uint64_t key) const;

  FlatMap<std::uint64_t, Known> slots_;
  float base_ = .5F;
  std::vector<Version> seen_by_;  // [folds]
};

/// Everything the features of a target need, at a student's present state.
Scene scene_of(const CourseStatistics& statistics, const StudentState& student,
               const Target& target, int fold);

}  // namespace meno::evidence
