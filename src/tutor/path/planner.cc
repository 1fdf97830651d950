#include "tutor/path/planner.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/rng.h"
#include "models/link.h"
#include "tutor/path/practice_belief.h"

namespace meno {
namespace {

/// E[min(sigmoid(x), cap)] for x ~ N(mean, sd^2), by three-point Gauss-Hermite quadrature.
double capped_mean(double mean, double sd, double cap) {
  const double far = std::sqrt(3.0) * sd;
  return (4.0 * std::min(sigmoid(mean), cap) + std::min(sigmoid(mean - far), cap) +
          std::min(sigmoid(mean + far), cap)) /
         6.0;
}

/// The problem with what never changes worked out.
struct Frame {
  const PlanProblem& problem;
  std::vector<double> sd;
  std::vector<std::vector<std::uint32_t>> dependents;
  std::vector<std::uint32_t> goals;  // practisable ones
  double goal_weight = 0.0;          // of all goals

  explicit Frame(const PlanProblem& asked)
      : problem(asked), sd(asked.skills.size()), dependents(asked.skills.size()) {
    for (std::uint32_t s = 0; s < asked.skills.size(); ++s) {
      const PlanSkill& skill = asked.skills[s];
      sd[s] = std::sqrt(skill.variance);
      goal_weight += skill.goal;
      if (skill.goal > 0.0 && skill.practisable) goals.push_back(s);
      for (const std::uint32_t need : skill.needs) dependents[need].push_back(s);
    }
  }
};

/// A student after some of the path.
struct State {
  std::vector<double> mean;        // under practice
  std::vector<double> persistent;  // under persistence
  std::vector<double> answers;
  std::vector<double> p;     // E[P(right)], for readiness
  std::vector<double> gain;  // of V, by one more answer; goals only
  double value = 0.0;        // V
  double seconds = 0.0;
};

/// A skill's level under either theory, in logits.
struct Levels {
  double practice = 0.0;
  double persistence = 0.0;
};

/// Of one more answer, with what is to be studied before the first.
double seconds_of(const Frame& frame, const State& state, std::size_t s) {
  const PlanSkill& skill = frame.problem.skills[s];
  const bool first = state.answers[s] == skill.answers;
  return skill.seconds + (first ? skill.study_seconds : 0.0);
}

Levels levels(const State& state, std::size_t s) { return {state.mean[s], state.persistent[s]}; }

/// Levels after one more answer.
Levels grown(const Frame& frame, const State& state, std::size_t s) {
  const PlanProblem& problem = frame.problem;
  const PlanSkill& skill = problem.skills[s];
  double ready = skill.needs.empty() ? 0.5 : 1.0;
  for (const std::uint32_t need : skill.needs) ready = std::min(ready, state.p[need]);
  const double readied = 1.0 + problem.ready_effect * (2.0 * ready - 1.0);
  const double answers = state.answers[s];
  const double law = problem.kept > 0.0 ? std::pow(problem.kept, answers)
                                        : std::pow(answers + 1.0, -problem.power);
  Levels after = levels(state, s);
  after.practice += skill.gain * readied * law;
  if (problem.persistence > 0.0) {
    // dP = rate (1 - P) is rate / P in logits.
    const double p = std::max(sigmoid(after.persistence), 0.05);
    after.persistence += problem.rate * readied * std::pow(answers + 1.0, -problem.tire) / p;
  }
  return after;
}

double worth(const Frame& frame, std::size_t s, const Levels& at) {
  const PlanProblem& problem = frame.problem;
  const double share = problem.skills[s].goal / frame.goal_weight;
  const double practice = capped_mean(at.practice, frame.sd[s], problem.mastery_at);
  if (problem.persistence <= 0.0) return share * practice;
  const double persistence = capped_mean(at.persistence, frame.sd[s], problem.mastery_at);
  return share * (practice + problem.persistence * (persistence - practice));
}

double p_correct(const Frame& frame, std::size_t s, const Levels& at) {
  const double weight = frame.problem.persistence;
  const double variance = frame.problem.skills[s].variance;
  return (1.0 - weight) * mean_sigmoid(at.practice, variance) +
         weight * mean_sigmoid(at.persistence, variance);
}

void refresh_gain(const Frame& frame, State& state, std::size_t s) {
  if (frame.problem.skills[s].goal <= 0.0) return;
  state.gain[s] = worth(frame, s, grown(frame, state, s)) - worth(frame, s, levels(state, s));
}

State begin(const Frame& frame) {
  State state;
  const std::size_t count = frame.problem.skills.size();
  state.gain.assign(count, 0.0);
  for (std::size_t s = 0; s < count; ++s) {
    const PlanSkill& skill = frame.problem.skills[s];
    state.mean.push_back(skill.mean);
    state.persistent.push_back(skill.mean + skill.recent);
    state.answers.push_back(skill.answers);
    state.p.push_back(p_correct(frame, s, levels(state, s)));
    if (skill.goal > 0.0) state.value += worth(frame, s, levels(state, s));
  }
  for (std::size_t s = 0; s < count; ++s) refresh_gain(frame, state, s);
  return state;
}

void practise(const Frame& frame, State& state, std::size_t s) {
  const PlanSkill& skill = frame.problem.skills[s];
  if (skill.goal > 0.0) state.value += state.gain[s];
  const Levels after = grown(frame, state, s);
  state.seconds += seconds_of(frame, state, s);
  state.mean[s] = after.practice;
  state.persistent[s] = after.persistence;
  state.answers[s] += 1.0;
  state.p[s] = p_correct(frame, s, after);
  refresh_gain(frame, state, s);
  for (const std::uint32_t next : frame.dependents[s]) refresh_gain(frame, state, next);
}

/// The goal with the largest gain, per second where time is the budget; nothing when none gains.
std::size_t greedy_choice(const Frame& frame, const State& state, bool per_second) {
  std::size_t best = frame.problem.skills.size();
  double most = 1e-12;
  for (const std::uint32_t s : frame.goals) {
    const double gain = per_second ? state.gain[s] / seconds_of(frame, state, s) : state.gain[s];
    if (gain > most) {
      most = gain;
      best = s;
    }
  }
  return best;
}

class Search {
 public:
  Search(const Frame& frame, const PlanBudget& budget, const PlanOptions& options)
      : frame_(frame), budget_(budget), options_(options) {}

