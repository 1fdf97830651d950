#include "eval/courses/new_course.h"

#include <algorithm>
#include <array>
#include <chrono>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/progress.h"
#include "eval/courses/mixture.h"
#include "eval/courses/support_draw.h"

namespace meno {
namespace {

constexpr std::string_view kReference = "fine-tuned";  // what gains are taken over

/// What one adapter reached on one draw.
struct Score {
  std::array<std::optional<double>, 3> values;  // AUC, log loss, ECE
  std::array<std::optional<Interval>, 3> intervals;
  double seconds = 0.0;
};
constexpr std::array<std::string_view, 3> kMetrics{"auc", "log_loss", "ece"};

Score score_of(const Predictions& predictions, const NewCoursePlan& plan) {
  const int resamples = plan.repeats == 1 ? 200 : 0;
  Score score;
  for (const Measured& one :
       measure(predictions, {.resamples = resamples, .seed = plan.seed, .threads = plan.threads})) {
    for (std::size_t m = 0; m < kMetrics.size(); ++m) {
      if (one.metric->name != kMetrics[m]) continue;
      score.values[m] = one.value;
      score.intervals[m] = one.interval;
    }
  }
  return score;
}

Spread spread_over(const std::vector<Score>& draws, std::size_t metric) {
  std::vector<double> values;
  for (const Score& draw : draws) {
    if (draw.values[metric]) values.push_back(*draw.values[metric]);
  }
  Spread spread = spread_of(values);
  if (draws.size() == 1) spread.interval = draws.front().intervals[metric];
  return spread;
}

Spread gain_over(const std::vector<Score>& draws, const std::vector<Score>& reference,
                 std::size_t metric) {
  std::vector<double> gains;
  for (std::size_t d = 0; d < std::min(draws.size(), reference.size()); ++d) {
    const auto& a = draws[d].values[metric];
    const auto& b = reference[d].values[metric];
    if (a && b) gains.push_back(*a - *b);
  }
  return spread_of(gains);
}

/// How many students are judged: as asked, but so that the largest support is left.
Result<std::size_t> scored_students(const std::vector<Sequence>& target,
                                    const NewCoursePlan& plan) {
  const auto present = static_cast<std::size_t>(std::count_if(
      target.begin(), target.end(), [](const Sequence& student) { return !student.empty(); }));
  const std::size_t largest = *std::max_element(plan.students.begin(), plan.students.end());
  if (present < largest + 2) {
    return invalid_input(
        fmt::format("{} students of {} with answers, expected at least 2 more than that to be "
                    "judged on",
                    largest, present));
  }
  return std::min(plan.scored, present - largest);
}

Result<std::vector<const CourseAdapter*>> adapters_of(const NewCoursePlan& plan) {
  std::vector<const CourseAdapter*> adapters;
  for (const std::string& name : plan.learners) {
    MENO_TRY(adapters.emplace_back(), find_course_adapter(name));
  }
  if (!adapters.empty()) return adapters;
  for (const CourseAdapter& adapter : course_adapters()) adapters.push_back(&adapter);
  return adapters;
}

/// What the rows of these adapters need to be learnt.
Wanted wanted_by(const std::vector<const CourseAdapter*>& adapters, const NewCoursePlan& plan) {
  Wanted wanted{.space = plan.map};
  for (const CourseAdapter* const adapter : adapters) {
    if (adapter->needs_priors) wanted.priors = plan.priors;
    if (adapter->needs_specialists) wanted.specialists = true;
    if (adapter->is_learner) wanted.learners.emplace_back(adapter->name);
  }
  if (plan.map) wanted.priors = plan.priors;
  return wanted;
}

Result<Done> check(const NewCoursePlan& plan) {
  if (plan.students.empty()) return invalid_input("0 sizes of support, expected at least 1");
  if (plan.repeats < 1)
    return invalid_input(fmt::format("repeats is {}, expected 1 or more", plan.repeats));
  if (plan.priors < 1)
    return invalid_input(fmt::format("priors is {}, expected 1 or more", plan.priors));
  if (plan.scored < 1) return invalid_input("0 students to judge on, expected 1 or more");
  return Done{};
}

/// Every adapter on every draw: [sizes][adapters][draws].
class Table {
 public:
  Table(const ModelEntry& entry, const Options& options, const Foreknowledge& known,
        const Course& course, const std::vector<const CourseAdapter*>& adapters,
        const NewCoursePlan& plan)
      : entry_(entry),
        options_(options),
        known_(known),
        course_(course),
        adapters_(adapters),
        plan_(plan),
        scores_(plan.students.size(), std::vector<std::vector<Score>>(adapters.size())) {}

