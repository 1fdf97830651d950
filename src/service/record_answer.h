// Record an answer: graded, made durable, taken into account, and answered with what changed and
// what could come next.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "service/recommend_next.h"
#include "service/services.h"

namespace meno {

/// How much of the next recommendation a reply holds. The counterfactual costs several rankings
/// more.
enum class NextDetail { Full, WithoutCounterfactual, None };

/// What a platform says of one answer. Exactly one of `response` and `correct`.
struct RecordAnswer {
  std::string event_id;  // chosen by the caller; the same id again is the same answer
  std::string course_id;
  std::string student_id;
  std::string item_id;
  std::optional<std::uint32_t> variant;
  std::optional<std::string> response;   // a choice's id or typed text, graded here
  std::optional<bool> correct;           // graded elsewhere
  std::optional<TimePoint> answered_at;  // now when absent
  std::optional<std::int32_t> response_ms;
  std::optional<std::int32_t> hints_used;
  NextDetail next = NextDetail::Full;
  std::string request_id = {};  // kept with it
};

struct AnswerOutcome {
  std::string event_id;
  std::uint64_t seq = 0;  // of the stored answer
  bool recorded = true;   // false: it was there already, and the rest describes the stored answer
  bool correct = false;
  std::optional<Grade> feedback;  // for responses graded here
  std::shared_ptr<const LiveCourse> course;
  std::vector<MasteryChange> mastery;
  std::optional<NextItem> next;
};

using AnswerDone = std::function<void(Result<AnswerOutcome>)>;

/// Returns at once; `done` is called exactly once, when the answer is durable, on a thread of
/// `services.later` (or before this returns, when the answer is refused). Errors: NotFound (course,
/// item, student); InvalidInput (a response to an item without text, a time that has not come);
/// Conflict (the event id was used for another answer); Unavailable (the store cannot be written).
void record_answer(Services& services, const RecordAnswer& ask, AnswerDone done);

}  // namespace meno
