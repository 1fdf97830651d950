#include "store/sql_feedback.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "store/sql_enrolment.h"
#include "store/sql_rows.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "feedback";

StoredFeedback row_of(const Query& query) {
  return {.no = static_cast<std::uint64_t>(query.integer(0)),
          .event_id = query.text(1),
          .course_id = query.text(2),
          .student_id = query.text(3),
          .item_id = query.text(4),
          .kind = query.text(5),
          .given_at = TimePoint{std::chrono::milliseconds(query.integer(6))},
          .after_seq = static_cast<std::uint64_t>(query.integer(7)),
          .request_id = query.text(8)};
}

bool same_content(const StoredFeedback& a, const StoredFeedback& b) {
  return a.course_id == b.course_id && a.student_id == b.student_id && a.item_id == b.item_id &&
         a.kind == b.kind;
}

/// `outcome.feedback` becomes the stored row, which may have been there already.
Result<Done> append_one(Connection& connection, AppendedFeedback& outcome) {
  const StoredFeedback given = outcome.feedback;
  MENO_TRY(const std::int64_t enrolment,
           enrolment_of(connection, given.course_id, given.student_id));
  MENO_TRY(Query query, connection.query(kSql, "append"));
  query.bind(1, given.event_id).bind(2, enrolment).bind(3, given.item_id);
  query.bind(4, given.kind).bind(5, std::int64_t{given.given_at.time_since_epoch().count()});
  query.bind(6, given.request_id);
  MENO_TRY_DONE(query.step());
  outcome.recorded = query.added_row().has_value();
  if (outcome.recorded && connection.shared()) outcome.before = mark_in(query, 1);
  MENO_TRY(Query stored, connection.query(kSql, "by_event"));
  MENO_TRY(const bool found, stored.bind(1, given.event_id).step());
  if (found) outcome.feedback = row_of(stored);
  if (found && same_content(outcome.feedback, given)) return Done{};
  return conflict(fmt::format("event id \"{}\" was used for other feedback, expected a new id",
                              given.event_id));
}

}  // namespace

void SqlFeedback::append(StoredFeedback feedback, FeedbackDone done) {
  auto given = std::make_shared<const StoredFeedback>(std::move(feedback));
  auto outcome = std::make_shared<AppendedFeedback>();
  writer_.submit({.work =
                      [given, outcome](Connection& connection) {
                        outcome->feedback = *given;  // afresh: a batch may be run again
                        return append_one(connection, *outcome);
                      },
                  .done =
                      [outcome, done = std::move(done)](Result<Done> result) {
                        if (!result) return done(std::move(result).error());
                        done(std::move(*outcome));
                      }});
}

Result<std::vector<StoredFeedback>> SqlFeedback::of_student_after(std::string_view course_id,
                                                                  std::string_view student_id,
                                                                  std::uint64_t after) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "of_student"));
  query.bind(1, course_id).bind(2, student_id).bind(3, static_cast<std::int64_t>(after));
  return rows_of(query, &row_of);
}

Result<std::vector<StoredFeedback>> SqlFeedback::of_course(std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "of_course"));
  return rows_of(query.bind(1, course_id), &row_of);
}

}  // namespace meno
