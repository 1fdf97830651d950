#include "service/accounts/roster.h"

#include <utility>

#include <fmt/format.h>

#include "service/accounts/sight.h"

namespace meno {
namespace {

/// The one school of `who`, for whoever does not see everything; `asked` is it or "". Errors:
/// NotFound.
Result<std::string> own_school(const Principal& who, const std::string& asked) {
  if (!who.school_id.empty() && (asked.empty() || asked == who.school_id)) return who.school_id;
  return not_found(fmt::format("school \"{}\", expected one that GET /v1/schools lists", asked));
}

Result<Done> check_course(Services& services, const Principal& who, const std::string& course) {
  MENO_TRY(const bool seen, sees(services, who, course, ""));
  if (seen) return Done{};
  return not_found(fmt::format("course \"{}\", expected one that is there", course));
}

Result<Done> check_teacher(Services& services, const Principal& who, const std::string& teacher) {
  MENO_TRY(const std::optional<StoredAccount> account, services.store.accounts().find(teacher));
  if (account && account->role == Role::Teacher && account->school_id == who.school_id)
    return Done{};
  return not_found(fmt::format("teacher \"{}\", expected a teacher's account", teacher));
}

Result<Done> check_student(Services& services, const Principal& who, const std::string& student) {
  MENO_TRY(const bool seen, sees(services, who, "", student));
  if (seen) return Done{};
  return not_found(fmt::format("student \"{}\", expected one that is there", student));
}

Result<Done> check_members(Services& services, const Principal& who, const StoredClass& members) {
  for (const std::string& course : members.courses) {
    MENO_TRY_DONE(check_course(services, who, course));
  }
  for (const std::string& teacher : members.teachers) {
    MENO_TRY_DONE(check_teacher(services, who, teacher));
  }
  for (const std::string& student : members.students) {
    MENO_TRY_DONE(check_student(services, who, student));
  }
  return Done{};
}

/// A student's account opens a record: one in sight, or a new one that a class of the school gets.
Result<Done> check_student_account(Services& services, const Principal& who,
                                   const AddAccount& ask) {
  const std::string& student = ask.student_id.empty() ? ask.id : ask.student_id;
  MENO_TRY(const bool known, services.store.students().known(student));
  if (known) return check_student(services, who, student);
  if (!ask.course_id.empty() && !ask.class_id.empty())
    return check_course(services, who, ask.course_id);
  return not_found(fmt::format(
      "student \"{}\", expected one that is there, or \"course_id\" and \"class_id\" to "
      "enrol a new one",
      student));
}

}  // namespace

Seen seen_by(const Principal& who) { return {.everywhere = who.everywhere, .reach = who.reach}; }

Result<StoredSchool> add_school(Store& store, const Clock& clock, StoredSchool school,
                                const std::string& actor) {
  if (school.name.empty()) school.name = school.id;
  if (school.organisation_id.empty()) school.organisation_id = school.id;
  if (school.organisation_name.empty()) school.organisation_name = school.organisation_id;
  MENO_TRY_DONE(store.roster().add_school(school, {.at = clock.now(),
                                                   .actor = actor,
                                                   .action = "school_added",
                                                   .target = school.id,
                                                   .detail = ""}));
  return school;
}

Result<Done> add_to_class(Store& store, const Clock& clock, StoredClass members,
                          const std::string& actor) {
  if (members.school_id.empty())
    return invalid_input("\"school_id\" is missing, expected the id of the class's school");
  if (members.name.empty()) members.name = members.id;
  return store.roster().add_to_class(members, {.at = clock.now(),
                                               .actor = actor,
                                               .action = "class_changed",
                                               .target = members.id,
                                               .detail = ""});
}

Result<Done> add_to_class(Services& services, const Principal& who, StoredClass members) {
  if (!who.everywhere) {
    MENO_TRY(members.school_id, own_school(who, members.school_id));
    MENO_TRY_DONE(check_members(services, who, members));
  }
  return add_to_class(services.store, services.clock, std::move(members), who.id);
}

Result<std::string> add_account(Services& services, const Principal& who, AddAccount ask,
                                const PasswordCost& cost) {
  ask.actor = who.id;
  if (!who.everywhere) {
    const std::optional<Role> role = role_named(ask.role);
    if (role && *role > Role::Teacher) {
      return Error{ErrorKind::Forbidden,
                   fmt::format("role \"{}\", expected student or teacher: others are made by a "
                               "platform admin",
                               ask.role)};
    }
    MENO_TRY(ask.school_id, own_school(who, ask.school_id));
    if (role == Role::Student) {
      MENO_TRY_DONE(check_student_account(services, who, ask));
    }
  }
  return add_account(services.store, services.clock, ask, cost);
}

Result<std::vector<StoredAccount>> list_accounts(Services& services, const Principal& who,
                                                 AccountsWanted wanted) {
  if (!wanted.role.empty() && !role_named(wanted.role)) {
    return invalid_input(
        fmt::format("\"role\" is \"{}\", expected student, teacher, school_admin or platform_admin",
                    wanted.role));
  }
  if (!who.everywhere) {
    MENO_TRY(wanted.school_id, own_school(who, wanted.school_id));
  }
  return services.store.listings().accounts(wanted);
}

Result<std::vector<StoredSchool>> list_schools(Services& services, const Principal& who,
                                               const IdPage& page) {
  if (who.everywhere) return services.store.listings().schools("", page);
  if (who.school_id.empty()) return std::vector<StoredSchool>();
  return services.store.listings().schools(who.school_id, page);
}

Result<std::vector<ListedClass>> list_classes(Services& services, const Principal& who,
                                              ClassesWanted wanted) {
  wanted.seen = seen_by(who);
  return services.store.listings().classes(wanted);
}

}  // namespace meno
