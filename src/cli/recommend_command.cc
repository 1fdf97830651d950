// meno recommend: the next items for one student, each with its reason.
#include <optional>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/served.h"
#include "core/iso_time.h"
#include "service/recommend_next.h"

namespace meno {
namespace {

Json both(const Text& text) { return {{"en", text.en}, {"zh-CN", text.zh_cn}}; }

Json reason_json(const Reason& reason, const LiveCourse& course) {
  Json json{{"code", name_of(reason.code)},
            {"skill_id", course.skill_name(reason.mastery.skill)},
            {"text", both(reason.text)},
            {"p_mastery", reason.mastery.p_mastery},
            {"low", reason.mastery.low},
            {"high", reason.mastery.high},
            {"due_at", reason.due == kNoTime ? Json() : Json(iso_time(reason.due))},
            {"answers_on_skill", reason.mastery.answers},
            {"evidence", Json::array()},
            {"counterfactual", both(reason.counterfactual)}};
  for (const Attempt& attempt : reason.evidence) {
    json["evidence"].push_back(
        {{"event_id", attempt.event_id},
         {"item_id", attempt.item.known() ? Json(course.item_name(attempt.item)) : Json()},
         {"correct", attempt.correct}});
  }
  return json;
}

Json item_json(const NextItem& next, const LiveCourse& course) {
  const ItemId item = next.choice.item;
  Json skills = Json::array();
  for (const SkillId skill : course.skills_of(item)) skills.push_back(course.skill_name(skill));
  return {{"item", course.item_name(item)},
          {"title", both(course.tutor().item_name(item))},
          {"variant", next.variant},
          {"skills", std::move(skills)},
          {"p_correct", next.choice.p_correct},
          {"score", next.choice.score},
          {"reason", reason_json(next.choice.reason, course)}};
}

std::string text_of(const Json& document) {
  std::string text;
  int number = 0;
  for (const Json& item : document.at("items")) {
    text += fmt::format("{}. {}  ({:.0f} % likely right)\n   {}\n", ++number,
                        item.at("title").at("en").get<std::string>(),
                        100.0 * item.at("p_correct").get<double>(),
                        item.at("reason").at("text").at("en").get<std::string>());
  }
  return text.empty() ? "nothing to practise: the course has no items" : text;
}

}  // namespace

int recommend_command(int argc, const char* const* argv) {
  ServedArguments arguments;
  int count = 5;
  std::optional<double> target;
  Served served;
  Invocation call("recommend", "The next items for one student, each with its reason.");
  add_served_options(call.app(), arguments);
  call.app()
      .add_option("--count", count, "how many")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  call.app().add_option("--target", target,
                        "what if this success rate were aimed at, .5 to .95 (default: what student "
                        "and teacher have set)");
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        MENO_TRY_DONE(open_served(arguments, served));
        const RecommendNext ask{.course_id = served.course,
                                .student_id = arguments.student,
                                .count = static_cast<std::size_t>(count),
                                .target = target};
        MENO_TRY(const Recommendations found, recommend_next(*served.services, ask));
        Json document{
            {"student", arguments.student},
            {"course", served.course},
            {"simulated", found.course->stored().simulated},
            {"model", {{"name", served.run.model_name}, {"data_hash", served.run.data_hash}}},
            {"target", found.target},
            {"items", Json::array()}};
        for (const NextItem& item : found.items)
          document["items"].push_back(item_json(item, *found.course));
        return document;
      },
      &text_of);
}

}  // namespace meno
