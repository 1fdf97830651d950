#include "service/worked_examples.h"

#include <algorithm>

#include <fmt/format.h>

#include "service/course_resources.h"

namespace meno {
namespace {

constexpr double kMinutes = 3.0;

CourseResource example_of(const BankSkill& skill, const BankItem& item) {
  CourseResource made{.resource = {}, .skill_ids = {skill.id}};
  made.resource.id = fmt::format("example.{}", skill.id);
  made.resource.kind = ResourceKind::WorkedExample;
  made.resource.title = {fmt::format("{}, solved", skill.name.en),
                         fmt::format("{}：例题", skill.name.zh_cn)};
  made.resource.minutes = kMinutes;
  made.resource.item = item.id;
  return made;
}

}  // namespace

StoredSetting worked_examples(const ItemBank& bank, TimePoint now) {
  std::vector<CourseResource> resources;
  for (const BankSkill& skill : bank.skills()) {
    const auto item =
        std::find_if(bank.items().begin(), bank.items().end(),
                     [&skill](const BankItem& one) { return one.skills.front() == skill.id; });
    if (item != bank.items().end()) resources.push_back(example_of(skill, *item));
  }
  return {.course_id = bank.course_id(),
          .student_id = "",
          .name = std::string(kResourcesSetting),
          .document = resources_json(resources).dump(),
          .changed_at = now};
}

}  // namespace meno
