// meno plan: the path of one student to a goal within the minutes he has.
#include <algorithm>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/resource_json.h"
#include "cli/served.h"
#include "core/json.h"
#include "service/plan_for_student.h"

namespace meno {
namespace {

Json both(const Text& text) { return {{"en", text.en}, {"zh-CN", text.zh_cn}}; }

Json step_json(const StudentPath& path, const PathStop& stop) {
  return {{"skill", path.course->skill_name(stop.skill)},
          {"skill_name", both(path.course->tutor().skill_name(stop.skill))},
          {"item", path.course->item_name(stop.item)},
          {"p_correct", stop.expected.p_correct},
          {"minutes", stop.expected.seconds / 60.0},
          {"p_after", stop.expected.p_after},
          {"resource", resource_json(stop.resource, *path.course)}};
}

Json to_json(const StudentPath& path, const ServedArguments& arguments, const PlanForStudent& ask,
             const Run& run) {
  const PlannedPath& planned = path.planned;
  Json document{{"student", arguments.student},
                {"course", path.course->stored().id},
                {"simulated", path.course->stored().simulated},
                {"goal", path.course->skill_name(path.goal)},
                {"goal_name", both(path.course->tutor().skill_name(path.goal))},
                {"minutes", ask.minutes},
                {"answers", path.answers},
                {"p_start", planned.start},
                {"p_end", planned.end},
                {"p_end_low", std::max(0.0, planned.end - 1.2816 * planned.end_sd)},
                {"p_end_high", std::min(1.0, planned.end + 1.2816 * planned.end_sd)},
                {"mastery_at", ask.mastery_at},
                {"reached", path.reached},
                {"minutes_planned", planned.seconds / 60.0},
                {"minutes_needed",
                 path.minutes_needed > 0.0 || path.reached ? Json(path.minutes_needed) : Json()},
                {"learning_rates", path.fitted_on > 0
                                       ? fmt::format("of {} students of the course", path.fitted_on)
                                       : "general: fewer than 30 students have answered"},
                {"model", {{"name", run.model_name}, {"data_hash", run.data_hash}}},
                {"steps", Json::array()},
                {"without_items", Json::array()}};
  for (const PathStop& stop : path.stops) document["steps"].push_back(step_json(path, stop));
  for (const SkillId skill : path.missing)
    document["without_items"].push_back(path.course->skill_name(skill));
  return document;
}

std::string step_text(const Json& step, std::size_t number, std::size_t times) {
  return fmt::format("  {:>3}. {}{}  {:.0f} % likely right, then {:.0f} %\n", number,
                     step.at("skill_name").at("en").get<std::string>(),
                     times > 1 ? fmt::format(" × {}", times) : "",
                     100.0 * step.at("p_correct").get<double>(),
                     100.0 * step.at("p_after").get<double>());
}

std::string end_text(const Json& document) {
  const double needed = document.at("minutes_needed").is_number()
                            ? document.at("minutes_needed").get<double>()
                            : -1.0;
  if (document.at("reached").get<bool>()) return "the goal is expected to be reached\n";
  if (needed < 0.0) return "the goal is not expected to be reached within 1,000 answers\n";
  return fmt::format("the goal is expected to take {:.0f} minutes\n", needed);
}

std::string text_of(const Json& document) {
  std::string text =
      fmt::format("{}: {} answers so far, P(right) on {} is {:.0f} %\n",
                  document.at("student").get<std::string>(), document.at("answers").get<int>(),
                  document.at("goal_name").at("en").get<std::string>(),
                  100.0 * document.at("p_start").get<double>());
  const Json& steps = document.at("steps");
  for (std::size_t k = 0; k < steps.size();) {
    std::size_t end = k + 1;
    while (end < steps.size() && steps[end].at("skill") == steps[k].at("skill")) ++end;
    text += resource_line(steps[k].at("resource")) + step_text(steps[k], k + 1, end - k);
    k = end;
  }
  text += fmt::format("after {:.0f} minutes {:.0f} % [{:.0f}, {:.0f}]; ",
                      document.at("minutes_planned").get<double>(),
                      100.0 * document.at("p_end").get<double>(),
                      100.0 * document.at("p_end_low").get<double>(),
                      100.0 * document.at("p_end_high").get<double>());
  return text + end_text(document) +
         "plan again after some answers: the path changes with what they show";
}

}  // namespace

int plan_command(int argc, const char* const* argv) {
  ServedArguments arguments;
  PlanForStudent ask;
  std::string goal;
  Served served;
  Invocation call("plan", "The path of one student to a goal within the minutes there are.");
  add_served_options(call.app(), arguments);
  call.app().add_option("--goal", goal, "a skill's id or name")->required();
  call.app().add_option("--minutes", ask.minutes, "there are; 0: no limit")->capture_default_str();
  call.app().add_option("--steps", ask.steps, "answers at most")->capture_default_str();
  call.app()
      .add_option("--mastery", ask.mastery_at, "P(right) on the goal that counts as reached")
      ->capture_default_str();
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        MENO_TRY_DONE(open_served(arguments, served));
        ask.course_id = served.course;
        ask.student_id = arguments.student;
        ask.goal = goal;
        MENO_TRY(const StudentPath path, plan_for_student(*served.services, ask));
        return to_json(path, arguments, ask, served.run);
      },
      &text_of);
}

}  // namespace meno
