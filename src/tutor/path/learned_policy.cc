#include "tutor/path/learned_policy.h"

#include <algorithm>
#include <cmath>

#include "core/interrupt.h"
#include "models/link.h"
#include "tutor/path/item_deck.h"
#include "tutor/path/mixed_belief.h"

namespace meno {
namespace {

using Features = std::array<double, kPolicyFeatures>;

constexpr PolicyWeights kUntrained{1.0, 1.0};  // the two theories' gains
constexpr double kLeastGain = 0.1;             // logits, as the planner's

/// What is believed of every candidate, as the policy sees it.
class Sight {
 public:
  explicit Sight(const PathTask& task)
      : task_(task),
        belief_({task.world.model, task.world.course, task.world.graph, task.world.keep},
                task.world.course) {}

  void observe(ItemId item, bool correct) {
    belief_.observe(item, correct);
    last_right_ = correct;
  }
  void chose(SkillId skill) { last_ = skill; }

  std::vector<Features> now() const {
    std::vector<Features> all;
    for (const SkillId skill : task_.candidates) all.push_back(of(skill));
    return all;
  }

 private:
  bool is_goal(SkillId skill) const {
    return std::find(task_.goals.begin(), task_.goals.end(), skill) != task_.goals.end();
  }

  Features of(SkillId skill) const {
    const PracticeBelief& practice = belief_.practice();
    const double p = std::clamp(belief_.p_correct(skill), 0.01, 0.99);
    const double answers = practice.answers(skill);
    const double gain = std::max(practice.model().gain[skill.value], kLeastGain);
    const double goal = is_goal(skill) ? 1.0 : 0.0;
    const bool again = last_.known() && last_ == skill;
    // In tenths of P, so that weights of one size matter alike.
    return {goal * 10.0 * gain * std::pow(kKeptOfPractice, answers) * p * (1.0 - p),
            goal * 10.0 * 0.2 * (1.0 - p) / std::sqrt(answers + 1.0),
            goal,
            p,
            p * p,
            belief_.recent(skill),
            std::log1p(answers),
            practice.ready(skill),
            again && last_right_ ? 1.0 : 0.0,
            again && !last_right_ ? 1.0 : 0.0};
  }

  const PathTask& task_;
  MixedBelief belief_;
  SkillId last_;
  bool last_right_ = false;
};

double dot(const PolicyWeights& weights, const Features& features) {
  double sum = 0.0;
  for (std::size_t k = 0; k < kPolicyFeatures; ++k) sum += weights[k] * features[k];
  return sum;
}

std::vector<double> softmax(const PolicyWeights& weights, const std::vector<Features>& features) {
  std::vector<double> share;
  double most = -1e300;
  for (const Features& each : features) {
    share.push_back(dot(weights, each));
    most = std::max(most, share.back());
  }
  double total = 0.0;
  for (double& each : share) total += each = std::exp(each - most);
  for (double& each : share) each /= total;
  return share;
}

class Reinforced final : public PathPolicy {
 public:
  explicit Reinforced(const PathTask& task)
      : task_(task), sight_(task), weights_(task.world.reinforced.value_or(kUntrained)) {}

  SkillId next(std::size_t /*left*/) override {
    const std::vector<Features> features = sight_.now();
    std::size_t best = 0;
    for (std::size_t k = 1; k < features.size(); ++k)
      if (dot(weights_, features[k]) > dot(weights_, features[best])) best = k;
    sight_.chose(task_.candidates[best]);
    return task_.candidates[best];
  }
  void observe(ItemId item, bool correct) override { sight_.observe(item, correct); }

