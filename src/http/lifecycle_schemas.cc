// Schemas of what is kept of recommendations and runs.
#include <array>

#include "http/schemas.h"

namespace meno {
namespace {

constexpr std::array kSchemas = {
    Schema{"KeptRecommendation", R"({"type":"object","additionalProperties":false,
      "required":["no","made_at","model_version","answers","feedback","wanted","asked_target","own_target","seed","context","digest","request_id","items"],"properties":{
      "no":{"type":"integer","minimum":1},"made_at":{"type":["string","null"]},
      "model_version":{"type":"string"},
      "answers":{"type":"integer","minimum":0,"description":"of the student's, in order, that it was made from"},
      "feedback":{"type":"integer","minimum":0,"description":"of the student's, in order, that it was made from"},
      "wanted":{"type":"integer","minimum":1,"description":"items asked for"},
      "asked_target":{"type":["number","null"],"description":"a success rate that was asked for this once"},
      "own_target":{"type":["number","null"],"description":"a success rate that the student had set"},
      "seed":{"type":["integer","null"],"description":"of the draw, where it explored"},
      "context":{"type":"string","description":"hash of program, run, course, candidates and rules"},
      "digest":{"type":"string","description":"hash of everything that was said of the items"},
      "request_id":{"type":["string","null"],"description":"of the request that asked for it, as in the log; null where none did"},
      "items":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["item_id","variant","p_correct","reason"],"properties":{
        "item_id":{"type":"string"},"variant":{"type":"integer","minimum":0},
        "p_correct":{"type":"number","minimum":0,"maximum":1},"reason":{"type":"string"}}}}}})"},
    Schema{"RecommendationHistory", R"({"type":"object","additionalProperties":false,
      "required":["student_id","course_id","recommendations"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},
      "recommendations":{"type":"array","items":{"$ref":"#/components/schemas/KeptRecommendation"}}}})"},
    Schema{"ReplayedRecommendation", R"({"type":"object","additionalProperties":false,
      "required":["student_id","course_id","model_version","kept","identical","difference","recommendations"],"properties":{
      "student_id":{"type":"string"},"course_id":{"type":"string"},"model_version":{"type":"string"},
      "kept":{"$ref":"#/components/schemas/KeptRecommendation"},
      "identical":{"type":"boolean","description":"items, p_correct and every word and number beside them, bit for bit"},
      "difference":{"type":["string","null"]},
      "recommendations":{"type":"array","items":{"$ref":"#/components/schemas/Recommendation"}}}})"},
    Schema{"CourseMonitor", R"({"type":"object","additionalProperties":false,
      "required":["course_id","simulated","version","foresight","block_answers","blocks","drift","alarms","trial","uptake","retraining"],"properties":{
      "course_id":{"type":"string"},"simulated":{"type":"boolean"},"version":{"type":"string"},
      "foresight":{"$ref":"#/components/schemas/Foresight"},
      "block_answers":{"type":"integer","minimum":1},
      "blocks":{"type":"array","items":{"$ref":"#/components/schemas/Foresight"},"description":"of so many answers each, oldest first"},
      "drift":{"type":"object","additionalProperties":false,"required":["alarm","evidence_log10","needed_log10"],"properties":{
        "alarm":{"type":"boolean","description":"of the version in service"},
        "evidence_log10":{"type":"number","minimum":0,"description":"that it no longer foresees as it did"},
        "needed_log10":{"type":"number","minimum":0,"description":"for an alarm: if nothing changes that takes 10 to this power answers in the mean"}}},
      "alarms":{"type":"array","items":{"type":"object","additionalProperties":false,"required":["kind","version","at"],"properties":{
        "kind":{"type":"string","enum":["surprise","overestimates","underestimates"]},"version":{"type":"string"},"at":{"type":["string","null"]}}}},
      "trial":{"anyOf":[{"type":"null"},{"type":"object","additionalProperties":false,
        "required":["version","since","share","number","students","candidate","serving","gain","log_better","log_worse","needed"],"properties":{
        "version":{"type":"string"},"since":{"type":["string","null"]},
        "share":{"type":"number","minimum":0,"maximum":1,"description":"of the students, whom it serves"},
        "number":{"type":"integer","minimum":0},"students":{"type":"integer","minimum":0,"description":"whose answers both have foreseen"},
        "candidate":{"$ref":"#/components/schemas/Foresight"},
        "serving":{"$ref":"#/components/schemas/Foresight"},
        "gain":{"type":"number","description":"nats per answer over the run in service, on the same answers"},
        "log_better":{"type":"number"},"log_worse":{"type":"number"},
        "needed":{"type":"number","description":"of log_better to serve everyone, of log_worse to serve nobody"}}}]},
      "uptake":{"type":"array","description":"recommendations by run and reason, and what students said of them","items":{"type":"object","additionalProperties":false,
        "required":["version","reason","said","count"],"properties":{
        "version":{"type":"string"},"reason":{"type":"string","enum":["prerequisite_gap","practice_zone","review_forgetting","explore_not_enough_evidence","stretch","due_soon","teacher_order","explore_uncertain"]},
        "said":{"anyOf":[{"type":"null"},{"type":"string","enum":["accept","swap","dismiss","too_hard","too_easy"]}],"description":"feedback; null: the recommendations themselves"},
        "count":{"type":"integer","minimum":0}}}},
      "retraining":{"anyOf":[{"type":"null"},{"type":"object","additionalProperties":false,
        "required":["phase","since","answers","version","error"],"properties":{
        "phase":{"type":"string","enum":["waiting","reading","training","stopped","failed","done"]},
        "since":{"type":["string","null"]},"answers":{"type":"integer","minimum":0},
        "version":{"type":["string","null"]},"error":{"type":["string","null"]}}}]}}})"},
    Schema{
        "RunList",
        R"({"type":"object","additionalProperties":false,"required":["course_id","runs"],"properties":{
      "course_id":{"type":"string"},
      "runs":{"type":"array","items":{"type":"object","additionalProperties":false,
        "required":["version","state","origin","parent","base_version","model","data_hash","simulated","made_at","changed_at","share","metrics","figures"],"properties":{
        "version":{"type":"string"},"state":{"type":"string","enum":["candidate","canary","serving","retired"]},
        "origin":{"type":"string","enum":["given","adapted","retrained"]},
        "parent":{"type":["string","null"],"description":"the version in service when it was made"},
        "base_version":{"type":"string"},"model":{"type":"string"},"data_hash":{"type":"string"},"simulated":{"type":"boolean"},
        "made_at":{"type":["string","null"]},"changed_at":{"type":["string","null"]},
        "share":{"type":"number","minimum":0,"maximum":1},
        "metrics":{"type":"string","description":"a JSON document"},
        "figures":{"type":"string","description":"why it came to its state, a JSON document"}}}}}})"},
};

}  // namespace

std::span<const Schema> lifecycle_schemas() { return kSchemas; }

}  // namespace meno
