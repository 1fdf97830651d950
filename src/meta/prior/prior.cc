#include "meta/prior/prior.h"

#include <algorithm>
#include <deque>

#include <fmt/format.h>

#include "meta/prior/course_feed.h"

namespace meno {
namespace {

/// A model that is counted on nobody; its features are scaled as those of drawn courses are.
Result<std::unique_ptr<const StudentModel>> empty_model(const ModelEntry& entry,
                                                        const Options& model_options,
                                                        std::span<const CourseSource> sources,
                                                        const PriorOptions& options) {
  Rng rng(mix64(options.training.seed ^ 0x5ca1eU));
  std::deque<PreparedCourse> courses;  // their windows view into them
  std::vector<Window> windows;
  int folds = 0;
  constexpr std::size_t kApart = std::size_t{1} << 20U;  // ids of one drawn course
  for (std::size_t rows = 0; rows < options.scaling_rows;) {
    courses.push_back(
        prepare_course(sources, options.courses, courses.size() % 2048 * kApart, rng));
    rows += courses.back().course.answers();
    windows.insert(windows.end(), courses.back().cohort.windows.begin(),
                   courses.back().cohort.windows.end());
    folds = std::max(folds, courses.back().cohort.folds);
  }
  MENO_TRY(const auto pooled, entry.fit(model_options, {.items = 0,
                                                        .skills = 0,
                                                        .training = windows,
                                                        .folds = folds,
                                                        .fitting = Fitting::Prequential}));
  return entry.move(model_options, pooled->statistics(), {});
}

}  // namespace

CourseSource course_source(std::string name, std::vector<Sequence> students) {
  const bool copies = repeats_are_copies(students);
  return {.name = std::move(name), .students = std::move(students), .copies = copies};
}

CourseCohort cohort_of(std::span<const Sequence> students) {
  CourseCohort cohort;
  for (const Sequence& student : students) {
    if (!student.empty()) cohort.windows.push_back({.events = student});
  }
  cohort.folds = deal_to_growing_folds(cohort.windows);
  return cohort;
}

Result<std::unique_ptr<const StudentModel>> moved_to(const ModelEntry& entry,
                                                     const Options& model_options,
                                                     const StudentModel& prior,
                                                     const CourseCohort& students) {
  return entry.move(
      model_options, prior.statistics(),
      {.training = students.windows, .folds = students.folds, .fitting = Fitting::Prequential});
}

Result<Prior> learn_prior(const ModelEntry& entry, const Options& model_options,
                          std::span<const CourseSource> sources, const PriorOptions& options) {
  if (entry.move == nullptr) {
    return invalid_input(fmt::format(
        "model \"{}\" belongs to its course, expected one that moves to others: evidence",
        entry.name));
  }
  for (const CourseSource& source : sources) {
    const bool answers = std::any_of(source.students.begin(), source.students.end(),
                                     [](const Sequence& student) { return !student.empty(); });
    if (!answers) {
      return invalid_input(fmt::format("source {} has no answers, expected some", source.name));
    }
  }
  if (sources.empty()) return invalid_input("0 sources, expected at least 1 to learn a prior from");
  MENO_TRY(auto model, empty_model(entry, model_options, sources, options));
  std::unique_ptr<Feed> feed = make_course_feed(entry, model_options, *model, sources, options);
  MENO_TRY(Trained trained, train_fed(entry, std::move(model), std::move(feed), options.training));
  return Prior{.model = std::move(trained.model),
               .theta = std::move(trained.theta),
               .epochs = std::move(trained.epochs),
               .seconds = trained.seconds};
}

Result<Params> specialised(const ModelEntry& entry, const Options& model_options,
                           const Prior& prior, std::span<const CourseSource> sources,
                           const PriorOptions& options) {
  PriorOptions own = options;
  own.courses.p_synthetic = sources.empty() ? 1.0 : 0.0;
  own.training.start = prior.theta;
  own.training.rate = 0.25 * options.training.rate.value_or(entry.training.rate);
  MENO_TRY(auto model, entry.move(model_options, prior.model->statistics(), {}));
  std::unique_ptr<Feed> feed = make_course_feed(entry, model_options, *model, sources, own);
  MENO_TRY(Trained trained, train_fed(entry, std::move(model), std::move(feed), own.training));
  return std::move(trained.theta);
}

}  // namespace meno
