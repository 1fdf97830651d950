#include "tutor/next_item/outlook.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

constexpr double kGapValue = 1.0;
constexpr double kReviewBase = 0.4;
constexpr double kReviewRange = 0.6;
constexpr double kPracticeBase = 0.6;
constexpr double kPracticeRange = 0.3;
constexpr double kExploreBase = 0.5;
constexpr double kExplorePerAnswer = 0.05;
constexpr double kStretchValue = 0.2;
constexpr double kUnknownReadiness = 0.8;
constexpr double kWeakReadiness = 0.25;
constexpr std::uint32_t kFreeRun = 2;
constexpr double kRunFactor = 0.8;
constexpr double kLeastHalfLifeDays = 1.0;
constexpr double kMostHalfLifeDays = 270.0;
constexpr double kDueWithinDays = 14.0;

double practice_value(double p_mastery) {
  return kPracticeBase + kPracticeRange * (1.0 - p_mastery);
}

/// What a review is worth; 0 while it is not due.
double review_value(const SkillRecord& record, TimePoint now, const NextItemRules& rules) {
  const double left = recall(record, now);
  return left >= rules.review_recall ? 0.0 : kReviewBase + kReviewRange * (1.0 - left);
}

double variety_of(const SkillRecord& skill, std::uint32_t answers) {
  if (skill.last_answer != answers || skill.run <= kFreeRun) return 1.0;
  return std::pow(kRunFactor, skill.run - kFreeRun);
}

/// In [0, 1], 1 from the date on; nothing while it is far off or long past.
std::optional<double> urgency(TimePoint due, TimePoint now) {
  if (due == kNoTime || now == kNoTime) return std::nullopt;
  const double days = std::chrono::duration<double, std::ratio<86400>>(due - now).count();
  if (std::abs(days) > kDueWithinDays) return std::nullopt;
  return 1.0 - std::max(0.0, days) / kDueWithinDays;
}

/// More right than wrong: such a student copes without knowing what comes before.
bool copes(const SkillRecord& skill) { return 2 * skill.right > skill.answers; }

}  // namespace

Outlook::Outlook(const Snapshot& student, const TutorCourse& course, const NextItemRules& rules)
    : student_(student),
      course_(course),
      rules_(rules),
      predictions_(student.tracker, course.course().items.size(), student.now),
      skills_(course.graph().skills()) {
  for (std::size_t s = 0; s < skills_.size(); ++s) begin(SkillId(s));
  for (std::size_t s = 0; s < skills_.size(); ++s) {
    limit_readiness(skills_[s], course_.graph().prerequisites(SkillId(s)));
  }
}

/// What the record alone says: with too few answers everything, else the most that the skill can be
/// worth.
void Outlook::begin(SkillId id) {
  Skill& skill = skills_[id.value];
  skill.record = &student_.record.skill(id);
  skill.variety = variety_of(*skill.record, student_.record.real().answers());
  if (skill.record->answers < rules_.mastery.min_answers || course_.probes().of(id).empty()) {
    skill.state = MasteryState::NotEnoughEvidence;
    skill.motive = {.code = ReasonCode::ExploreNotEnoughEvidence,
                    .value = kExploreBase + kExplorePerAnswer * skill.record->answers};
    if (const Motive due = due_soon(id); due.value > 0.0) skill.motive = due;
    skill.knows_motive = true;
    return;
  }
  const double most = course_.graph().dependents(id).empty() ? practice_value(0.0) : kGapValue;
  skill.motive.value =
      std::max({most, review_value(*skill.record, student_.now, rules_), due_soon(id).value});
}

/// The least over the prerequisites whose state is known.
void Outlook::limit_readiness(Skill& skill, std::span<const SkillId> prerequisites) {
  skill.readiness = 1.0;
  skill.knows_readiness = true;
  for (const SkillId before : prerequisites) {
    const std::optional<MasteryState>& state = skills_[before.value].state;
    skill.knows_readiness = skill.knows_readiness && state.has_value();
    if (state == MasteryState::Weak) skill.readiness = std::min(skill.readiness, kWeakReadiness);
    if (state == MasteryState::NotEnoughEvidence && !copes(*skill.record)) {
      skill.readiness = std::min(skill.readiness, kUnknownReadiness);
    }
  }
}

