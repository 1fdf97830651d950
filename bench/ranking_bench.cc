// Choosing the next item among a thousand for one student: the whole ranking beside its parts, and,
// in the same run, beside sorting a thousand numbers, the least that any ranking must do
// (counter x_sort). The model's weights are untrained, which costs the same.
#include <algorithm>
#include <chrono>
#include <ctime>
#include <deque>
#include <vector>

#include <benchmark/benchmark.h>

#include "core/rng.h"
#include "models/registry.h"
#include "tutor/next_item/next_item.h"
#include "tutor/next_item/ranking.h"
#include "tutor/next_item/sampled_tracker.h"

namespace meno {
namespace {

constexpr std::size_t kItems = 1000;
constexpr std::size_t kSkills = 40;
constexpr std::size_t kStudents = 100;
constexpr std::size_t kAnswers = 100;
constexpr TimePoint kStart{std::chrono::milliseconds(1'700'000'000'000)};

Course made_course() {
  Course course;
  for (std::size_t s = 0; s < kSkills; ++s) course.skills.intern("skill" + std::to_string(s));
  for (std::size_t i = 0; i < kItems; ++i) {
    course.items.intern("item" + std::to_string(i));
    course.item_skills.push_back({SkillId(i % kSkills)});
  }
  return course;
}

SkillGraph chain(const Course& course) {
  std::vector<Prerequisite> edges;
  for (std::size_t s = 1; s < kSkills; ++s) {
    edges.push_back({course.skills.names()[s - 1], course.skills.names()[s]});
  }
  return *SkillGraph::make(course.skills, edges);
}

// A served model, and one student in the middle of a course of 1,000 items on 40 skills.
class Scene {
 public:
  explicit Scene(std::string_view model) : course_(made_course()) {
    Rng rng(1);
    for (std::size_t s = 0; s < kStudents; ++s) {
      History& history = cohort_.emplace_back();
      for (std::size_t t = 0; t < kAnswers; ++t) history.push_back(answer(rng, t));
    }
    std::vector<Window> windows;
    for (const History& history : cohort_) windows.push_back({.events = history.view()});
    const Cohort cohort{.items = kItems, .skills = kSkills, .training = windows};
    model_ = *(*find_model(model))->fit({}, cohort);
    online_ = model_->online(model_->layout().initial(rng));
    tutor_ = std::make_unique<TutorCourse>(course_, chain(course_), CourseNames{}, *online_);
    tracker_ = online_->new_student();
    for (std::size_t t = 0; t < kAnswers; ++t) {
      const Event event = answer(rng, t);
      tracker_->observe(event);
      record_.observe(event, {.event_id = "event"});
    }
  }

  Event answer(Rng& rng, std::size_t t) const {
    const ItemId item(rng.below(kItems));
    return {.item = item,
            .skills = course_.skills_of(item),
            .correct = rng.chance(0.7) ? 1.0F : 0.0F,
            .at = kStart + std::chrono::minutes(t)};
  }
  Snapshot snapshot() const {
    return {.tracker = *tracker_, .record = supposed_, .now = kStart + std::chrono::days(1)};
  }
  Learner learner() const {
    return {.tracker = *tracker_, .record = record_, .now = kStart + std::chrono::days(1)};
  }
  const TutorCourse& tutor() const { return *tutor_; }
  Tracker& tracker() { return *tracker_; }
  LearningRecord& record() { return record_; }

