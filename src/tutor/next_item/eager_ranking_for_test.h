// The ranking of next_item.h worked out for every candidate, one formula after the other: slow, and
// the oracle of the lazy one. For tests only.
#pragma once

#include <algorithm>
#include <cmath>
#include <vector>

#include "tutor/next_item/ranking.h"

namespace meno {

class EagerRanking {
 public:
  EagerRanking(const Snapshot& student, const TutorCourse& course, const NextItemRules& rules,
               const FeedbackRecord& feedback = {})
      : student_(student), course_(course), rules_(rules), feedback_(feedback) {
    const Probes& probes = course.probes();
    for (std::size_t s = 0; s < probes.skills(); ++s) {
      std::vector<double> p;
      for (const Target& probe : probes.of(SkillId(s))) p.push_back(p_correct(probe.item));
      mastery_.push_back(
          mastery_from(SkillId(s), p, record(SkillId(s)), student.now, rules.mastery));
    }
  }

  std::vector<ScoredItem> best(std::span<const ItemId> candidates, std::size_t count) const {
    std::vector<ScoredItem> left;
    for (std::size_t c = 0; c < candidates.size(); ++c) left.push_back(scored(candidates[c], c));
    std::vector<double> factor;
    for (std::size_t s = 0; s < mastery_.size(); ++s)
      factor.push_back(feedback_.interest(SkillId(s)));
    std::vector<ScoredItem> taken;
    while (taken.size() < count && !left.empty()) {
      const auto now = [&](const ScoredItem& item) {
        return item.score * factor[item.focus.value];
      };
      const auto first = std::max_element(
          left.begin(), left.end(),
          [&](const ScoredItem& a, const ScoredItem& b) { return now(a) < now(b); });
      taken.push_back(*first);
      taken.back().score = now(*first);
      factor[first->focus.value] *= 0.5;
      left.erase(first);
    }
    return taken;
  }

  Motive motive(SkillId skill) const {
    const SkillMastery& here = mastery_[skill.value];
    const DueDate due = rules_.due.empty() ? DueDate() : rules_.due[skill.value];
    if (due.at != kNoTime && here.state != MasteryState::Mastered) {
      const double days =
          std::chrono::duration<double, std::ratio<86400>>(due.at - student_.now).count();
      if (std::abs(days) <= 14.0) {
        return {.code = ReasonCode::DueSoon,
                .value = 1.0 + (1.0 - std::max(0.0, days) / 14.0),
                .unlocks = due.skill,
                .due = due.at};
      }
    }
    if (here.state == MasteryState::NotEnoughEvidence) {
      return {.code = ReasonCode::ExploreNotEnoughEvidence, .value = 0.5 + 0.05 * here.answers};
    }
    const Motive practice{.code = ReasonCode::PracticeZone,
                          .value = 0.6 + 0.3 * (1.0 - here.p_mastery)};
    if (here.state == MasteryState::Weak) {
      for (const SkillId after : course_.graph().dependents(skill)) {
        if (!waits(after, skill)) continue;
        return {.code = ReasonCode::PrerequisiteGap, .value = 1.0, .unlocks = after};
      }
      return practice;
    }
    const Motive otherwise = here.state == MasteryState::Mastered
                                 ? Motive{.code = ReasonCode::Stretch, .value = 0.2}
                                 : practice;
    const double left = recall(record(skill), student_.now);
    const double review = 0.4 + 0.6 * (1.0 - left);
    if (left >= rules_.review_recall || review <= otherwise.value) return otherwise;
    return {.code = ReasonCode::ReviewForgetting, .value = review};
  }

 private:
  const SkillRecord& record(SkillId skill) const { return student_.record.skill(skill); }
  MasteryState state(SkillId skill) const { return mastery_[skill.value].state; }

  double p_correct(ItemId item) const {
    const Target target{
        .item = item, .skills = course_.course().skills_of(item), .at = student_.now};
    double p = 0.0;
    student_.tracker.p_correct({&target, 1}, {&p, 1});
    return p;
  }

  bool waits(SkillId after, SkillId weak) const {
    if (state(after) == MasteryState::Mastered) return false;
    if (record(after).answers > 0) return true;
    const auto before = course_.graph().prerequisites(after);
    return std::all_of(before.begin(), before.end(), [&](SkillId other) {
      return other == weak || state(other) == MasteryState::Learning ||
             state(other) == MasteryState::Mastered;
    });
  }

  double readiness(SkillId skill) const {
    double least = 1.0;
    const bool copes = 2 * record(skill).right > record(skill).answers;
    for (const SkillId before : course_.graph().prerequisites(skill)) {
      if (state(before) == MasteryState::Weak) least = std::min(least, 0.25);
      if (state(before) == MasteryState::NotEnoughEvidence && !copes) least = std::min(least, 0.8);
    }
    return least;
  }

  double variety(SkillId skill) const {
    if (record(skill).last_answer != student_.record.real().answers()) return 1.0;
    return record(skill).run <= 2 ? 1.0 : std::pow(0.8, record(skill).run - 2);
  }

  double freshness(ItemId item) const {
    const ItemRecord& met = student_.record.real().item(item);
    const double wanted = feedback_.freshness(item);
    if (met.times == 0) return wanted;
    const double since = static_cast<double>(student_.record.real().answers() - met.last_answer);
    return std::min(wanted, std::clamp(since / std::max(1, rules_.repeat_gap), 0.02, 1.0));
  }

  ScoredItem scored(ItemId item, std::size_t candidate) const {
    const auto skills = course_.course().skills_of(item);
    SkillId focus = skills.front();
    double ready = 1.0;
    for (const SkillId skill : skills) {
      ready = std::min(ready, readiness(skill));
      if (mastery_[skill.value].p_mastery < mastery_[focus.value].p_mastery) focus = skill;
    }
    const Motive why = motive(focus);
    const double p = p_correct(item);
    const double target = why.code == ReasonCode::Stretch ? rules_.stretch_target : rules_.target;
    const double wide = why.code == ReasonCode::ExploreNotEnoughEvidence ? 2.0 : 1.0;
    const double off = (p - target) / (rules_.width * wide);
    const double fit = 1.0 / (1.0 + off * off);
    return {.candidate = candidate,
            .p_correct = p,
            .score = why.value * fit * ready * freshness(item) * variety(focus),
            .focus = focus};
  }

  Snapshot student_;
  const TutorCourse& course_;
  const NextItemRules& rules_;
  const FeedbackRecord feedback_;
  std::vector<SkillMastery> mastery_;  // [S]
};

}  // namespace meno
