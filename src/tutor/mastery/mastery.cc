#include "tutor/mastery/mastery.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "core/check.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 4> kStates{"not_enough_evidence", "weak", "learning",
                                                  "mastered"};

double mean(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

double sample_variance(std::span<const double> values, double mean) {
  if (values.size() < 2) return 0.0;
  double sum = 0.0;
  for (const double value : values) sum += (value - mean) * (value - mean);
  return sum / static_cast<double>(values.size() - 1);
}

double days_between(TimePoint from, TimePoint to) {
  if (from == kNoTime || to == kNoTime || to <= from) return 0.0;
  return std::chrono::duration<double, std::ratio<86400>>(to - from).count();
}

struct Band {
  double low;
  double high;
};

// Source: Wilson 1927, the score interval of a proportion p seen in n trials; n need not be whole.
Band wilson(double p, double n, double z) {
  const double z2 = z * z;
  const double scale = 1.0 / (1.0 + z2 / n);
  const double centre = scale * (p + z2 / (2.0 * n));
  const double half = scale * z * std::sqrt(p * (1.0 - p) / n + z2 / (4.0 * n * n));
  return {.low = std::clamp(centre - half, 0.0, p), .high = std::clamp(centre + half, p, 1.0)};
}

MasteryState state_of(const SkillMastery& mastery, const MasteryRules& rules) {
  if (mastery.answers < rules.min_answers) return MasteryState::NotEnoughEvidence;
  if (mastery.low >= rules.mastered_low) return MasteryState::Mastered;
  if (mastery.p_mastery < rules.weak_below) return MasteryState::Weak;
  return MasteryState::Learning;
}

}  // namespace

std::string_view name_of(MasteryState state) { return kStates[static_cast<std::size_t>(state)]; }

SkillMastery mastery_from(SkillId skill, std::span<const double> p_correct,
                          const SkillRecord& record, TimePoint now, const MasteryRules& rules) {
  SkillMastery mastery{.skill = skill,
                       .answers = record.answers,
                       .last_at = record.last_at,
                       .trend = record.trend()};
  if (p_correct.empty()) return mastery;  // nothing can be asked, so nothing is claimed
  const double p = mean(p_correct);
  const double fresh = std::exp2(-days_between(record.last_at, now) / rules.half_life_days);
  const double n_answers = rules.prior_answers +
                           std::min(static_cast<double>(record.answers), rules.cap_answers) * fresh;
  const double spread = sample_variance(p_correct, p);
  const double items = static_cast<double>(p_correct.size());
  const double n = 1.0 / (1.0 / n_answers + spread / (p * (1.0 - p) * items));
  const Band band = wilson(p, n, rules.z);
  mastery.p_mastery = p;
  mastery.low = band.low;
  mastery.high = band.high;
  mastery.state = state_of(mastery, rules);
  return mastery;
}

std::vector<SkillMastery> mastery_of(std::span<const SkillId> skills, const Tracker& tracker,
                                     const LearningRecord& record, const Probes& probes,
                                     TimePoint now, const MasteryRules& rules) {
  std::vector<Target> targets;
  for (const SkillId skill : skills) {
    MENO_CHECK(skill.value < probes.skills(), "a skill that the course does not have");
    for (Target target : probes.of(skill)) {
      target.at = now;
      targets.push_back(target);
    }
  }
  std::vector<double> p_correct(targets.size());
  tracker.p_correct(targets, p_correct);
  std::vector<SkillMastery> result;
  result.reserve(skills.size());
  std::size_t next = 0;
  for (const SkillId skill : skills) {
    const std::size_t count = probes.of(skill).size();
    result.push_back(mastery_from(skill, std::span(p_correct).subspan(next, count),
                                  record.skill(skill), now, rules));
    next += count;
  }
  return result;
}

std::vector<SkillMastery> mastery_of_all(const Tracker& tracker, const LearningRecord& record,
                                         const Probes& probes, TimePoint now,
                                         const MasteryRules& rules) {
  std::vector<SkillId> skills;
  skills.reserve(probes.skills());
  for (std::size_t s = 0; s < probes.skills(); ++s) skills.emplace_back(s);
  return mastery_of(skills, tracker, record, probes, now, rules);
}

}  // namespace meno
