// Schemas of what is kept of recommendations and runs.
#include <array>

#include "http/schemas.h"

namespace meno {
namespace {

constexpr std::array kSchemas = {
    Schema{"KeptRecommendation", R"({"type":"object","additionalProperties":false,
      "required":["no","made_at","model_version","answers","feedback","wanted","asked_target","own_target","seed","context","digest","items"],"properties":{
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
};

}  // namespace

std::span<const Schema> lifecycle_schemas() { return kSchemas; }

}  // namespace meno