 private:
  const PathTask& task_;
  Sight sight_;
  PolicyWeights weights_;
};

/// One episode: what it won, and the gradient of the log probability of its choices.
struct Episode {
  double reward = 0.0;
  PolicyWeights score{};
};

double goal_mean(const PracticeEnvironment& environment, const std::vector<SkillId>& goals) {
  double sum = 0.0;
  for (const SkillId goal : goals) sum += environment.mastery(goal);
  return sum / static_cast<double>(goals.size());
}

std::size_t drawn(const std::vector<double>& share, Rng& rng) {
  double left = rng.uniform();
  for (std::size_t k = 0; k + 1 < share.size(); ++k) {
    left -= share[k];
    if (left < 0.0) return k;
  }
  return share.size() - 1;
}

void add_score(const std::vector<Features>& features, const std::vector<double>& share,
               std::size_t taken, PolicyWeights& score) {
  for (std::size_t f = 0; f < kPolicyFeatures; ++f) {
    double expected = 0.0;
    for (std::size_t k = 0; k < share.size(); ++k) expected += share[k] * features[k][f];
    score[f] += features[taken][f] - expected;
  }
}

Episode play(const PathWorld& world, const Errand& errand, PracticeEnvironment& environment,
             const PolicyWeights& weights, std::size_t steps, Rng rng) {
  const PathTask task{
      .world = world, .goals = errand.goals, .candidates = errand.candidates, .steps = steps};
  Sight sight(task);
  environment.reset(errand.seed);
  for (const ItemId item : errand.first) {
    const auto skills = world.course.skills_of(item);
    const SkillId skill = skills.empty() ? SkillId(0U) : skills.front();
    sight.observe(item, environment.step(item, skill).correct);
  }
  Episode episode;
  const double start = goal_mean(environment, errand.goals);
  ItemDeck deck(world.items, errand.seed);
  for (std::size_t t = 0; t < steps; ++t) {
    const std::vector<Features> features = sight.now();
    const std::vector<double> share = softmax(weights, features);
    const std::size_t taken = drawn(share, rng);
    add_score(features, share, taken, episode.score);
    const SkillId skill = errand.candidates[taken];
    sight.chose(skill);
    const ItemId item = deck.draw(skill);
    sight.observe(item, environment.step(item, skill).correct);
  }
  episode.reward = (goal_mean(environment, errand.goals) - start) / std::max(1.0 - start, 0.05);
  return episode;
}

/// Adam (Kingma & Ba 2015), upwards.
class Ascent {
 public:
  explicit Ascent(double rate) : rate_(rate) {}
  void step(const PolicyWeights& gradient, PolicyWeights& weights) {
    ++count_;
    for (std::size_t k = 0; k < kPolicyFeatures; ++k) {
      mean_[k] = 0.9 * mean_[k] + 0.1 * gradient[k];
      square_[k] = 0.99 * square_[k] + 0.01 * gradient[k] * gradient[k];
      const double mean = mean_[k] / (1.0 - std::pow(0.9, count_));
      const double square = square_[k] / (1.0 - std::pow(0.99, count_));
      weights[k] += rate_ * mean / (std::sqrt(square) + 1e-8);
    }
  }

 private:
  double rate_;
  int count_ = 0;
  PolicyWeights mean_{};
  PolicyWeights square_{};
};

/// Adds one student's episodes to the gradient, each against the others' mean.
void add_gradient(const std::vector<Episode>& episodes, PolicyWeights& gradient) {
  double sum = 0.0;
  for (const Episode& one : episodes) sum += one.reward;
  const auto others = static_cast<double>(episodes.size() - 1);
  for (const Episode& one : episodes) {
    const double advantage = one.reward - (sum - one.reward) / others;
    for (std::size_t k = 0; k < kPolicyFeatures; ++k) gradient[k] += advantage * one.score[k];
  }
}

}  // namespace

Result<PolicyWeights> train_reinforce(const PathWorld& world,
                                      std::span<const LearnerFamily* const> families,
                                      std::span<const Errand> errands, const ReinforcePlan& plan) {
  constexpr std::array<std::size_t, 3> kSteps{5, 10, 20};
  PolicyWeights weights = kUntrained;
  Ascent ascent(plan.rate);
  const Rng rng(plan.seed);
  std::size_t drawn_so_far = 0;
  for (int round = 0; round < plan.rounds; ++round) {
    if (interrupted()) return unavailable("interrupted while a policy was trained");
    PolicyWeights gradient{};
    const std::size_t steps = kSteps[static_cast<std::size_t>(round) % kSteps.size()];
    for (std::size_t u = 0; u < plan.students; ++u, ++drawn_so_far) {
      PracticeEnvironment environment(*families[drawn_so_far % families.size()], world.items,
                                      world.engagement);
      std::vector<Episode> episodes;
      for (std::size_t e = 0; e < plan.episodes; ++e)
        episodes.push_back(play(world, errands[drawn_so_far % errands.size()], environment, weights,
                                steps, rng.fork(drawn_so_far).fork(e)));
      add_gradient(episodes, gradient);
    }
    ascent.step(gradient, weights);
  }
  return weights;
}

Result<PolicyWeights> reinforced_elsewhere(const PathWorld& world, const PracticeData& known,
                                           std::string_view judged, const TrainingGround& ground) {
  constexpr std::size_t kErrands = 400;  // in turn
  std::vector<std::unique_ptr<const LearnerFamily>> owned;
  std::vector<const LearnerFamily*> families;
  for (const std::string_view name : {"additive", "states", "memory"}) {
    if (name == judged) continue;
    MENO_TRY(const FamilyEntry* const entry, find_family(name));
    MENO_TRY(owned.emplace_back(), entry->fit(known, ground.fit));
    families.push_back(owned.back().get());
  }
  Rng rng(ground.fit.seed ^ 0x7265696e);
  std::vector<Errand> errands;
  for (std::size_t k = 0; k < kErrands; ++k)
    errands.push_back(draw_errand(world, known.students, ground.answers, ground.errands, rng));
  return train_reinforce(world, families, errands, {.seed = rng.next()});
}

std::unique_ptr<PathPolicy> make_reinforce_policy(const PathTask& task) {
  return std::make_unique<Reinforced>(task);
}

}  // namespace meno
