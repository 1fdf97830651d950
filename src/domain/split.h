// Splits: who is learnt from, who chooses the epoch, who is judged. Dataset -> Split -> sequences
// and windows. Every rule keeps apart what its protocol separates: students, groups of students, or
// before and after a moment.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/result.h"
#include "domain/dataset.h"
#include "domain/task.h"

namespace meno {

/// What a rule may look at. Views into a Dataset (or Histories, in tests) that must outlive it.
struct SplitSource {
  std::vector<Sequence> students;          // [S] by StudentId, each oldest first
  std::vector<std::string> labels;         // the source's own split, empty if none
  std::span<const std::uint8_t> label_of;  // [S] index into labels, empty if none
  std::span<const ClassId> class_of;       // [S], empty if unknown
  std::span<const SchoolId> school_of;     // [S], empty if unknown
};
SplitSource split_source(const Dataset& dataset);

/// One student in one role: answers [0, from) are context, [from, to) belong to the role, those
/// from `to` on do not exist for it. from < to.
struct Stretch {
  StudentId student;
  std::size_t from = 0;
  std::size_t to = 0;

  friend bool operator==(const Stretch&, const Stretch&) = default;
};

/// Roles in order of student; a student with no answers has none.
struct Split {
  std::string name;  // e.g. "akt fold 1"
  std::vector<Stretch> train = {};
  std::vector<Stretch> valid = {};
  std::vector<Stretch> test = {};
  std::size_t left_out = 0;  // students that the rule could place nowhere, e.g. without a school
};

/// The histories of a role, cut at `to`. With students split whole (every rule but split_by_time)
/// nothing is cut.
std::vector<Sequence> sequences_of(const SplitSource& source, std::span<const Stretch> role);
/// The same with context marked.
std::vector<Window> windows_of(const SplitSource& source, std::span<const Stretch> role);

/// Labels test1..test5 and trainonly, as AKT publishes them: test = test{fold}, valid = test{fold
/// mod 5 + 1}, train = the rest. `fold` in [1, 5]. Errors: InvalidInput when the source has other
/// labels or the fold is none of these.
Result<Split> split_akt(const SplitSource& source, int fold);

/// Labels train and test, as Gervet et al. publish them; validation is a seeded, stratified share
/// of the train students. Fold f > 1 draws another validation set. Errors: InvalidInput when the
/// source has other labels.
struct FixedSplit {
  int fold = 1;
  double valid_share = 0.1;  // of the train students, in (0, 0.5]
  std::uint64_t seed = 0;
};
Result<Split> split_fixed(const SplitSource& source, const FixedSplit& ask);

/// `folds` parts of students alike in length and rate of right answers; part `fold` is the test, a
/// stratified share of the others validates. The parts depend on the seed alone, so the folds of
/// one seed cover every student once. Errors: InvalidInput for a fold outside [1, folds] or fewer
/// students than three per part.
struct StudentSplit {
  int folds = 5;
  int fold = 1;
  double valid_share = 0.1;  // of the students not in the test, in (0, 0.5]
  std::uint64_t seed = 0;
};
Result<Split> split_students(const SplitSource& source, const StudentSplit& ask);

/// Everything before `valid_at` trains, up to `test_at` validates, the rest is scored with all
/// before it as context. Moments left out are the quantiles of all answer times that leave these
/// shares. Answers without a time are left out with their students. Errors: InvalidInput when the
/// source has no times or a role would be empty.
struct TimeSplit {
  std::optional<TimePoint> valid_at;
  std::optional<TimePoint> test_at;
  double valid_share = 0.1;
  double test_share = 0.2;
};
Result<Split> split_by_time(const SplitSource& source, const TimeSplit& ask);

/// Leaves whole groups out: groups are dealt to `folds` parts, balanced by answers; part `fold` is
/// the test, the next part validates, the rest trains. Students without a group go nowhere. With
/// `folds` 0, one part per group. Errors: InvalidInput when groups are unknown or fewer than three.
enum class Grouping { Class, School };
struct GroupSplit {
  Grouping by = Grouping::School;
  int folds = 0;
  int fold = 1;
  std::uint64_t seed = 0;
};
Result<Split> split_groups(const SplitSource& source, const GroupSplit& ask);

/// Leaves whole courses out (each a Dataset of its own): test = course `fold`, valid = the next in
/// a seeded order.
struct CourseSplit {
  std::vector<std::size_t> train;  // indices of courses, ascending
  std::vector<std::size_t> valid;
  std::vector<std::size_t> test;
};
/// Errors: InvalidInput for fewer than three courses or a fold outside [1, courses].
Result<CourseSplit> split_courses(std::size_t courses, int fold, std::uint64_t seed);

}  // namespace meno
