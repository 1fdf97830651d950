#include "tutor/resource/resource.h"

#include <algorithm>
#include <array>

#include "tutor/resource/resource_text.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 5> kKinds{"reading", "video", "worked_example", "exercise",
                                                 "project"};
constexpr std::array<std::string_view, 5> kNeeds{"repeated_failure", "thin_prerequisite",
                                                 "new_skill", "review", "apply"};
constexpr std::int32_t kFailures = 2;  // wrong answers in a row

/// What the student needs, and of which skill.
struct Need {
  ResourceNeed kind = ResourceNeed::NewSkill;
  SkillMastery mastery{};
  SkillId unlocks{};
};

/// The kinds that serve a need, best first.
std::span<const ResourceKind> kinds_for(ResourceNeed need) {
  using enum ResourceKind;
  static constexpr std::array kFailed{WorkedExample, Video, Reading, Exercise};
  static constexpr std::array kThin{Reading, Video, WorkedExample};
  static constexpr std::array kNew{WorkedExample, Reading, Video};
  static constexpr std::array kReview{Reading, Exercise};
  static constexpr std::array kApply{Project, Exercise};
  switch (need) {
    case ResourceNeed::RepeatedFailure:
      return kFailed;
    case ResourceNeed::ThinPrerequisite:
      return kThin;
    case ResourceNeed::NewSkill:
      return kNew;
    case ResourceNeed::Review:
      return kReview;
    case ResourceNeed::Apply:
      return kApply;
  }
  return {};
}

SkillMastery mastery_now(const Learner& learner, const TutorCourse& course, SkillId skill,
                         const MasteryRules& rules) {
  return mastery_of(std::span(&skill, 1), learner.tracker, learner.record, course.probes(),
                    learner.now, rules)
      .front();
}

bool copes(const SkillRecord& skill) { return 2 * skill.right > skill.answers; }

/// The first of what the skill rests on that is weak or hardly known.
std::optional<SkillMastery> thin_prerequisite(const Learner& learner, const TutorCourse& course,
                                              SkillId skill, const MasteryRules& rules) {
  for (const SkillId before : course.graph().prerequisites(skill)) {
    if (course.probes().of(before).empty()) continue;
    const SkillMastery mastery = mastery_now(learner, course, before, rules);
    if (mastery.state == MasteryState::Weak || mastery.state == MasteryState::NotEnoughEvidence)
      return mastery;
  }
  return std::nullopt;
}

std::vector<Need> needs_of(const Learner& learner, const TutorCourse& course, const Reason& reason,
                           const MasteryRules& rules) {
  const SkillId skill = reason.mastery.skill;
  const SkillRecord& record = learner.record.skill(skill);
  std::vector<Need> needs;
  if (record.streak <= -kFailures)
    needs.push_back({ResourceNeed::RepeatedFailure, reason.mastery, {}});
  if (reason.code == ReasonCode::PrerequisiteGap) {
    needs.push_back({ResourceNeed::ThinPrerequisite, reason.mastery, reason.unlocks});
  } else if (!copes(record)) {
    if (const auto thin = thin_prerequisite(learner, course, skill, rules))
      needs.push_back({ResourceNeed::ThinPrerequisite, *thin, skill});
  }
  if (record.answers == 0) needs.push_back({ResourceNeed::NewSkill, reason.mastery, {}});
  if (reason.code == ReasonCode::ReviewForgetting)
    needs.push_back({ResourceNeed::Review, reason.mastery, {}});
  if (reason.mastery.state == MasteryState::Mastered)
    needs.push_back({ResourceNeed::Apply, reason.mastery, {}});
  return needs;
}

bool all_mastered(const Learner& learner, const TutorCourse& course, const Resource& resource,
                  const MasteryRules& rules) {
  return std::all_of(resource.skills.begin(), resource.skills.end(), [&](SkillId skill) {
    return mastery_now(learner, course, skill, rules).state == MasteryState::Mastered;
  });
}

const Resource* best_for(const Need& need, const Learner& learner, const TutorCourse& course,
                         std::span<const Resource> resources, const MasteryRules& rules) {
  const auto fits = [&](const Resource& one, ResourceKind kind) {
    return one.kind == kind &&
           std::find(one.skills.begin(), one.skills.end(), need.mastery.skill) !=
               one.skills.end() &&
           (learner.feedback == nullptr || !learner.feedback->puts_off(one.id)) &&
           (need.kind != ResourceNeed::Apply || all_mastered(learner, course, one, rules));
  };
  for (const ResourceKind kind : kinds_for(need.kind)) {
    const auto found = std::find_if(resources.begin(), resources.end(),
                                    [&](const Resource& one) { return fits(one, kind); });
    if (found != resources.end()) return &*found;
  }
  return nullptr;
}

std::optional<SuggestedResource> first_served(std::span<const Need> needs, const Learner& learner,
                                              const TutorCourse& course,
                                              std::span<const Resource> resources,
                                              const MasteryRules& rules) {
  for (const Need& need : needs) {
    const Resource* const found = best_for(need, learner, course, resources, rules);
    if (found == nullptr) continue;
    SuggestedResource made{.resource = *found,
                           .need = need.kind,
                           .skill = need.mastery.skill,
                           .unlocks = need.unlocks};
    made.text = resource_text(made, need.mastery, learner.record.skill(made.skill), course);
    return made;
  }
  return std::nullopt;
}

}  // namespace

std::string_view name_of(ResourceKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::optional<ResourceKind> find_resource_kind(std::string_view name) {
  const auto found = std::find(kKinds.begin(), kKinds.end(), name);
  if (found == kKinds.end()) return std::nullopt;
  return static_cast<ResourceKind>(found - kKinds.begin());
}

std::string_view name_of(ResourceNeed need) { return kNeeds[static_cast<std::size_t>(need)]; }

std::optional<SuggestedResource> suggest_resource(const Learner& learner, const TutorCourse& course,
                                                  std::span<const Resource> resources,
                                                  const Reason& reason,
                                                  const NextItemRules& rules) {
  if (resources.empty()) return std::nullopt;
  if (learner.feedback != nullptr && learner.feedback->just_studied()) return std::nullopt;
  return first_served(needs_of(learner, course, reason, rules.mastery), learner, course, resources,
                      rules.mastery);
}

std::optional<SuggestedResource> resource_on_path(const Learner& learner, const TutorCourse& course,
                                                  std::span<const Resource> resources,
                                                  const SkillMastery& mastery, SkillId unlocks) {
  const SkillRecord& record = learner.record.skill(mastery.skill);
  std::vector<Need> needs;
  if (record.streak <= -kFailures) needs.push_back({ResourceNeed::RepeatedFailure, mastery, {}});
  if (record.answers == 0) needs.push_back({ResourceNeed::NewSkill, mastery, {}});
  if (unlocks.known() && mastery.state == MasteryState::Weak)
    needs.push_back({ResourceNeed::ThinPrerequisite, mastery, unlocks});
  return first_served(needs, learner, course, resources, {});
}

}  // namespace meno
