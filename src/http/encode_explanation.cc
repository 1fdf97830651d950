#include "http/encode_explanation.h"

#include "http/encode.h"

namespace meno {
namespace {

void write_head(JsonWriter& json, std::string_view student_id, const LiveCourse& course) {
  json.key("student_id").text(student_id).key("course_id").text(course.id());
  json.key("model_version").text(course.served().version);
  json.key("simulated").boolean(course.stored().simulated);
}

void write_contributions(JsonWriter& json, std::span<const Contribution> contributions) {
  json.begin_array();
  for (const Contribution& one : contributions) {
    json.begin_object().key("piece").text(one.piece).key("name").both(one.name);
    json.key("logit").number(one.logit).end_object();
  }
  json.end_array();
}

void write_telling(JsonWriter& json, const Explanation& explanation, const LiveCourse& course) {
  json.begin_array();
  for (const TellingAnswer& telling : explanation.telling) {
    json.begin_object().key("event_id").text(telling.attempt.event_id).key("item_id");
    json.text(telling.attempt.item.known()
                  ? std::string_view(course.item_name(telling.attempt.item))
                  : std::string_view());
    json.key("correct").boolean(telling.attempt.correct);
    json.key("answered_at").time(telling.attempt.at);
    json.key("logit").number(telling.logit).end_object();
  }
  json.end_array();
}

void write_prediction(JsonWriter& json, const Explanation& explanation, const LiveCourse& course) {
  json.begin_object().key("text").both(explanation.text);
  json.key("p_typical").number(explanation.p_typical).key("typical").number(explanation.typical);
  json.key("p_correct").number(explanation.p_correct).key("logit").number(explanation.logit);
  json.key("by_evidence");
  write_contributions(json, explanation.by_evidence);
  json.key("by_answer");
  write_contributions(json, explanation.by_answer);
  json.key("telling");
  write_telling(json, explanation, course);
  json.end_object();
}

void write_what_if(JsonWriter& json, const WhatIf& what, const LiveCourse& course) {
  json.begin_object().key("answers").integer(what.answers).key("correct").boolean(what.correct);
  json.key("p_before").number(what.p_before).key("p_after").number(what.p_after);
  json.key("mastery").begin_array();
  for (std::size_t k = 0; k < what.after.size(); ++k) {
    json.begin_object().key("skill_id").text(course.skill_name(what.after[k].skill));
    json.key("before").begin_object();
    write_band(json, what.before[k]);
    json.end_object().key("after").begin_object();
    write_band(json, what.after[k]);
    json.end_object().key("state").text(name_of(what.after[k].state)).end_object();
  }
  json.end_array().key("next");
  if (what.next.empty()) {
    json.null();
  } else {
    const Recommendation& next = what.next.front();
    json.begin_object().key("item_id").text(course.item_name(next.item));
    json.key("title").both(course.tutor().item_name(next.item));
    json.key("code").text(name_of(next.reason.code)).key("text").both(next.reason.text);
    json.end_object();
  }
  json.end_object();
}

}  // namespace

std::string explanation_json(const ItemExplanation& explained, std::string_view student_id) {
  const LiveCourse& course = *explained.course;
  JsonWriter json;
  json.begin_object();
  write_head(json, student_id, course);
  json.key("item").begin_object().key("id").text(course.item_name(explained.item));
  json.key("title").both(course.tutor().item_name(explained.item)).key("skills").begin_array();
  for (const SkillId skill : course.skills_of(explained.item)) json.text(course.skill_name(skill));
  json.end_array().end_object();
  json.key("recommended").text(course.item_name(explained.recommended)).key("reason");
  write_reason(json, explained.reason, course);
  json.key("prediction");
  write_prediction(json, explained.explanation, course);
  json.key("if_right");
  write_what_if(json, explained.if_right, course);
  json.key("if_wrong");
  write_what_if(json, explained.if_wrong, course);
  json.end_object();
  return json.take();
}

std::string what_if_json(const WhatIfReply& reply, std::string_view student_id) {
  JsonWriter json;
  json.begin_object();
  write_head(json, student_id, *reply.course);
  json.key("what_if");
  write_what_if(json, reply.what, *reply.course);
  json.end_object();
  return json.take();
}

}  // namespace meno
