// Priors: one set of parameters for courses never seen. Many small courses drawn from the sources
// -> a model without statistics of its own, and theta. A course's own statistics are counted
// afterwards (ModelEntry::move), and theta tuned to it (prior/tuning.h).
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "core/options.h"
#include "core/result.h"
#include "domain/course_draw.h"
#include "meta/training.h"
#include "models/registry.h"

namespace meno {

/// A course that is learnt from. Views into a Dataset that outlives it.
struct CourseSource {
  std::string name;
  std::vector<Sequence> students;
  bool copies = false;  // repeats_are_copies
};
CourseSource course_source(std::string name, std::vector<Sequence> students);

/// What the drawn courses look like. Sources are drawn alike whatever their size, and students
/// uniformly in the logarithm of their number.
struct CoursePlan {
  std::size_t fewest = 3;
  std::size_t most = 250;
  std::size_t longest = 400;    // answers of a student at most
  double p_unknown = 0.15;      // of a course whose students are all met without any statistics
  double p_other_grain = 0.35;  // of a grain other than the source's own
  double p_synthetic = 0.4;     // of a made-up course (synthetic_course.h)
  std::size_t rows = 400000;    // answers of an epoch, about
};

struct PriorOptions {
  CoursePlan courses = {};
  std::size_t scaling_rows = 400000;  // answers that the features' scaling is measured on, about
  TrainOptions training = {.epochs = 12, .patience = 0, .batch_rows = 1600, .rate = 2e-3};
};

struct Prior {
  std::shared_ptr<const StudentModel> model;  // counted on nobody
  Params theta;
  std::vector<EpochRecord> epochs;
  double seconds = 0.0;
};

/// Every window's features rest on the statistics of the students before it in its drawn course
/// (Fitting::Prequential). Errors: InvalidInput for a model that cannot move, or no answers in the
/// sources; as train_fed.
Result<Prior> learn_prior(const ModelEntry& entry, const Options& model_options,
                          std::span<const CourseSource> sources, const PriorOptions& options);

/// A prior's theta after further training on courses of these sources alone, at a quarter of the
/// rate: the start of a course that is like them. Its model stays the prior's. Errors: as
/// learn_prior; with no sources all courses are made up.
Result<Params> specialised(const ModelEntry& entry, const Options& model_options,
                           const Prior& prior, std::span<const CourseSource> sources,
                           const PriorOptions& options);

/// The windows of a course's students for a model that has been moved to it: dealt to growing folds
/// in the order given.
struct CourseCohort {
  std::vector<Window> windows;
  int folds = 0;
};
CourseCohort cohort_of(std::span<const Sequence> students);

/// `prior` moved to a course of these students, whose own features will be prequential and those of
/// others complete.
Result<std::unique_ptr<const StudentModel>> moved_to(const ModelEntry& entry,
                                                     const Options& model_options,
                                                     const StudentModel& prior,
                                                     const CourseCohort& students);

}  // namespace meno
