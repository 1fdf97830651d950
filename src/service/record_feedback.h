// Record feedback on a recommendation: made durable, taken into account, and answered with what
// comes next instead.
#pragma once

#include <functional>
#include <optional>
#include <string>

#include "service/recommend_next.h"
#include "service/services.h"

namespace meno {

struct RecordFeedback {
  std::string event_id;  // chosen by the caller; the same id again is the same feedback
  std::string course_id;
  std::string student_id;
  std::string item_id;                // or that of a resource
  std::string kind;                   // a name of FeedbackKind
  std::optional<TimePoint> given_at;  // now when absent
  std::string request_id = {};        // kept with it
};

struct FeedbackOutcome {
  std::string event_id;
  bool recorded = true;  // false: it was there already, and changes nothing
  std::shared_ptr<const LiveCourse> course;
  double target = 0.0;           // the success rate aimed at from now on
  std::optional<NextItem> next;  // empty where nothing may be recommended
};

using FeedbackRecorded = std::function<void(Result<FeedbackOutcome>)>;

/// Returns at once; `done` is called exactly once, as by record_answer(). Errors: NotFound (course,
/// item, student); InvalidInput (a kind that is none); Conflict (the event id was used for other
/// feedback); Unavailable.
void record_feedback(Services& services, const RecordFeedback& ask, FeedbackRecorded done);

}  // namespace meno
