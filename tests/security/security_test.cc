// Who may do what. Every route is asked by everyone: a route that is added without saying who may
// call it, or one that lets in more or fewer, fails here. Then the ways around: stolen, old and
// guessed credentials, pages of other origins, two identities in one request.
#include <cstdlib>
#include <filesystem>
#include <map>
#include <memory>
#include <thread>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/json.h"
#include "http/routes.h"
#include "http/schemas.h"
#include "running_server.h"
#include "service/accounts/add_credentials.h"
#include "service/fake_model_test.h"
#include "service/fill_store.h"
#include "test_client.h"

namespace meno {
namespace {

constexpr PasswordCost kCheap = {.passes = 1, .bytes = 8192};
constexpr const char* kPassword = "a long password";

/// How a route is asked about Ann, of class 7a in the school "north": its address and body.
std::string address_of(const Route& route) {
  std::string path(route.path);
  const std::map<std::string, std::string> values = {{"{course_id}", "maths"},
                                                     {"{student_id}", "ann"},
                                                     {"{recommendation_no}", "1"},
                                                     {"{account_id}", "nobody-there"},
                                                     {"{key_id}", "nothing-there"}};
  for (const auto& [name, value] : values) {
    const std::size_t at = path.find(name);
    if (at != std::string::npos) path.replace(at, name.size(), value);
  }
  char mark = '?';
  for (const QueryParameter& parameter : route.query) {
    const bool is_id = parameter.name == "course_id" || parameter.name == "student_id";
    if (!parameter.required && !is_id) continue;
    path += fmt::format("{}{}={}", mark, parameter.name,
                        parameter.name == "course_id" ? "maths" : "ann");
    mark = '&';
  }
  return path;
}

std::string_view schema_text(std::string_view name) {
  for (const Schema& schema : all_schemas()) {
    if (schema.name == name) return schema.json;
  }
  return {};
}

bool names(const Route& route, std::string_view field) {
  const std::string quoted = fmt::format("\"{}\":", field);
  const bool in_query =
      std::any_of(route.query.begin(), route.query.end(),
                  [field](const QueryParameter& each) { return each.name == field; });
  return in_query || route.path.find(fmt::format("{{{}}}", field)) != std::string_view::npos ||
         (!route.body_schema.empty() && route.body_type != kNdjson &&
          schema_text(route.body_schema).find(quoted) != std::string_view::npos);
}

std::string body_of(const Route& route) {
  if (route.body_schema.empty()) return "";
  std::string body = "{";
  if (names(route, "course_id") && route.path.find("{course_id}") == std::string_view::npos)
    body += R"("course_id":"maths")";
  if (names(route, "student_id") && route.path.find("{student_id}") == std::string_view::npos)
    body += fmt::format(R"({}"student_id":"ann")", body.size() > 1 ? "," : "");
  return body + "}";
}

/// Two schools that share the course "maths" (one teaches it in two classes) and a course that only
/// the first has.
class Security : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern =
        (std::filesystem::temp_directory_path() / "meno-security-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    Result<std::unique_ptr<Store>> store = open_store((folder_ / "store.db").string());
    ASSERT_TRUE(store) << store.error().message;
    store_ = *std::move(store);
    ASSERT_TRUE(fill_store(*store_, run_));
    const std::vector<StoredStudent> students = {{.id = "ann", .display_name = "Ann"},
                                                 {.id = "bo", .display_name = "Bo"},
                                                 {.id = "cy", .display_name = "Cy"}};
    ASSERT_TRUE(store_->students().enrol("maths", students));
    add_people();
    services_ = std::make_unique<Services>(*store_, run_, model_, clock_);
    AccountsOptions options;
    options.password_cost = kCheap;
    accounts_ = std::make_unique<Accounts>(*store_, clock_, options);
    ASSERT_TRUE(accounts_->load());
    services_->accounts = accounts_.get();
    ServerOptions server;
    server.port = 0;
    server.threads = 2;
    Result<std::unique_ptr<HttpServer>> listening = HttpServer::listen(server);
    ASSERT_TRUE(listening) << listening.error().message;
    server_ = std::make_unique<RunningServer>(*std::move(listening), *services_);
    client_ = std::make_unique<TestClient>(server_->port());
  }

