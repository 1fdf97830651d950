#include "service/test_student.h"

#include <algorithm>
#include <istream>
#include <optional>
#include <ostream>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/json.h"
#include "core/stable_hash.h"
#include "service/test_dialogue.h"
#include "tutor/adaptive_test/exposure.h"
#include "tutor/adaptive_test/registry.h"

namespace meno {
namespace {

Result<std::vector<SkillId>> skills_named(const Course& course,
                                          std::span<const std::string> names) {
  std::vector<SkillId> skills;
  for (const std::string& name : names) {
    const auto skill = course.skills.find(name);
    if (!skill) return not_found(fmt::format("skill \"{}\" is not in the course", name));
    skills.push_back(*skill);
  }
  return skills;
}

/// Items with one of `skills`; all when there are none.
std::vector<ItemId> items_with(const Course& course, std::span<const SkillId> skills) {
  std::vector<ItemId> items;
  for (std::size_t i = 0; i < course.items.size(); ++i) {
    const auto& has = course.item_skills[i];
    const bool wanted = skills.empty() || std::any_of(skills.begin(), skills.end(), [&](SkillId s) {
                          return std::find(has.begin(), has.end(), s) != has.end();
                        });
    if (wanted) items.emplace_back(i);
  }
  return items;
}

AnswerSource source_of(const AnswerSheet& sheet) {
  return [&sheet](ItemId item) -> Result<std::optional<bool>> {
    for (const SheetAnswer& answer : sheet)
      if (answer.item == item) return std::optional(answer.correct);
    return std::optional<bool>();
  };
}

Result<Done> hold(TestSession& session, const AnswerSource& answer,
                  const std::function<double()>& elapsed_s) {
  while (const auto item = session.next(elapsed_s())) {
    MENO_TRY(const std::optional<bool> correct, answer(*item));
    if (!correct || interrupted())
      session.end();
    else
      session.answer(*correct);
  }
  return Done{};
}

/// For tests of this bank; nothing where no limit is set.
Result<std::optional<ExposureControl>> exposure_of(const GiveTest& ask, const Course& course,
                                                   const TestMethod& method, const IrtBank& irt,
                                                   std::span<const ItemId> bank) {
  std::optional<ExposureControl> control;
  if (ask.rules.exposure <= 0.0 || ask.rules.exposure >= 1.0 || bank.empty()) return control;
  const TestSetting setting{.course = course,
                            .method = method,
                            .irt = irt,
                            .bank = bank,
                            .rules = {.shortest = 0, .longest = ask.rules.longest}};
  MENO_TRY(control, calibrate_exposure(setting, {.most = ask.rules.exposure}, Rng(ask.seed)));
  return control;
}

std::string shown(const Text& text, bool chinese) { return chinese ? text.zh_cn : text.en; }

void add_parts(Json& document, const TestReport& report, const TestCourse& course, bool chinese) {
  document["skills"] = Json::array();
  for (const TestedSkill& skill : report.skills) {
    document["skills"].push_back({{"skill", course.course.skills.name(skill.skill)},
                                  {"name", shown(course.skill_names[skill.skill.value], chinese)},
                                  {"asked", skill.asked},
                                  {"right", skill.right},
                                  {"p_correct", skill.p_correct}});
  }
  document["items"] = Json::array();
  for (const TestedItem& item : report.items) {
    document["items"].push_back({{"item", course.course.items.name(item.item)},
                                 {"name", shown(course.item_names[item.item.value], chinese)},
                                 {"correct", item.correct},
                                 {"p_before", item.p_before},
                                 {"ability", item.after.mean},
                                 {"sd", item.after.sd}});
  }
}

Json document_of(const GiveTest& ask, const TestCourse& course, const TestReport& report) {
  std::size_t answers = 0;
  for (const AnswerSheet& sheet : course.others) answers += sheet.size();
  Json document{{"student", ask.course.student},
                {"course", course.course.name},
                {"simulated", course.simulated},
                {"selector", ask.selector},
                {"calibration",
                 {{"students", course.others.size()},
                  {"answers", answers},
                  {"items", course.course.items.size()}}},
                {"questions", report.items.size()},
                {"stopped", name_of(report.stopped)},
                {"stopped_text", shown(text_of(report.stopped), ask.chinese)},
                {"ability",
                 {{"mean", report.ability.mean},
                  {"sd", report.ability.sd},
                  {"low", report.low},
                  {"high", report.high}}},
                {"above_cut", report.above_cut ? Json(*report.above_cut) : Json(nullptr)}};
  if (ask.rules.cut && ask.rules.classify != Classify::Band)
    document["log_ratio"] = report.log_ratio;
  add_parts(document, report, course, ask.chinese);
  return document;
}

/// The student's latest `known` answers.
std::span<const SheetAnswer> known_of(const AnswerSheet& own, int known) {
  const std::size_t count = std::min(own.size(), static_cast<std::size_t>(std::max(known, 0)));
  return std::span(own).last(count);
}

}  // namespace

Result<Json> give_test(const GiveTest& ask, std::istream& in, std::ostream& out,
                       const std::function<double()>& elapsed_s) {
  MENO_TRY(const TestMethodEntry* const entry, find_test_method(ask.selector));
  MENO_TRY(const TestCourse course, load_test_course(ask.course));
  MENO_TRY(const std::vector<SkillId> skills, skills_named(course.course, ask.skills));
  std::vector<ItemId> bank = items_with(course.course, skills);
  AnswerSheet script;
  if (ask.scripted) {
    MENO_TRY(script, scripted_answers(course.course, in));
    std::erase_if(bank, [&](ItemId item) {
      return std::none_of(script.begin(), script.end(),
                          [&](const SheetAnswer& answer) { return answer.item == item; });
    });
  }
  MENO_TRY(const Calibrated calibrated, calibrate(course.course, course.others, {}, ask.seed));
  const auto method = entry->make(calibrated);
  MENO_TRY(const std::optional<ExposureControl> exposure,
           exposure_of(ask, course.course, *method, calibrated.irt, bank));
  const Rng drawn(mix64(StableHash().add(ask.course.student).value() + ask.seed));
  MENO_TRY(
      TestSession session,
      TestSession::begin(course.course, *method, std::move(bank), ask.rules, drawn,
                         {.irt = &calibrated.irt, .exposure = exposure ? &*exposure : nullptr}));
  session.know(known_of(course.own, ask.known));
  const AnswerSource answers =
      ask.scripted ? source_of(script) : spoken_answers(course, ask.chinese, in, out);
  MENO_TRY_DONE(hold(session, answers, elapsed_s));
  return document_of(ask, course, session.report());
}

}  // namespace meno
