#include "models/evidence/rates.h"

#include <cmath>

#include <Eigen/Core>

namespace meno::evidence {
namespace {

float sigmoid(float z) { return 1.0F / (1.0F + std::exp(-z)); }

/// Four rates as logits, clipped.
using Four = Eigen::Array4f;
Four logits(const Four& rates) {
  const Four clipped = rates.max(1e-3F).min(1.0F - 1e-3F);
  return (clipped / (1.0F - clipped)).log();
}

/// A table's rate of right answers, drawn to `prior` by as many answers as `strength`.
float smooth(const Lookups& looked, std::size_t table, float strength, float prior) {
  return (looked.right[table] + strength * prior) / (looked.all[table] + strength);
}

}  // namespace

void set_skill_rates(const Lookups& looked, Rates& r) {
  r.p_skill = smooth(looked, kSkill, 10.0F, looked.base);
  const Four all = logits({r.p_skill, smooth(looked, kSkillRecent, 10.0F, r.p_skill),
                           smooth(looked, kSkillAttempt, 10.0F, r.p_skill),
                           smooth(looked, kSkillRun, 10.0F, r.p_skill)});
  r.skill = all[0];
  r.skill_recent = all[1];
  r.skill_attempt = all[2];
  r.skill_run = all[3];
}

void set_item_rates(const StudentState& student, const Situation& situation, const Lookups& looked,
                    Rates& r) {
  r.p_item = smooth(looked, kItem, 5.0F, r.p_skill);
  const bool in_run = situation.item_run > 0;
  const float run_prior =
      in_run ? sigmoid(r.skill_run + logits(Four::Constant(r.p_item))[0] - r.skill) : r.p_item;
  const Four all = logits({r.p_item, smooth(looked, kItemAttempt, 5.0F, r.p_item),
                           smooth(looked, kItemAfter, 5.0F, r.p_item),
                           smooth(looked, kItemRun, 5.0F, run_prior)});
  r.item = all[0];
  r.item_attempt = all[1];
  r.item_after = all[2];
  r.item_run = all[3];
  r.context = r.item_after + r.item_attempt - r.item;
  r.elo_slow = r.item + student.ability[0] + situation.skill.ability[0];
  r.elo_fast =
      (in_run ? r.item_run : r.item_attempt) + student.ability[1] + situation.skill.ability[1];
}

Rates rates_of(const StudentState& student, const Situation& situation, const Lookups& lookups) {
  Rates rates{};
  set_skill_rates(lookups, rates);
  set_item_rates(student, situation, lookups, rates);
  return rates;
}

Forecast forecast_of(const Rates& rates) {
  return {.item = rates.p_item,
          .elo_slow = sigmoid(rates.elo_slow),
          .elo_fast = sigmoid(rates.elo_fast),
          .context = sigmoid(rates.context)};
}

}  // namespace meno::evidence
