// Course tasks: new courses as few-shot problems, for learners to be trained on. A drawn course ->
// its first students are the support, its last ones the query.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>

#include "meta/adapt.h"
#include "meta/feed.h"
#include "meta/prior/prior.h"

namespace meno {

struct CourseTaskPlan {
  CoursePlan courses = {.fewest = 8, .most = 36, .longest = 100, .p_unknown = 0.0};
  std::size_t queries = 5;   // last students of a course, less where it has fewer than 2 more
  std::size_t per_step = 4;  // tasks of a step
  std::size_t steps = 40;    // of an epoch
  int epochs = 3;
  int inner_steps = 5;
  std::size_t rate_tasks = 16;  // that the inner rate is chosen on
  double rate = 5e-4;           // of the outer loop
  std::uint64_t seed = 0;
};

/// Tasks drawn anew every step. The support's features are prequential and the query's rest on the
/// whole support, as at the benchmark. `prior` and the sources must outlive the feed.
std::unique_ptr<Feed> make_course_task_feed(const ModelEntry& entry, const Options& model_options,
                                            const StudentModel& prior,
                                            std::span<const CourseSource> sources,
                                            const CourseTaskPlan& plan);

/// What a learner of the registry has made of a prior, and how it adapts to a course.
struct CourseLearner {
  std::string name;
  Params theta;     // [P], of the prior's model
  InnerLoop inner;  // its rate chosen on drawn tasks, or learnt
};

/// Trains `learner` on course tasks from the prior's theta on. The inner rate is the one of six
/// under which the prior's own theta, adapted, foresees the queries of drawn tasks best. Errors:
/// InvalidInput for a learner without tasks; as train_fed.
Result<CourseLearner> learn_to_adapt(const ModelEntry& entry, const Options& model_options,
                                     const Prior& prior, std::span<const CourseSource> sources,
                                     std::string_view learner, const CourseTaskPlan& plan);

/// Adapted to a course's support by the learner's inner loop. Where the support is worse fitted
/// afterwards, or the loss is not finite, all rates are halved, ten times at most; then theta
/// stays.
Params adapted_to_course(const StudentModel& model, const CourseLearner& learner, Batch support);

}  // namespace meno
