#include "tutor/next_item/reason_text.h"

#include <algorithm>
#include <chrono>
#include <cmath>

#include <fmt/format.h>

namespace meno {
namespace {

// Whole per cent, never 0 or 100: nothing here is that sure.
int percent(double p) { return std::clamp(static_cast<int>(std::lround(100.0 * p)), 1, 99); }

std::string counted(std::uint32_t n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

std::string standing_en(const SkillMastery& m) {
  return fmt::format("about {}% (likely {}–{}%, from {})", percent(m.p_mastery), percent(m.low),
                     percent(m.high), counted(m.answers, "answer", "answers"));
}

std::string standing_zh(const SkillMastery& m) {
  return fmt::format("根据 {} 次作答，答对一道新题的把握约为 {}%（可能在 {}%–{}% 之间）", m.answers,
                     percent(m.p_mastery), percent(m.low), percent(m.high));
}

Text explore_text(const SkillMastery& m, const Text& skill, const MasteryRules& rules) {
  if (m.answers == 0) {
    return {
        fmt::format("You have not answered anything on “{}” yet, so it is too early to judge: "
                    "this item is to find out where you stand.",
                    skill.en),
        fmt::format("你还没有做过“{}”的题，暂时无法判断掌握情况，先用这道题摸摸底。", skill.zh_cn)};
  }
  return {fmt::format("Only {} on “{}” so far, too few to judge (at least {} are needed): this "
                      "item is to find out where you stand.",
                      counted(m.answers, "answer", "answers"), skill.en, rules.min_answers),
          fmt::format("“{}”目前只有 {} 次作答，还不足以判断掌握情况（至少需要 {} "
                      "次），先用这道题摸摸底。",
                      skill.zh_cn, m.answers, rules.min_answers)};
}

Text gap_text(const SkillMastery& m, const Text& skill, const Text& unlocks) {
  return {fmt::format("“{}” comes before “{}” and still needs work: your chance on a typical new "
                      "item is {}. Strengthening it first makes “{}” easier.",
                      skill.en, unlocks.en, standing_en(m), unlocks.en),
          fmt::format("“{}”是学习“{}”的基础，目前还不牢：{}。先补上它，再学“{}”会更轻松。",
                      skill.zh_cn, unlocks.zh_cn, standing_zh(m), unlocks.zh_cn)};
}

Text review_text(const SkillMastery& m, const Text& skill, TimePoint now) {
  const auto days = static_cast<std::uint32_t>(
      std::max<std::int64_t>(1, std::chrono::floor<std::chrono::days>(now - m.last_at).count()));
  return {fmt::format("You last practised “{}” {} ago, and skills fade without practice: your "
                      "chance on a typical new item is {}. Time for a short review.",
                      skill.en, counted(days, "day", "days"), standing_en(m)),
          fmt::format("你上一次练习“{}”是在 {} 天前，久不练习容易生疏：{}。现在适合复习一下。",
                      skill.zh_cn, days, standing_zh(m))};
}

Text practice_text(const SkillMastery& m, const Text& skill, double p_correct) {
  return {fmt::format("You are building up “{}”: your chance on a typical new item is {}. On this "
                      "one it is about {}%.",
                      skill.en, standing_en(m), percent(p_correct)),
          fmt::format("你正在巩固“{}”：{}。这道题约为 {}%。", skill.zh_cn, standing_zh(m),
                      percent(p_correct))};
}

Text stretch_text(const SkillMastery& m, const Text& skill, double p_correct) {
  return {fmt::format("You have “{}” well in hand: your chance on a typical new item is {}. This "
                      "one is to keep you stretched, at about {}%.",
                      skill.en, standing_en(m), percent(p_correct)),
          fmt::format("“{}”你已经掌握得不错：{}。这道题用来拔高，答对的把握约为 {}%。", skill.zh_cn,
                      standing_zh(m), percent(p_correct))};
}

/// "is due in 3 days (on 2026-11-27)", and the same in Chinese.
Text due_words(TimePoint due, TimePoint now) {
  const auto date = std::chrono::floor<std::chrono::days>(due);
  const std::chrono::year_month_day day{date};
  const std::string shown =
      fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()),
                  static_cast<unsigned>(day.month()), static_cast<unsigned>(day.day()));
  const auto left = (date - std::chrono::floor<std::chrono::days>(now)).count();
  if (left == 0)
    return {fmt::format("is due today ({})", shown), fmt::format("今天（{}）到期", shown)};
  if (left < 0) {
    return {fmt::format("was due on {}", shown), fmt::format("已于 {} 到期", shown)};
  }
  return {fmt::format("is due in {} (on {})",
                      counted(static_cast<std::uint32_t>(left), "day", "days"), shown),
          fmt::format("还有 {} 天（{}）到期", left, shown)};
}

Text due_text(const Reason& reason, const TutorCourse& course, TimePoint now) {
  const Text& skill = course.skill_name(reason.mastery.skill);
  const Text due = due_words(reason.due, now);
  const Text stands = standing_text(reason.mastery);
  if (reason.unlocks == reason.mastery.skill) {
    return {fmt::format("“{}” {}. {}", skill.en, due.en, stands.en),
            fmt::format("“{}”{}。{}", skill.zh_cn, due.zh_cn, stands.zh_cn)};
  }
  const Text& goal = course.skill_name(reason.unlocks);
  return {fmt::format("“{}” comes before “{}”, which {}. {}", skill.en, goal.en, due.en, stands.en),
          fmt::format("“{}”是学习“{}”的基础，而“{}”{}。{}", skill.zh_cn, goal.zh_cn, goal.zh_cn,
                      due.zh_cn, stands.zh_cn)};
}

/// `passed`: the skill before it whose turn ended unmastered; null where there is none.
Text order_text(const SkillMastery& m, const Text& skill, const Text* passed) {
  const Text stands = standing_text(m);
  const Text before =
      passed == nullptr
          ? Text()
          : Text{fmt::format(" “{}” is not mastered yet, but has had its turn (enough answers, or "
                             "its date has passed), so it no longer holds up the rest.",
                             passed->en),
                 fmt::format(
                     "“{}”尚未掌握，但它的轮次已过（作答已足够多，或截止日期已到），不再挡住后"
                     "面的内容。",
                     passed->zh_cn)};
  return {
      fmt::format("Your teacher has set the order of the skills, and it is the turn of “{}”.{} {}",
                  skill.en, before.en, stands.en),
      fmt::format("老师安排了学习顺序，现在轮到“{}”。{}{}", skill.zh_cn, before.zh_cn,
                  stands.zh_cn)};
}

Text uncertain_text(const SkillMastery& m, const Text& skill, double p_correct) {
  const Text stands = standing_text(m);
  return {fmt::format("It is not yet sure where you stand on “{}”. {} This item, at about {}%, was "
                      "drawn to find out more.",
                      skill.en, stands.en, percent(p_correct)),
          fmt::format("你在“{}”上的水平还不确定。{}这道题（答对的把握约为 "
                      "{}%）是为了多了解一些而抽取的。",
                      skill.zh_cn, stands.zh_cn, percent(p_correct))};
}

}  // namespace

