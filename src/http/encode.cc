#include "http/encode.h"

namespace meno {
namespace {

void write_content(JsonWriter& json, const ItemContent& content) {
  json.begin_object().key("prompt").both(content.prompt);
  json.key("answer_kind").text(name_of(content.kind)).key("choices");
  if (content.choices.empty()) {
    json.null();
  } else {
    json.begin_array();
    for (const ItemChoice& choice : content.choices) {
      json.begin_object().key("id").text(choice.id).key("text").both(choice.text).end_object();
    }
    json.end_array();
  }
  json.key("hints").begin_array();
  for (const Text& hint : content.hints) json.both(hint);
  json.end_array().key("math").boolean(content.math).end_object();
}

}  // namespace

void write_item(JsonWriter& json, ItemId item, std::uint32_t variant,
                const std::optional<ItemContent>& content, const LiveCourse& course) {
  json.begin_object().key("id").text(course.item_name(item)).key("variant").integer(variant);
  json.key("title").both(course.tutor().item_name(item)).key("skills").begin_array();
  for (const SkillId skill : course.skills_of(item)) json.text(course.skill_name(skill));
  json.end_array().key("content");
  if (content) {
    write_content(json, *content);
  } else {
    json.null();
  }
  json.end_object();
}

void write_reason(JsonWriter& json, const Reason& reason, const LiveCourse& course) {
  json.begin_object().key("code").text(name_of(reason.code));
  json.key("skill_id").text(course.skill_name(reason.mastery.skill)).key("text").both(reason.text);
  write_band(json, reason.mastery);
  json.key("due_at").time(reason.due);
  json.key("answers_on_skill").integer(reason.mastery.answers).key("evidence").begin_array();
  for (const Attempt& attempt : reason.evidence) {
    json.begin_object().key("event_id").text(attempt.event_id).key("item_id");
    json.text(attempt.item.known() ? std::string_view(course.item_name(attempt.item))
                                   : std::string_view());
    json.key("correct").boolean(attempt.correct).key("answered_at").time(attempt.at).end_object();
  }
  json.end_array().key("counterfactual").both(reason.counterfactual).key("model").begin_object();
  const Run& run = *course.served().run;
  json.key("name").text(run.model_name).key("data_hash").text(run.data_hash);
  json.key("version").text(course.served().version).end_object().end_object();
}

void write_student(JsonWriter& json, const StoredStudent& student) {
  json.begin_object().key("id").text(student.id).key("display_name").text(student.display_name);
  json.key("simulated").boolean(student.simulated);
  json.key("answers").integer(static_cast<std::int64_t>(student.answers)).end_object();
}

void write_band(JsonWriter& json, const SkillMastery& mastery) {
  json.key("p_mastery")
      .number(mastery.p_mastery)
      .key("low")
      .number(mastery.low)
      .key("high")
      .number(mastery.high);
}

void write_belief(JsonWriter& json, const std::optional<BeliefBand>& band) {
  json.key("p_low");
  band ? json.number(band->low) : json.null();
  json.key("p_high");
  band ? json.number(band->high) : json.null();
}

namespace {

void write_example(JsonWriter& json, const std::optional<SolvedExample>& example) {
  json.key("example");
  if (!example) {
    json.null();
    return;
  }
  json.begin_object().key("prompt").both(example->content.prompt);
  json.key("right_answer").both(example->right_answer);
  json.key("explanation").both(example->explanation);
  json.key("math").boolean(example->content.math).end_object();
}

}  // namespace

void write_resource(JsonWriter& json, const std::optional<SuggestedResource>& suggested,
                    const std::optional<SolvedExample>& example, const LiveCourse& course) {
  if (!suggested) {
    json.null();
    return;
  }
  const Resource& resource = suggested->resource;
  json.begin_object().key("id").text(resource.id).key("kind").text(name_of(resource.kind));
  json.key("title").both(resource.title).key("minutes").number(resource.minutes);
  json.key("url");
  resource.url.empty() ? json.null() : json.text(resource.url);
  write_example(json, example);
  json.key("need").text(name_of(suggested->need));
  json.key("skill_id").text(course.skill_name(suggested->skill));
  json.key("text").both(suggested->text).end_object();
}

void write_recommendation(JsonWriter& json, const NextItem& next, const LiveCourse& course) {
  json.begin_object().key("item");
  write_item(json, next.choice.item, next.variant, next.content, course);
  json.key("p_correct").number(next.choice.p_correct);
  write_belief(json, next.band);
  json.key("reason");
  write_reason(json, next.choice.reason, course);
  json.key("resource");
  if (next.resource) {
    write_resource(json, next.resource->suggested, next.resource->example, course);
  } else {
    json.null();
  }
  json.end_object();
}

}  // namespace meno
