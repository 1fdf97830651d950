#include "meta/prior/course_tasks.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/check.h"
#include "meta/histories.h"
#include "meta/prior/course_feed.h"

namespace meno {
namespace {

class CourseTaskFeed final : public Feed {
 public:
  CourseTaskFeed(const ModelEntry& entry, const Options& model_options, const StudentModel& prior,
                 std::span<const CourseSource> sources, const CourseTaskPlan& plan)
      : entry_(entry),
        model_options_(model_options),
        prior_(prior),
        sources_(sources),
        plan_(plan) {}

  std::size_t begin_epoch(std::size_t epoch) override {
    epoch_rng_ = Rng(mix64(plan_.seed)).fork(epoch);
    return plan_.steps;
  }

  Share share(std::size_t step, std::size_t part, std::size_t parts) const override {
    Share share;
    for (std::size_t i = part; i < plan_.per_step; i += parts) {
      Rng rng = epoch_rng_.fork(step * plan_.per_step + i);
      share.tasks.push_back(task(rng, share));
    }
    return share;
  }

 private:
  EncodedTask task(Rng& rng, Share& share) const {
    const PreparedCourse drawn = prepare_course(sources_, plan_.courses, 0, rng);
    const std::vector<Sequence> students = views_of(drawn.course.students);
    const std::size_t queries = std::clamp<std::size_t>(
        students.size() - std::min<std::size_t>(2, students.size()), 1, plan_.queries);
    const std::size_t support = students.size() - queries;
    const CourseCohort cohort = cohort_of(std::span(students).first(support));
    const auto moved = moved_to(entry_, model_options_, prior_, cohort);
    MENO_CHECK(moved, "the prior's model moves no more");
    Task task{.support = cohort.windows, .query = {}};
    for (std::size_t s = support; s < students.size(); ++s)
      task.query.push_back({.events = students[s]});
    return encode_task(**moved, task, share);
  }

  const ModelEntry& entry_;
  Options model_options_;
  const StudentModel& prior_;
  std::span<const CourseSource> sources_;
  CourseTaskPlan plan_;
  Rng epoch_rng_{0};
};

constexpr std::array kRates{"0.01", "0.03", "0.1", "0.3", "1", "3"};

/// The inner rate under which theta serves drawn tasks best.
Result<std::string> best_rate(const LearnerEntry& learner, Options options, const Prior& prior,
                              Feed& feed, std::size_t tasks) {
  std::string best = kRates.front();
  double least = HUGE_VAL;
  std::vector<Share> drawn;
  const std::size_t steps = feed.begin_epoch(0);
  for (std::size_t step = 0; drawn.size() < std::min(tasks, steps); ++step)
    drawn.push_back(feed.share(step, 0, 1));
  for (const char* const rate : kRates) {
    options["inner_rate"] = rate;
    MENO_TRY(const LearnerSetup setup, learner.make(options));
    double loss = 0.0;
    for (const Share& share : drawn) {
      for (const EncodedTask& task : share.tasks) {
        const Params own = adapted(*prior.model, prior.theta, setup.inner, task.support);
        loss += prior.model->loss(own, task.query, {}, std::nullopt);
      }
    }
    if (!(loss < least)) continue;
    least = loss;
    best = rate;
  }
  return best;
}

/// iMAML's inner problem is that of the MAP estimate (prior/tuning.h), weaker so that its steps can
/// end near the fixed point.
Options options_of(std::string_view learner, const CourseTaskPlan& plan) {
  if (learner == "imaml") return {{"inner_pull", "100"}};
  return {{"inner_steps", std::to_string(plan.inner_steps)}};
}

}  // namespace

std::unique_ptr<Feed> make_course_task_feed(const ModelEntry& entry, const Options& model_options,
                                            const StudentModel& prior,
                                            std::span<const CourseSource> sources,
                                            const CourseTaskPlan& plan) {
  return std::make_unique<CourseTaskFeed>(entry, model_options, prior, sources, plan);
}

Result<CourseLearner> learn_to_adapt(const ModelEntry& entry, const Options& model_options,
                                     const Prior& prior, std::span<const CourseSource> sources,
                                     std::string_view learner, const CourseTaskPlan& plan) {
  MENO_TRY(const LearnerEntry* const learner_entry, find_learner(learner));
  Options options = options_of(learner, plan);
  CourseTaskPlan choosing = plan;
  choosing.per_step = 1;
  choosing.steps = plan.rate_tasks;
  choosing.seed = ~plan.seed;
  const std::unique_ptr<Feed> drawn =
      make_course_task_feed(entry, model_options, *prior.model, sources, choosing);
  MENO_TRY(options["inner_rate"],
           best_rate(*learner_entry, options, prior, *drawn, plan.rate_tasks));
  MENO_TRY(const LearnerSetup setup, learner_entry->make(options));
  if (!setup.tasks) {
    return invalid_input(
        fmt::format("learner \"{}\" learns from no tasks, expected one that does", learner));
  }
  MENO_TRY(std::unique_ptr<const StudentModel> model,
           entry.move(model_options, prior.model->statistics(), {}));
  std::unique_ptr<Feed> feed =
      make_course_task_feed(entry, model_options, *prior.model, sources, plan);
  MENO_TRY(Trained trained, train_fed(entry, std::move(model), std::move(feed),
                                      {.learner = std::string(learner),
                                       .learner_options = options,
                                       .seed = plan.seed,
                                       .epochs = plan.epochs,
                                       .patience = 0,
                                       .rate = plan.rate,
                                       .start = prior.theta}));
  CourseLearner made{.name = std::string(learner), .theta = std::move(trained.theta), .inner = {}};
  MENO_TRY(made.inner, inner_loop(setup, prior.model->layout(), trained.learnt));
  return made;
}

Params adapted_to_course(const StudentModel& model, const CourseLearner& learner, Batch support) {
  if (scored_in(support) == 0) return learner.theta;
  InnerLoop inner = learner.inner;
  const double before = model.loss(learner.theta, support, {}, std::nullopt);
  for (int halvings = 0; halvings <= 10; ++halvings) {
    Params own = adapted(model, learner.theta, inner, support);
    if (model.loss(own, support, {}, std::nullopt) <= before) return own;
    inner.rate *= 0.5;
    for (double& rate : inner.rates) rate *= 0.5;
  }
  return learner.theta;
}

}  // namespace meno
