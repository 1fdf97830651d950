#include "service/student_mastery.h"

#include <utility>

#include "tutor/next_item/outlook.h"

namespace meno {
namespace {

/// Where p_mastery lies under what is believed of the student's parameters.
std::vector<BeliefBand> bands_of(const LearnerState& state, std::span<const SkillMastery> skills,
                                 TimePoint now) {
  std::vector<BeliefBand> bands;
  if (state.belief() == nullptr) return bands;
  for (const SkillMastery& skill : skills) {
    const std::span<const Target> probes = state.course()->tutor().probes().of(skill.skill);
    std::vector<Target> targets(probes.begin(), probes.end());
    for (Target& target : targets) target.at = now;
    bands.push_back(state.belief()->band_of_mean(targets, skill.p_mastery));
  }
  return bands;
}

std::vector<std::optional<InferredMastery>> inferred_of(const LiveCourse& course,
                                                        std::span<const SkillMastery> skills) {
  if (course.tutor().graph().edges() == 0)
    return std::vector<std::optional<InferredMastery>>(skills.size());
  return propagated(skills, course.p_unknown(), course.tutor().graph());
}

}  // namespace

Result<StudentMastery> student_mastery(Services& services, std::string_view course_id,
                                       std::string_view student_id) {
  MENO_TRY(std::shared_ptr<const LiveCourse> course, services.courses.find(course_id));
  MENO_TRY(const std::shared_ptr<LiveStudent> student, services.students.find(course, student_id));
  StudentMastery mastery;
  MENO_TRY_DONE(student->now([&](const LearnerState& state) {
    const TimePoint now = services.clock.now();
    mastery.course = state.course();
    mastery.skills = mastery_of(mastery.course->skills(), state.tracker(), state.record(),
                                mastery.course->tutor().probes(), now);
    for (const SkillMastery& skill : mastery.skills) {
      mastery.recall.push_back(skill.answers == 0
                                   ? std::nullopt
                                   : std::optional(recall(state.record().skill(skill.skill), now)));
    }
    mastery.inferred = inferred_of(*mastery.course, mastery.skills);
    mastery.bands = bands_of(state, mastery.skills, now);
  }));
  return mastery;
}

}  // namespace meno