Text standing_text(const SkillMastery& m) {
  if (m.state == MasteryState::NotEnoughEvidence) {
    return {
        fmt::format("{} on it so far, too few to judge.", counted(m.answers, "answer", "answers")),
        fmt::format("目前只有 {} 次作答，还不足以判断掌握情况。", m.answers)};
  }
  return {fmt::format("Your chance on a typical new item is {}.", standing_en(m)),
          fmt::format("{}。", standing_zh(m))};
}

Text reason_text(const Reason& reason, double p_correct, const TutorCourse& course, TimePoint now,
                 const NextItemRules& rules) {
  const SkillMastery& m = reason.mastery;
  const Text& skill = course.skill_name(m.skill);
  switch (reason.code) {
    case ReasonCode::PrerequisiteGap:
      return gap_text(m, skill, course.skill_name(reason.unlocks));
    case ReasonCode::PracticeZone:
      return practice_text(m, skill, p_correct);
    case ReasonCode::ReviewForgetting:
      return review_text(m, skill, now);
    case ReasonCode::ExploreNotEnoughEvidence:
      return explore_text(m, skill, rules.mastery);
    case ReasonCode::Stretch:
      return stretch_text(m, skill, p_correct);
    case ReasonCode::DueSoon:
      return due_text(reason, course, now);
    case ReasonCode::TeacherOrder:
      return order_text(
          m, skill, reason.passed_over.known() ? &course.skill_name(reason.passed_over) : nullptr);
    case ReasonCode::ExploreUncertain:
      return uncertain_text(m, skill, p_correct);
  }
  return {};
}

Text changed_choice_text(const Supposition& supposed, ItemId other, SkillId other_skill,
                         const TutorCourse& course) {
  const Text& skill = course.skill_name(supposed.skill);
  const Text& item = course.item_name(other);
  const Text& on = course.skill_name(other_skill);
  return {fmt::format("Had there been {} more {} {} on “{}”, the choice would have been “{}” ({}).",
                      supposed.answers, supposed.correct ? "right" : "wrong",
                      supposed.answers == 1 ? "answer" : "answers", skill.en, item.en, on.en),
          fmt::format("如果此前在“{}”上再多答{} {} 题，现在推荐的就会是“{}”（{}）。", skill.zh_cn,
                      supposed.correct ? "对" : "错", supposed.answers, item.zh_cn, on.zh_cn)};
}

Text unchanged_choice_text(SkillId skill, int most_answers, const TutorCourse& course) {
  const Text& name = course.skill_name(skill);
  return {most_answers == 1
              ? fmt::format("One more right or wrong answer on “{}” would not have changed the "
                            "choice.",
                            name.en)
              : fmt::format("Up to {} more right or wrong answers on “{}” would not have changed "
                            "the choice.",
                            most_answers, name.en),
          fmt::format("即使此前在“{}”上再多答对或答错 {} 题以内，推荐也不会改变。", name.zh_cn,
                      most_answers)};
}

}  // namespace meno
