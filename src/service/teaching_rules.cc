#include "service/teaching_rules.h"

#include <algorithm>
#include <array>
#include <set>
#include <span>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/iso_time.h"
#include "core/json.h"
#include "service/near_names.h"

namespace meno {
namespace {

constexpr int kLongestGap = 1000;

using Names = std::vector<std::string>;

/// The lists of names: what each is called, and where it is kept.
struct ListField {
  std::string_view name;
  Names TeachingRules::*list;
};
constexpr std::array<ListField, 5> kLists{{{"allowed_skills", &TeachingRules::allowed_skills},
                                           {"forbidden_skills", &TeachingRules::forbidden_skills},
                                           {"allowed_items", &TeachingRules::allowed_items},
                                           {"forbidden_items", &TeachingRules::forbidden_items},
                                           {"order", &TeachingRules::order}}};

Error wrong(std::string_view field, std::string_view expected) {
  return invalid_input(fmt::format("\"{}\" has the wrong value, expected {}", field, expected));
}

Result<Names> names_of(std::string_view field, const Json& value) {
  Names names;
  if (!value.is_array()) return wrong(field, "a list of ids");
  for (const Json& one : value) {
    if (!one.is_string() || one.get<std::string>().empty()) return wrong(field, "a list of ids");
    names.push_back(one.get<std::string>());
  }
  return names;
}

Result<std::vector<DueSkill>> due_of(const Json& value) {
  constexpr std::string_view kExpected = "a list of {\"skill_id\",\"due_at\"}";
  std::vector<DueSkill> due;
  if (!value.is_array()) return wrong("due", kExpected);
  for (const Json& one : value) {
    const bool whole = one.is_object() && one.size() == 2 && one.contains("skill_id") &&
                       one.contains("due_at") && one["skill_id"].is_string() &&
                       one["due_at"].is_string();
    if (!whole) return wrong("due", kExpected);
    MENO_TRY(const TimePoint at, parse_iso_time(one["due_at"].get<std::string>(), "due_at"));
    due.push_back({.skill_id = one["skill_id"].get<std::string>(), .at = at});
  }
  return due;
}

Result<Done> read_scalar(std::string_view field, const Json& value, TeachingRules& rules) {
  if (field == "repeat_gap" || field == "order_attempts") {
    if (!value.is_number_integer() || value < 1 || value > kLongestGap)
      return wrong(field, fmt::format("a whole number of answers, 1 to {}", kLongestGap));
    (field == "repeat_gap" ? rules.repeat_gap : rules.order_attempts) = value.get<int>();
    return Done{};
  }
  if (field == "target") {
    if (!value.is_number() || value < kLeastTarget || value > kMostTarget)
      return wrong(field, fmt::format("a success rate, {} to {}", kLeastTarget, kMostTarget));
    rules.target = value.get<double>();
    return Done{};
  }
  if (field == "exploration" || field == "resources") {
    if (!value.is_boolean()) return wrong(field, "true or false");
    (field == "exploration" ? rules.exploration : rules.resources) = value.get<bool>();
    return Done{};
  }
  return invalid_input(
      fmt::format("\"{}\" is not a known rule, expected one of: allowed_skills, "
                  "forbidden_skills, allowed_items, forbidden_items, order, due, repeat_gap, "
                  "target, exploration, resources, order_attempts",
                  field.substr(0, 40)));
}

Result<Done> read_field(std::string_view field, const Json& value, TeachingRules& rules) {
  for (const ListField& list : kLists) {
    if (list.name != field) continue;
    MENO_TRY(rules.*list.list, names_of(field, value));
    return Done{};
  }
  if (field == "due") {
    MENO_TRY(rules.due, due_of(value));
    return Done{};
  }
  // As they are told where nothing is set.
  constexpr std::array<std::string_view, 5> kMayBeNull = {"repeat_gap", "target", "exploration",
                                                          "resources", "order_attempts"};
  const bool may = std::find(kMayBeNull.begin(), kMayBeNull.end(), field) != kMayBeNull.end();
  if (may && value.is_null()) return Done{};
  return read_scalar(field, value, rules);
}

Error unknown(std::string_view field, std::string_view noun, const std::string& name,
              const Names& names) {
  const Names near = near_names(name, names, 5);
  return invalid_input(
      fmt::format("\"{}\" names the {} \"{}\", expected one of the course's {}{}{}", field, noun,
                  name, names.size(), near.empty() ? "" : "; near it: ", fmt::join(near, ", ")));
}

Result<std::vector<SkillId>> skills_of(std::string_view field, const Names& names,
                                       const LiveCourse& course) {
  std::vector<SkillId> skills;
  for (const std::string& name : names) {
    const std::optional<SkillId> skill = course.skill(name);
    if (skill) {
      skills.push_back(*skill);
      continue;
    }
    Names all;
    for (const SkillId one : course.skills()) all.push_back(course.skill_name(one));
    return unknown(field, "skill", name, all);
  }
  return skills;
}

Result<std::vector<ItemId>> items_of(std::string_view field, const Names& names,
                                     const LiveCourse& course) {
  std::vector<ItemId> items;
  for (const std::string& name : names) {
    const std::optional<ItemId> item = course.item(name);
    if (item) {
      items.push_back(*item);
      continue;
    }
    Names all;
    for (const StoredItem& one : course.stored().items) all.push_back(one.id);
    return unknown(field, "item", name, all);
  }
  return items;
}

/// The items that are left, and whose rules are being applied.
struct Left {
  std::vector<ItemId>& items;
  std::string_view whose;
};

/// Leaves the items that `keep` keeps. Errors: InvalidInput naming the rule when none is left.
template <class Keep>
Result<Done> leave(const Left& left, std::string_view rule, std::size_t named, Keep keep) {
  const std::size_t before = left.items.size();
  std::erase_if(left.items, [&keep](ItemId item) { return !keep(item); });
  if (!left.items.empty() || before == 0) return Done{};
  return invalid_input(
      fmt::format("the {}'s rule \"{}\" ({} named) takes away the last {} items that may be "
                  "recommended, expected rules that leave at least one",
                  left.whose, rule, named, before));
}

Result<Done> leave_by_skills(const Left& items, const TeachingRules& rules,
                             const LiveCourse& course) {
  MENO_TRY(const std::vector<SkillId> allowed,
           skills_of("allowed_skills", rules.allowed_skills, course));
  MENO_TRY(const std::vector<SkillId> forbidden,
           skills_of("forbidden_skills", rules.forbidden_skills, course));
  const std::set<SkillId> in(allowed.begin(), allowed.end());
  const std::set<SkillId> out(forbidden.begin(), forbidden.end());
  if (!in.empty()) {
    MENO_TRY_DONE(leave(items, "allowed_skills", in.size(), [&](ItemId item) {
      const auto skills = course.skills_of(item);
      return std::all_of(skills.begin(), skills.end(), [&](SkillId s) { return in.contains(s); });
    }));
  }
  return leave(items, "forbidden_skills", out.size(), [&](ItemId item) {
    const auto skills = course.skills_of(item);
    return std::none_of(skills.begin(), skills.end(), [&](SkillId s) { return out.contains(s); });
  });
}

Result<Done> leave_by_items(const Left& items, const TeachingRules& rules,
                            const LiveCourse& course) {
  MENO_TRY(const std::vector<ItemId> allowed,
           items_of("allowed_items", rules.allowed_items, course));
  MENO_TRY(const std::vector<ItemId> forbidden,
           items_of("forbidden_items", rules.forbidden_items, course));
  const std::set<ItemId> in(allowed.begin(), allowed.end());
  const std::set<ItemId> out(forbidden.begin(), forbidden.end());
  if (!in.empty()) {
    MENO_TRY_DONE(
        leave(items, "allowed_items", in.size(), [&](ItemId item) { return in.contains(item); }));
  }
  return leave(items, "forbidden_items", out.size(),
               [&](ItemId item) { return !out.contains(item); });
}

void set_date(DueDate& date, TimePoint at, SkillId skill) {
  if (date.at == kNoTime || at < date.at) date = {.at = at, .skill = skill};
}

Result<Done> add_dates(std::vector<DueDate>& dates, const TeachingRules& rules,
                       const LiveCourse& course) {
  if (!rules.due.empty()) dates.resize(course.tutor().graph().skills());
  for (const DueSkill& due : rules.due) {
    MENO_TRY(const std::vector<SkillId> skill, skills_of("due", {due.skill_id}, course));
    set_date(dates[skill.front().value], due.at, skill.front());
    for (const SkillId before : course.tutor().graph().ancestors(skill.front()))
      set_date(dates[before.value], due.at, skill.front());
  }
  return Done{};
}

}  // namespace

Result<TeachingRules> parse_rules(std::string_view json) {
  MENO_TRY(const Json document, parse_json(json, "the rules"));
  if (!document.is_object()) return invalid_input("the rules are no JSON object, expected one");
  TeachingRules rules;
  for (const auto& [field, value] : document.items()) {
    MENO_TRY_DONE(read_field(field, value, rules));
  }
  return rules;
}

Json rules_json(const TeachingRules& rules) {
  Json json = Json::object();
  for (const ListField& list : kLists) json[std::string(list.name)] = rules.*list.list;
  json["due"] = Json::array();
  for (const DueSkill& due : rules.due)
    json["due"].push_back({{"skill_id", due.skill_id}, {"due_at", iso_time(due.at)}});
  json["repeat_gap"] = rules.repeat_gap ? Json(*rules.repeat_gap) : Json();
  json["target"] = rules.target ? Json(*rules.target) : Json();
  json["exploration"] = rules.exploration ? Json(*rules.exploration) : Json();
  json["resources"] = rules.resources ? Json(*rules.resources) : Json();
  json["order_attempts"] = rules.order_attempts ? Json(*rules.order_attempts) : Json();
  return json;
}

Result<WorkRules> work_rules(const TeachingRules& of_course, const TeachingRules& of_student,
                             const LiveCourse& course) {
  WorkRules work;
  const auto all = course.tutor().practisable();
  work.items.assign(all.begin(), all.end());
  for (const TeachingRules* rules : {&of_course, &of_student}) {
    const std::string_view whose = rules == &of_course ? "course" : "student";
    MENO_TRY_DONE(leave_by_skills({work.items, whose}, *rules, course));
    MENO_TRY_DONE(leave_by_items({work.items, whose}, *rules, course));
    MENO_TRY_DONE(add_dates(work.due, *rules, course));
  }
  MENO_TRY(
      work.order,
      skills_of("order", of_student.order.empty() ? of_course.order : of_student.order, course));
  if (std::set<SkillId>(work.order.begin(), work.order.end()).size() != work.order.size())
    return invalid_input("\"order\" names a skill twice, expected each once");
  work.repeat_gap = of_student.repeat_gap ? of_student.repeat_gap : of_course.repeat_gap;
  work.target = of_student.target ? of_student.target : of_course.target;
  work.order_attempts =
      of_student.order_attempts ? of_student.order_attempts : of_course.order_attempts;
  work.exploration = of_student.exploration.value_or(of_course.exploration.value_or(false));
  return work;
}

}  // namespace meno
