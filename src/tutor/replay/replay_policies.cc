// To add a policy to replay: write how it chooses, add its row.
#include "tutor/replay/replay_policies.h"

#include <algorithm>
#include <array>

namespace meno {
namespace {

/// Items of a skill that the ranking chooses among; as many as an exercise set offers.
constexpr std::size_t kItemsPerSkill = 5;

std::vector<double> all_on(std::size_t choice, std::size_t choices) {
  std::vector<double> p(choices, 0.0);
  p[choice] = 1.0;
  return p;
}

std::vector<double> as_logged(const ReplayMoment& moment) {
  std::vector<double> p;
  for (const SkillChoice& choice : moment.choices) p.push_back(choice.p_logged);
  return p;
}

std::vector<double> at_random(const ReplayMoment& moment) {
  return std::vector<double>(moment.choices.size(),
                             1.0 / static_cast<double>(moment.choices.size()));
}

/// The skill that the student has answered worst, two answers at others' rate imagined.
std::vector<double> weakest(const ReplayMoment& moment) {
  const auto level = [&](const SkillChoice& choice) {
    const SkillRecord& record = moment.record.skill(choice.skill);
    return (record.right + 2.0 * choice.rate) / (record.answers + 2.0);
  };
  const auto least = std::min_element(
      moment.choices.begin(), moment.choices.end(),
      [&](const SkillChoice& a, const SkillChoice& b) { return level(a) < level(b); });
  return all_on(static_cast<std::size_t>(least - moment.choices.begin()), moment.choices.size());
}

/// The skill of the item that next_items() ranks first.
std::vector<double> ranked(const ReplayMoment& moment) {
  std::vector<ItemId> items;
  std::vector<std::size_t> choice_of;
  for (std::size_t k = 0; k < moment.choices.size(); ++k) {
    std::size_t taken = 0;
    for (const Target& probe : moment.course.probes().of(moment.choices[k].skill)) {
      if (taken++ == kItemsPerSkill) break;
      items.push_back(probe.item);
      choice_of.push_back(k);
    }
  }
  if (items.empty()) return as_logged(moment);
  const NextItemRules rules;
  const SupposedRecord record(moment.record);
  const Snapshot student{.tracker = moment.tracker, .record = record, .now = kNoTime};
  const Candidates candidates(items, moment.course, moment.record, rules);
  Ranking ranking(student, moment.course, candidates, rules);
  return all_on(choice_of[ranking.best(1).front().candidate], moment.choices.size());
}

constexpr std::array kPolicies{
    ReplayPolicyEntry{"logged", "as the records choose", &as_logged},
    ReplayPolicyEntry{"meno", "the skill of the item that Meno ranks first", &ranked},
    ReplayPolicyEntry{"greedy", "the skill answered worst so far", &weakest},
    ReplayPolicyEntry{"random", "any skill that the records might choose", &at_random},
};

}  // namespace

std::span<const ReplayPolicyEntry> replay_policies() { return kPolicies; }

}  // namespace meno