const SkillMastery& Outlook::mastery(SkillId id) {
  Skill& skill = skills_[id.value];
  if (skill.mastery) return *skill.mastery;
  const auto probes = course_.probes().of(id);
  for (const Target& probe : probes) predictions_.want(probe.item, probe.skills);
  predictions_.ask();
  std::vector<double> p_correct;
  p_correct.reserve(probes.size());
  for (const Target& probe : probes) p_correct.push_back(predictions_.of(probe.item));
  skill.mastery = mastery_from(id, p_correct, *skill.record, student_.now, rules_.mastery);
  skill.state = skill.mastery->state;
  return *skill.mastery;
}

MasteryState Outlook::state(SkillId skill) {
  const std::optional<MasteryState>& known = skills_[skill.value].state;
  return known ? *known : mastery(skill).state;
}

double Outlook::readiness(SkillId id) {
  Skill& skill = skills_[id.value];
  if (skill.knows_readiness) return skill.readiness;
  const auto prerequisites = course_.graph().prerequisites(id);
  for (const SkillId before : prerequisites) state(before);
  limit_readiness(skill, prerequisites);
  return skill.readiness;
}

const Motive& Outlook::motive(SkillId id) {
  Skill& skill = skills_[id.value];
  if (!skill.knows_motive) {
    skill.motive = worked_out(id);
    skill.knows_motive = true;
  }
  return skill.motive;
}

/// Value 0 where no date is near.
Motive Outlook::due_soon(SkillId id) const {
  if (rules_.due.empty()) return {.value = 0.0};
  const DueDate& date = rules_.due[id.value];
  const std::optional<double> urgent = urgency(date.at, student_.now);
  if (!urgent) return {.value = 0.0};
  return {
      .code = ReasonCode::DueSoon, .value = 1.0 + *urgent, .unlocks = date.skill, .due = date.at};
}

/// Of a skill with enough answers to be judged.
Motive Outlook::worked_out(SkillId id) {
  const SkillMastery& here = mastery(id);
  if (here.state != MasteryState::Mastered) {
    if (const Motive due = due_soon(id); due.value > 0.0) return due;
  }
  const Motive practice{.code = ReasonCode::PracticeZone, .value = practice_value(here.p_mastery)};
  if (here.state == MasteryState::Weak) {
    const SkillId unlocks = waiting_for(id);
    if (!unlocks.known()) return practice;
    return {.code = ReasonCode::PrerequisiteGap, .value = kGapValue, .unlocks = unlocks};
  }
  const Motive otherwise = here.state == MasteryState::Mastered
                               ? Motive{.code = ReasonCode::Stretch, .value = kStretchValue}
                               : practice;
  const double review = review_value(*skills_[id.value].record, student_.now, rules_);
  if (review <= otherwise.value) return otherwise;
  return {.code = ReasonCode::ReviewForgetting, .value = review};
}

/// A skill that waits for `weak`: practised but not mastered, or with all its other prerequisites
/// in order. The first by id; unknown if none.
SkillId Outlook::waiting_for(SkillId weak) {
  const auto dependents = course_.graph().dependents(weak);
  const auto waits = [&](SkillId after) {
    if (state(after) == MasteryState::Mastered) return false;
    if (skills_[after.value].record->answers > 0) return true;
    const auto before = course_.graph().prerequisites(after);
    return std::all_of(before.begin(), before.end(), [&](SkillId other) {
      return other == weak || state(other) == MasteryState::Learning ||
             state(other) == MasteryState::Mastered;
    });
  };
  const auto found = std::find_if(dependents.begin(), dependents.end(), waits);
  return found == dependents.end() ? SkillId() : *found;
}

// Source of the form: Settles & Meeder 2016, half-life regression.
double recall(const SkillRecord& record, TimePoint now) {
  if (record.last_at == kNoTime || now == kNoTime || now <= record.last_at) return 1.0;
  const double days =
      std::chrono::duration<double, std::ratio<86400>>(now - record.last_at).count();
  const double right = record.right;
  const double wrong = record.answers - record.right;
  const double half_life =
      std::clamp(std::exp2(1.0 + std::sqrt(1.0 + right) - std::sqrt(1.0 + wrong)),
                 kLeastHalfLifeDays, kMostHalfLifeDays);
  return std::exp2(-days / half_life);
}

}  // namespace meno
