#include "store/sql_listings.h"

#include <limits>

#include "store/sql_rows.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "listings";

std::uint64_t count_at(const Query& query, int column) {
  return static_cast<std::uint64_t>(query.integer(column));
}

std::optional<std::int32_t> optional_integer(const Query& query, int column) {
  if (query.is_null(column)) return std::nullopt;
  return static_cast<std::int32_t>(query.integer(column));
}

TimePoint time_at(const Query& query, int column) {
  return query.is_null(column) ? kNoTime
                               : TimePoint{std::chrono::milliseconds(query.integer(column))};
}

StoredStudent student_of(const Query& query) {
  return {.id = query.text(0),
          .display_name = query.text(1),
          .simulated = query.integer(2) != 0,
          .answers = count_at(query, 3)};
}

StoredAnswer answer_of(const Query& query) {
  StoredAnswer answer;
  answer.seq = count_at(query, 0);
  answer.event_id = query.text(1);
  answer.item_id = query.text(2);
  answer.variant = static_cast<std::uint32_t>(query.integer(3));
  if (!query.is_null(4)) answer.response = query.text(4);
  answer.correct = query.real(5);
  answer.answered_at = time_at(query, 6);
  answer.response_ms = optional_integer(query, 7);
  answer.hints_used = optional_integer(query, 8);
  answer.request_id = query.text(9);
  return answer;
}

StoredAccount account_of(const Query& query) {
  StoredAccount account;
  account.id = query.text(0);
  account.role = role_named(query.text(1)).value_or(Role::Student);
  account.display_name = query.text(2);
  account.school_id = query.text(3);
  account.student_id = query.text(4);
  account.disabled = query.integer(5) != 0;
  return account;
}

StoredKey key_of(const Query& query) {
  return {.id = query.text(0),
          .token_hash = {},
          .scopes = query.text(1),
          .school_id = query.text(2),
          .expires_at = time_at(query, 3),
          .revoked = query.integer(4) != 0};
}

StoredSchool school_of(const Query& query) {
  return {.id = query.text(0),
          .name = query.text(1),
          .organisation_id = query.text(2),
          .organisation_name = query.text(3)};
}

ListedClass class_of(const Query& query) {
  return {.id = query.text(0),
          .school_id = query.text(1),
          .name = query.text(2),
          .courses = count_at(query, 3),
          .teachers = count_at(query, 4),
          .students = count_at(query, 5)};
}

AuditRow audit_of(const Query& query) {
  return {.no = count_at(query, 0),
          .note = {.at = time_at(query, 1),
                   .actor = query.text(2),
                   .action = query.text(3),
                   .target = query.text(4),
                   .detail = query.text(5)},
          .hash = query.text(6)};
}

std::int64_t lower_end(TimePoint from) { return from.time_since_epoch().count(); }

std::int64_t upper_end(TimePoint before) {
  return before == kNoTime ? std::numeric_limits<std::int64_t>::max()
                           : std::int64_t{before.time_since_epoch().count()};
}

std::int64_t integer_of(std::uint64_t value) { return static_cast<std::int64_t>(value); }

}  // namespace

Result<std::vector<StoredStudent>> SqlListings::students(const StudentsWanted& wanted) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "students"));
  query.bind(1, wanted.course_id).bind(2, wanted.page.after).bind(3, wanted.name_prefix);
  query.bind(4, std::int64_t{wanted.seen.everywhere}).bind(5, wanted.class_id);
  query.bind(6, wanted.seen.reach.school_id).bind(7, wanted.seen.reach.teacher_id);
  query.bind(8, integer_of(wanted.page.most));
  return rows_of(query, &student_of);
}

Result<std::vector<StoredAnswer>> SqlListings::answers(const AnswersWanted& wanted) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "answers"));
  query.bind(1, wanted.course_id).bind(2, wanted.student_id).bind(3, integer_of(wanted.after));
  query.bind(4, lower_end(wanted.from)).bind(5, upper_end(wanted.before));
  query.bind(6, integer_of(wanted.most));
  MENO_TRY(std::vector<StoredAnswer> answers, rows_of(query, &answer_of));
  for (StoredAnswer& answer : answers) {
    answer.course_id = wanted.course_id;
    answer.student_id = wanted.student_id;
  }
  return answers;
}

Result<std::vector<StoredAccount>> SqlListings::accounts(const AccountsWanted& wanted) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "accounts"));
  query.bind(1, wanted.page.after).bind(2, wanted.school_id).bind(3, wanted.role);
  query.bind(4, integer_of(wanted.page.most));
  return rows_of(query, &account_of);
}

Result<std::vector<StoredKey>> SqlListings::keys(const std::string& school_id, const IdPage& page) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "keys"));
  query.bind(1, page.after).bind(2, school_id).bind(3, integer_of(page.most));
  return rows_of(query, &key_of);
}

Result<std::vector<StoredSchool>> SqlListings::schools(const std::string& only,
                                                       const IdPage& page) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "schools"));
  query.bind(1, page.after).bind(2, only).bind(3, integer_of(page.most));
  return rows_of(query, &school_of);
}

Result<std::vector<ListedClass>> SqlListings::classes(const ClassesWanted& wanted) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "classes"));
  query.bind(1, wanted.page.after).bind(2, wanted.school_id).bind(3, wanted.course_id);
  query.bind(4, std::int64_t{wanted.seen.everywhere}).bind(5, wanted.seen.reach.school_id);
  query.bind(6, wanted.seen.reach.teacher_id)
      .bind(7, integer_of(wanted.page.most))
      .bind(8, wanted.id);
  return rows_of(query, &class_of);
}

Result<std::vector<AuditRow>> SqlListings::audit(const AuditWanted& wanted) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "audit"));
  query.bind(1, integer_of(wanted.after)).bind(2, wanted.actor).bind(3, wanted.action);
  query.bind(4, lower_end(wanted.from)).bind(5, upper_end(wanted.before));
  query.bind(6, integer_of(wanted.most));
  return rows_of(query, &audit_of);
}

}  // namespace meno
