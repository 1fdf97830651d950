#include "store/sql_answers.h"

#include <memory>
#include <utility>

#include <fmt/format.h>

#include "store/sql_enrolment.h"
#include "store/sql_rows.h"

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
          .fingerprint = query.text(11),
          .request_id = query.text(12)};
}

/// Enrolments by course and student, the last one remembered: batches come student by student.
class Enrolments {
 public:
  explicit Enrolments(Connection& connection) : connection_(connection) {}

  /// The enrolment's number. Errors: NotFound; the connection's.
  Result<std::int64_t> find(const StoredAnswer& answer) {
    if (number_ && answer.student_id == student_id_ && answer.course_id == course_id_)
      return *number_;
    number_.reset();
    MENO_TRY(const std::int64_t number,
             enrolment_of(connection_, answer.course_id, answer.student_id));
    course_id_ = answer.course_id;
    student_id_ = answer.student_id;
    number_ = number;
    return number;
  }

 private:
  Connection& connection_;
  std::string course_id_;
  std::string student_id_;
  std::optional<std::int64_t> number_;
};

/// Fills `outcome.answer.seq`, or replaces `outcome` by the answer that is there already under the
/// same event id.
Result<Done> append_one(Connection& connection, Enrolments& enrolments, Appended& outcome) {
  const StoredAnswer& answer = outcome.answer;
  MENO_TRY(const std::int64_t enrolment, enrolments.find(answer));
  MENO_TRY(Query query, connection.query(kSql, "append"));
  query.bind(1, answer.event_id).bind(2, enrolment).bind(3, answer.item_id);
  query.bind(4, std::int64_t{answer.variant})
      .bind_optional(5, answer.response)
      .bind(6, answer.correct);
  query.bind(7, std::int64_t{answer.answered_at.time_since_epoch().count()});
  query.bind_optional(8, answer.response_ms)
      .bind_optional(9, answer.hints_used)
      .bind(10, answer.fingerprint)
      .bind(11, answer.request_id);
  MENO_TRY_DONE(query.step());
  if (const std::optional<std::int64_t> seq = query.added_row()) {
    outcome.answer.seq = static_cast<std::uint64_t>(*seq);
    outcome.recorded = true;
    if (connection.shared()) outcome.before = mark_in(query, 1);
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

struct Batch {
  std::vector<StoredAnswer> answers;
  std::vector<Result<Appended>> outcomes;
};

/// May run again from the start, so it takes nothing out of the batch. A fault of the engine undoes
/// all of it.
Result<Done> append_all(Connection& connection, Batch& batch) {
  Enrolments enrolments(connection);
  batch.outcomes.clear();
  batch.outcomes.reserve(batch.answers.size());
  for (const StoredAnswer& answer : batch.answers) {
    Appended outcome{.answer = answer};
    const Result<Done> appended = append_one(connection, enrolments, outcome);
    if (appended) {
      batch.outcomes.emplace_back(std::move(outcome));
    } else if (connection.transaction() != TransactionState::Open ||
               appended.error().kind == ErrorKind::Unavailable) {
      return appended.error();
    } else {
      batch.outcomes.emplace_back(appended.error());
    }
  }
  return Done{};
}

}  // namespace

void SqlAnswers::append(StoredAnswer answer, AppendDone done) {
  auto outcome = std::make_shared<Appended>(Appended{.answer = std::move(answer)});
  writer_.submit({.work =
                      [outcome](Connection& connection) {
                        Enrolments enrolments(connection);
                        return append_one(connection, enrolments, *outcome);
                      },
                  .done =
                      [this, outcome, done = std::move(done)](Result<Done> result) {
                        if (!result) return done(std::move(result).error());
                        if (outcome->recorded) tally_.add(1);
                        done(std::move(*outcome));
                      }});
}

void SqlAnswers::append_batch(std::vector<StoredAnswer> answers, BatchDone done) {
  const auto batch = std::make_shared<Batch>(Batch{.answers = std::move(answers), .outcomes = {}});
  writer_.submit(
      {.work = [batch](Connection& connection) { return append_all(connection, *batch); },
       .done =
           [this, batch, done = std::move(done)](Result<Done> result) {
             if (!result) return done(std::move(result).error());
             std::uint64_t recorded = 0;
             for (const Result<Appended>& outcome : batch->outcomes)
               recorded += outcome && outcome->recorded ? 1 : 0;
             tally_.add(recorded);
             done(std::move(batch->outcomes));
           },
       .compound = true});
}

Result<Done> SqlAnswers::append_many(std::span<const StoredAnswer> answers) {
  MENO_TRY_DONE(writer_.run([&](Connection& connection) -> Result<Done> {
    Enrolments enrolments(connection);
    for (const StoredAnswer& answer : answers) {
      Appended outcome{.answer = answer};
      MENO_TRY_DONE(append_one(connection, enrolments, outcome));
      if (!outcome.recorded) {
        return conflict(
            fmt::format("event id \"{}\" is there already, expected a new id", answer.event_id));
      }
    }
    return Done{};
  }));
  tally_.add(answers.size());
  return Done{};
}

Result<std::vector<StoredAnswer>> SqlAnswers::history_after(std::string_view course_id,
                                                            std::string_view student_id,
                                                            std::uint64_t after) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "history"));
  query.bind(1, course_id).bind(2, student_id).bind(3, static_cast<std::int64_t>(after));
  return rows_of(query, &answer_of);
}

Result<EnrolmentMark> SqlAnswers::mark(std::string_view course_id, std::string_view student_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "mark"));
  MENO_TRY(const bool enrolled, query.bind(1, course_id).bind(2, student_id).step());
  return enrolled ? mark_in(query, 0) : EnrolmentMark();
}

Result<std::vector<StoredAnswer>> SqlAnswers::since(std::uint64_t after, std::size_t most) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "since"));
  query.bind(1, static_cast<std::int64_t>(after)).bind(2, static_cast<std::int64_t>(most));
  return rows_of(query, &answer_of);
}

}  // namespace meno
