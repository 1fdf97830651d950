// What several routes say the same way: values of the use cases as JSON. Schemas: schemas.cc.
#pragma once

#include "http/json_writer.h"
#include "service/recommend_next.h"
#include "service/services.h"
#include "tutor/mastery/mastery.h"

namespace meno {

/// Schema Student.
void write_student(JsonWriter& json, const StoredStudent& student);
/// Schema Recommendation.
void write_recommendation(JsonWriter& json, const NextItem& next, const LiveCourse& course,
                          const Run& run);
/// "p_mastery", "low", "high" into an open object.
void write_band(JsonWriter& json, const SkillMastery& mastery);

}  // namespace meno
