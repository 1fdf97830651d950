// meno recommend: the next items for one student, each with its reason.
#include <optional>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "cli/resource_json.h"
#include "cli/served.h"
#include "core/iso_time.h"
#include "core/json.h"
#include "http/encode_explanation.h"
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
          {"reason", reason_json(next.choice.reason, course)},
          {"resource",
           resource_json(next.resource ? std::optional(next.resource->suggested) : std::nullopt,
                         course)}};
}

/// As GET /v1/students/{id}/explanations answers it, less what the item says already.
Result<Json> explanation_of(Services& services, const RecommendNext& ask, const std::string& item) {
  MENO_TRY(const ItemExplanation explained, explain_item(services, {.course_id = ask.course_id,
                                                                    .student_id = ask.student_id,
                                                                    .item_id = item}));
  MENO_TRY(Json json, parse_json(explanation_json(explained, ask.student_id), "an explanation"));
  return Json{{"prediction", std::move(json["prediction"])},
              {"if_right", std::move(json["if_right"])},
              {"if_wrong", std::move(json["if_wrong"])}};
}

std::string prediction_text(const Json& prediction) {
  std::string text = fmt::format("   {}\n", prediction.at("text").at("en").get<std::string>());
  for (const char* division : {"by_evidence", "by_answer"}) {
    for (const Json& one : prediction.at(division)) {
      text += fmt::format("     {:+.2f}  {}\n", one.at("logit").get<double>(),
                          one.at("name").at("en").get<std::string>());
    }
    if (!prediction.at(division).empty()) text += "\n";
  }
  return text;
}

std::string text_of(const Json& document) {
  std::string text;
  int number = 0;
  for (const Json& item : document.at("items")) {
    text += fmt::format("{}. {}  ({:.0f} % likely right)\n   {}\n", ++number,
                        item.at("title").at("en").get<std::string>(),
                        100.0 * item.at("p_correct").get<double>(),
                        item.at("reason").at("text").at("en").get<std::string>());
    text += resource_line(item.at("resource"));
    if (item.contains("explanation"))
      text += prediction_text(item.at("explanation").at("prediction"));
  }
  return text.empty() ? "nothing to practise: the course has no items" : text;
}

}  // namespace

int recommend_command(int argc, const char* const* argv) {
  ServedArguments arguments;
  int count = 5;
  std::optional<double> target;
  bool explain = false;
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
  call.app().add_flag("--explain", explain,
                      "also what each prediction is made of (pieces that sum to the change of its "
                      "logit), and what a right or wrong answer would change");
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
        for (const NextItem& item : found.items) {
          document["items"].push_back(item_json(item, *found.course));
          if (!explain) continue;
          MENO_TRY(
              document["items"].back()["explanation"],
              explanation_of(*served.services, ask, found.course->item_name(item.choice.item)));
        }
        return document;
      },
      &text_of);
}

}  // namespace meno
