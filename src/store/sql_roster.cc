#include "store/sql_roster.h"

#include <fmt/format.h>

#include "store/sql_audit.h"

namespace meno {
namespace {

constexpr std::string_view kSql = "roster";

/// The number that the block `name` finds for an id. Errors: NotFound, naming it as `what`.
Result<std::int64_t> number_of(Connection& connection, std::string_view name, std::string_view what,
                               std::string_view id) {
  MENO_TRY(Query query, connection.query(kSql, name));
  MENO_TRY(const bool found, query.bind(1, id).step());
  if (found) return query.integer(0);
  return not_found(fmt::format("{} \"{}\", expected one that is there", what, id));
}

Result<std::int64_t> organisation_no(Connection& connection, const StoredSchool& school) {
  {
    MENO_TRY(Query known, connection.query(kSql, "organisation_no"));
    MENO_TRY(const bool found, known.bind(1, school.organisation_id).step());
    if (found) return known.integer(0);
  }
  MENO_TRY(Query add, connection.query(kSql, "add_organisation"));
  MENO_TRY_DONE(add.bind(1, school.organisation_id).bind(2, school.organisation_name).step());
  return add.added_row().value_or(0);
}

Result<Done> insert_school(Connection& connection, const StoredSchool& school) {
  MENO_TRY(const std::int64_t organisation, organisation_no(connection, school));
  MENO_TRY(Query query, connection.query(kSql, "add_school"));
  const Result<bool> added =
      query.bind(1, school.id).bind(2, organisation).bind(3, school.name).step();
  if (added) return Done{};
  if (added.error().kind != ErrorKind::Conflict) return added.error();
  return conflict(fmt::format("school \"{}\" is there already, expected a new id", school.id));
}

/// The class's number, after it was added when its id is new.
Result<std::int64_t> class_no(Connection& connection, const StoredClass& asked) {
  {
    MENO_TRY(Query known, connection.query(kSql, "class_of"));
    MENO_TRY(const bool found, known.bind(1, asked.id).step());
    if (found && known.text(1) == asked.school_id) return known.integer(0);
    if (found) {
      return conflict(
          fmt::format("class \"{}\" is not of school \"{}\", expected a new id or a "
                      "class of that school",
                      asked.id, asked.school_id));
    }
  }
  MENO_TRY(const std::int64_t school,
           number_of(connection, "school_no", "school", asked.school_id));
  MENO_TRY(Query add, connection.query(kSql, "add_class"));
  MENO_TRY_DONE(add.bind(1, asked.id).bind(2, school).bind(3, asked.name).step());
  return add.added_row().value_or(0);
}

Result<std::int64_t> teacher_no(Connection& connection, const StoredClass& asked,
                                std::string_view teacher) {
  MENO_TRY(Query query, connection.query(kSql, "teacher_no"));
  MENO_TRY(const bool found, query.bind(1, teacher).step());
  if (!found)
    return not_found(fmt::format("teacher \"{}\", expected a teacher's account", teacher));
  if (query.text(1) == asked.school_id) return query.integer(0);
  return conflict(
      fmt::format("teacher \"{}\" is not of school \"{}\", expected one of the class's "
                  "school",
                  teacher, asked.school_id));
}

Result<Done> add_member(Connection& connection, std::string_view name, std::int64_t klass,
                        std::int64_t member) {
  MENO_TRY(Query query, connection.query(kSql, name));
  MENO_TRY_DONE(query.bind(1, klass).bind(2, member).step());
  return Done{};
}

Result<Done> insert_members(Connection& connection, const StoredClass& asked) {
  MENO_TRY(const std::int64_t klass, class_no(connection, asked));
  for (const std::string& course : asked.courses) {
    MENO_TRY(const std::int64_t no, number_of(connection, "course_no", "course", course));
    MENO_TRY_DONE(add_member(connection, "add_class_course", klass, no));
  }
  for (const std::string& teacher : asked.teachers) {
    MENO_TRY(const std::int64_t no, teacher_no(connection, asked, teacher));
    MENO_TRY_DONE(add_member(connection, "add_class_teacher", klass, no));
  }
  for (const std::string& student : asked.students) {
    MENO_TRY(const std::int64_t no, number_of(connection, "student_no", "student", student));
    MENO_TRY_DONE(add_member(connection, "add_class_student", klass, no));
  }
  return Done{};
}

/// The first column of all rows.
Result<std::vector<std::string>> texts_of(Query& query) {
  std::vector<std::string> texts;
  while (true) {
    MENO_TRY(const bool more, query.step());
    if (!more) return texts;
    texts.push_back(query.text(0));
  }
}

Result<std::vector<std::string>> members_of(Connection& connection, std::string_view name,
                                            std::string_view class_id) {
  MENO_TRY(Query query, connection.query(kSql, name));
  query.bind(1, class_id);
  return texts_of(query);
}

}  // namespace

Result<Done> SqlRoster::add_school(const StoredSchool& school, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY_DONE(insert_school(connection, school));
    return append_audit(connection, note);
  });
}

Result<Done> SqlRoster::add_to_class(const StoredClass& members, const AuditNote& note) {
  return writer_.run([&](Connection& connection) -> Result<Done> {
    MENO_TRY_DONE(insert_members(connection, members));
    return append_audit(connection, note);
  });
}

Result<std::vector<StoredSchool>> SqlRoster::schools() {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "schools"));
  std::vector<StoredSchool> schools;
  while (true) {
    MENO_TRY(const bool more, query.step());
    if (!more) return schools;
    schools.push_back({.id = query.text(0),
                       .name = query.text(1),
                       .organisation_id = query.text(2),
                       .organisation_name = query.text(3)});
  }
}

Result<std::vector<StoredClass>> SqlRoster::classes() {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "classes"));
  std::vector<StoredClass> classes;
  while (true) {
    MENO_TRY(const bool more, query.step());
    if (!more) break;
    classes.push_back({.id = query.text(0),
                       .school_id = query.text(1),
                       .name = query.text(2),
                       .courses = {},
                       .teachers = {},
                       .students = {}});
  }
  for (StoredClass& one : classes) {
    MENO_TRY(one.courses, members_of(*reader, "class_courses", one.id));
    MENO_TRY(one.teachers, members_of(*reader, "class_teachers", one.id));
    MENO_TRY(one.students, members_of(*reader, "class_students", one.id));
  }
  return classes;
}

Result<bool> SqlRoster::reaches(const Reach& reach, std::string_view course_id,
                                std::string_view student_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "reaches"));
  query.bind(1, reach.teacher_id).bind(2, reach.school_id).bind(3, course_id).bind(4, student_id);
  return query.step();
}

Result<std::vector<std::string>> SqlRoster::classes_of(const Reach& reach,
                                                       std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "classes_of"));
  query.bind(1, reach.teacher_id).bind(2, reach.school_id).bind(3, course_id);
  return texts_of(query);
}

Result<std::vector<std::string>> SqlRoster::students_of(const Reach& reach,
                                                        std::string_view course_id) {
  MENO_TRY(const Readers::Lease reader, readers_.lend());
  MENO_TRY(Query query, reader->query(kSql, "students_of"));
  query.bind(1, reach.teacher_id).bind(2, reach.school_id).bind(3, course_id);
  return texts_of(query);
}

}  // namespace meno
