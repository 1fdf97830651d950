#include "store/sql_answers.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

namespace meno {
namespace {

constexpr std::string_view kSql = "answers";

std::optional<std::int32_t> optional_integer(const Query& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  return static_cast<std::int32_t>(query.integer(column));
}

StoredAnswer answer_of(const Query& query) {
  return {.seq = static_cast<std::uint64_t>(query.integer(0)),
          .event_id = query.text(1),
          .course_id = query.text(2),
          .student_id = query.text(3),
          .item_id = query.text(4),
          .variant = static_cast<std::uint32_t>(query.integer(5)),
          .response = query.is_null(6) ? std::nullopt : std::optional(query.text(6)),
          .correct = query.real(7),
          .answered_at = TimePoint{std::chrono::milliseconds(query.integer(8))},
          .response_ms = optional_integer(query, 9),
          .hints_used = optional_integer(query, 10),
          .fingerprint = query.text(11)};
}

Result<std::vector<StoredAnswer>> answers_of(Query& query) {
  std::vector<StoredAnswer> answers;
  while (true) {
    MENO_TRY(const bool more, query.step());
    if (!more) return answers;
    answers.push_back(answer_of(query));
  }
}

/// Fills `outcome.answer.seq`, or replaces `outcome` by the answer that is there already under the
/// same event id.
Result<Done> append_one(Connection& connection, Appended& outcome) {
  const StoredAnswer& answer = outcome.answer;
  MENO_TRY(Query enrolment, connection.query(kSql, "enrolment"));
  MENO_TRY(const bool enrolled,
           enrolment.bind(1, answer.course_id).bind(2, answer.student_id).step());
  if (!enrolled) {
    return not_found(
        fmt::format("student \"{}\" is not enrolled in course \"{}\", expected an enrolled student",
                    answer.student_id, answer.course_id));
  }
  MENO_TRY(Query query, connection.query(kSql, "append"));
  query.bind(1, answer.event_id).bind(2, enrolment.integer(0)).bind(3, answer.item_id);
  query.bind(4, std::int64_t{answer.variant})
      .bind_optional(5, answer.response)
      .bind(6, answer.correct);
  query.bind(7, std::int64_t{answer.answered_at.time_since_epoch().count()});
  query.bind_optional(8, answer.response_ms)
      .bind_optional(9, answer.hints_used)
      .bind(10, answer.fingerprint);
  MENO_TRY_DONE(query.step());
  if (const std::optional<std::int64_t> seq = query.added_row()) {
    outcome.answer.seq = static_cast<std::uint64_t>(*seq);
    outcome.recorded = true;
    return Done{};
  }
  MENO_TRY(Query stored, connection.query(kSql, "by_event"));
  MENO_TRY(const bool found, stored.bind(1, answer.event_id).step());
  if (!found || stored.text(11) != answer.fingerprint) {
    return conflict(fmt::format("event id \"{}\" was used for another answer, expected a new id",
                                answer.event_id));
  }
  outcome = {.answer = answer_of(stored), .recorded = false};
  return Done{};
}

}  // namespace

void SqlAnswers::append(StoredAnswer answer, AppendDone done) {
  auto outcome = std::make_shared<Appended>(Appended{.answer = std::move(answer)});
  writer_.submit(
      {.work = [outcome](Connection& connection) { return append_one(connection, *outcome); },
       .done =
           [this, outcome, done = std::move(done)](Result<Done> result) {
             if (!result) return done(std::move(result).error());
             if (outcome->recorded) ++count_;
             done(std::move(*outcome));
           }});
}

Result<Done> SqlAnswers::append_many(std::span<const StoredAnswer> answers) {
  MENO_TRY_DONE(writer_.run([&](Connection& connection) -> Result<Done> {
    for (const StoredAnswer& answer : answers) {
      Appended outcome{.answer = answer};
      MENO_TRY_DONE(append_one(connection, outcome));
      if (!outcome.recorded) {
        return conflict(
            fmt::format("event id \"{}\" is there already, expected a new id", answer.event_id));
      }
    }
    return Done{};
  }));
  count_ += answers.size();
  return Done{};
}

Result<std::vector<StoredAnswer>> SqlAnswers::history(std::string_view course_id,
                                                      std::string_view student_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "history"));
  return answers_of(query.bind(1, course_id).bind(2, student_id));
}

Result<std::vector<StoredAnswer>> SqlAnswers::since(std::uint64_t after, std::size_t most) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "since"));
  return answers_of(
      query.bind(1, static_cast<std::int64_t>(after)).bind(2, static_cast<std::int64_t>(most)));
}

}  // namespace meno
