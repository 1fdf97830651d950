// Feedback: what students say of recommendations (too hard, another one please). Appended, never
// changed, as answers are.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"
#include "store/answers.h"

namespace meno {

struct StoredFeedback {
  std::uint64_t no = 0;  // place in the order of commits, given by the store
  std::string event_id;  // unique over all courses
  std::string course_id;
  std::string student_id;
  std::string item_id;
  std::string kind;  // opaque to the store
  TimePoint given_at = kNoTime;
  std::uint64_t after_seq = 0;  // `seq` of the student's last answer in the course before it, given
                                // by the store; 0: none
  std::string request_id = {};  // as of StoredAnswer
};

/// What became of an append. `recorded` is false when the event id was there already with the same
/// course, student, item and kind; `feedback` is then the stored one.
struct AppendedFeedback {
  StoredFeedback feedback;
  bool recorded = true;
  std::optional<EnrolmentMark> before = std::nullopt;  // as Appended::before
};

/// As AppendDone: once, when durable, on the store's writer thread, in order of commits with the
/// answers.
using FeedbackDone = std::function<void(Result<AppendedFeedback>)>;

/// Thread-safe.
class FeedbackStore {
 public:
  virtual ~FeedbackStore() = default;
  /// Queues the feedback and returns at once. Errors (to `done`): Conflict when the event id was
  /// used for other feedback; NotFound when the student is not enrolled in the course; Unavailable;
  /// InvalidInput for text that the engine cannot keep.
  virtual void append(StoredFeedback feedback, FeedbackDone done) = 0;
  /// Of one student in one course, with `no` above `after`, in order of `no`. Errors: Unavailable.
  virtual Result<std::vector<StoredFeedback>> of_student_after(std::string_view course_id,
                                                               std::string_view student_id,
                                                               std::uint64_t after) = 0;
  /// All of them. Errors: Unavailable.
  Result<std::vector<StoredFeedback>> of_student(std::string_view course_id,
                                                 std::string_view student_id) {
    return of_student_after(course_id, student_id, 0);
  }
  /// All of a course, in order of `no`. Errors: Unavailable.
  virtual Result<std::vector<StoredFeedback>> of_course(std::string_view course_id) = 0;
};

}  // namespace meno
