// The flagship online: one answer taken into account, one prediction, a thousand candidates. Beside
// each figure stands, in the same run, a plain matrix-vector product of as many multiply-adds as
// the network alone needs: the floor set by arithmetic.
#include <cmath>
#include <deque>
#include <vector>

#include <Eigen/Core>
#include <benchmark/benchmark.h>

#include "models/registry.h"

namespace meno {
namespace {

constexpr std::size_t kItems = 5000;
constexpr std::size_t kSkills = 100;
constexpr std::size_t kStudents = 200;
constexpr std::size_t kAnswers = 200;

SkillId skill_of(std::size_t item) { return SkillId(item % kSkills); }

/// A served model over a simulated course of 40,000 answers; the weights are untrained, which costs
/// the same.
class Served {
 public:
  Served() {
    Rng rng(1);
    for (std::size_t s = 0; s < kStudents; ++s) {
      History& history = cohort_.emplace_back();
      for (std::size_t t = 0; t < kAnswers; ++t) history.push_back(answer(rng, skill_));
    }
    std::vector<Window> windows;
    for (const History& history : cohort_) windows.push_back({.events = history.view()});
    const Cohort cohort{.items = kItems, .skills = kSkills, .training = windows};
    model_ = *(*find_model("evidence"))->fit({}, cohort);
    online_ = model_->online(model_->layout().initial(rng));
    for (std::size_t k = 0; k < kItems; ++k) skills_.push_back(skill_of(k));
  }

  /// A student with a history of `answers`.
  std::unique_ptr<Tracker> student(std::size_t answers) const {
    Rng rng(9);
    auto tracker = online_->new_student();
    SkillId skill;
    for (std::size_t t = 0; t < answers; ++t) tracker->observe(answer(rng, skill));
    return tracker;
  }

  std::vector<Target> candidates(std::size_t count) const {
    std::vector<Target> targets;
    for (std::size_t k = 0; k < count; ++k)
      targets.push_back({.item = ItemId(k), .skills = std::span(skills_).subspan(k, 1)});
    return targets;
  }

  static Event answer(Rng& rng, SkillId& skill) {
    const std::size_t item = rng.below(kItems);
    skill = skill_of(item);
    return {.item = ItemId(item),
            .skills = std::span(&skill, 1),
            .correct = rng.chance(.7) ? 1.0F : 0.0F};
  }

 private:
  std::deque<History> cohort_;
  SkillId skill_;
  std::vector<SkillId> skills_;
  std::unique_ptr<const StudentModel> model_;
  std::unique_ptr<const OnlineModel> online_;
};

const Served& served() {
  static const Served one;
  return one;
}

void observe(benchmark::State& state) {
  const auto tracker = served().student(200);
  Rng rng(4);
  SkillId skill;
  for (auto _ : state) tracker->observe(Served::answer(rng, skill));
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(observe);

void observe_and_predict(benchmark::State& state) {
  const auto tracker = served().student(200);
  const std::vector<Target> target = served().candidates(1);
  Rng rng(4);
  SkillId skill;
  double p[1];
  for (auto _ : state) {
    tracker->observe(Served::answer(rng, skill));
    tracker->p_correct(target, p);
    benchmark::DoNotOptimize(p[0]);
  }
  state.SetItemsProcessed(state.iterations());
}
BENCHMARK(observe_and_predict);

void rank_candidates(benchmark::State& state) {
  const auto tracker = served().student(200);
  const std::vector<Target> targets = served().candidates(static_cast<std::size_t>(state.range(0)));
  std::vector<double> p(targets.size());
  for (auto _ : state) {
    tracker->p_correct(targets, p);
    benchmark::DoNotOptimize(p.data());
  }
  state.SetItemsProcessed(state.iterations() * state.range(0));
}
BENCHMARK(rank_candidates)->Arg(1)->Arg(100)->Arg(1000);

/// The floor: `range` thousand multiply-adds as a product of a matrix and 64 columns.
void multiply_adds(benchmark::State& state) {
  const Eigen::MatrixXf weights = Eigen::MatrixXf::Random(128, 129);
  const Eigen::MatrixXf columns = Eigen::MatrixXf::Random(129, 64);
  Eigen::MatrixXf out(128, 64);
  const std::int64_t products = state.range(0) * 1000 / (128 * 129 * 64) + 1;
  for (auto _ : state) {
    for (std::int64_t k = 0; k < products; ++k) {
      out.noalias() = weights * columns;
      benchmark::DoNotOptimize(out.data());
    }
  }
  state.SetItemsProcessed(state.iterations() * products * 128 * 129 * 64);
}
BENCHMARK(multiply_adds)->Arg(25000);  // of a thousand candidates: 129 x 128 + 128 x 64 + 64 each

}  // namespace
}  // namespace meno
