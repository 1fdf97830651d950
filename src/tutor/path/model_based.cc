#include "tutor/path/model_based.h"

#include <algorithm>
#include <cmath>

#include "core/rng.h"

namespace meno {
namespace {

/// Logits of the first answer. Where records show no gain, those who needed practice stopped when
/// they had it, or the course is too hard: neither says that practice is useless.
constexpr double kLeastGain = 0.1;

class OnBelief : public PathPolicy {
 public:
  explicit OnBelief(const PathTask& task)
      : task_(task),
        belief_(task.world.model, task.world.course, task.world.graph, task.world.keep) {}
  void observe(ItemId item, bool correct) override { belief_.observe(item, correct); }

 protected:
  const PathTask& task() const { return task_; }
  const Belief& belief() const { return belief_; }
  /// The goal with the lowest expected P(right).
  SkillId weakest() const {
    return *std::min_element(task_.goals.begin(), task_.goals.end(), [this](SkillId a, SkillId b) {
      return belief_.p_correct(a) < belief_.p_correct(b);
    });
  }

 private:
  const PathTask& task_;
  Belief belief_;
};

class Plan final : public OnBelief {
 public:
  using OnBelief::OnBelief;
  SkillId next(std::size_t left) override {
    const PlanProblem problem = plan_problem(task(), belief());
    const PlannedPath path = plan_path(problem, {.steps = std::min<std::size_t>(left, kHorizon)},
                                       {.beam = 2, .candidates = 6});
    if (path.steps.empty()) return weakest();
    return task().candidates[path.steps.front().skill];
  }

 private:
  static constexpr std::size_t kHorizon = 20;
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

PlanProblem plan_problem(const PathTask& task, const Belief& belief) {
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
