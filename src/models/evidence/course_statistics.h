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

/// (right, all) of a count table's key, (sum y - p, sum p (1 - p)) of a residual table's.
struct Entry {
  float first = 0.0F;
  float second = 0.0F;
};

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

  /// Fetches ahead of look_up: many targets at once then wait for memory together, not one after
  /// the other.
  void prefetch(const Keys& keys) const;

  std::size_t keys() const { return slots_.size(); }

 private:
  friend class Counter;

  /// One complete set of statistics: values by slot and the course's rate.
  struct Version {
    std::vector<Entry> entries;  // [slots]
    float base = .5F;
  };
  const Version& version(int fold) const;

  FlatMap<std::uint64_t, std::uint32_t> slots_;
  Version whole_;
  std::vector<Version> seen_by_;  // [folds]
};

/// The look-ups of a situation and what follows from them: what is left of a Scene once its keys
/// are known.
Scene scene_of(const CourseStatistics& statistics, const StudentState& student,
               const Situation& situation, const Keys& keys, int fold);

/// Everything the features of a target need, at a student's present state.
Scene scene_of(const CourseStatistics& statistics, const StudentState& student,
               const Target& target, int fold);

}  // namespace meno::evidence
