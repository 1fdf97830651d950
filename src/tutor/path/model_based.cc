#include "tutor/path/model_based.h"

#include <algorithm>
#include <cmath>

#include "core/rng.h"

namespace meno {
namespace {

/// Logits of the first answer. Where records show no gain, those who needed practice stopped when
/// they had it, or the course is too hard: neither says that practice is useless.
constexpr double kLeastGain = 0.1;

/// In a race to a level of mastery the plan aims this far above it: what the belief takes for
/// mastered is so only about half the time.
constexpr double kMargin = 0.2;

class OnBelief : public PathPolicy {
 public:
  explicit OnBelief(const PathTask& task)
      : task_(task),
        belief_(task.world.model, task.world.course, task.world.graph, task.world.keep) {}
  void observe(ItemId item, bool correct) override { belief_.observe(item, correct); }

 protected:
  const PathTask& task() const { return task_; }
  const PracticeBelief& belief() const { return belief_; }
  /// The goal with the lowest expected P(right).
  SkillId weakest() const {
    return *std::min_element(task_.goals.begin(), task_.goals.end(), [this](SkillId a, SkillId b) {
      return belief_.p_correct(a) < belief_.p_correct(b);
    });
  }

 private:
  const PathTask& task_;
  PracticeBelief belief_;
};

class Plan final : public PathPolicy {
 public:
  explicit Plan(const PathTask& task)
      : task_(task),
        belief_({task.world.model, task.world.course, task.world.graph, task.world.keep},
                task.world.course) {}
  void observe(ItemId item, bool correct) override { belief_.observe(item, correct); }
  SkillId next(std::size_t left) override {
    const PlanProblem problem = plan_problem(task_, belief_);
    const PlannedPath path = plan_path(problem, {.steps = std::min<std::size_t>(left, kHorizon)},
                                       {.beam = 2, .candidates = 6});
    if (path.steps.empty()) return weakest();
    return task_.candidates[path.steps.front().skill];
  }

 private:
  static constexpr std::size_t kHorizon = 20;
  SkillId weakest() const {
    return *std::min_element(task_.goals.begin(), task_.goals.end(), [this](SkillId a, SkillId b) {
      return belief_.p_correct(a) < belief_.p_correct(b);
    });
  }
  const PathTask& task_;
  MixedBelief belief_;
};

class Lookahead final : public OnBelief {
 public:
  using OnBelief::OnBelief;
  SkillId next(std::size_t /*left*/) override {
    const PlanProblem problem = plan_problem(task(), belief());
    const std::size_t best = best_next(problem);
    return best == problem.skills.size() ? weakest() : task().candidates[best];
  }
};

class Zone final : public OnBelief {
 public:
  using OnBelief::OnBelief;
  SkillId next(std::size_t /*left*/) override {
    const auto& from = task().candidates;
    return *std::min_element(from.begin(), from.end(), [this](SkillId a, SkillId b) {
      return std::abs(belief().p_correct(a) - 0.85) < std::abs(belief().p_correct(b) - 0.85);
    });
  }
};

class Fringe final : public OnBelief {
 public:
  explicit Fringe(const PathTask& task) : OnBelief(task), rng_(task.seed ^ 0x6672) {}
  SkillId next(std::size_t /*left*/) override {
    std::vector<SkillId> fringe;
    for (const SkillId skill : task().candidates) {
      const bool ready =
          belief().ready(skill) >= kMastered || task().world.graph.prerequisites(skill).empty();
      if (ready && belief().p_correct(skill) < kMastered) fringe.push_back(skill);
    }
    return fringe.empty() ? weakest() : fringe[rng_.below(fringe.size())];
  }

 private:
  static constexpr double kMastered = 0.75;
  Rng rng_;
};

}  // namespace

PlanProblem plan_problem(const PathTask& task, const PracticeBelief& belief) {
  PlanProblem problem{.skills = {},
                      .ready_effect = belief.model().ready_effect,
                      .power = belief.model().power,
                      .mastery_at = task.mastery_at};
  for (const SkillId skill : task.candidates) {
    PlanSkill made{.mean = belief.mean(skill),
                   .variance = belief.variance(skill),
                   .answers = belief.answers(skill),
                   .gain = std::max(belief.model().gain[skill.value], kLeastGain),
                   .seconds = expected_seconds(task.world.engagement, skill),
                   .practisable = !task.world.items.all(skill).empty(),
                   .needs = {}};
    if (std::find(task.goals.begin(), task.goals.end(), skill) != task.goals.end()) made.goal = 1.0;
    for (const SkillId need : task.world.graph.prerequisites(skill)) {
      const auto at = std::find(task.candidates.begin(), task.candidates.end(), need);
      if (at != task.candidates.end())
        made.needs.push_back(static_cast<std::uint32_t>(at - task.candidates.begin()));
    }
    problem.skills.push_back(std::move(made));
  }
  return problem;
}

PlanProblem plan_problem(const PathTask& task, const MixedBelief& belief) {
  PlanProblem problem = plan_problem(task, belief.practice());
  problem.kept = kKeptOfPractice;
  problem.persistence = belief.persistence();
  problem.mastery_at = std::min(task.mastery_at + kMargin, 1.0);
  for (std::size_t k = 0; k < problem.skills.size(); ++k)
    problem.skills[k].recent = belief.recent(task.candidates[k]);
  return problem;
}

std::unique_ptr<PathPolicy> make_plan_policy(const PathTask& task) {
  return std::make_unique<Plan>(task);
}
std::unique_ptr<PathPolicy> make_lookahead_policy(const PathTask& task) {
  return std::make_unique<Lookahead>(task);
}
std::unique_ptr<PathPolicy> make_zone_policy(const PathTask& task) {
  return std::make_unique<Zone>(task);
}
std::unique_ptr<PathPolicy> make_fringe_policy(const PathTask& task) {
  return std::make_unique<Fringe>(task);
}

}  // namespace meno
