#include "meta/prior/course_feed.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include "core/check.h"
#include "core/parallel.h"
#include "meta/histories.h"
#include "meta/prior/synthetic_course.h"

namespace meno {
namespace {

constexpr std::size_t kWindow = 200;  // scored rows of a window

/// Draws an epoch's courses, encodes their windows and deals them as any windows.
class CourseFeed final : public Feed {
 public:
  CourseFeed(const ModelEntry& entry, const Options& model_options, const StudentModel& prior,
             std::span<const CourseSource> sources, const PriorOptions& options)
      : entry_(entry),
        model_options_(model_options),
        prior_(prior),
        sources_(sources),
        options_(options) {}

  std::size_t begin_epoch(std::size_t epoch) override {
    const TrainOptions& training = options_.training;
    Rng rng = Rng(mix64(training.seed)).fork(epoch);
    courses_.clear();
    std::vector<std::unique_ptr<const Encoded>> encoded;
    std::vector<Window> windows;
    for (std::size_t rows = 0; rows < options_.courses.rows;) {
      courses_.push_back(prepare_course(sources_, options_.courses, 0, rng));
      rows += courses_.back().course.answers();
      encode(courses_.back(), encoded, windows);
    }
    const auto batch =
        static_cast<std::size_t>(training.batch_rows.value_or(entry_.training.batch_rows));
    feed_ = make_window_feed(std::move(encoded), std::move(windows), batch, rng.next());
    return feed_->begin_epoch(0);
  }

  Share share(std::size_t step, std::size_t part, std::size_t parts) const override {
    return feed_->share(step, part, parts);
  }

 private:
  void encode(const PreparedCourse& drawn, std::vector<std::unique_ptr<const Encoded>>& encoded,
              std::vector<Window>& windows) const {
    const auto moved = moved_to(entry_, model_options_, prior_, drawn.cohort);
    MENO_CHECK(moved, "the prior's model moves no more");
    const std::vector<Window> parts = cut(drawn.cohort.windows, kWindow, false);
    auto own = encode_all(**moved, parts, thread_count(options_.training.threads));
    std::move(own.begin(), own.end(), std::back_inserter(encoded));
    windows.insert(windows.end(), parts.begin(), parts.end());
  }

  const ModelEntry& entry_;
  Options model_options_;
  const StudentModel& prior_;
  std::span<const CourseSource> sources_;
  PriorOptions options_;
  std::deque<PreparedCourse> courses_;  // of this epoch; the windows view into them
  std::unique_ptr<Feed> feed_;
};

/// Uniform in the logarithm over [fewest, most].
std::size_t log_uniform(std::size_t fewest, std::size_t most, Rng& rng) {
  const double low = std::log(static_cast<double>(fewest));
  const double high = std::log(static_cast<double>(most) + 1.0);
  return static_cast<std::size_t>(std::exp(low + (high - low) * rng.uniform()));
}

DrawnCourse any_course(std::span<const CourseSource> sources, const CoursePlan& plan,
                       std::size_t first_id, Rng& rng) {
  const std::size_t students = log_uniform(plan.fewest, plan.most, rng);
  if (rng.chance(plan.p_synthetic))
    return synthetic_course(random_traits(rng), students, plan.longest, first_id, rng);
  const CourseSource& source = sources[rng.below(sources.size())];
  CourseDraw ask{.students = students,
                 .longest = plan.longest,
                 .merge_copies = source.copies,
                 .first_item = first_id,
                 .first_skill = first_id};
  if (rng.chance(plan.p_other_grain)) ask.grain = static_cast<Grain>(1 + rng.below(3));
  return draw_course(source.students, ask, rng);
}

}  // namespace

PreparedCourse prepare_course(std::span<const CourseSource> sources, const CoursePlan& plan,
                              std::size_t first_id, Rng& rng) {
  PreparedCourse prepared{.course = any_course(sources, plan, first_id, rng), .cohort = {}};
  std::vector<Sequence> students;
  for (const History& student : prepared.course.students) students.push_back(student.view());
  prepared.cohort = cohort_of(students);
  if (rng.chance(plan.p_unknown)) {
    for (Window& window : prepared.cohort.windows) window.fold = 0;
    prepared.cohort.folds = 1;
  }
  return prepared;
}

std::unique_ptr<Feed> make_course_feed(const ModelEntry& entry, const Options& model_options,
                                       const StudentModel& prior,
                                       std::span<const CourseSource> sources,
                                       const PriorOptions& options) {
  return std::make_unique<CourseFeed>(entry, model_options, prior, sources, options);
}

}  // namespace meno
