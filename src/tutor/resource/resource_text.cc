#include "tutor/resource/resource_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "tutor/next_item/reason_text.h"

namespace meno {
namespace {

Text failure_text(const Text& skill, const SkillRecord& record) {
  return {fmt::format("Your last {} answers on “{}” were wrong.", -record.streak, skill.en),
          fmt::format("你在“{}”上最近连续答错 {} 题。", skill.zh_cn, -record.streak)};
}

Text thin_text(const Text& skill, const Text& unlocks, const SkillMastery& mastery) {
  const Text stands = standing_text(mastery);
  return {fmt::format("“{}” comes before “{}” and is not secure yet. {}", skill.en, unlocks.en,
                      stands.en),
          fmt::format("“{}”是学习“{}”的基础，目前还不牢。{}", skill.zh_cn, unlocks.zh_cn,
                      stands.zh_cn)};
}

Text need_text(const SuggestedResource& suggested, const SkillMastery& mastery,
               const SkillRecord& record, const TutorCourse& course) {
  const Text& skill = course.skill_name(suggested.skill);
  switch (suggested.need) {
    case ResourceNeed::RepeatedFailure:
      return failure_text(skill, record);
    case ResourceNeed::ThinPrerequisite:
      return thin_text(skill, course.skill_name(suggested.unlocks), mastery);
    case ResourceNeed::NewSkill:
      return {fmt::format("“{}” is new to you: you have answered nothing on it yet.", skill.en),
              fmt::format("“{}”对你来说是新内容，你还没有做过它的题。", skill.zh_cn)};
    case ResourceNeed::Review:
      return {fmt::format("You have not practised “{}” for a while.", skill.en),
              fmt::format("你有一段时间没有练习“{}”了。", skill.zh_cn)};
    case ResourceNeed::Apply:
      return {fmt::format("You have “{}” well in hand.", skill.en),
              fmt::format("“{}”你已经掌握得不错。", skill.zh_cn)};
  }
  return {};
}

}  // namespace

Text kind_text(ResourceKind kind) {
  switch (kind) {
    case ResourceKind::Reading:
      return {"reading", "阅读材料"};
    case ResourceKind::Video:
      return {"video", "视频"};
    case ResourceKind::WorkedExample:
      return {"worked example", "例题讲解"};
    case ResourceKind::Exercise:
      return {"exercise", "练习"};
    case ResourceKind::Project:
      return {"project", "综合实践"};
  }
  return {};
}

Text resource_text(const SuggestedResource& suggested, const SkillMastery& mastery,
                   const SkillRecord& record, const TutorCourse& course) {
  const Text why = need_text(suggested, mastery, record, course);
  const Resource& resource = suggested.resource;
  const Text kind = kind_text(resource.kind);
  const auto minutes = std::max(1L, std::lround(resource.minutes));
  return {fmt::format("{} The {} “{}” (about {} min) is proposed first, by a fixed rule: how much "
                      "it helps has not been measured.",
                      why.en, kind.en, resource.title.en, minutes),
          fmt::format("{}建议先看{}“{}”（约 {} 分钟）。这是按固定规则给出的，实际效果尚未测量。",
                      why.zh_cn, kind.zh_cn, resource.title.zh_cn, minutes)};
}

}  // namespace meno
