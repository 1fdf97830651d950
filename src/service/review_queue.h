// Use case: which skills a student should go over again, and on which day: stored answers -> a
// forgetting curve of his own -> a schedule.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "service/services.h"
#include "tutor/review/schedule.h"

namespace meno {

struct ReviewQueueAsk {
  std::string_view course_id;
  std::string_view student_id;
  ReviewRules rules = {};
};

/// What a student remembers, as his own curve has it. Immutable once made.
struct StudentMemory {
  std::unique_ptr<const Memory> memory;
  std::vector<ReviewedCard> cards;  // ascending; skills, by SkillId::value
  std::size_t tests = 0;            // of memory, which adapted the curve
};

struct ReviewQueue {
  std::shared_ptr<const LiveCourse> course;
  double today = 0.0;       // the day the schedule begins, whole days since 1970
  ReviewSchedule schedule;  // cards are skills, by SkillId::value
  std::size_t tests = 0;    // of memory so far, which adapted the curve
};

/// The curve is fitted once per answer of the student, not per call. Errors: NotFound (course,
/// student), InvalidInput (see check_rules), Unavailable.
Result<ReviewQueue> review_queue(Services& services, const ReviewQueueAsk& ask);

}  // namespace meno
