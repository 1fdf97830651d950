// Courses, their skills, items, students and the class page.
#include <array>

#include "http/body.h"
#include "http/encode.h"
#include "http/routes.h"
#include "service/class_overview.h"
#include "service/enrol_student.h"
#include "service/list_courses.h"

namespace meno {
namespace {

constexpr std::array kItemQuery = {
    QueryParameter{.name = "skill", .summary = "only items of this skill"},
    QueryParameter{.name = "limit",
                   .summary = "at most this many",
                   .integer = true,
                   .least = 1,
                   .most = 1000,
                   .fallback = 100},
    QueryParameter{.name = "offset",
                   .summary = "leave out this many",
                   .integer = true,
                   .least = 0,
                   .most = 1'000'000'000},
};

Result<std::string> get_courses(Services& services, RouteCall& call) {
  MENO_TRY(const std::vector<CourseSummary> courses, list_courses(services, call.caller()));
  JsonWriter json;
  json.begin_object().key("courses").begin_array();
  for (const CourseSummary& course : courses) {
    json.begin_object().key("id").text(course.id).key("name").both(course.name);
    json.key("skills").integer(static_cast<std::int64_t>(course.skills));
    json.key("items").integer(static_cast<std::int64_t>(course.items));
    json.key("students").integer(static_cast<std::int64_t>(course.students));
    json.key("simulated")
        .boolean(course.simulated)
        .key("has_content")
        .boolean(course.has_content)
        .end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<std::string> get_skills(Services& services, RouteCall& call) {
  MENO_TRY(const auto course, find_course(services, call.path(0)));
  JsonWriter json;
  json.begin_object().key("skills").begin_array();
  for (const StoredSkill& skill : course->stored().skills) {
    json.begin_object().key("id").text(skill.id).key("name").both(skill.name).key("strand");
    skill.strand ? json.both(*skill.strand) : json.null();
    json.key("prerequisites").begin_array();
    for (const std::string& needed : skill.prerequisites) json.text(needed);
    json.end_array().end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<std::string> get_items(Services& services, RouteCall& call) {
  MENO_TRY(const ItemPage page,
           list_items(services,
                      {.course_id = call.path(0),
                       .skill = call.query("skill"),
                       .limit = static_cast<std::size_t>(call.query_integer(kItemQuery[1])),
                       .offset = static_cast<std::size_t>(call.query_integer(kItemQuery[2]))}));
  JsonWriter json;
  json.begin_object().key("items").begin_array();
  for (const StoredItem* item : page.items) {
    json.begin_object().key("id").text(item->id).key("skills").begin_array();
    for (const std::string& skill : item->skills) json.text(skill);
    json.end_array().key("title").both(item->title).end_object();
  }
  json.end_array().key("total").integer(static_cast<std::int64_t>(page.total)).end_object();
  return json.take();
}

Result<std::string> get_students(Services& services, RouteCall& call) {
  MENO_TRY(const std::vector<StoredStudent> students,
           list_students(services, call.caller(), call.path(0)));
  JsonWriter json;
  json.begin_object().key("students").begin_array();
  for (const StoredStudent& student : students) write_student(json, student);
  json.end_array().end_object();
  return json.take();
}

Result<std::string> post_student(Services& services, RouteCall& call) {
  MENO_TRY(EnrolStudent ask, decode_student(call.body()));
  ask.course_id = call.path(0);
  ask.request_id = call.request_id();
  MENO_TRY(const StoredStudent student, enrol_student(services, call.caller(), ask));
  JsonWriter json;
  write_student(json, student);
  return json.take();
}

void write_class_student(JsonWriter& json, const ClassStudent& row) {
  json.begin_object()
      .key("id")
      .text(row.student.id)
      .key("display_name")
      .text(row.student.display_name);
  json.key("simulated").boolean(row.student.simulated);
  json.key("answers").integer(static_cast<std::int64_t>(row.student.answers));
  json.key("last_answered_at").time(row.last_answered_at).key("mastery").begin_array();
  for (const std::optional<double>& p_mastery : row.mastery)
    p_mastery ? json.number(*p_mastery) : json.null();
  json.end_array().key("evidence").begin_array();
  for (const std::uint32_t answers : row.evidence) json.integer(answers);
  json.end_array().end_object();
}

void write_needs_help(JsonWriter& json, const NeedsHelp& need, const ClassOverview& overview) {
  json.begin_object().key("student_id").text(overview.students[need.member].student.id);
  json.key("kind").text(name_of(need.kind)).key("skill_id");
  need.skill ? json.text(overview.course->skill_name(*need.skill)) : json.null();
  json.key("reason").both(need.reason).key("evidence_count").integer(need.evidence_count);
  json.key("suggestion").both(need.suggestion).end_object();
}

Result<std::string> get_class(Services& services, RouteCall& call) {
  MENO_TRY(const ClassOverview overview, class_overview(services, call.caller(), call.path(0)));
  JsonWriter json;
  json.begin_object().key("course_id").text(call.path(0));
  json.key("model_version").text(overview.course->served().version).key("skills").begin_array();
  for (const StoredSkill& skill : overview.course->stored().skills) {
    json.begin_object().key("id").text(skill.id).key("name").both(skill.name).end_object();
  }
  json.end_array().key("students").begin_array();
  for (const ClassStudent& row : overview.students) write_class_student(json, row);
  json.end_array().key("needs_help").begin_array();
  for (const NeedsHelp& need : overview.needs_help) write_needs_help(json, need, overview);
  json.end_array().end_object();
  return json.take();
}

constexpr std::array kGetErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};
constexpr std::array kListErrors = {ErrorKind::Unavailable};
constexpr std::array kPostErrors = {ErrorKind::NotFound, ErrorKind::Conflict,
                                    ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/courses",
     .operation = "listCourses",
     .access = {Who::Student, "courses:read", true},
     .summary = "All courses with what they hold",
     .query = {},
     .reply_schema = "CourseList",
     .errors = kListErrors,
     .handle = &at_once<&get_courses>},
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/skills",
     .operation = "listSkills",
     .access = {Who::Student, "courses:read"},
     .summary = "The skills of a course and what each needs",
     .query = {},
     .reply_schema = "SkillList",
     .errors = kGetErrors,
     .handle = &at_once<&get_skills>},
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/items",
     .operation = "listItems",
     .access = {Who::Student, "courses:read"},
     .summary = "The items of a course, page by page",
     .query = kItemQuery,
     .reply_schema = "ItemList",
     .errors = kGetErrors,
     .handle = &at_once<&get_items>},
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/students",
     .operation = "listStudents",
     .access = {Who::Teacher, "students:read"},
     .summary = "The students of a course",
     .query = {},
     .reply_schema = "StudentList",
     .errors = kGetErrors,
     .handle = &at_once<&get_students>},
    {.method = Method::Post,
     .path = "/v1/courses/{course_id}/students",
     .operation = "enrolStudent",
     .access = {Who::Teacher, "students:write"},
     .summary = "Enrol a student in a course",
     .query = {},
     .body_schema = "StudentRequest",
     .reply_schema = "Student",
     .success = 201,
     .errors = kPostErrors,
     .handle = &at_once<&post_student, 201>},
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/class",
     .operation = "classOverview",
     .access = {Who::Teacher, "students:read"},
     .summary = "Mastery of every student and skill, and whom to see first",
     .query = {},
     .reply_schema = "ClassOverview",
     .errors = kGetErrors,
     .handle = &at_once<&get_class>},
};

}  // namespace

std::span<const Route> course_routes() { return kRoutes; }

}  // namespace meno
