#include "tutor/mastery/probes.h"

#include <algorithm>
#include <numeric>

namespace meno {
namespace {

// What the model expects of a student it knows nothing of, per item, [I].
std::vector<double> easiness(const Course& course, const OnlineModel& model) {
  std::vector<Target> targets;
  targets.reserve(course.items.size());
  for (std::size_t i = 0; i < course.items.size(); ++i) {
    targets.push_back({.item = ItemId(i), .skills = course.skills_of(ItemId(i))});
  }
  std::vector<double> p_correct(targets.size());
  model.new_student()->p_correct(targets, p_correct);
  return p_correct;
}

// `wanted` of `items`, at the middles of equal stretches of the list sorted by easiness.
void append_spread(std::vector<ItemId> items, std::size_t wanted,
                   const std::vector<double>& p_correct, std::vector<ItemId>& out) {
  std::sort(items.begin(), items.end(), [&p_correct](ItemId a, ItemId b) {
    const double p_a = p_correct[a.value];
    const double p_b = p_correct[b.value];
    return p_a != p_b ? p_a < p_b : a < b;
  });
  const std::size_t count = std::min(wanted, items.size());
  for (std::size_t k = 0; k < count; ++k) {
    out.push_back(items[(2 * k + 1) * items.size() / (2 * count)]);
  }
}

}  // namespace

Probes::Probes(const Course& course, const OnlineModel& model, std::size_t per_skill) {
  const std::vector<double> p_correct = easiness(course, model);
  const std::size_t skills = course.skills.size();
  std::vector<std::vector<ItemId>> alone(skills);   // items of this one skill
  std::vector<std::vector<ItemId>> shared(skills);  // items of several
  for (std::size_t i = 0; i < course.items.size(); ++i) {
    const auto of_item = course.skills_of(ItemId(i));
    for (const SkillId skill : of_item) {
      (of_item.size() == 1 ? alone : shared)[skill.value].emplace_back(i);
    }
  }
  begin_.push_back(0);
  for (std::size_t s = 0; s < skills; ++s) {
    std::vector<ItemId> chosen;
    append_spread(std::move(alone[s]), per_skill, p_correct, chosen);
    append_spread(std::move(shared[s]), per_skill - chosen.size(), p_correct, chosen);
    for (const ItemId item : chosen) {
      targets_.push_back({.item = item, .skills = course.skills_of(item)});
    }
    begin_.push_back(static_cast<std::uint32_t>(targets_.size()));
  }
}

}  // namespace meno
