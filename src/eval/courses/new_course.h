// New courses: a course that nobody trained on, a few of its students, and how well its other
// students are then foreseen. Sources -> priors -> draws of k students -> rows.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "eval/courses/adapters.h"
#include "eval/courses/course_map.h"
#include "eval/spread.h"

namespace meno {

struct NewCoursePlan {
  std::vector<std::size_t> students = {0, 5, 10, 20, 50, 100};  // sizes of the support
  int repeats = 5;                                              // draws of the support
  std::size_t scored = 400;                                     // other students judged on, at most
  std::size_t first_answers = 0;           // of a student of the support, his first ones; 0: all
  std::vector<std::string> learners = {};  // rows of course_adapters(); empty: all
  int priors = 3;
  Options model_options = {};  // of `evidence`, over those of a model that moves or its own
  PriorOptions prior = {};
  CourseTaskPlan tasks = {};     // that learners are trained on
  EmbeddingPlan embedding = {};  // of the known courses
  int specialist_epochs = 3;     // of further training on courses of one kind
  bool map = false;              // make one; there is one too where a learner needs the embeddings
  std::uint64_t seed = 0;
  int threads = 0;  // 0: all cores
};

struct NewCourseRow {
  std::string learner;
  std::size_t students = 0;
  Spread auc = {}, log_loss = {}, ece = {};
  /// Draw by draw above `fine-tuned`; absent without it.
  Spread auc_gain = {}, log_loss_gain = {}, ece_gain = {};
  double seconds = 0.0;  // of a draw
};

struct NewCourseResult {
  std::vector<NewCourseRow> rows;
  double prior_seconds = 0.0;
  std::size_t scored_students = 0;
  std::optional<CourseMap> map;
};

/// The options of a prior's model: nothing in it names an item or a skill.
Options prior_model_options();

/// The judged students are the same whatever the size of a draw's support, and never in it.
/// Errors: InvalidInput for a size of support that leaves nobody to judge, no repeats, an unknown
/// learner, a target without answers; as learn_from_sources and train; Unavailable on Ctrl-C.
Result<NewCourseResult> run_new_course(std::span<const CourseSource> sources, const Course& course,
                                       const std::vector<Sequence>& target,
                                       const NewCoursePlan& plan);

}  // namespace meno
