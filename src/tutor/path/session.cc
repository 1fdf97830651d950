#include "tutor/path/session.h"

#include <algorithm>
#include <chrono>

#include "tutor/path/clairvoyant.h"
#include "tutor/path/item_deck.h"

namespace meno {
namespace {

double goal_mean(const PracticeEnvironment& environment, const std::vector<SkillId>& goals) {
  double sum = 0.0;
  for (const SkillId goal : goals) sum += environment.mastery(goal);
  return sum / static_cast<double>(goals.size());
}

double goals_mastered(const PracticeEnvironment& environment, const std::vector<SkillId>& goals,
                      double at) {
  const auto count = std::count_if(goals.begin(), goals.end(),
                                   [&](SkillId goal) { return environment.mastery(goal) >= at; });
  return static_cast<double>(count) / static_cast<double>(goals.size());
}

SkillId skill_of(const Course& course, ItemId item) {
  const auto skills = course.skills_of(item);
  return skills.empty() ? SkillId(0U) : skills.front();
}

using WallClock = std::chrono::steady_clock;

SkillId decide(PathPolicy& policy, std::size_t left, Session& session) {
  const auto began = WallClock::now();
  const SkillId skill = policy.next(left);
  session.deciding_s += std::chrono::duration<double>(WallClock::now() - began).count();
  return skill;
}

}  // namespace

Session run_session(const PathWorld& world, const PolicyEntry& entry, const Errand& errand,
                    PracticeEnvironment& environment, const SessionRules& rules) {
  const PathTask task{.world = world,
                      .goals = errand.goals,
                      .candidates = errand.candidates,
                      .steps = rules.steps,
                      .mastery_at = rules.race ? rules.mastery_at : 1.0,
                      .seed = mix64(errand.seed)};
  const std::unique_ptr<PathPolicy> policy =
      entry.make == nullptr ? make_clairvoyant(task, environment) : entry.make(task);
  environment.reset(errand.seed);
  for (const ItemId item : errand.first)
    policy->observe(item, environment.step(item, skill_of(world.course, item)).correct);
  Session session;
  session.start = goal_mean(environment, errand.goals);
  ItemDeck deck(world.items, errand.seed);
  SkillId before;
  for (std::size_t t = 0; t < rules.steps; ++t) {
    if (rules.race) {
      const double mastered = goals_mastered(environment, errand.goals, rules.mastery_at);
      session.mastered.emplace_back(session.minutes, mastered);
      session.finished = mastered >= 1.0;
      if (session.finished) break;
    }
    const SkillId skill = decide(*policy, rules.steps - t, session);
    if (before.known() && skill != before) {
      session.changes += 1.0;
      if (environment.mastery(before) < rules.mastery_at) session.left_early += 1.0;
    }
    before = skill;
    session.answers += 1.0;
    if (environment.mastery(skill) >= rules.mastery_at) session.wasted += 1.0;
    const ItemId item = deck.draw(skill);
    const PracticeStep step = environment.step(item, skill);
    session.minutes += step.seconds / 60.0;
    policy->observe(item, step.correct);
  }
  session.end = goal_mean(environment, errand.goals);
  if (rules.race)
    session.mastered.emplace_back(session.minutes,
                                  goals_mastered(environment, errand.goals, rules.mastery_at));
  return session;
}

}  // namespace meno
