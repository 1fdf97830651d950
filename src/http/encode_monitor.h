// How well a course is foreseen, as JSON. Schemas: lifecycle_schemas.cc, Foresight in schemas.cc.
#pragma once

#include "http/json_writer.h"
#include "service/course_monitor.h"

namespace meno {

/// Schema Foresight.
void write_foresight(JsonWriter& json, const PrequentialFigures& figures);
/// The members of CourseMonitor.
void write_alarms(JsonWriter& json, const std::vector<CourseAlarm>& alarms);
void write_trial(JsonWriter& json, const CourseMonitor& monitor);
void write_uptake(JsonWriter& json, const std::vector<Uptake>& uptake);
void write_retraining(JsonWriter& json, const std::optional<RetrainingState>& state);

}  // namespace meno