  std::vector<std::size_t> run(const State& start) {
    std::vector<Node> beam{{.state = start, .path = {}}};
    std::vector<std::size_t> best;
    if (arrived(start)) return best;
    double best_value = start.value;
    for (std::size_t step = 0; step < budget_.steps && !beam.empty(); ++step) {
      std::vector<Child> children = expand(beam, step);
      keep_best(children);
      std::vector<Node> next;
      for (const Child& child : children) {
        Node node = beam[child.parent];
        practise(frame_, node.state, child.skill);
        node.path.push_back(child.skill);
        node.key = child.key;
        if (node.state.value > best_value + 1e-9) {
          best_value = node.state.value;
          best = node.path;
        }
        next.push_back(std::move(node));
      }
      beam = std::move(next);
      if (const Node* first = first_arrived(beam)) return first->path;
    }
    return best;
  }

 private:
  struct Node {
    State state;
    std::vector<std::size_t> path;
    std::uint64_t key = 0;  // of the counts
  };
  struct Child {
    std::size_t parent = 0;
    std::size_t skill = 0;
    std::uint64_t key = 0;
    double promise = 0.0;
  };

  /// Every goal is expected to be mastered.
  bool arrived(const State& state) const {
    return std::all_of(frame_.goals.begin(), frame_.goals.end(), [&](std::uint32_t goal) {
      return state.p[goal] >= frame_.problem.mastery_at;
    });
  }

  /// Of those who have arrived the one that took least time; nullptr when nobody has.
  const Node* first_arrived(const std::vector<Node>& beam) const {
    const Node* first = nullptr;
    for (const Node& node : beam) {
      if (!arrived(node.state)) continue;
      if (first == nullptr || node.state.seconds < first->state.seconds) first = &node;
    }
    return first;
  }

  bool affordable(const State& state, std::size_t s) const {
    return budget_.seconds <= 0.0 ||
           state.seconds + seconds_of(frame_, state, s) <= budget_.seconds + 1e-9;
  }

  /// What practice of a skill that is no goal may open: its own growth times what would grow with
  /// it.
  double opening(const State& state, std::size_t s) const {
    double opened = 0.0;
    for (const std::uint32_t after : frame_.dependents[s]) {
      opened += state.gain[after];
      if (frame_.problem.skills[after].goal <= 0.0)
        for (const std::uint32_t far : frame_.dependents[after]) opened += 0.5 * state.gain[far];
    }
    return frame_.problem.ready_effect * opened * (1.0 - state.p[s]);
  }

