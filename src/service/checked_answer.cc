#include "service/checked_answer.h"

#include <utility>

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"

namespace meno {
namespace {

/// A platform's clock may run ahead of ours by this much.
constexpr std::chrono::minutes kClockTolerance{10};

/// Everything the caller said, in one order: the same text means the same answer.
std::string fingerprint_of(const RecordAnswer& ask) {
  Json fields = Json::array({ask.course_id, ask.student_id, ask.item_id});
  fields.push_back(ask.variant ? Json(*ask.variant) : Json());
  fields.push_back(ask.response ? Json(*ask.response) : Json());
  fields.push_back(ask.correct ? Json(*ask.correct) : Json());
  fields.push_back(ask.answered_at ? Json(ask.answered_at->time_since_epoch().count()) : Json());
  fields.push_back(ask.response_ms ? Json(*ask.response_ms) : Json());
  fields.push_back(ask.hints_used ? Json(*ask.hints_used) : Json());
  return content_hash(fields.dump());
}

Result<std::optional<Grade>> graded(const LiveCourse& course, const RecordAnswer& ask) {
  if (ask.response.has_value() == ask.correct.has_value()) {
    return invalid_input(
        fmt::format("the answer has {}, expected exactly one of \"response\" and \"correct\"",
                    ask.response ? "both" : "neither"));
  }
  if (!ask.response) return std::optional<Grade>();
  if (!course.bank()) {
    return invalid_input(
        fmt::format("\"response\" for item \"{}\" of course \"{}\", whose items have no text: "
                    "expected \"correct\"",
                    ask.item_id, ask.course_id));
  }
  MENO_TRY(Grade grade, course.bank()->grade(ask.item_id, ask.variant.value_or(0), *ask.response));
  return std::optional(std::move(grade));
}

StoredAnswer stored_answer(const RecordAnswer& ask, bool correct, TimePoint now) {
  return {.event_id = ask.event_id,
          .course_id = ask.course_id,
          .student_id = ask.student_id,
          .item_id = ask.item_id,
          .variant = ask.variant.value_or(0),
          .response = ask.response,
          .correct = correct ? 1.0 : 0.0,
          .answered_at = ask.answered_at.value_or(now),
          .response_ms = ask.response_ms,
          .hints_used = ask.hints_used,
          .fingerprint = fingerprint_of(ask),
          .request_id = ask.request_id};
}

}  // namespace

Result<Done> check_has_come(std::string_view field, std::optional<TimePoint> at, TimePoint now) {
  if (!at || *at <= now + kClockTolerance) return Done{};
  return invalid_input(
      fmt::format("\"{}\" lies in the future, expected a time in UTC that has come", field));
}

Result<CheckedAnswer> checked_answer(const LiveCourse& course, const RecordAnswer& ask,
                                     TimePoint now) {
  MENO_TRY_DONE(course.find_item(ask.item_id));
  MENO_TRY(std::optional<Grade> grade, graded(course, ask));
  MENO_TRY_DONE(check_has_come("answered_at", ask.answered_at, now));
  const bool correct = grade ? grade->correct : *ask.correct;
  return CheckedAnswer{.answer = stored_answer(ask, correct, now), .grade = std::move(grade)};
}

}  // namespace meno