  Result<Done> add(const SupportDraw& draw, std::uint64_t seed) {
    for (std::size_t size = 0; size < plan_.students.size(); ++size) {
      CourseCase one{
          .course = course_,
          .support = {draw.others.begin(),
                      draw.others.begin() + static_cast<std::ptrdiff_t>(plan_.students[size])},
          .queries = draw.queries,
          .priors = {},
          .prior_entry = &entry_,
          .prior_options = options_,
          .own_options = plan_.model_options,
          .foreknowledge = &known_,
          .seed = seed,
          .threads = plan_.threads};
      if (!known_.priors.empty()) {
        MENO_TRY(one.priors,
                 move_priors(entry_, options_, known_.priors, one.support, plan_.threads));
      }
      if (known_.space && !one.support.empty())
        supports_.push_back({.students = one.support.size(), .place = place_of(one)});
      MENO_TRY_DONE(add_case(one, scores_[size]));
    }
    return Done{};
  }

  const std::vector<PlacedSupport>& supports() const { return supports_; }

  std::vector<NewCourseRow> rows() const {
    std::vector<NewCourseRow> rows;
    for (std::size_t size = 0; size < scores_.size(); ++size) {
      const std::vector<Score>* reference = nullptr;
      for (std::size_t a = 0; a < adapters_.size(); ++a) {
        if (adapters_[a]->name == kReference) reference = &scores_[size][a];
      }
      for (std::size_t a = 0; a < adapters_.size(); ++a) {
        if (scores_[size][a].empty()) continue;
        rows.push_back(row(plan_.students[size], *adapters_[a], scores_[size][a], reference));
      }
    }
    return rows;
  }

 private:
  Result<Done> add_case(const CourseCase& one, std::vector<std::vector<Score>>& scores) const {
    for (std::size_t a = 0; a < adapters_.size(); ++a) {
      if (one.support.size() < adapters_[a]->fewest) continue;
      if (interrupted()) return unavailable("stopped by a signal, nothing is kept");
      const auto begin = std::chrono::steady_clock::now();
      MENO_TRY(const Predictions predictions, adapters_[a]->predict(one));
      Score score = score_of(predictions, plan_);
      score.seconds =
          std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
      scores[a].push_back(score);
    }
    return Done{};
  }

  static NewCourseRow row(std::size_t students, const CourseAdapter& adapter,
                          const std::vector<Score>& draws, const std::vector<Score>* reference) {
    NewCourseRow row{.learner = std::string(adapter.name), .students = students};
    row.auc = spread_over(draws, 0);
    row.log_loss = spread_over(draws, 1);
    row.ece = spread_over(draws, 2);
    if (reference != nullptr) {
      row.auc_gain = gain_over(draws, *reference, 0);
      row.log_loss_gain = gain_over(draws, *reference, 1);
      row.ece_gain = gain_over(draws, *reference, 2);
    }
    for (const Score& draw : draws) row.seconds += draw.seconds / static_cast<double>(draws.size());
    return row;
  }

  const ModelEntry& entry_;
  const Options& options_;
  const Foreknowledge& known_;
  const Course& course_;
  const std::vector<const CourseAdapter*>& adapters_;
  const NewCoursePlan& plan_;
  std::vector<std::vector<std::vector<Score>>> scores_;
  std::vector<PlacedSupport> supports_;
};

}  // namespace

Options prior_model_options() {
  return {{"skill_vectors", "false"}, {"width", "32"}, {"hidden", "64"}};
}

Result<NewCourseResult> run_new_course(std::span<const CourseSource> sources, const Course& course,
                                       const std::vector<Sequence>& target,
                                       const NewCoursePlan& plan) {
  MENO_TRY_DONE(check(plan));
  MENO_TRY(const std::vector<const CourseAdapter*> adapters, adapters_of(plan));
  MENO_TRY(const ModelEntry* const entry, find_model("evidence"));
  NewCourseResult result;
  MENO_TRY(result.scored_students, scored_students(target, plan));
  Options options = prior_model_options();
  for (const auto& [name, value] : plan.model_options) options[name] = value;
  MENO_TRY(const Foreknowledge known,
           learn_from_sources(*entry, options, sources, wanted_by(adapters, plan),
                              {.prior = plan.prior,
                               .tasks = plan.tasks,
                               .embedding = plan.embedding,
                               .specialist_epochs = plan.specialist_epochs,
                               .seed = plan.seed,
                               .threads = plan.threads}));
  for (const Prior& prior : known.priors) result.prior_seconds += prior.seconds;
  Table table(*entry, options, known, course, adapters, plan);
  Progress progress("draws of students", static_cast<std::size_t>(plan.repeats), "draws");
  for (int repeat = 0; repeat < plan.repeats; ++repeat) {
    const auto index = static_cast<std::uint64_t>(repeat);
    const SupportDraw draw = draw_support(target, result.scored_students, plan.first_answers,
                                          Rng(mix64(plan.seed)).fork(index));
    MENO_TRY_DONE(table.add(draw, plan.seed + index));
    progress.advance();
  }
  result.rows = table.rows();
  if (known.space) result.map = map_of(known, course.name, table.supports());
  return result;
}

}  // namespace meno
