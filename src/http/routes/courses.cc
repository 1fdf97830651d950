// Courses, their skills, items, students and the class page.
#include <array>

#include "http/body.h"
#include "http/encode.h"
#include "http/listing.h"
#include "http/routes.h"
#include "service/class_overview.h"
#include "service/enrol_student.h"
#include "service/list_courses.h"

namespace meno {
namespace {

constexpr std::array kItemQuery =
    with_paging(std::array{QueryParameter{.name = "skill", .summary = "only items of this skill"}});
constexpr std::array kStudentQuery = with_paging(std::array{
    QueryParameter{.name = "name", .summary = "only those whose displayed name begins so"},
    QueryParameter{.name = "class_id", .summary = "only those of this class"}});

void write_course(RowWriter& row, const CourseSummary& course) {
  row.cell("id", course.id);
  row.cell("name", &course.name);
  row.cell("skills", static_cast<std::int64_t>(course.skills));
  row.cell("items", static_cast<std::int64_t>(course.items));
  row.cell("students", static_cast<std::int64_t>(course.students));
  row.cell("simulated", course.simulated);
  row.cell("has_content", course.has_content);
}

Result<HttpReply> get_courses(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listCourses", call));
  MENO_TRY(const std::vector<CourseSummary> courses, list_courses(services, call.caller()));
  const auto id = [](const CourseSummary& course) { return course.id; };
  MENO_TRY(const auto rows, rows_after(ask, courses, id));
  return page_reply(call, ask, "courses", rows, &write_course, id);
}

void write_skill(RowWriter& row, const StoredSkill& skill) {
  row.cell("id", skill.id);
  row.cell("name", &skill.name);
  row.cell("strand", skill.strand ? &*skill.strand : nullptr);
  row.cell("prerequisites", &skill.prerequisites);
}

Result<HttpReply> get_skills(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listSkills", call));
  MENO_TRY(const auto course, find_course(services, call.path(0)));
  const auto id = [](const StoredSkill& skill) { return skill.id; };
  MENO_TRY(const auto rows, rows_after(ask, course->stored().skills, id));
  return page_reply(call, ask, "skills", rows, &write_skill, id);
}

void write_item(RowWriter& row, const StoredItem& item) {
  row.cell("id", item.id);
  row.cell("skills", &item.skills);
  row.cell("title", &item.title);
}

Result<HttpReply> get_items(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listItems", call));
  MENO_TRY(const std::vector<StoredItem> rows, list_items(services, {.course_id = call.path(0),
                                                                     .skill = call.query("skill"),
                                                                     .after = ask.after,
                                                                     .most = ask.most()}));
  return page_reply(call, ask, "items", rows, &write_item,
                    [](const StoredItem& item) { return item.id; });
}

void write_student_row(RowWriter& row, const StoredStudent& student) {
  row.cell("id", student.id);
  row.cell("display_name", student.display_name);
  row.cell("simulated", student.simulated);
  row.cell("answers", static_cast<std::int64_t>(student.answers));
}

Result<HttpReply> get_students(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listStudents", call));
  MENO_TRY(const std::vector<StoredStudent> rows,
           list_students(services, call.caller(),
                         {.course_id = call.path(0),
                          .seen = {},
                          .class_id = std::string(call.query("class_id")),
                          .name_prefix = std::string(call.query("name")),
                          .page = {ask.after, ask.most()}}));
  return page_reply(call, ask, "students", rows, &write_student_row,
                    [](const StoredStudent& student) { return student.id; });
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
     .summary = "The courses with what they hold, by id",
     .query = kPageQuery,
     .reply_schema = "CourseList",
     .errors = kListErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_courses>},
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/skills",
     .operation = "listSkills",
     .access = {Who::Student, "courses:read"},
     .summary = "The skills of a course and what each needs, in its order",
     .query = kPageQuery,
     .reply_schema = "SkillList",
     .errors = kGetErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_skills>},
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/items",
     .operation = "listItems",
     .access = {Who::Student, "courses:read"},
     .summary = "The items of a course, in its order",
     .query = kItemQuery,
     .reply_schema = "ItemList",
     .errors = kGetErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_items>},
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/students",
     .operation = "listStudents",
     .access = {Who::Teacher, "students:read"},
     .summary = "The students of a course, by id",
     .query = kStudentQuery,
     .reply_schema = "StudentList",
     .errors = kGetErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_students>},
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
     .once = true,
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
