// Resources: what a student could read, watch or do beside graded items, and when it is proposed.
//
// By a stated rule, since no log here says what a resource gains (docs/decisions/0028): the first
// need of the skill that the next item is about for which the course has something fresh.
//   repeated_failure   the last two or more answers on the skill were wrong
//   thin_prerequisite  the skill is the gap before another one; or a skill it rests on is weak or
//                      has too few answers, and the student does not cope without it (no more right
//                      than wrong)
//   new_skill          nothing has been answered on the skill: something comes before the first
//                      exercise
//   review             the item was chosen since the skill fades
//   apply              the skill is mastered; a project asks that of all its skills
// Each need has its kinds, the first that the course has wins, and among equals the first in the
// course's list. Rules and diversity: skills and resources that teachers forbid are out; what the
// student put off waits as an item would (feedback_record.h), and after one that he took up three
// answers come first.
//
// Sources: examples before problems for novices, Sweller & Cooper 1985 (Cognition and Instruction
// 2), Renkl 2014; not for those who know the skill, Kalyuga et al. 2003 (expertise reversal);
// help after failed attempts, Aleven et al. 2016. The thresholds are choices of ours.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "tutor/next_item/next_item.h"

namespace meno {

enum class ResourceKind { Reading, Video, WorkedExample, Exercise, Project };

/// The kind in documents, e.g. "worked_example"; nullopt for a name that is none.
std::string_view name_of(ResourceKind kind);
std::optional<ResourceKind> find_resource_kind(std::string_view name);

struct Resource {
  std::string id;
  ResourceKind kind = ResourceKind::Reading;
  Text title;
  std::vector<SkillId> skills;
  double minutes = 5.0;
  std::string url{};   // "": none
  std::string item{};  // a worked example shows this item solved; "": none
};

enum class ResourceNeed { RepeatedFailure, ThinPrerequisite, NewSkill, Review, Apply };

/// The need in replies, e.g. "repeated_failure".
std::string_view name_of(ResourceNeed need);

/// A resource and why.
struct SuggestedResource {
  Resource resource;
  ResourceNeed need = ResourceNeed::NewSkill;
  SkillId skill{};    // the one it is about
  SkillId unlocks{};  // thin_prerequisite: the one that rests on it
  Text text{};        // one or two sentences
};

/// For the item that was chosen for `reason`; nullopt where no need shows or nothing fits it.
std::optional<SuggestedResource> suggest_resource(const Learner& learner, const TutorCourse& course,
                                                  std::span<const Resource> resources,
                                                  const Reason& reason,
                                                  const NextItemRules& rules = {});

/// Before a path's first exercise on a skill: by its failures, its being new, or its being weak
/// before `unlocks` (unknown for the goal itself).
std::optional<SuggestedResource> resource_on_path(const Learner& learner, const TutorCourse& course,
                                                  std::span<const Resource> resources,
                                                  const SkillMastery& mastery, SkillId unlocks);

}  // namespace meno