 private:
  Course course_;
  std::deque<History> cohort_;
  std::unique_ptr<const StudentModel> model_;
  std::unique_ptr<const OnlineModel> online_;
  std::unique_ptr<const TutorCourse> tutor_;
  std::unique_ptr<Tracker> tracker_;
  LearningRecord record_;
  SupposedRecord supposed_{record_};
};

Scene& scene(std::string_view model) {
  static Scene logistic("logistic");
  static Scene evidence("evidence");
  return model == "logistic" ? logistic : evidence;
}

// Processor time, so that a busy machine does not distort the ratio.
double seconds_since(std::clock_t start) {
  return static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
}

// Seconds to sort a thousand fresh numbers, the mean of many.
double sort_seconds() {
  constexpr int kRounds = 500;
  Rng rng(4);
  std::vector<double> fresh(kItems);
  for (double& value : fresh) value = rng.uniform();
  std::vector<double> values;
  const std::clock_t start = std::clock();
  for (int r = 0; r < kRounds; ++r) {
    values = fresh;
    std::sort(values.begin(), values.end());
    benchmark::DoNotOptimize(values.data());
  }
  return seconds_since(start) / kRounds;
}

// Counters x_sort: how many sorts of a thousand numbers one iteration is worth.
void compare_with_sort(benchmark::State& state, std::clock_t start) {
  const double each = seconds_since(start) / static_cast<double>(state.iterations());
  state.counters["x_sort"] = each / sort_seconds();
}

void sort_a_thousand(benchmark::State& state) {
  for (auto _ : state) {
    state.SetIterationTime(sort_seconds());
  }
}

void rank_a_thousand(benchmark::State& state, std::string_view model) {
  const Scene& s = scene(model);
  const NextItemRules rules;
  const std::clock_t start = std::clock();
  for (auto _ : state) {
    const Candidates candidates(s.tutor().practisable(), s.tutor(), s.learner().record, rules);
    benchmark::DoNotOptimize(Ranking(s.snapshot(), s.tutor(), candidates, rules).best(1).data());
  }
  compare_with_sort(state, start);
}

void recommend_with_counterfactual(benchmark::State& state, std::string_view model) {
  const Scene& s = scene(model);
  const std::clock_t start = std::clock();
  for (auto _ : state) {
    benchmark::DoNotOptimize(next_items(s.learner(), s.tutor(), s.tutor().practisable(), 1).data());
  }
  compare_with_sort(state, start);
}

void mastery_of_all_skills(benchmark::State& state, std::string_view model) {
  const Scene& s = scene(model);
  const Snapshot student = s.snapshot();
  for (auto _ : state) {
    benchmark::DoNotOptimize(
        mastery_of_all(student.tracker, student.record.real(), s.tutor().probes(), student.now)
            .data());
  }
}

// As served under exploration: a draw of the student, and his own ranking beside it.
void recommend_by_a_draw(benchmark::State& state, std::string_view model) {
  const Scene& s = scene(model);
  const NextItemRules rules{.most_trials = 0};
  Rng rng(8);
  for (auto _ : state) {
    Learner learner = s.learner();
    const SampledTracker drawn(learner.tracker, learner.record, kSkills, rules.mastery, rng);
    learner.sampled = &drawn;
    benchmark::DoNotOptimize(
        next_items(learner, s.tutor(), s.tutor().practisable(), 1, rules).data());
  }
}

// One answer into the tracker and the record together.
void take_one_answer(benchmark::State& state, std::string_view model) {
  Scene& s = scene(model);
  Rng rng(6);
  std::vector<Event> events;
  for (std::size_t t = 0; t < kItems; ++t) events.push_back(s.answer(rng, t));
  std::size_t next = 0;
  for (auto _ : state) {
    s.tracker().observe(events[next]);
    s.record().observe(events[next], {.event_id = "event"});
    next = (next + 1) % kItems;
  }
}

BENCHMARK(sort_a_thousand)->UseManualTime()->Iterations(20)->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(rank_a_thousand, logistic, "logistic")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(rank_a_thousand, evidence, "evidence")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(recommend_with_counterfactual, logistic, "logistic")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(recommend_with_counterfactual, evidence, "evidence")
    ->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(recommend_by_a_draw, logistic, "logistic")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(recommend_by_a_draw, evidence, "evidence")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(mastery_of_all_skills, logistic, "logistic")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(mastery_of_all_skills, evidence, "evidence")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(take_one_answer, logistic, "logistic")->Unit(benchmark::kMicrosecond);
BENCHMARK_CAPTURE(take_one_answer, evidence, "evidence")->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace meno
