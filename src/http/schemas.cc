#include "http/schemas.h"

#include <array>
#include <vector>

namespace meno {
namespace {

constexpr std::array kSchemas = {
    Schema{
        "Error",
        R"({"type":"object","additionalProperties":false,"required":["type","title","status","detail","code","error"],"properties":{
      "type":{"type":"string","enum":["about:blank"],"description":"RFC 9457: the status says what kind of problem it is"},
      "title":{"type":"string","minLength":1,"description":"what the status is called"},
      "status":{"type":"integer","minimum":400,"maximum":599},
      "detail":{"type":"string","minLength":1,"description":"one sentence: what was seen and what is expected"},
      "code":{"type":"string","enum":["invalid_input","unauthenticated","forbidden","not_found","conflict","precondition_failed","key_reused","unavailable","internal"]},
      "field":{"type":"string","description":"the field or parameter that is refused, where it is one"},
      "request_id":{"type":"string","description":"by which the server's log names the request"},
      "error":{"type":"object","additionalProperties":false,"required":["kind","message"],"description":"code and detail under the names they had before","properties":{
        "kind":{"type":"string"},"message":{"type":"string","minLength":1}}}}})"},
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
    Schema{"ServerState", R"({"type":"object","additionalProperties":false,
      "required":["status","version","run"],"properties":{
      "status":{"type":"string","enum":["alive","ready"]},"version":{"type":"string"},
      "run":{"type":"string","description":"version of the run that the server was given"}}})"},
    Schema{"Metrics",
           R"({"type":"string","description":"Prometheus' text format, version 0.0.4"})"},
    Schema{
        "ModelList",
        R"({"type":"object","additionalProperties":false,"required":["models","next"],"properties":{
      "models":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["name","summary","source"],"properties":{
        "name":{"type":"string"},"summary":{"type":"string"},"source":{"type":"string"}}}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{"ClassEvent",
           R"({"type":"object","additionalProperties":false,"required":["kind"],"properties":{
      "kind":{"type":"string","enum":["answer","refresh","model"],"description":"refresh: much has changed, or events were missed; read the class anew"},
      "student_id":{"type":"string"},"item_id":{"type":"string"},"correct":{"type":"boolean"},"answered_at":{"type":"string"},
      "mastery":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["skill_id","p_mastery"],"properties":{
        "skill_id":{"type":"string"},"p_mastery":{"type":"number","minimum":0,"maximum":1}}}},
      "version":{"type":"string"},"answers":{"type":"integer","minimum":0},"tuned_on":{"type":"integer","minimum":0}}})"},
    Schema{"OpenApi",
           R"({"type":"object","required":["openapi","info","paths","components"],"properties":{
      "openapi":{"type":"string"}}})"},
    Schema{
        "CourseList",
        R"({"type":"object","additionalProperties":false,"required":["courses","next"],"properties":{
      "courses":{"type":"array","items":{"$ref":"#/components/schemas/Course"}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{"Course", R"({"type":"object","additionalProperties":false,
      "required":["id","name","skills","items","students","simulated","has_content"],"properties":{
      "id":{"type":"string"},"name":{"$ref":"#/components/schemas/Text"},
      "skills":{"type":"integer","minimum":0},"items":{"type":"integer","minimum":0},
      "students":{"type":"integer","minimum":0},"simulated":{"type":"boolean"},"has_content":{"type":"boolean"}}})"},
    Schema{
        "SkillList",
        R"({"type":"object","additionalProperties":false,"required":["skills","next"],"properties":{
      "skills":{"type":"array","items":{"$ref":"#/components/schemas/Skill"}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{
        "Skill",
        R"({"type":"object","additionalProperties":false,"required":["id","name","strand","prerequisites"],"properties":{
      "id":{"type":"string"},"name":{"$ref":"#/components/schemas/Text"},
      "strand":{"anyOf":[{"$ref":"#/components/schemas/Text"},{"type":"null"}]},
      "prerequisites":{"type":"array","items":{"type":"string"}}}})"},
    Schema{
        "ItemList",
        R"({"type":"object","additionalProperties":false,"required":["items","next"],"properties":{
      "items":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["id","skills","title"],"properties":{
        "id":{"type":"string"},"skills":{"type":"array","items":{"type":"string"}},
        "title":{"$ref":"#/components/schemas/Text"}}}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{
        "StudentList",
        R"({"type":"object","additionalProperties":false,"required":["students","next"],"properties":{
      "students":{"type":"array","items":{"$ref":"#/components/schemas/Student"}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{"Student", R"({"type":"object","additionalProperties":false,
      "required":["id","display_name","simulated","answers"],"properties":{
      "id":{"type":"string"},"display_name":{"type":"string"},"simulated":{"type":"boolean"},
      "answers":{"type":"integer","minimum":0}}})"},
    Schema{"BatchReply", R"({"type":"object","additionalProperties":false,
      "required":["recorded","repeated","refused"],"properties":{
      "recorded":{"type":"integer","minimum":0},
      "repeated":{"type":"integer","minimum":0,"description":"answers that were there already"},
      "refused":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["line","kind","message"],"properties":{"line":{"type":"integer","minimum":1},
        "kind":{"type":"string"},"message":{"type":"string"}}}}}})"},
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
    Schema{
        "AnswerList",
        R"({"type":"object","additionalProperties":false,"required":["answers","next"],"properties":{
      "answers":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["event_id","item_id","variant","response","correct","answered_at","response_ms","hints_used","request_id"],"properties":{
        "event_id":{"type":"string"},"item_id":{"type":"string"},"variant":{"type":"integer","minimum":0},
        "response":{"type":["string","null"],"description":"as typed or chosen"},"correct":{"type":"number","minimum":0,"maximum":1},
        "answered_at":{"type":["string","null"]},"response_ms":{"type":["integer","null"]},"hints_used":{"type":["integer","null"]},
        "request_id":{"type":["string","null"],"description":"of the request that brought it, as in the log; null where none did"}}}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{
        "AccountList",
        R"({"type":"object","additionalProperties":false,"required":["accounts","next"],"properties":{
      "accounts":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["id","role","display_name","school_id","student_id","disabled"],"properties":{
        "id":{"type":"string"},"role":{"type":"string","enum":["student","teacher","school_admin","platform_admin"]},
        "display_name":{"type":"string"},"school_id":{"type":["string","null"]},
        "student_id":{"type":["string","null"],"description":"whose record a student's account opens"},"disabled":{"type":"boolean"}}}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{
        "KeyList",
        R"({"type":"object","additionalProperties":false,"required":["keys","next"],"properties":{
      "keys":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["id","scopes","school_id","expires_at","revoked"],"properties":{
        "id":{"type":"string"},"scopes":{"type":"string"},"school_id":{"type":["string","null"],"description":"null: every school"},
        "expires_at":{"type":["string","null"]},"revoked":{"type":"boolean"}}}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{
        "School",
        R"({"type":"object","additionalProperties":false,"required":["id","name","organisation_id","organisation_name"],"properties":{
      "id":{"type":"string"},"name":{"type":"string"},"organisation_id":{"type":"string"},"organisation_name":{"type":"string"}}})"},
    Schema{
        "SchoolList",
        R"({"type":"object","additionalProperties":false,"required":["schools","next"],"properties":{
      "schools":{"type":"array","items":{"$ref":"#/components/schemas/School"}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{"SchoolRequest",
           R"({"type":"object","additionalProperties":false,"required":["id"],"properties":{
      "id":{"type":"string","minLength":1,"maxLength":200},
      "name":{"type":"string","minLength":1,"maxLength":200,"description":"its id when left out"},
      "organisation_id":{"type":"string","minLength":1,"maxLength":200,"description":"whose school it is, made when new; its own when left out"},
      "organisation_name":{"type":"string","minLength":1,"maxLength":200}}})"},
    Schema{
        "ClassList",
        R"({"type":"object","additionalProperties":false,"required":["classes","next"],"properties":{
      "classes":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["id","school_id","name","courses","teachers","students"],"properties":{
        "id":{"type":"string"},"school_id":{"type":"string"},"name":{"type":"string"},
        "courses":{"type":"integer","minimum":0},"teachers":{"type":"integer","minimum":0},"students":{"type":"integer","minimum":0}}}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{"ClassRequest",
           R"({"type":"object","additionalProperties":false,"required":["id"],"properties":{
      "id":{"type":"string","minLength":1,"maxLength":200},
      "school_id":{"type":"string","minLength":1,"maxLength":200,"description":"may be left out by who belongs to one"},
      "name":{"type":"string","minLength":1,"maxLength":200,"description":"of a new class; its id when left out"},
      "courses":{"type":"array","maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":200}},
      "teachers":{"type":"array","maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":200}},
      "students":{"type":"array","maxItems":1000,"items":{"type":"string","minLength":1,"maxLength":200}}}})"},
    Schema{
        "AuditList",
        R"({"type":"object","additionalProperties":false,"required":["rows","next"],"properties":{
      "rows":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["no","at","actor","action","target","detail","hash"],"properties":{
        "no":{"type":"integer","minimum":1},"at":{"type":["string","null"]},"actor":{"type":"string"},"action":{"type":"string"},
        "target":{"type":"string"},"detail":{"type":"string"},"hash":{"type":"string","description":"over the row before and this one"}}}},
      "next":{"type":["string","null"],"description":"the cursor of the next page; null on the last"}}})"},
    Schema{"Named",
           R"({"type":"object","additionalProperties":false,"required":["id"],"properties":{
      "id":{"type":"string"}}})"},
    Schema{"Session", R"({"type":"object","additionalProperties":false,
      "required":["mode","account_id","role","display_name","student_id","expires_at","provider"],"properties":{
      "mode":{"type":"string","enum":["open","accounts"],"description":"open: nobody is asked who they are"},
      "account_id":{"type":["string","null"]},
      "role":{"anyOf":[{"type":"null"},{"type":"string","enum":["student","teacher","school_admin","platform_admin"]}]},
      "display_name":{"type":["string","null"]},
      "student_id":{"type":["string","null"],"description":"whom a student's account acts for"},
      "expires_at":{"type":["string","null"]},
      "provider":{"anyOf":[{"type":"null"},{"type":"object","additionalProperties":false,"required":["name","path"],"properties":{
        "name":{"type":"string"},"path":{"type":"string","description":"where a browser goes to sign in"}}}],
        "description":"an identity provider whose accounts are a way in as well"}}})"},
    Schema{
        "StudentMastery",
        R"({"type":"object","additionalProperties":false,"required":["student_id","course_id","model_version","skills"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},"model_version":{"type":"string"},
      "skills":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["skill_id","p_mastery","low","high","p_low","p_high","answers","last_answered_at","state","trend","recall","inferred"],"properties":{
        "skill_id":{"type":"string"},"p_mastery":{"type":"number","minimum":0,"maximum":1},
        "low":{"type":"number","minimum":0,"maximum":1},"high":{"type":"number","minimum":0,"maximum":1},
        "p_low":{"type":["number","null"],"minimum":0,"maximum":1,"description":"80 % band of p_mastery under the model's posterior; null for a run without one"},
        "p_high":{"type":["number","null"],"minimum":0,"maximum":1},
        "answers":{"type":"integer","minimum":0},"last_answered_at":{"type":["string","null"]},
        "state":{"type":"string","enum":["mastered","learning","weak","not_enough_evidence"]},
        "trend":{"type":"string","enum":["unknown","rising","steady","falling"]},
        "recall":{"type":["number","null"],"minimum":0,"maximum":1,"description":"share of what was learnt that is expected to be left since the last practice; null without an answer"},
        "inferred":{"anyOf":[{"type":"null"},{"type":"object","additionalProperties":false,"required":["p_mastery","low","high","from"],"properties":{
          "p_mastery":{"type":"number","minimum":0,"maximum":1},"low":{"type":"number","minimum":0,"maximum":1},"high":{"type":"number","minimum":0,"maximum":1},
          "from":{"type":"array","minItems":1,"items":{"type":"string"}}}}],"description":"where its own answers are few: what the skills beside it in the graph say"}}}}}})"},
    Schema{
        "ReviewQueue",
        R"({"type":"object","additionalProperties":false,"required":["student_id","course_id","retention","reviews","load","later","tests_of_memory"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},
      "retention":{"type":"number","description":"a skill is due when its recall has fallen to this share of what it was after its last practice"},
      "reviews":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["skill_id","p_recall","due_at","day"],"properties":{
        "skill_id":{"type":"string"},
        "p_recall":{"type":"number","minimum":0,"maximum":1,"description":"now"},
        "due_at":{"type":"string"},"day":{"type":"string","description":"the day it is put on, UTC"}}}},
      "load":{"type":"array","items":{"type":"integer","minimum":0},"description":"reviews a day, today first"},
      "later":{"type":"integer","minimum":0},
      "tests_of_memory":{"type":"integer","minimum":0,"description":"that adapted the curve to the student"}}})"},
    Schema{"RecommendationList", R"({"type":"object","additionalProperties":false,
      "required":["student_id","course_id","model_version","target","recommendations"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},"model_version":{"type":"string"},
      "target":{"type":"number","minimum":0,"maximum":1,"description":"the success rate aimed at"},
      "recommendations":{"type":"array","items":{"$ref":"#/components/schemas/Recommendation"}}}})"},
    Schema{
        "Recommendation",
        R"({"type":"object","additionalProperties":false,"required":["item","p_correct","p_low","p_high","reason","resource"],"properties":{
      "item":{"$ref":"#/components/schemas/Item"},
      "p_correct":{"type":"number","minimum":0,"maximum":1},
      "p_low":{"type":["number","null"],"minimum":0,"maximum":1,"description":"80 % band of p_correct under the model's posterior; null for a run without one"},
      "p_high":{"type":["number","null"],"minimum":0,"maximum":1},
      "reason":{"$ref":"#/components/schemas/Reason"},
      "resource":{"anyOf":[{"$ref":"#/components/schemas/SuggestedResource"},{"type":"null"}],"description":"to study before the item"}}})"},
    Schema{
        "SuggestedResource",
        R"({"type":"object","additionalProperties":false,"required":["id","kind","title","minutes","url","example","need","skill_id","text"],
      "description":"by a fixed rule: how much it helps has not been measured","properties":{
      "id":{"type":"string","description":"POST /v1/feedback takes it as item_id"},
      "kind":{"type":"string","enum":["reading","video","worked_example","exercise","project"]},
      "title":{"$ref":"#/components/schemas/Text"},"minutes":{"type":"number","minimum":0},
      "url":{"type":["string","null"]},
      "example":{"anyOf":[{"type":"null"},{"type":"object","additionalProperties":false,
        "required":["prompt","right_answer","explanation","math"],"properties":{
        "prompt":{"$ref":"#/components/schemas/Text"},"right_answer":{"$ref":"#/components/schemas/Text"},
        "explanation":{"$ref":"#/components/schemas/Text"},"math":{"type":"boolean"}}}],"description":"an item of the course, solved; null on paths"},
      "need":{"type":"string","enum":["repeated_failure","thin_prerequisite","new_skill","review","apply"]},
      "skill_id":{"type":"string"},"text":{"$ref":"#/components/schemas/Text"}}})"},
    Schema{"CourseResources",
           R"({"type":"object","additionalProperties":false,"required":["resources"],"properties":{
      "resources":{"type":"array","maxItems":10000,"items":{"type":"object","additionalProperties":false,
        "required":["id","kind","skills"],"properties":{
        "id":{"type":"string","minLength":1,"maxLength":200,"description":"no item's"},
        "kind":{"type":"string","enum":["reading","video","worked_example","exercise","project"]},
        "title":{"anyOf":[{"$ref":"#/components/schemas/Text"},{"type":"string"},{"type":"null"}]},
        "skills":{"type":"array","minItems":1,"items":{"type":"string"}},
        "minutes":{"type":["number","null"],"exclusiveMinimum":0,"maximum":600,"description":"usual ones of the kind when absent"},
        "url":{"type":["string","null"],"maxLength":2000,"description":"https://…, http://… or a path"},
        "item_id":{"type":["string","null"],"description":"a worked example shows this item of the course, solved"}}}}}})"},
    Schema{
        "CourseResourcesReply",
        R"({"type":"object","additionalProperties":false,"required":["course_id","resources"],"properties":{
      "course_id":{"type":"string"},
      "resources":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["id","kind","title","skills","minutes","url","item_id"],"properties":{
        "id":{"type":"string"},"kind":{"type":"string","enum":["reading","video","worked_example","exercise","project"]},
        "title":{"$ref":"#/components/schemas/Text"},"skills":{"type":"array","items":{"type":"string"}},
        "minutes":{"type":"number"},"url":{"type":["string","null"]},"item_id":{"type":["string","null"]}}}}}})"},
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
      "required":["code","skill_id","text","p_mastery","low","high","due_at","answers_on_skill","evidence","counterfactual","model"],
      "properties":{
      "code":{"type":"string","enum":["prerequisite_gap","practice_zone","review_forgetting","explore_not_enough_evidence","stretch","due_soon","teacher_order","explore_uncertain"]},
      "skill_id":{"type":"string"},"text":{"$ref":"#/components/schemas/Text"},
      "p_mastery":{"type":"number","minimum":0,"maximum":1},"low":{"type":"number","minimum":0,"maximum":1},
      "high":{"type":"number","minimum":0,"maximum":1},
      "due_at":{"type":["string","null"],"description":"the date set by a teacher, of a due_soon"},"answers_on_skill":{"type":"integer","minimum":0},
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
    Schema{"RecommendationFeedbackRequest", R"({"type":"object","additionalProperties":false,
      "required":["event_id","course_id","student_id","item_id","kind"],"properties":{
      "event_id":{"type":"string","minLength":1,"maxLength":200,"description":"chosen by the caller; the same id again is the same feedback"},
      "course_id":{"type":"string","minLength":1,"maxLength":200},
      "student_id":{"type":"string","minLength":1,"maxLength":200},
      "item_id":{"type":"string","minLength":1,"maxLength":200,"description":"the item that was recommended, or a resource's id"},
      "kind":{"type":"string","enum":["accept","swap","dismiss","too_hard","too_easy"]},
      "given_at":{"type":"string","format":"date-time"}}})"},
    Schema{"RecommendationFeedbackReply", R"({"type":"object","additionalProperties":false,
      "required":["event_id","model_version","recorded","target","next"],"properties":{
      "event_id":{"type":"string"},"model_version":{"type":"string"},"recorded":{"type":"boolean"},
      "target":{"type":"number","minimum":0,"maximum":1,"description":"the success rate aimed at from now on"},
      "next":{"anyOf":[{"type":"null"},{"$ref":"#/components/schemas/Recommendation"}]}}})"},
    Schema{"PreferencesRequest",
           R"({"type":"object","additionalProperties":false,"required":["target"],"properties":{
      "target":{"type":["number","null"],"minimum":0.5,"maximum":0.95,"description":"the success rate to aim at; null for the teacher's, or the usual one"}}})"},
    Schema{"Preferences", R"({"type":"object","additionalProperties":false,
      "required":["student_id","course_id","target","aimed_at"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},
      "target":{"type":["number","null"],"minimum":0.5,"maximum":0.95,"description":"as set; null where nothing is"},
      "aimed_at":{"type":"number","minimum":0.5,"maximum":0.95,"description":"what recommendations aim at now, moved by what was said of them"}}})"},
    Schema{"TeachingRules", R"({"type":"object","additionalProperties":false,"properties":{
      "allowed_skills":{"type":"array","items":{"type":"string"},"description":"if any: items on other skills are not recommended"},
      "forbidden_skills":{"type":"array","items":{"type":"string"}},
      "allowed_items":{"type":"array","items":{"type":"string"},"description":"if any: no other item is recommended"},
      "forbidden_items":{"type":"array","items":{"type":"string"}},
      "order":{"type":"array","items":{"type":"string"},"description":"skills; the first that is not mastered comes before everything else, until its turn is over: after order_attempts answers, or past its date"},
      "due":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["skill_id","due_at"],"properties":{
        "skill_id":{"type":"string"},"due_at":{"type":"string","format":"date-time"}}}},
      "repeat_gap":{"type":["integer","null"],"minimum":1,"maximum":1000,"description":"answers until an item is as good as new; 15 unless set"},
      "target":{"type":["number","null"],"minimum":0.5,"maximum":0.95,"description":"the success rate to aim at for students who have set none; .78 unless set"},
      "exploration":{"type":["boolean","null"],"description":"now and then what is uncertain instead of what looks best; off unless set"},
      "resources":{"type":["boolean","null"],"description":"whether resources are proposed; on unless set"},
      "order_attempts":{"type":["integer","null"],"minimum":1,"maximum":1000,"description":"answers on a skill of the order after which the next one has its turn; 40 unless set"}}})"},
    Schema{"TeachingRulesReply", R"({"type":"object","additionalProperties":false,
      "required":["course_id","student_id","rules"],"properties":{
      "course_id":{"type":"string"},"student_id":{"type":["string","null"],"description":"null: of the whole course"},
      "rules":{"$ref":"#/components/schemas/TeachingRules"}}})"},
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
        "action":{"type":"string","enum":["swap","rollback","resume","canary","promote","withdraw"]},"version":{"type":"string"},
        "at":{"type":["string","null"]}}}}}})"},
    Schema{
        "Contribution",
        R"({"type":"object","additionalProperties":false,"required":["piece","name","logit"],"properties":{
      "piece":{"type":"string"},"name":{"$ref":"#/components/schemas/Text"},
      "logit":{"type":"number","description":"above 0 speaks for a right answer"}}})"},
    Schema{"WhatIf", R"({"type":"object","additionalProperties":false,
      "required":["answers","correct","p_before","p_after","mastery","next"],"properties":{
      "answers":{"type":"integer","minimum":1},"correct":{"type":"boolean"},
      "p_before":{"type":"number","minimum":0,"maximum":1},"p_after":{"type":"number","minimum":0,"maximum":1},
      "mastery":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["skill_id","before","after","state"],"properties":{"skill_id":{"type":"string"},
        "before":{"$ref":"#/components/schemas/Band"},"after":{"$ref":"#/components/schemas/Band"},
        "state":{"type":"string","enum":["mastered","learning","weak","not_enough_evidence"]}}}},
      "next":{"anyOf":[{"type":"null"},{"type":"object","additionalProperties":false,
        "required":["item_id","title","code","text"],"properties":{"item_id":{"type":"string"},"title":{"$ref":"#/components/schemas/Text"},
        "code":{"type":"string","enum":["prerequisite_gap","practice_zone","review_forgetting","explore_not_enough_evidence","stretch","due_soon","teacher_order","explore_uncertain"]},
        "text":{"$ref":"#/components/schemas/Text"}}}]}}})"},
    Schema{"WhatIfReply", R"({"type":"object","additionalProperties":false,
      "required":["student_id","course_id","model_version","simulated","what_if"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},"model_version":{"type":"string"},"simulated":{"type":"boolean"},
      "what_if":{"$ref":"#/components/schemas/WhatIf"}}})"},
    Schema{"ItemExplanation", R"({"type":"object","additionalProperties":false,
      "required":["student_id","course_id","model_version","simulated","item","recommended","reason","prediction","if_right","if_wrong"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},"model_version":{"type":"string"},"simulated":{"type":"boolean"},
      "item":{"type":"object","additionalProperties":false,"required":["id","title","skills"],"properties":{
        "id":{"type":"string"},"title":{"$ref":"#/components/schemas/Text"},"skills":{"type":"array","items":{"type":"string"}}}},
      "recommended":{"type":"string","description":"the item that is recommended now, perhaps the same"},
      "reason":{"$ref":"#/components/schemas/Reason"},
      "prediction":{"type":"object","additionalProperties":false,
        "required":["text","p_typical","typical","p_correct","logit","by_evidence","by_answer","telling"],"properties":{
        "text":{"$ref":"#/components/schemas/Text"},
        "p_typical":{"type":"number","minimum":0,"maximum":1,"description":"of a student of whom nothing is known, on a typical item of the course: the baseline"},
        "typical":{"type":"number","description":"its logit"},
        "p_correct":{"type":"number","minimum":0,"maximum":1},"logit":{"type":"number","description":"of p_correct; typical plus the contributions"},
        "by_evidence":{"type":"array","items":{"$ref":"#/components/schemas/Contribution"},"description":"by what the model is shown; empty for a model without named evidence"},
        "by_answer":{"type":"array","items":{"$ref":"#/components/schemas/Contribution"},"description":"by what each answer changed"},
        "telling":{"type":"array","maxItems":3,"items":{"type":"object","additionalProperties":false,
          "required":["event_id","item_id","correct","answered_at","logit"],"properties":{
          "event_id":{"type":"string"},"item_id":{"type":"string"},"correct":{"type":"boolean"},
          "answered_at":{"type":["string","null"]},"logit":{"type":"number"}}},"description":"the answers that changed it most"}}},
      "if_right":{"$ref":"#/components/schemas/WhatIf"},"if_wrong":{"$ref":"#/components/schemas/WhatIf"}}})"},
    Schema{"Plan", R"({"type":"object","additionalProperties":false,
      "required":["student_id","course_id","model_version","simulated","goal_id","goal_name","minutes","answers","mastery_at","p_start","p_end","p_end_low","p_end_high","reached","minutes_planned","minutes_needed","fitted_on","steps","without_items"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},"model_version":{"type":"string"},"simulated":{"type":"boolean"},
      "goal_id":{"type":"string"},"goal_name":{"$ref":"#/components/schemas/Text"},"minutes":{"type":"number","minimum":0},
      "answers":{"type":"integer","minimum":0},"mastery_at":{"type":"number","minimum":0,"maximum":1},
      "p_start":{"type":"number","minimum":0,"maximum":1},"p_end":{"type":"number","minimum":0,"maximum":1},
      "p_end_low":{"type":"number","minimum":0,"maximum":1},"p_end_high":{"type":"number","minimum":0,"maximum":1},
      "reached":{"type":"boolean","description":"within the minutes, expected"},
      "minutes_planned":{"type":"number","minimum":0},
      "minutes_needed":{"type":["number","null"],"minimum":0,"description":"without a limit; null: not within 1,000 answers"},
      "fitted_on":{"type":"integer","minimum":0,"description":"students whose answers say how fast is learnt; 0: general rates"},
      "steps":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["skill_id","skill_name","item_id","item_title","p_correct","minutes","p_after","resource"],"properties":{
        "skill_id":{"type":"string"},"skill_name":{"$ref":"#/components/schemas/Text"},"item_id":{"type":"string"},"item_title":{"$ref":"#/components/schemas/Text"},
        "p_correct":{"type":"number","minimum":0,"maximum":1},"minutes":{"type":"number","minimum":0},
        "p_after":{"type":"number","minimum":0,"maximum":1},
        "resource":{"anyOf":[{"$ref":"#/components/schemas/SuggestedResource"},{"type":"null"}],"description":"to study before it; its minutes are within the plan's, and nothing is expected to be gained by it"}}}},
      "without_items":{"type":"array","items":{"type":"string"}}}})"},
    Schema{"TestRequest",
           R"({"type":"object","additionalProperties":false,"required":["course_id"],"properties":{
      "course_id":{"type":"string","minLength":1,"maxLength":200},
      "student_id":{"type":"string","minLength":1,"maxLength":200,"description":"somebody new when absent"},
      "skills":{"type":"array","maxItems":1000,"items":{"type":"string"},"description":"ids or names; all items when empty or absent"},
      "answers":{"type":"array","maxItems":200,"description":"so far, in order","items":{"type":"object","required":["item_id","correct"],"properties":{
        "item_id":{"type":"string"},"correct":{"type":"boolean"}}}},
      "known":{"type":"integer","minimum":0,"maximum":1000,"description":"a progress test: begin with so many latest answers of the student"},
      "elapsed_s":{"type":"number","minimum":0,"maximum":86400},
      "end":{"type":"boolean","description":"stop here"},
      "shortest":{"type":"integer","minimum":0,"maximum":200},"longest":{"type":"integer","minimum":1,"maximum":200},
      "precision":{"type":"number","minimum":0,"maximum":10,"description":"end at this standard deviation of the ability; 0: never"},
      "seconds":{"type":"number","minimum":0,"maximum":86400,"description":"end once elapsed_s has reached it; 0: never"},
      "cut":{"type":"number","minimum":-5,"maximum":5,"description":"end once it is clear on which side of this ability the student is"},
      "classify":{"type":"string","enum":["band","sprt","glr"],"description":"by the ability's 90 % band (unless set), by Wald's likelihood ratio at cut + and - indifference, or by that of the best ability on either side"},
      "indifference":{"type":"number","minimum":0,"maximum":5,"description":"sprt, glr: half the width of the region in which either side will do; .3 unless set"},
      "error_below":{"type":"number","minimum":0,"maximum":0.5,"description":"sprt, glr: chance of calling a student below who is above; .05 unless set"},
      "error_above":{"type":"number","minimum":0,"maximum":0.5,"description":"and the other way round"},
      "exposure":{"type":"number","minimum":0,"maximum":1,"description":"Sympson-Hetter: no item of the course is asked of a larger share of students in tests of all items; 0 or 1: no limit"},
      "among_best":{"type":"integer","minimum":0,"maximum":1000,"description":"draw among so many best items; 1 unless set"},
      "seed":{"type":"integer","minimum":0,"maximum":2147483647,"description":"of what is drawn, beside the student's id: the same at every step of a test, another for another"}}})"},
    Schema{"TestStep", R"({"type":"object","additionalProperties":false,
      "required":["course_id","student_id","simulated","calibration","question","report"],"properties":{
      "course_id":{"type":"string"},"student_id":{"type":["string","null"]},"simulated":{"type":"boolean"},
      "calibration":{"type":"object","additionalProperties":false,"required":["students","answers"],"properties":{
        "students":{"type":"integer","minimum":0},"answers":{"type":"integer","minimum":0}}},
      "question":{"anyOf":[{"$ref":"#/components/schemas/Item"},{"type":"null"}]},
      "report":{"type":"object","additionalProperties":false,"required":["ability","stopped","stopped_text","above_cut","skills","items"],"properties":{
        "ability":{"type":"object","additionalProperties":false,"required":["mean","sd","low","high"],"description":"0 is the average student, 1 a standard deviation; a 90 % band","properties":{
          "mean":{"type":"number"},"sd":{"type":"number","minimum":0},"low":{"type":"number"},"high":{"type":"number"}}},
        "stopped":{"type":"string","enum":["running","precision","classified","time","longest","nothing_left","ended"]},
        "stopped_text":{"$ref":"#/components/schemas/Text"},
        "above_cut":{"type":["boolean","null"],"description":"null without a cut, and while the rule does not decide; the likelier side where sprt or glr ended undecided"},
        "skills":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["skill_id","name","asked","right","p_correct"],"properties":{
          "skill_id":{"type":"string"},"name":{"$ref":"#/components/schemas/Text"},"asked":{"type":"integer","minimum":0},"right":{"type":"integer","minimum":0},
          "p_correct":{"type":"number","minimum":0,"maximum":1,"description":"foreseen, mean over the skill's items"}}}},
        "items":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["item_id","correct","p_before","ability","sd"],"properties":{
          "item_id":{"type":"string"},"correct":{"type":"boolean"},"p_before":{"type":"number","minimum":0,"maximum":1},
          "ability":{"type":"number"},"sd":{"type":"number","minimum":0}}}}}}}})"},
};

}  // namespace

std::span<const Schema> all_schemas() {
  static const std::vector<Schema> all = [] {
    std::vector<Schema> schemas(kSchemas.begin(), kSchemas.end());
    const std::span<const Schema> lifecycle = lifecycle_schemas();
    schemas.insert(schemas.end(), lifecycle.begin(), lifecycle.end());
    return schemas;
  }();
  return all;
}

}  // namespace meno
