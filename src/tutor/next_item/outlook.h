// Outlook: what each skill of one student is worth practising (motive, readiness and variety of
// next_item.h), worked out skill by skill as it is asked for, with limits for what is not yet
// known.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "tutor/next_item/next_item.h"
#include "tutor/next_item/predictions.h"

namespace meno {

/// Why a skill is worth practising now, and how much.
struct Motive {
  ReasonCode code = ReasonCode::Stretch;
  double value = 0.0;
  SkillId unlocks{};        // as in Reason
  TimePoint due = kNoTime;  // due_soon only
};

/// What a ranking looks at: a student, real or supposed, at one moment.
struct Snapshot {
  const Tracker& tracker;
  const SupposedRecord& record;
  TimePoint now = kNoTime;
};

/// 2^(-days / h): the chance that what was learnt is still there. 1 without times.
double recall(const SkillRecord& record, TimePoint now);

/// Not thread-safe. All referents must outlive it.
class Outlook {
 public:
  Outlook(const Snapshot& student, const TutorCourse& course, const NextItemRules& rules);

  CandidatePredictions& predictions() { return predictions_; }
  const CandidatePredictions& predictions() const { return predictions_; }

  /// Exact; each asks the model, once, about the skills that it depends on.
  const SkillMastery& mastery(SkillId id);
  const Motive& motive(SkillId id);
  double readiness(SkillId id);

  /// .8 per answer beyond the second of an unbroken run on the skill.
  double variety(SkillId skill) const { return skills_[skill.value].variety; }

  /// Never below the exact value, and equal to it once that is known. Never ask the model.
  double motive_limit(SkillId skill) const { return skills_[skill.value].motive.value; }
  double readiness_limit(SkillId skill) const { return skills_[skill.value].readiness; }

  bool knows_mastery(SkillId skill) const { return skills_[skill.value].mastery.has_value(); }
  bool knows_motive(SkillId skill) const { return skills_[skill.value].knows_motive; }
  bool knows_readiness(SkillId skill) const { return skills_[skill.value].knows_readiness; }
  /// p_mastery, and the motive's code, of a skill for which they are known.
  double estimate(SkillId skill) const { return skills_[skill.value].mastery->p_mastery; }
  ReasonCode code(SkillId skill) const { return skills_[skill.value].motive.code; }

 private:
  struct Skill {
    const SkillRecord* record = nullptr;
    std::optional<SkillMastery> mastery;
    std::optional<MasteryState> state;  // known before mastery where there are too few answers
    Motive motive;                      // a limit until knows_motive
    double readiness = 1.0;             // a limit until knows_readiness
    double variety = 1.0;
    bool knows_motive = false;
    bool knows_readiness = false;
  };

  void begin(SkillId id);
  void limit_readiness(Skill& skill, std::span<const SkillId> prerequisites);
  MasteryState state(SkillId skill);
  SkillId waiting_for(SkillId weak);
  Motive worked_out(SkillId id);
  Motive due_soon(SkillId id) const;

  Snapshot student_;
  const TutorCourse& course_;
  const NextItemRules& rules_;
  CandidatePredictions predictions_;
  std::vector<Skill> skills_;  // [S]
};

}  // namespace meno
