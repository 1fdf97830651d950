#include "http/schemas.h"

#include <array>

namespace meno {
namespace {

constexpr std::array kSchemas = {
    Schema{"Error",
           R"({"type":"object","additionalProperties":false,"required":["error"],"properties":{
      "error":{"type":"object","additionalProperties":false,"required":["kind","message"],"properties":{
        "kind":{"type":"string","enum":["invalid_input","unauthenticated","forbidden","not_found","conflict","unavailable","internal"]},
        "message":{"type":"string","minLength":1}}}}})"},
    Schema{"Text",
           R"({"type":"object","additionalProperties":false,"required":["en","zh-CN"],"properties":{
      "en":{"type":"string"},"zh-CN":{"type":"string"}}})"},
    Schema{
        "Band",
        R"({"type":"object","additionalProperties":false,"required":["p_mastery","low","high"],"properties":{
      "p_mastery":{"type":"number","minimum":0,"maximum":1},
      "low":{"type":"number","minimum":0,"maximum":1},
      "high":{"type":"number","minimum":0,"maximum":1}}})"},
    Schema{"Health", R"({"type":"object","additionalProperties":false,
      "required":["status","version","run","adapt","own_models","students","answers"],"properties":{
      "status":{"type":"string","enum":["ok"]},"version":{"type":"string"},
      "run":{"type":"object","additionalProperties":false,"required":["model","learner","data_hash","version","simulated"],"properties":{
        "model":{"type":"string"},"learner":{"type":"string"},"data_hash":{"type":"string"},"version":{"type":"string"},"simulated":{"type":"boolean"}}},
      "adapt":{"type":"string","enum":["auto","off"]},
      "own_models":{"type":"integer","minimum":0,"description":"courses in use whose model is another than the run that the server was given"},
      "students":{"type":"integer","minimum":0},"answers":{"type":"integer","minimum":0}}})"},
    Schema{"ModelList",
           R"({"type":"object","additionalProperties":false,"required":["models"],"properties":{
      "models":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["name","summary","source"],"properties":{
        "name":{"type":"string"},"summary":{"type":"string"},"source":{"type":"string"}}}}}})"},
    Schema{"OpenApi",
           R"({"type":"object","required":["openapi","info","paths","components"],"properties":{
      "openapi":{"type":"string"}}})"},
    Schema{"CourseList",
           R"({"type":"object","additionalProperties":false,"required":["courses"],"properties":{
      "courses":{"type":"array","items":{"$ref":"#/components/schemas/Course"}}}})"},
    Schema{"Course", R"({"type":"object","additionalProperties":false,
      "required":["id","name","skills","items","students","simulated","has_content"],"properties":{
      "id":{"type":"string"},"name":{"$ref":"#/components/schemas/Text"},
      "skills":{"type":"integer","minimum":0},"items":{"type":"integer","minimum":0},
      "students":{"type":"integer","minimum":0},"simulated":{"type":"boolean"},"has_content":{"type":"boolean"}}})"},
    Schema{"SkillList",
           R"({"type":"object","additionalProperties":false,"required":["skills"],"properties":{
      "skills":{"type":"array","items":{"$ref":"#/components/schemas/Skill"}}}})"},
    Schema{
        "Skill",
        R"({"type":"object","additionalProperties":false,"required":["id","name","strand","prerequisites"],"properties":{
      "id":{"type":"string"},"name":{"$ref":"#/components/schemas/Text"},
      "strand":{"anyOf":[{"$ref":"#/components/schemas/Text"},{"type":"null"}]},
      "prerequisites":{"type":"array","items":{"type":"string"}}}})"},
    Schema{
        "ItemList",
        R"({"type":"object","additionalProperties":false,"required":["items","total"],"properties":{
      "items":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["id","skills","title"],"properties":{
        "id":{"type":"string"},"skills":{"type":"array","items":{"type":"string"}},
        "title":{"$ref":"#/components/schemas/Text"}}}},
      "total":{"type":"integer","minimum":0}}})"},
    Schema{"StudentList",
           R"({"type":"object","additionalProperties":false,"required":["students"],"properties":{
      "students":{"type":"array","items":{"$ref":"#/components/schemas/Student"}}}})"},
    Schema{"Student", R"({"type":"object","additionalProperties":false,
      "required":["id","display_name","simulated","answers"],"properties":{
      "id":{"type":"string"},"display_name":{"type":"string"},"simulated":{"type":"boolean"},
      "answers":{"type":"integer","minimum":0}}})"},
    Schema{
        "StudentRequest",
        R"({"type":"object","additionalProperties":false,"required":["display_name"],"properties":{
      "id":{"type":"string","minLength":1,"maxLength":200},
      "display_name":{"type":"string","minLength":1,"maxLength":200},
      "class_id":{"type":"string","minLength":1,"maxLength":200,"description":"which of the caller's classes to join; may be left out where there is only one"}}})"},
    Schema{
        "SignInRequest",
        R"({"type":"object","additionalProperties":false,"required":["account_id","password"],"properties":{
      "account_id":{"type":"string","minLength":1,"maxLength":200},
      "password":{"type":"string","minLength":1,"maxLength":1000}}})"},
    Schema{"AccountRequest",
           R"({"type":"object","additionalProperties":false,"required":["id","role"],"properties":{
      "id":{"type":"string","minLength":1,"maxLength":200,"description":"the name to sign in with"},
      "role":{"type":"string","enum":["student","teacher","school_admin","platform_admin"]},
      "display_name":{"type":"string","minLength":1,"maxLength":200},
      "school_id":{"type":"string","minLength":1,"maxLength":200},
      "student_id":{"type":"string","minLength":1,"maxLength":200,"description":"whose record a student's account opens; its id when left out"},
      "course_id":{"type":"string","minLength":1,"maxLength":200,"description":"enrol the student here first"},
      "class_id":{"type":"string","minLength":1,"maxLength":200,"description":"a class of the school to join"},
      "password":{"type":"string","minLength":8,"maxLength":200,"description":"made when left out"}}})"},
    Schema{
        "NewAccount",
        R"({"type":"object","additionalProperties":false,"required":["id","password"],"properties":{
      "id":{"type":"string"},"password":{"type":["string","null"],"description":"the one that was made"}}})"},
    Schema{
        "KeyRequest",
        R"({"type":"object","additionalProperties":false,"required":["id","scopes"],"properties":{
      "id":{"type":"string","minLength":1,"maxLength":200},
      "scopes":{"type":"string","minLength":1,"maxLength":200,"description":"separated by commas"},
      "school_id":{"type":"string","minLength":1,"maxLength":200,"description":"only for this school's classes"},
      "days":{"type":"integer","minimum":0,"maximum":36500,"description":"until it expires; 0 is never"}}})"},
    Schema{
        "NewKey",
        R"({"type":"object","additionalProperties":false,"required":["id","key","scopes"],"properties":{
      "id":{"type":"string"},"key":{"type":"string"},"scopes":{"type":"string"}}})"},
    Schema{"Named",
           R"({"type":"object","additionalProperties":false,"required":["id"],"properties":{
      "id":{"type":"string"}}})"},
    Schema{"Session", R"({"type":"object","additionalProperties":false,
      "required":["mode","account_id","role","display_name","student_id","expires_at"],"properties":{
      "mode":{"type":"string","enum":["open","accounts"],"description":"open: nobody is asked who they are"},
      "account_id":{"type":["string","null"]},
      "role":{"anyOf":[{"type":"null"},{"type":"string","enum":["student","teacher","school_admin","platform_admin"]}]},
      "display_name":{"type":["string","null"]},
      "student_id":{"type":["string","null"],"description":"whom a student's account acts for"},
      "expires_at":{"type":["string","null"]}}})"},
    Schema{
        "StudentMastery",
        R"({"type":"object","additionalProperties":false,"required":["student_id","course_id","model_version","skills"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},"model_version":{"type":"string"},
      "skills":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["skill_id","p_mastery","low","high","p_low","p_high","answers","last_answered_at","state"],"properties":{
        "skill_id":{"type":"string"},"p_mastery":{"type":"number","minimum":0,"maximum":1},
        "low":{"type":"number","minimum":0,"maximum":1},"high":{"type":"number","minimum":0,"maximum":1},
        "p_low":{"type":["number","null"],"minimum":0,"maximum":1,"description":"80 % band of p_mastery under the model's posterior; null for a run without one"},
        "p_high":{"type":["number","null"],"minimum":0,"maximum":1},
        "answers":{"type":"integer","minimum":0},"last_answered_at":{"type":["string","null"]},
        "state":{"type":"string","enum":["mastered","learning","weak","not_enough_evidence"]}}}}}})"},
    Schema{"RecommendationList", R"({"type":"object","additionalProperties":false,
      "required":["student_id","course_id","model_version","recommendations"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},"model_version":{"type":"string"},
      "recommendations":{"type":"array","items":{"$ref":"#/components/schemas/Recommendation"}}}})"},
    Schema{
        "Recommendation",
        R"({"type":"object","additionalProperties":false,"required":["item","p_correct","p_low","p_high","reason"],"properties":{
      "item":{"$ref":"#/components/schemas/Item"},
      "p_correct":{"type":"number","minimum":0,"maximum":1},
      "p_low":{"type":["number","null"],"minimum":0,"maximum":1,"description":"80 % band of p_correct under the model's posterior; null for a run without one"},
      "p_high":{"type":["number","null"],"minimum":0,"maximum":1},
      "reason":{"$ref":"#/components/schemas/Reason"}}})"},
    Schema{
        "Item",
        R"({"type":"object","additionalProperties":false,"required":["id","variant","title","skills","content"],"properties":{
      "id":{"type":"string"},"variant":{"type":"integer","minimum":0},"title":{"$ref":"#/components/schemas/Text"},
      "skills":{"type":"array","items":{"type":"string"}},
      "content":{"anyOf":[{"$ref":"#/components/schemas/ItemContent"},{"type":"null"}]}}})"},
    Schema{"ItemContent", R"({"type":"object","additionalProperties":false,
      "required":["prompt","answer_kind","choices","hints","math"],"properties":{
      "prompt":{"$ref":"#/components/schemas/Text"},
      "answer_kind":{"type":"string","enum":["choice","number"]},
      "choices":{"anyOf":[{"type":"null"},{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["id","text"],"properties":{"id":{"type":"string"},"text":{"$ref":"#/components/schemas/Text"}}}}]},
      "hints":{"type":"array","items":{"$ref":"#/components/schemas/Text"}},"math":{"type":"boolean"}}})"},
    Schema{"Reason", R"({"type":"object","additionalProperties":false,
      "required":["code","skill_id","text","p_mastery","low","high","answers_on_skill","evidence","counterfactual","model"],
      "properties":{
      "code":{"type":"string","enum":["prerequisite_gap","practice_zone","review_forgetting","explore_not_enough_evidence","stretch"]},
      "skill_id":{"type":"string"},"text":{"$ref":"#/components/schemas/Text"},
      "p_mastery":{"type":"number","minimum":0,"maximum":1},"low":{"type":"number","minimum":0,"maximum":1},
      "high":{"type":"number","minimum":0,"maximum":1},"answers_on_skill":{"type":"integer","minimum":0},
      "evidence":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["event_id","item_id","correct","answered_at"],"properties":{
        "event_id":{"type":"string"},"item_id":{"type":"string"},"correct":{"type":"boolean"},
        "answered_at":{"type":["string","null"]}}}},
      "counterfactual":{"$ref":"#/components/schemas/Text"},
      "model":{"type":"object","additionalProperties":false,"required":["name","data_hash","version"],"properties":{
        "name":{"type":"string"},"data_hash":{"type":"string"},"version":{"type":"string"}}}}})"},
    Schema{"AnswerRequest", R"({"type":"object","additionalProperties":false,
      "required":["event_id","course_id","student_id","item_id"],
      "oneOf":[{"required":["response"]},{"required":["correct"]}],"properties":{
      "event_id":{"type":"string","minLength":1,"maxLength":200,"description":"chosen by the caller; the same id again is the same answer"},
      "course_id":{"type":"string","minLength":1,"maxLength":200},
      "student_id":{"type":"string","minLength":1,"maxLength":200},
      "item_id":{"type":"string","minLength":1,"maxLength":200},
      "variant":{"type":"integer","minimum":0,"maximum":2147483647},
      "response":{"type":"string","minLength":1,"maxLength":1000,"description":"a choice's id or typed text, graded by the server"},
      "correct":{"type":"boolean","description":"for items without text"},
      "answered_at":{"type":"string","format":"date-time"},
      "response_ms":{"type":"integer","minimum":0,"maximum":86400000},
      "hints_used":{"type":"integer","minimum":0,"maximum":1000}}})"},
    Schema{"AnswerReply", R"({"type":"object","additionalProperties":false,
      "required":["event_id","model_version","recorded","correct","feedback","mastery","next"],"properties":{
      "event_id":{"type":"string"},"model_version":{"type":"string","description":"of everything in this reply"},"recorded":{"type":"boolean"},"correct":{"type":"boolean"},
      "feedback":{"anyOf":[{"type":"null"},{"$ref":"#/components/schemas/Feedback"}]},
      "mastery":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["skill_id","before","after"],"properties":{"skill_id":{"type":"string"},
        "before":{"$ref":"#/components/schemas/Band"},"after":{"$ref":"#/components/schemas/Band"}}}},
      "next":{"anyOf":[{"type":"null"},{"$ref":"#/components/schemas/Recommendation"}]}}})"},
    Schema{"Feedback", R"({"type":"object","additionalProperties":false,
      "required":["right_answer","explanation","misconception"],"properties":{
      "right_answer":{"$ref":"#/components/schemas/Text"},"explanation":{"$ref":"#/components/schemas/Text"},
      "misconception":{"anyOf":[{"type":"null"},{"type":"object","additionalProperties":false,
        "required":["id","name","advice"],"properties":{"id":{"type":"string"},
        "name":{"$ref":"#/components/schemas/Text"},"advice":{"$ref":"#/components/schemas/Text"}}}]}}})"},
    Schema{"ClassOverview", R"({"type":"object","additionalProperties":false,
      "required":["course_id","model_version","skills","students","needs_help"],"properties":{
      "course_id":{"type":"string"},"model_version":{"type":"string"},
      "skills":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["id","name"],"properties":{
        "id":{"type":"string"},"name":{"$ref":"#/components/schemas/Text"}}}},
      "students":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["id","display_name","simulated","answers","last_answered_at","mastery","evidence"],"properties":{
        "id":{"type":"string"},"display_name":{"type":"string"},"simulated":{"type":"boolean"},
        "answers":{"type":"integer","minimum":0},"last_answered_at":{"type":["string","null"]},
        "mastery":{"type":"array","items":{"type":["number","null"],"minimum":0,"maximum":1}},
        "evidence":{"type":"array","items":{"type":"integer","minimum":0}}}}},
      "needs_help":{"type":"array","maxItems":10,"items":{"type":"object","additionalProperties":false,
        "required":["student_id","kind","skill_id","reason","evidence_count","suggestion"],"properties":{
        "student_id":{"type":"string"},
        "kind":{"type":"string","enum":["struggling","idle","rapid_guessing","absent"]},
        "skill_id":{"type":["string","null"]},"reason":{"$ref":"#/components/schemas/Text"},
        "evidence_count":{"type":"integer","minimum":0},"suggestion":{"$ref":"#/components/schemas/Text"}}}}}})"},
    Schema{"VersionRequest",
           R"({"type":"object","additionalProperties":false,"required":["version"],"properties":{
      "version":{"type":"string","minLength":1,"maxLength":200,"description":"the one in service, as the caller saw it"}}})"},
    Schema{"Foresight", R"({"type":"object","additionalProperties":false,
      "required":["answers","log_loss","auc","ece","bias"],"properties":{
      "answers":{"type":"integer","minimum":0,"description":"each foreseen before it was known"},
      "log_loss":{"type":["number","null"],"minimum":0,"description":"nats per answer"},
      "auc":{"type":["number","null"],"minimum":0,"maximum":1},
      "ece":{"type":["number","null"],"minimum":0,"maximum":1},
      "bias":{"type":["number","null"],"description":"mean p_correct less the share of right answers"}}})"},
    Schema{"CourseModel", R"({"type":"object","additionalProperties":false,
      "required":["course_id","version","base_version","since","model","adapting","students","answers","foresight","challenger","changes"],
      "properties":{
      "course_id":{"type":"string"},"version":{"type":"string"},
      "base_version":{"type":"string","description":"of the run that the server was given"},
      "since":{"type":["string","null"]},
      "model":{"type":"object","additionalProperties":false,"required":["name","learner","data_hash","simulated"],"properties":{
        "name":{"type":"string"},"learner":{"type":"string"},"data_hash":{"type":"string"},"simulated":{"type":"boolean"}}},
      "adapting":{"type":"string","enum":["off","names_items","waiting","watching","paused"]},
      "students":{"type":"integer","minimum":0,"description":"watched"},
      "answers":{"type":"integer","minimum":0,"description":"of the students watched, as far as the watch has got"},
      "foresight":{"$ref":"#/components/schemas/Foresight"},
      "challenger":{"anyOf":[{"type":"null"},{"type":"object","additionalProperties":false,
        "required":["tuned_on","foresight","incumbent","students","gain","p_value","needed"],"properties":{
        "tuned_on":{"type":"integer","minimum":0,"description":"answers it knows"},
        "foresight":{"$ref":"#/components/schemas/Foresight"},
        "incumbent":{"$ref":"#/components/schemas/Foresight"},
        "students":{"type":"integer","minimum":0},
        "gain":{"type":"number","description":"nats per answer over the model in service, on the same answers"},
        "p_value":{"type":"number","minimum":0,"maximum":1},
        "needed":{"type":"number","minimum":0,"maximum":1,"description":"p_value for a swap at the next growth point"}}}]},
      "changes":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["action","version","at"],"properties":{
        "action":{"type":"string","enum":["swap","rollback","resume"]},"version":{"type":"string"},
        "at":{"type":["string","null"]}}}}}})"},
};

}  // namespace

std::span<const Schema> all_schemas() { return kSchemas; }

}  // namespace meno