  void TearDown() override {
    client_.reset();
    server_.reset();
    accounts_.reset();
    services_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void add_people() {
    for (const char* school : {"north", "south"})
      ASSERT_TRUE(store_->roster().add_school({school, school, "city", "City"}, {}));
    const StoredClass classes[] = {
        {"7a", "north", "7a", {"maths"}, {}, {"ann"}},
        {"7b", "north", "7b", {"maths"}, {}, {"bo"}},
        {"s1", "south", "s1", {"maths"}, {}, {"cy"}},
    };
    for (const StoredClass& one : classes) ASSERT_TRUE(store_->roster().add_to_class(one, {}));
    const AddAccount people[] = {
        {.id = "ann", .role = "student"},
        {.id = "bo", .role = "student"},
        {.id = "tina", .role = "teacher", .school_id = "north", .class_id = "7a"},
        {.id = "tom", .role = "teacher", .school_id = "north", .class_id = "7b"},
        {.id = "sue", .role = "teacher", .school_id = "south", .class_id = "s1"},
        {.id = "nora", .role = "school_admin", .school_id = "north"},
        {.id = "sam", .role = "school_admin", .school_id = "south"},
        {.id = "root", .role = "platform_admin"},
    };
    for (AddAccount person : people) {
      person.password = kPassword;
      const Result<std::string> added = add_account(*store_, clock_, person, kCheap);
      ASSERT_TRUE(added) << added.error().message;
    }
  }

  std::string key(const std::string& id, const std::string& scopes, const std::string& school = "",
                  int days = 0) {
    const Result<std::string> made =
        add_key(*store_, clock_,
                {.id = id, .scopes = scopes, .school_id = school, .days = days, .actor = "test"});
    EXPECT_TRUE(made) << made.error().message;
    return made ? *made : "";
  }

  /// Sends a request with `fields` (each ended by CRLF) in its header.
  RawReply ask(std::string_view method, std::string_view path, const std::string& fields = "",
               const std::string& body = "", std::string_view type = "application/json") {
    std::string head = fmt::format("{} {} HTTP/1.1\r\nHost: localhost\r\n{}", method, path, fields);
    if (!body.empty())
      head += fmt::format("Content-Type: {}\r\nContent-Length: {}\r\n", type, body.size());
    client_->send(head + "\r\n" + body);
    RawReply reply = client_->receive();
    // A stream goes on until its listener leaves.
    if (reply.header.find("text/event-stream") != std::string::npos)
      client_ = std::make_unique<TestClient>(server_->port());
    return reply;
  }

  RawReply ask_about_ann(const Route& route, const std::string& fields) {
    return ask(name_of(route.method), address_of(route), fields, body_of(route), route.body_type);
  }

  RawReply sign_in(const std::string& account, const std::string& password,
                   const std::string& fields = "") {
    return ask("POST", "/v1/session", fields,
               fmt::format(R"({{"account_id":"{}","password":"{}"}})", account, password));
  }

  /// "name=value" of the cookie that a reply sets; "" when it sets none.
  static std::string cookie_of(const RawReply& reply) {
    const std::size_t at = reply.header.find("Set-Cookie: ");
    if (at == std::string::npos) return "";
    const std::string_view rest = std::string_view(reply.header).substr(at + 12);
    return std::string(rest.substr(0, rest.find(';')));
  }

  /// The fields with which an account asks, once signed in.
  std::string as(const std::string& account) {
    const RawReply reply = sign_in(account, kPassword);
    EXPECT_EQ(reply.status, 200) << reply.body;
    return fmt::format("Cookie: {}\r\nX-Meno-Request: 1\r\n", cookie_of(reply));
  }

  static std::string bearer(const std::string& key) {
    return fmt::format("Authorization: Bearer {}\r\n", key);
  }

  static std::string answer(const std::string& student, const std::string& event) {
    return fmt::format(
        R"({{"event_id":"{}","course_id":"maths","student_id":"{}","item_id":"i1","correct":true}})",
        event, student);
  }

  std::filesystem::path folder_;
  meno::Run run_ = fake_run();
  FakeModel model_;
  FixedClock clock_{TimePoint(std::chrono::milliseconds(1'800'000'000'000))};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Services> services_;
  std::unique_ptr<Accounts> accounts_;
  std::unique_ptr<RunningServer> server_;
  std::unique_ptr<TestClient> client_;
};

/// Whether the guard let it through: what the handler then says of it does not matter here.
bool let_in(const RawReply& reply) {
  return reply.status != 401 && reply.status != 403 &&
         reply.body.find("expected one of yours") == std::string::npos &&
         reply.body.find("GET /v1/courses lists") == std::string::npos;
}

/// Everyone who can ask, and for which `who` of a row about Ann they are let in.
struct Asker {
  const char* name;
  Who most;          // rows of this `who` or less
  bool sees_ann;     // rows about Ann herself
  bool sees_course;  // rows about the course alone
};

constexpr Asker kAskers[] = {
    {"ann", Who::Student, true, true},      {"bo", Who::Student, false, true},
    {"tina", Who::Teacher, true, true},     {"tom", Who::Teacher, false, true},
    {"sue", Who::Teacher, false, true},     {"nora", Who::SchoolAdmin, true, true},
    {"sam", Who::SchoolAdmin, false, true}, {"root", Who::PlatformAdmin, true, true},
};

bool allowed(const Route& route, const Asker& asker) {
  if (route.access.who == Who::Anyone) return true;
  if (asker.most < route.access.who) return false;
  if (names(route, "student_id")) return asker.sees_ann;
  return !names(route, "course_id") || asker.sees_course;
}

template <class Look>
void for_every_route(Look look) {
  for (const std::span<const Route> table : all_routes()) {
    for (const Route& route : table) {
      if (route.operation != "signIn" && route.operation != "signOut") look(route);
    }
  }
}

TEST_F(Security, EveryRouteSaysWhoMayCallItAndWhatItIsAbout) {
  for_every_route([](const Route& route) {
    EXPECT_NE(route.access.who, Who::Nobody) << route.operation;
    if (route.access.who == Who::Anyone) return;
    EXPECT_NE(std::find(kScopes.begin(), kScopes.end(), route.access.scope), kScopes.end())
        << route.operation;
    const bool about = names(route, "course_id") || names(route, "student_id");
    EXPECT_TRUE(about || route.access.narrows || route.access.who == Who::PlatformAdmin)
        << route.operation << " is about no course or student";
  });
}

TEST_F(Security, EveryRouteLetsInWhomItSays) {
  for (const Asker& asker : kAskers) {
    const std::string fields = as(asker.name);
    for_every_route([&](const Route& route) {
      const RawReply reply = ask_about_ann(route, fields);
      EXPECT_EQ(let_in(reply), allowed(route, asker))
          << route.operation << " asked by " << asker.name << ": " << reply.status << reply.body;
    });
  }
}

TEST_F(Security, EveryRouteLetsInKeysWithItsScopeOnly) {
  const std::string admin = bearer(key("all", "admin"));
  std::map<std::string_view, std::string> keys;
  for (const std::string_view scope : kScopes)
    keys[scope] = bearer(key(fmt::format("only {}", scope), std::string(scope)));
  for_every_route([&](const Route& route) {
    const bool anyone = route.access.who == Who::Anyone;
    EXPECT_EQ(let_in(ask_about_ann(route, "")), anyone) << route.operation;
    EXPECT_TRUE(let_in(ask_about_ann(route, admin))) << route.operation;
    for (const auto& [scope, fields] : keys) {
      const bool fits = anyone || scope == "admin" || scope == route.access.scope;
      EXPECT_EQ(let_in(ask_about_ann(route, fields)), fits)
          << route.operation << " asked with " << scope;
    }
    const RawReply unsigned_reply = ask_about_ann(route, bearer("meno_x"));
    EXPECT_EQ(unsigned_reply.status == 401, !anyone) << route.operation;
  });
}

TEST_F(Security, ListsHoldOnlyWhomTheCallerSees) {
  const auto students = [this](const std::string& fields) {
    std::string ids;
    for (const char* path : {"/v1/courses/maths/students", "/v1/courses/maths/class"}) {
      const Json reply = *parse_json(ask("GET", path, fields).body, "a reply");
      for (const Json& each : reply.at("students")) ids += each.at("id").get<std::string>() + " ";
    }
    return ids;
  };
  EXPECT_EQ(students(as("tina")), "ann ann ");
  EXPECT_EQ(students(as("sue")), "cy cy ");
  EXPECT_EQ(students(as("nora")), "ann bo ann bo ");
  EXPECT_EQ(students(as("root")), "ann bo cy ann bo cy ");
  EXPECT_EQ(students(bearer(key("k", "students:read", "south"))), "cy cy ");
}

TEST_F(Security, ListsOfPeopleHoldOnlyTheCallersSchool) {
  const auto ids = [this](const char* path, const std::string& fields) {
    const RawReply reply = ask("GET", path, fields);
    std::string found;
    const Json page = *parse_json(reply.body, "a reply");
    for (const auto& [name, member] : page.items()) {
      if (!member.is_array()) continue;
      for (const Json& row : member) found += row.at("id").get<std::string>() + " ";
    }
    return found;
  };
  const std::string nora = as("nora");
  const std::string tina = as("tina");
  const std::string root = as("root");
  EXPECT_EQ(ids("/v1/schools", nora), "north ");
  EXPECT_EQ(ids("/v1/schools", tina), "north ");
  EXPECT_EQ(ids("/v1/schools", root), "north south ");
  EXPECT_EQ(ids("/v1/classes", nora), "7a 7b ");
  EXPECT_EQ(ids("/v1/classes", tina), "7a ");
  EXPECT_EQ(ids("/v1/classes?school_id=south", nora), "");
  EXPECT_EQ(ids("/v1/accounts", nora), "nora tina tom ");
  EXPECT_EQ(ids("/v1/accounts?role=student", root), "ann bo ");
  EXPECT_EQ(ask("GET", "/v1/accounts?school_id=south", nora).status, 404);
  EXPECT_EQ(ids("/v1/classes", bearer(key("south", "accounts:read", "south"))), "s1 ");
  EXPECT_EQ(ask("GET", "/v1/keys", bearer(key("north", "accounts:read", "north"))).status, 403);
  for (const char* path : {"/v1/keys", "/v1/accounts"}) {
    const std::string body = ask("GET", path, root).body;
    EXPECT_EQ(body.find("hash"), std::string::npos) << path;
  }
}

TEST_F(Security, ASchoolAdminMakesClassesAndAccountsOfTheOwnSchoolOnly) {
  const std::string nora = as("nora");
  const auto status = [&](const char* path, const std::string& body) {
    return ask("POST", path, nora, body).status;
  };
  const std::size_t rows = store_->audit().since(0, 10'000)->size();
  for (const auto& [body, expected] :
       {std::pair<const char*, int>{R"({"id":"x","school_id":"south"})", 404},
        {R"({"id":"x","students":["cy"]})", 404},
        {R"({"id":"x","teachers":["sue"]})", 404},
        {R"({"id":"x","teachers":["nobody"]})", 404},
        {R"({"id":"x","courses":["none"]})", 404},
        {R"({"id":"s1"})", 409}}) {
    EXPECT_EQ(status("/v1/classes", body), expected) << body;
  }
  for (const auto& [body, expected] :
       {std::pair<const char*, int>{R"({"id":"x","role":"teacher","school_id":"south"})", 404},
        {R"({"id":"x","role":"platform_admin"})", 403},
        {R"({"id":"x","role":"school_admin"})", 403},
        {R"({"id":"cy","role":"student"})", 404},
        {R"({"id":"x","role":"student","student_id":"cy"})", 404},
        {R"({"id":"x","role":"student","course_id":"none","class_id":"7a"})", 404},
        {R"({"id":"x","role":"student","course_id":"maths"})", 404},
        {R"({"id":"x","role":"teacher","class_id":"s1"})", 409},
        {R"({"id":"tina","role":"teacher"})", 409}}) {
    EXPECT_EQ(status("/v1/accounts", body), expected) << body;
  }
  const std::vector<AuditRow> added = *store_->audit().since(rows, 10'000);
  for (const AuditRow& row : added) EXPECT_EQ(row.note.action, "refused") << row.note.target;
  EXPECT_EQ(status("/v1/schools", R"({"id":"x"})"), 403);
  EXPECT_EQ(status("/v1/classes",
                   R"({"id":"7c","courses":["maths"],"teachers":["tina"],"students":["ann"]})"),
            200);
  EXPECT_EQ(status("/v1/accounts", R"({"id":"ted","role":"teacher","class_id":"7c"})"), 201);
  EXPECT_EQ(status("/v1/accounts",
                   R"({"id":"new","role":"student","course_id":"maths","class_id":"7c"})"),
            201);
  EXPECT_EQ(ask("GET", "/v1/students/new/mastery?course_id=maths", as("tina")).status, 200);
}

TEST_F(Security, WhoIsRefusedIsNotedOnceAMinute) {
  const std::string ann = as("ann");
  const auto noted = [this] {
    std::string found;
    const std::vector<AuditRow> refused = *store_->listings().audit({.action = "refused"});
    for (const AuditRow& row : refused)
      found += fmt::format("{} {}; ", row.note.actor, row.note.target);
    return found;
  };
  for (int k = 0; k < 3; ++k) EXPECT_EQ(ask("GET", "/v1/accounts", ann).status, 403);
  for (int k = 0; k < 3; ++k)
    EXPECT_EQ(ask("GET", "/v1/students/bo/mastery?course_id=maths", ann).status, 404);
  EXPECT_EQ(ask("GET", "/v1/accounts").status, 401);
  EXPECT_EQ(noted(), "ann listAccounts; ann studentMastery; ");
  clock_.advance(std::chrono::minutes(2));
  EXPECT_EQ(ask("GET", "/v1/accounts", ann).status, 403);
  EXPECT_EQ(noted(), "ann listAccounts; ann studentMastery; ann listAccounts; ");
}

TEST_F(Security, AKeptReplyIsForItsCallerOnly) {
  const std::string root = as("root");
  const std::string body = R"({"id":"twice","scopes":"courses:read"})";
  const std::string once = "Idempotency-Key: k\r\n";
  const RawReply first = ask("POST", "/v1/keys", root + once, body);
  ASSERT_EQ(first.status, 201) << first.body;
  EXPECT_EQ(ask("POST", "/v1/keys", root + once, body).body, first.body);
  EXPECT_EQ(ask("POST", "/v1/keys", once, body).status, 401);
  EXPECT_EQ(ask("POST", "/v1/keys", bearer(key("k", "accounts:write")) + once, body).status, 409)
      << "another caller's key is another key: the id is taken";
}

TEST_F(Security, AListenerHearsOnlyOfStudentsWithinSight) {
  const auto listen = [this](const std::string& fields) {
    auto listener = std::make_unique<TestClient>(server_->port());
    listener->send("GET /v1/courses/maths/events HTTP/1.1\r\nHost: localhost\r\n" + fields +
                   "\r\n");
    EXPECT_EQ(listener->receive().status, 200);
    EXPECT_NE(listener->until("\n\n"), "");
    return listener;
  };
  const auto tina = listen(as("tina"));
  const auto nora = listen(as("nora"));
  const auto south = listen(bearer(key("south", "students:read", "south")));
  const std::string root = as("root");
  for (const char* student : {"cy", "bo", "ann"}) {
    ASSERT_EQ(ask("POST", "/v1/answers", root, answer(student, student)).status, 200);
  }
  const auto heard = [](TestClient& listener) {
    const std::string event = listener.until("\n\n");
    const std::size_t at = event.find("\"student_id\":\"") + 14;
    return event.substr(at, event.find('"', at) - at);
  };
  EXPECT_EQ(heard(*tina), "ann");
  EXPECT_EQ(heard(*nora), "bo");
  EXPECT_EQ(heard(*nora), "ann");
  EXPECT_EQ(heard(*south), "cy");
}

TEST_F(Security, ABatchRecordsOnlyAnswersOfStudentsWithinSight) {
  const auto refused_of = [this](const std::string& fields) {
    const RawReply reply = ask("POST", "/v1/courses/maths/answers", fields,
                               answer("ann", "b1") + "\n" + answer("cy", "b2"), kNdjson);
    const Json document = *parse_json(reply.body, "a reply");
    std::string lines;
    for (const Json& refused : document.at("refused"))
      lines += refused.at("message").get<std::string>() + "; ";
    return lines;
  };
  EXPECT_EQ(refused_of(as("sue")),
            "student \"ann\" is not enrolled in course \"maths\", expected an enrolled student; ");
  EXPECT_EQ(refused_of(bearer(key("north", "answers:write", "north"))),
            "student \"cy\" is not enrolled in course \"maths\", expected an enrolled student; ");
  EXPECT_EQ(refused_of(as("root")), "");
}

TEST_F(Security, RulesOfAWholeCourseAreForWhoSeesAllItsClasses) {
  const auto status = [this](const std::string& fields) {
    return ask("PUT", "/v1/courses/maths/rules", fields, R"({"repeat_gap":3})").status;
  };
  EXPECT_EQ(status(as("tina")), 403);
  EXPECT_EQ(status(as("nora")), 403) << "the other school works on it too";
  EXPECT_EQ(status(as("root")), 200);
  const auto listing = [this](const std::string& fields) {
    return ask("PUT", "/v1/courses/maths/resources", fields, R"({"resources":[]})").status;
  };
  EXPECT_EQ(listing(as("tina")), 403) << "so do its resources";
  EXPECT_EQ(listing(as("root")), 200);
  EXPECT_EQ(ask("PUT", "/v1/courses/maths/rules?student_id=ann", as("tina"), R"({"repeat_gap":3})")
                .status,
            200);
}

TEST_F(Security, WhatIsOutOfSightIsNotToldFromWhatIsNotThere) {
  const std::string tom = as("tom") + "X-Request-Id: one\r\n";
  std::string there = ask("GET", "/v1/students/ann/mastery?course_id=maths", tom).body;
  std::string nowhere = ask("GET", "/v1/students/zed/mastery?course_id=maths", tom).body;
  for (std::size_t at = 0; (at = there.find("ann", at)) != std::string::npos;)
    there.replace(at, 3, "zed");
  EXPECT_EQ(there, nowhere);
  EXPECT_EQ(ask("GET", "/v1/courses/none/skills", tom).status, 404);
}

TEST_F(Security, NobodyGetsSightOfAStudentByGuessingAnId) {
  const std::string sue = as("sue");
  const RawReply guessed =
      ask("POST", "/v1/courses/maths/students", sue, R"({"id":"ann","display_name":"Ann"})");
  EXPECT_EQ(guessed.status, 409) << guessed.body;
  EXPECT_EQ(ask("GET", "/v1/students/ann/mastery?course_id=maths", sue).status, 404);
  EXPECT_EQ(
      ask("POST", "/v1/courses/maths/students", sue, R"({"id":"di","display_name":"Di"})").status,
      201);
  EXPECT_EQ(ask("GET", "/v1/students/di/mastery?course_id=maths", sue).status, 200);
  EXPECT_EQ(ask("GET", "/v1/students/di/mastery?course_id=maths", as("tina")).status, 404);
}

TEST_F(Security, ABodyCannotNameTwoStudents) {
  const std::string ann = as("ann");
  EXPECT_EQ(ask("POST", "/v1/answers", ann, answer("ann", "e1")).status, 200);
  EXPECT_EQ(ask("POST", "/v1/answers", ann, answer("bo", "e2")).status, 404);
  const std::string both =
      R"({"event_id":"e3","course_id":"maths","student_id":"ann","student_id":"bo","item_id":"i1","correct":true})";
  EXPECT_EQ(ask("POST", "/v1/answers", ann, both).status, 400);
  EXPECT_EQ(store_->answers().count(), 1U);
}

TEST_F(Security, UnknownAccountsAndWrongPasswordsAreRefusedInTheSameWords) {
  const RawReply wrong = sign_in("ann", "not the password");
  const RawReply unknown = sign_in("zed", "not the password");
  EXPECT_EQ(wrong.status, 401);
  EXPECT_EQ(unknown.status, 401);
  const auto without_id = [](const std::string& body) {
    return body.substr(0, body.find("\"request_id\""));
  };
  EXPECT_EQ(without_id(wrong.body), without_id(unknown.body));
  EXPECT_EQ(cookie_of(wrong), "");
}

TEST_F(Security, AnAccountIsLockedAfterFiveFailuresWhetherItIsThereOrNot) {
  for (const char* account : {"ann", "zed"}) {
    for (int k = 0; k < 5; ++k) EXPECT_EQ(sign_in(account, "wrong wrong").status, 401) << k;
    const RawReply locked = sign_in(account, kPassword);
    EXPECT_EQ(locked.status, 429) << account;
    EXPECT_NE(locked.header.find("Retry-After: 30"), std::string::npos) << locked.header;
  }
  EXPECT_EQ(sign_in("bo", kPassword).status, 200) << "another account is not locked";
  EXPECT_EQ((*store_->accounts().find("ann"))->failures, 5);
  clock_.advance(std::chrono::seconds(31));
  EXPECT_EQ(sign_in("ann", kPassword).status, 200);
  EXPECT_EQ((*store_->accounts().find("ann"))->failures, 0);
}

TEST_F(Security, AnAddressIsLockedAfterAHundredFailures) {
  for (int k = 0; k < 100; ++k) sign_in(fmt::format("zed{}", k), "wrong wrong");
  EXPECT_EQ(sign_in("ann", kPassword).status, 429);
  clock_.advance(std::chrono::minutes(6));
  EXPECT_EQ(sign_in("ann", kPassword).status, 200);
}

TEST_F(Security, ASessionCannotBeFixedAndEndsAtSignOutAndInTime) {
  // A token that the visitor brings is never the one that signing in gives.
  const RawReply first = sign_in("ann", kPassword,
                                 "Cookie: meno_session=chosen-by-another\r\n"
                                 "X-Meno-Request: 1\r\n");
  ASSERT_EQ(first.status, 200);
  EXPECT_EQ(cookie_of(first).find("chosen"), std::string::npos);
  EXPECT_NE(first.header.find("; HttpOnly; SameSite=Strict"), std::string::npos) << first.header;
  const std::string old = fmt::format("Cookie: {}\r\nX-Meno-Request: 1\r\n", cookie_of(first));
  EXPECT_EQ(ask("GET", "/v1/courses", old).status, 200);
  const RawReply second = sign_in("ann", kPassword, old);
  EXPECT_EQ(ask("GET", "/v1/courses", old).status, 401) << "signing in again ends it";
  const std::string now = fmt::format("Cookie: {}\r\nX-Meno-Request: 1\r\n", cookie_of(second));
  EXPECT_EQ(ask("DELETE", "/v1/session", now).status, 200);
  EXPECT_EQ(ask("GET", "/v1/courses", now).status, 401);
  const std::string late = as("ann");
  clock_.advance(std::chrono::hours(13));
  EXPECT_EQ(ask("GET", "/v1/courses", late).status, 401);
}

TEST_F(Security, PagesOfOtherOriginsCannotChangeAnythingInAVisitorsName) {
  const std::string cookie = as("ann");
  const std::string alone = cookie.substr(0, cookie.find("\r\n") + 2);
  EXPECT_EQ(ask("POST", "/v1/answers", alone, answer("ann", "e")).status, 403);
  EXPECT_EQ(
      ask("POST", "/v1/answers", cookie + "Origin: http://evil\r\n", answer("ann", "e")).status,
      403);
  EXPECT_EQ(ask("DELETE", "/v1/session", alone).status, 403);
  EXPECT_EQ(sign_in("ann", kPassword, "Origin: http://evil\r\n").status, 403);
  EXPECT_EQ(store_->answers().count(), 0U);
  EXPECT_EQ(ask("POST", "/v1/answers", cookie + "Origin: http://localhost\r\n", answer("ann", "e"))
                .status,
            200);
}

TEST_F(Security, NoFieldButTheTokenSaysWhoItIs) {
  const std::string smuggled[] = {
      "X-User: root\r\n",           "X-Forwarded-User: root\r\n",
      "Remote-User: root\r\n",      "Authorization: Basic cm9vdDpyb290\r\n",
      "Authorization: Bearer \r\n", "Cookie: meno_session=\r\n",
      "Cookie: account=root\r\n"};
  for (const std::string& fields : smuggled)
    EXPECT_EQ(ask("GET", "/v1/courses", fields).status, 401) << fields;
  const std::string good = key("good", "courses:read");
  EXPECT_EQ(ask("GET", "/v1/courses", bearer(good) + bearer("meno_x")).status, 400);
  const std::string cookie = as("ann");
  EXPECT_EQ(ask("GET", "/v1/courses", cookie + cookie).status, 400);
  const std::string token = cookie.substr(cookie.find('=') + 1, 43);
  EXPECT_EQ(ask("GET", "/v1/courses", bearer(token)).status, 401) << "a session is no key";
  EXPECT_EQ(ask("GET", "/v1/courses", fmt::format("Cookie: meno_session={}\r\n", good)).status, 401)
      << "a key is no session";
}

TEST_F(Security, AKeyEndsWhenItIsRevokedOrItsTimeIsUp) {
  const std::string root = as("root");
  const Json made = *parse_json(
      ask("POST", "/v1/keys", root, R"({"id":"k","scopes":"courses:read"})").body, "a reply");
  const std::string fields = bearer(made.at("key").get<std::string>());
  EXPECT_EQ(ask("GET", "/v1/courses", fields).status, 200);
  EXPECT_EQ(ask("DELETE", "/v1/keys/k", root).status, 200);
  EXPECT_EQ(ask("GET", "/v1/courses", fields).status, 401);
  const std::string brief = bearer(key("brief", "courses:read", "", 1));
  EXPECT_EQ(ask("GET", "/v1/courses", brief).status, 200);
  clock_.advance(std::chrono::hours(25));
  EXPECT_EQ(ask("GET", "/v1/courses", brief).status, 401);
}

TEST_F(Security, ADisabledAccountIsOutAtOnce) {
  const std::string ann = as("ann");
  const std::string root = as("root");
  EXPECT_EQ(ask("DELETE", "/v1/accounts/ann", root).status, 200);
  EXPECT_EQ(ask("GET", "/v1/courses", ann).status, 401);
  EXPECT_EQ(sign_in("ann", kPassword).status, 401);
  const RawReply made =
      ask("POST", "/v1/accounts", root, R"({"id":"eve","role":"platform_admin"})");
  ASSERT_EQ(made.status, 201) << made.body;
  const Json eve = *parse_json(made.body, "a reply");
  EXPECT_EQ(sign_in("eve", eve.at("password").get<std::string>()).status, 200);
}

TEST_F(Security, TheLogNotesWhatWasDoneAndIsWhole) {
  sign_in("ann", "wrong wrong");
  as("ann");
  key("k", "admin");
  ChainCheck check;
  std::map<std::string, int> seen;
  const auto rows = *store_->audit().since(0, 1000);
  for (const AuditRow& row : rows) {
    EXPECT_TRUE(check.add(row));
    ++seen[row.note.action];
    EXPECT_EQ(row.note.detail.find(kPassword), std::string::npos);
  }
  EXPECT_EQ(seen["account_added"], 8);
  EXPECT_EQ(seen["login_failed"], 1);
  EXPECT_EQ(seen["login"], 1);
  EXPECT_EQ(seen["key_added"], 1);
}

}  // namespace
}  // namespace meno
