// Few-shot problems of a course: students, skills or items never seen, of which k answers are
// given. Split -> rounds of tasks (new_students.h, new_things.h) -> contestants (contestants.h) ->
// scores (scoring.h), repeated on other students.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "core/options.h"
#include "core/result.h"
#include "domain/course.h"
#include "domain/split.h"
#include "eval/bootstrap.h"
#include "meta/prior/prior.h"

namespace meno {

struct FewShotPlan {
  std::string problem = "new-student";  // or new-skill, new-item, maml-kt
  std::string model = "evidence";
  /// For new-skill and new-item the model must move (ModelEntry::move), since it counts anew what
  /// is given; options under which it does (ModelEntry::movable) are then added.
  Options model_options = {};
  std::vector<int> answers = {0, 1, 3, 5, 10, 20};  // k, given of a student, a skill or an item
  std::vector<int> students = {10, 20, 50};         // maml-kt: how many are trained on
  int repeats = 3;  // other test students each time, up to 5; then other splits
  std::vector<std::string> learners = {};  // rows of contestant_names(); empty: the usual ones
  Options learner_options = {};            // of every learner, over the benchmark's own
  int things = 5;                          // skills or items held out at once
  std::uint64_t seed = 0;
  int threads = 1;
  int epochs = 0;       // of training the model; 0: its own
  int meta_epochs = 2;  // of training a learner from there
  int resamples = 200;  // of test students, for intervals
  /// Other courses: a prior is learnt from them and competes as `prior`, unadapted.
  std::vector<CourseSource> sources = {};
  PriorOptions prior = {};
};

/// A metric with its 95 % interval.
struct Figure {
  std::optional<double> value = std::nullopt;
  std::optional<Interval> interval = std::nullopt;
};

/// What a contestant did on the answers of one kind.
struct FewShotScore {
  std::size_t students = 0;  // of all repeats
  std::size_t scored = 0;    // answers
  Figure auc, log_loss, ece;
  /// Above (AUC) or below (nats) `pretrained` on the same resamples: positive is better.
  Figure auc_gain, log_loss_gain;
};

struct FewShotRow {
  std::string learner;
  std::size_t answers = 0;     // k
  std::size_t trained_on = 0;  // students, maml-kt alone
  std::string setting = {};    // chosen on validation students, one per repeat
  FewShotScore near;
  std::optional<FewShotScore> late = std::nullopt;  // answers beyond the 50th, for new students
  double seconds = 0.0;                             // of adapting and predicting
};

/// new-student, new-skill, new-item, maml-kt.
std::vector<std::string> few_shot_problems();

/// Means over repeats; intervals by drawing test students with replacement within every repeat
/// (percentile bootstrap). Errors: InvalidInput for an unknown problem, model or contestant, a
/// negative k, a number below 1, or nobody with enough answers; as train().
Result<std::vector<FewShotRow>> run_few_shot(const Course& course, const SplitSource& source,
                                             const FewShotPlan& plan);

}  // namespace meno
