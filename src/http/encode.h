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
void write_recommendation(JsonWriter& json, const NextItem& next, const LiveCourse& course);
/// Schema SuggestedResource, or null; `example` as in NextResource.
void write_resource(JsonWriter& json, const std::optional<SuggestedResource>& suggested,
                    const std::optional<SolvedExample>& example, const LiveCourse& course);
/// Schema Item.
void write_item(JsonWriter& json, ItemId item, std::uint32_t variant,
                const std::optional<ItemContent>& content, const LiveCourse& course);
/// Schema Reason.
void write_reason(JsonWriter& json, const Reason& reason, const LiveCourse& course);
/// "p_mastery", "low", "high" into an open object.
void write_band(JsonWriter& json, const SkillMastery& mastery);
/// "p_low", "p_high" into an open object: null without a band.
void write_belief(JsonWriter& json, const std::optional<BeliefBand>& band);

}  // namespace meno
