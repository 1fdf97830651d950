// Mastery: how likely a student is to answer a typical fresh item of a skill, how sure that is, and
// what to call it.
//
// Estimate: the mean of Tracker::p_correct over the skill's probes, a fixed set of items spread
// over its difficulties (see probes.h). Fixed, so that the estimate moves because the student did,
// not because other items were asked about.
//
// Band: an 80 % Wilson score interval (Wilson 1927, JASA 22) around the estimate with n effective
// answers, where
//   1 / n = 1 / n_answers + spread / (p (1 - p) K),
//   n_answers = prior + min(answers, cap) * 2^(-days since the last answer / half_life),
// K is the number of probes and `spread` their sample variance. `prior` is what a model knows
// without an answer on the skill (from other skills and other students), `cap` admits that a
// learner changes, so that the hundredth answer back says nothing, and `half_life` that old answers
// go stale. These three are choices of ours, not estimates. What they come to is measured by the
// test Mastery.BandHoldsTheTruthAboutAsOftenAsItSays: of simulated students under a model that
// knows all it can, the band holds the truth for 80 to 83 % after 0, 3, 10 and 30 answers. A model
// that is wrong about a student is not made right by a band around it.
//
// State: not_enough_evidence below min_answers; mastered when even the lower end reaches
// mastered_low; weak when the estimate is below weak_below; learning otherwise. The asymmetry is
// meant: calling a skill mastered ends practice, so it must be sure, while calling it weak only
// brings help early.
#pragma once

#include <span>
#include <vector>

#include "models/tracker.h"
#include "tutor/learning_record.h"
#include "tutor/mastery/probes.h"

namespace meno {

enum class MasteryState { NotEnoughEvidence, Weak, Learning, Mastered };

/// The state's name in replies, e.g. "not_enough_evidence".
std::string_view name_of(MasteryState state);

struct MasteryRules {
  std::uint32_t min_answers = 3;
  double prior_answers = 4.0;
  double cap_answers = 50.0;
  double half_life_days = 90.0;
  double z = 1.2816;  // 80 %
  double mastered_low = 0.70;
  double weak_below = 0.55;
};

/// What is known of one student's skill.
struct SkillMastery {
  SkillId skill;
  double p_mastery = 0.5;  // in (0, 1); .5 for a skill without items
  double low = 0.0;        // 0 <= low <= p_mastery <= high <= 1
  double high = 1.0;
  std::uint32_t answers = 0;
  TimePoint last_at = kNoTime;
  Trend trend = Trend::Unknown;
  MasteryState state = MasteryState::NotEnoughEvidence;
};

/// Mastery of a skill from its probes' p_correct, [K], K >= 0. Pure arithmetic.
SkillMastery mastery_from(SkillId skill, std::span<const double> p_correct,
                          const SkillRecord& record, TimePoint now, const MasteryRules& rules);

/// Mastery of `skills` in their order, from one call of p_correct.
std::vector<SkillMastery> mastery_of(std::span<const SkillId> skills, const Tracker& tracker,
                                     const LearningRecord& record, const Probes& probes,
                                     TimePoint now, const MasteryRules& rules = {});

/// Mastery of every skill of the course, by id.
std::vector<SkillMastery> mastery_of_all(const Tracker& tracker, const LearningRecord& record,
                                         const Probes& probes, TimePoint now,
                                         const MasteryRules& rules = {});

}  // namespace meno