  std::vector<std::size_t> candidates(const State& state) const {
    std::vector<std::pair<double, std::size_t>> scored;
    for (std::size_t s = 0; s < frame_.problem.skills.size(); ++s) {
      const PlanSkill& skill = frame_.problem.skills[s];
      if (!skill.practisable || !affordable(state, s)) continue;
      const double score = state.gain[s] + opening(state, s);
      if (score > 1e-12) scored.emplace_back(score, s);
    }
    const std::size_t count = std::min(options_.candidates, scored.size());
    std::partial_sort(scored.begin(), scored.begin() + static_cast<std::ptrdiff_t>(count),
                      scored.end(), [](const auto& a, const auto& b) {
                        return a.first != b.first ? a.first > b.first : a.second < b.second;
                      });
    std::vector<std::size_t> chosen;
    for (std::size_t k = 0; k < count; ++k) chosen.push_back(scored[k].second);
    return chosen;
  }

  /// V after the child's answer and a greedy rest.
  double rollout(const State& from, std::size_t skill, std::size_t left) {
    scratch_ = from;
    practise(frame_, scratch_, skill);
    for (std::size_t k = 0; k < left; ++k) {
      const std::size_t next = greedy_choice(frame_, scratch_, budget_.seconds > 0.0);
      if (next == frame_.problem.skills.size() || !affordable(scratch_, next)) break;
      practise(frame_, scratch_, next);
    }
    return scratch_.value;
  }

  std::vector<Child> expand(const std::vector<Node>& beam, std::size_t step) {
    std::vector<Child> children;
    for (std::size_t parent = 0; parent < beam.size(); ++parent) {
      for (const std::size_t skill : candidates(beam[parent].state)) {
        const std::uint64_t key = beam[parent].key + mix64(skill + 1);
        children.push_back(
            {.parent = parent,
             .skill = skill,
             .key = key,
             .promise = rollout(beam[parent].state, skill, budget_.steps - step - 1)});
      }
    }
    return children;
  }

  /// The best of each set of counts, best first, `beam` of them. Among equals the one that gains
  /// soonest, since later answers may never come.
  void keep_best(std::vector<Child>& children) const {
    std::stable_sort(children.begin(), children.end(),
                     [](const Child& a, const Child& b) { return a.promise > b.promise + 1e-12; });
    std::vector<Child> kept;
    for (const Child& child : children) {
      if (kept.size() == options_.beam) break;
      const bool known = std::any_of(kept.begin(), kept.end(),
                                     [&](const Child& other) { return other.key == child.key; });
      if (!known) kept.push_back(child);
    }
    children = std::move(kept);
  }

  const Frame& frame_;
  const PlanBudget& budget_;
  const PlanOptions& options_;
  State scratch_;
};

/// Means over the goals.
double goal_mean(const Frame& frame, const State& state) {
  double sum = 0.0;
  for (std::size_t s = 0; s < state.p.size(); ++s) sum += frame.problem.skills[s].goal * state.p[s];
  return sum / frame.goal_weight;
}

/// Standard deviation of the goals' mean P(right), as if what is unknown of one goal were unknown
/// of all: the levels share the student's ability, so this errs on the wide side.
double goal_sd(const Frame& frame, const State& state) {
  double sum = 0.0;
  for (std::size_t s = 0; s < state.p.size(); ++s)
    sum += frame.problem.skills[s].goal * state.p[s] * (1.0 - state.p[s]) * frame.sd[s];
  return sum / frame.goal_weight;
}

}  // namespace

PlannedPath plan_path(const PlanProblem& problem, const PlanBudget& budget,
                      const PlanOptions& options) {
  PlannedPath path;
  const Frame frame(problem);
  if (frame.goal_weight <= 0.0) return path;
  State state = begin(frame);
  const std::vector<std::size_t> chosen = Search(frame, budget, options).run(state);
  path.start = goal_mean(frame, state);
  for (const std::size_t s : chosen) {
    const double seconds = problem.skills[s].seconds;
    PlannedStep step{.skill = s,
                     .p_correct = state.p[s],
                     .seconds = seconds,
                     .study_seconds = seconds_of(frame, state, s) - seconds};
    practise(frame, state, s);
    step.p_after = state.p[s];
    path.steps.push_back(step);
  }
  path.end = goal_mean(frame, state);
  path.end_sd = goal_sd(frame, state);
  path.seconds = state.seconds;
  for (std::size_t s = 0; s < problem.skills.size(); ++s)
    if (problem.skills[s].goal > 0.0 && state.p[s] >= problem.mastery_at) ++path.reached;
  return path;
}

std::size_t best_next(const PlanProblem& problem) {
  const Frame frame(problem);
  return greedy_choice(frame, begin(frame), false);
}

}  // namespace meno
