#include "tutor/irt/answer_sheet.h"

#include <map>
#include <unordered_set>

#include <fmt/format.h>

namespace meno {

AnswerSheet first_attempts(const Sequence& answers) {
  AnswerSheet sheet;
  std::unordered_set<ItemId> seen;
  for (std::size_t t = 0; t < answers.size(); ++t) {
    const Event event = answers[t];
    if (seen.insert(event.item).second) sheet.push_back({event.item, event.correct > 0.5F});
  }
  return sheet;
}

Result<Done> check_sheets(const Course& course, std::span<const AnswerSheet> sheets) {
  if (course.items.size() == 0)
    return invalid_input("the item bank is empty, expected at least one item");
  std::size_t answers = 0;
  std::size_t right = 0;
  for (const AnswerSheet& sheet : sheets) {
    answers += sheet.size();
    for (const SheetAnswer& answer : sheet) right += answer.correct ? 1 : 0;
  }
  if (answers == 0) return invalid_input("no answers to calibrate on, expected some");
  if (right == 0 || right == answers) {
    return invalid_input(fmt::format("all {} answers are {}, expected right and wrong ones",
                                     answers, right == 0 ? "wrong" : "right"));
  }
  return Done{};
}

ItemGroups item_groups(const Course& course) {
  ItemGroups groups;
  std::map<std::vector<SkillId>, std::uint32_t> known;
  for (std::size_t i = 0; i < course.items.size(); ++i) {
    const auto [row, fresh] =
        known.emplace(course.item_skills[i], static_cast<std::uint32_t>(known.size()));
    groups.of_item.push_back(row->second);
  }
  groups.count = known.size();
  return groups;
}

}  // namespace meno
