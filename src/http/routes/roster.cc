// Schools, classes and the audit log.
#include "service/accounts/roster.h"

#include <array>

#include "http/body.h"
#include "http/json_writer.h"
#include "http/listing.h"
#include "http/routes.h"

namespace meno {
namespace {

void write_school(RowWriter& row, const StoredSchool& school) {
  row.cell("id", school.id);
  row.cell("name", school.name);
  row.cell("organisation_id", school.organisation_id);
  row.cell("organisation_name", school.organisation_name);
}

Result<HttpReply> get_schools(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listSchools", call));
  MENO_TRY(const std::vector<StoredSchool> rows,
           list_schools(services, call.caller(), {ask.after, ask.most()}));
  return page_reply(call, ask, "schools", rows, &write_school,
                    [](const StoredSchool& school) { return school.id; });
}

Result<std::string> post_school(Services& services, RouteCall& call) {
  MENO_TRY(StoredSchool school, decode_school(call.body()));
  MENO_TRY(school, add_school(services.store, services.clock, std::move(school), call.caller().id));
  JsonWriter json;
  json.begin_object();
  JsonRow row(json);
  write_school(row, school);
  json.end_object();
  return json.take();
}

void write_class(RowWriter& row, const ListedClass& one) {
  row.cell("id", one.id);
  row.cell("school_id", one.school_id);
  row.cell("name", one.name);
  row.cell("courses", static_cast<std::int64_t>(one.courses));
  row.cell("teachers", static_cast<std::int64_t>(one.teachers));
  row.cell("students", static_cast<std::int64_t>(one.students));
}

Result<HttpReply> get_classes(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listClasses", call));
  MENO_TRY(const std::vector<ListedClass> rows,
           list_classes(services, call.caller(),
                        {.school_id = std::string(call.query("school_id")),
                         .course_id = std::string(call.query("course_id")),
                         .page = {ask.after, ask.most()}}));
  return page_reply(call, ask, "classes", rows, &write_class,
                    [](const ListedClass& one) { return one.id; });
}

Result<std::string> post_class(Services& services, RouteCall& call) {
  MENO_TRY(StoredClass members, decode_class(call.body()));
  const std::string id = members.id;
  MENO_TRY_DONE(add_to_class(services, call.caller(), std::move(members)));
  JsonWriter json;
  json.begin_object().key("id").text(id).end_object();
  return json.take();
}

void write_audit(RowWriter& row, const AuditRow& audit) {
  row.cell("no", static_cast<std::int64_t>(audit.no));
  row.cell("at", audit.note.at);
  row.cell("actor", audit.note.actor);
  row.cell("action", audit.note.action);
  row.cell("target", audit.note.target);
  row.cell("detail", audit.note.detail);
  row.cell("hash", audit.hash);
}

Result<HttpReply> get_audit(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listAudit", call));
  AuditWanted wanted{.actor = std::string(call.query("actor")),
                     .action = std::string(call.query("action")),
                     .most = ask.most()};
  MENO_TRY(wanted.after, number_after(ask));
  MENO_TRY(wanted.from, query_time(call, "from"));
  MENO_TRY(wanted.before, query_time(call, "before"));
  MENO_TRY(const std::vector<AuditRow> rows, services.store.listings().audit(wanted));
  return page_reply(call, ask, "rows", rows, &write_audit,
                    [](const AuditRow& row) { return std::to_string(row.no); });
}

constexpr std::array kClassQuery = with_paging(std::array{
    QueryParameter{.name = "school_id", .summary = "only those of this school"},
    QueryParameter{.name = "course_id", .summary = "only those that work on this course"}});
constexpr std::array kAuditQuery = with_paging(std::array{
    QueryParameter{.name = "actor", .summary = "only what this account or key did"},
    QueryParameter{.name = "action", .summary = "only this, e.g. login_failed"}, kFrom, kBefore});
constexpr std::array kListErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};
constexpr std::array kPostErrors = {ErrorKind::NotFound, ErrorKind::Conflict,
                                    ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/schools",
     .operation = "listSchools",
     .access = {Who::Teacher, "accounts:read", true},
     .summary = "The schools that the caller sees, by id",
     .query = kPageQuery,
     .reply_schema = "SchoolList",
     .errors = kListErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_schools>},
    {.method = Method::Post,
     .path = "/v1/schools",
     .operation = "addSchool",
     .access = {Who::PlatformAdmin, "accounts:write"},
     .summary = "Add a school, and its organisation when that is new",
     .query = {},
     .body_schema = "SchoolRequest",
     .reply_schema = "School",
     .success = 201,
     .errors = kPostErrors,
     .once = true,
     .handle = &at_once<&post_school, 201>},
    {.method = Method::Get,
     .path = "/v1/classes",
     .operation = "listClasses",
     .access = {Who::Teacher, "accounts:read", true},
     .summary = "The classes that the caller sees, by id",
     .query = kClassQuery,
     .reply_schema = "ClassList",
     .errors = kListErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_classes>},
    {.method = Method::Post,
     .path = "/v1/classes",
     .operation = "addToClass",
     .access = {Who::SchoolAdmin, "accounts:write", true},
     .summary = "Add a class when its id is new, and members to it; those that are there stay",
     .query = {},
     .body_schema = "ClassRequest",
     .reply_schema = "Named",
     .errors = kPostErrors,
     .once = true,
     .handle = &at_once<&post_class>},
    {.method = Method::Get,
     .path = "/v1/audit",
     .operation = "listAudit",
     .access = {Who::PlatformAdmin, "accounts:read"},
     .summary = "The audit log, oldest first; `meno audit verify` checks its chain",
     .query = kAuditQuery,
     .reply_schema = "AuditList",
     .errors = kListErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_audit>},
};

}  // namespace

std::span<const Route> roster_routes() { return kRoutes; }

}  // namespace meno
