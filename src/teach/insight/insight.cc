#include "teach/insight/insight.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "core/check.h"
#include "teach/insight/insight_text.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 4> kKinds{"struggling", "rapid_guessing", "idle", "absent"};

using Days = std::chrono::duration<double, std::ratio<86400>>;
using Minutes = std::chrono::duration<double, std::ratio<60>>;

// The rules of insight.h for one class at one moment. Each kind is one function.
class ClassView {
 public:
  ClassView(const SkillGraph& graph, std::span<const Text> names, TimePoint now,
            const InsightRules& rules)
      : graph_(graph), names_(names), now_(now), rules_(rules) {}

  void see(std::span<const ClassMember> members) {
    for (const ClassMember& member : members) {
      last_answer_ = std::max(last_answer_, member.record.last_at());
    }
  }

  std::optional<NeedsHelp> look_at(const ClassMember& member) const {
    if (auto found = struggling(member)) return found;
    if (auto found = rapid_guessing(member.record)) return found;
    if (auto found = idle(member.record)) return found;
    return absent(member.record);
  }

 private:
  bool recent(TimePoint at) const {
    return at == kNoTime || now_ == kNoTime || Days(now_ - at).count() <= rules_.recent_days;
  }

  // How badly a skill goes, > 0 if it does: distance below "weak", length of the losing streak, and
  // wheel-spinning, each worth about the same at its threshold.
  double trouble(const SkillMastery& mastery, const SkillRecord& record) const {
    if (mastery.state == MasteryState::NotEnoughEvidence || !recent(record.last_at)) return 0.0;
    if (mastery.state == MasteryState::Mastered) return 0.0;
    double sum = 0.0;
    if (mastery.state == MasteryState::Weak) sum += 1.0 + (1.0 - mastery.p_mastery);
    if (-record.streak >= rules_.wrong_streak) {
      sum += std::min(2.0, -record.streak / static_cast<double>(rules_.wrong_streak));
    }
    const bool spins =
        record.answers >= rules_.spinning_answers && mastery.p_mastery < rules_.spinning_below;
    if (spins) sum += 0.5;
    return sum;
  }

  std::optional<NeedsHelp> struggling(const ClassMember& member) const {
    double worst = 0.0;
    SkillId where;
    for (const SkillMastery& mastery : member.mastery) {
      const double here = trouble(mastery, member.record.skill(mastery.skill));
      if (here <= worst) continue;
      worst = here;
      where = mastery.skill;
    }
    if (!where.known()) return std::nullopt;
    const SkillId root = weak_root(where, member.mastery);
    const SkillRecord& record = member.record.skill(where);
    const Advice advice = struggling_advice(member.mastery[where.value], record,
                                            names_[where.value], names_[root.value]);
    return NeedsHelp{.kind = HelpKind::Struggling,
                     .skill = where,
                     .reason = advice.reason,
                     .suggestion = advice.suggestion,
                     .evidence_count = record.answers,
                     .urgency = worst};
  }

  // The first weak skill, in topological order, under `skill`; `skill` itself if there is none.
  SkillId weak_root(SkillId skill, std::span<const SkillMastery> mastery) const {
    if (graph_.skills() == 0) return skill;
    const auto ancestors = graph_.ancestors(skill);
    const auto weak = std::find_if(ancestors.begin(), ancestors.end(), [&](SkillId before) {
      return mastery[before.value].state == MasteryState::Weak;
    });
    return weak == ancestors.end() ? skill : *weak;
  }

  std::optional<NeedsHelp> rapid_guessing(const LearningRecord& record) const {
    const int guesses = record.recent_rapid_guesses();
    const int timed = record.recent_timed();
    if (guesses < rules_.rapid_least || guesses < rules_.rapid_share * timed) return std::nullopt;
    if (!recent(record.last_at())) return std::nullopt;
    const Advice advice = rapid_guessing_advice(guesses, timed);
    return NeedsHelp{.kind = HelpKind::RapidGuessing,
                     .reason = advice.reason,
                     .suggestion = advice.suggestion,
                     .evidence_count = static_cast<std::uint32_t>(timed),
                     .urgency = guesses / static_cast<double>(timed)};
  }

  std::optional<NeedsHelp> idle(const LearningRecord& record) const {
    if (record.last_at() == kNoTime || now_ == kNoTime) return std::nullopt;
    const double stopped = Minutes(now_ - record.last_at()).count();
    const bool class_works = Minutes(now_ - last_answer_).count() < rules_.idle_minutes;
    if (!class_works || stopped < rules_.idle_minutes || stopped > rules_.session_minutes) {
      return std::nullopt;
    }
    const Advice advice = idle_advice(static_cast<int>(stopped));
    return NeedsHelp{.kind = HelpKind::Idle,
                     .reason = advice.reason,
                     .suggestion = advice.suggestion,
                     .evidence_count = record.answers(),
                     .urgency = stopped};
  }

  std::optional<NeedsHelp> absent(const LearningRecord& record) const {
    if (last_answer_ == kNoTime || now_ == kNoTime) return std::nullopt;
    if (Days(now_ - last_answer_).count() >= rules_.absent_days) return std::nullopt;
    if (record.answers() > 0 && record.last_at() == kNoTime) return std::nullopt;
    std::optional<int> days;
    if (record.answers() > 0) {
      const double away = Days(now_ - record.last_at()).count();
      if (away < rules_.absent_days) return std::nullopt;
      days = static_cast<int>(away);
    }
    const Advice advice = absent_advice(days);
    return NeedsHelp{.kind = HelpKind::Absent,
                     .reason = advice.reason,
                     .suggestion = advice.suggestion,
                     .evidence_count = record.answers(),
                     .urgency = days ? *days : 1e9};
  }

  const SkillGraph& graph_;
  std::span<const Text> names_;
  TimePoint now_;
  const InsightRules& rules_;
  TimePoint last_answer_ = kNoTime;
};

}  // namespace

std::string_view name_of(HelpKind kind) { return kKinds[static_cast<std::size_t>(kind)]; }

std::vector<NeedsHelp> needs_help(std::span<const ClassMember> members, const SkillGraph& graph,
                                  std::span<const Text> skill_names, TimePoint now,
                                  const InsightRules& rules) {
  ClassView view(graph, skill_names, now, rules);
  view.see(members);
  std::vector<NeedsHelp> list;
  for (std::size_t m = 0; m < members.size(); ++m) {
    MENO_CHECK(members[m].mastery.size() == skill_names.size(), "a mastery of other skills");
    auto entry = view.look_at(members[m]);
    if (!entry) continue;
    entry->member = m;
    list.push_back(*std::move(entry));
  }
  std::stable_sort(list.begin(), list.end(), [](const NeedsHelp& a, const NeedsHelp& b) {
    return a.kind != b.kind ? a.kind < b.kind : a.urgency > b.urgency;
  });
  if (list.size() > rules.most)
    list.erase(list.begin() + static_cast<std::ptrdiff_t>(rules.most), list.end());
  return list;
}

std::vector<std::optional<double>> heat_map_row(std::span<const SkillMastery> mastery) {
  std::vector<std::optional<double>> row;
  row.reserve(mastery.size());
  for (const SkillMastery& skill : mastery) {
    const bool known = skill.state != MasteryState::NotEnoughEvidence;
    row.push_back(known ? std::optional(skill.p_mastery) : std::nullopt);
  }
  return row;
}

}  // namespace meno
