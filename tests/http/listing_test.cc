// What all listings share: pages that end, CSV, ETags; and requests that are done once.
#include <fstream>
#include <iterator>
#include <set>
#include <thread>

#include <fmt/format.h>

#include "core/json.h"
#include "http/routes.h"
#include "in_process.h"

namespace meno {
namespace {

/// Where a listing with several rows is found.
std::string address_of(const Route& route) {
  std::string path(route.path);
  for (const auto& [name, value] :
       {std::pair<std::string_view, std::string_view>{"{course_id}", "maths"},
        {"{student_id}", "ann"}}) {
    if (const std::size_t at = path.find(name); at != std::string::npos)
      path.replace(at, name.size(), value);
  }
  const bool asks = std::any_of(route.query.begin(), route.query.end(),
                                [](const QueryParameter& each) { return each.required; });
  return path + (asks ? "?course_id=maths&" : "?");
}

/// The rows of a page: the one member that is a list.
Json rows_in(const Json& page) {
  for (const auto& [name, member] : page.items()) {
    if (member.is_array()) return member;
  }
  return {};
}

class Listing : public InProcess {
 protected:
  void SetUp() override {
    InProcess::SetUp();
    const std::vector<StoredStudent> students = {
        {.id = "bo", .display_name = "=HYPERLINK(\"http://x\")"},
        {.id = "cy", .display_name = "王 \"小明\", 七年级"}};
    ASSERT_TRUE(store_->students().enrol("maths", students));
    for (const char* school : {"south", "west"})
      ASSERT_TRUE(store_->roster().add_school({school, school, "city", "City"}, {}));
    for (const char* one : {"7b", "7c"})
      ASSERT_TRUE(store_->roster().add_to_class({one, "north", one, {"maths"}, {}, {}}, {}));
    StoredCourse second = stored_course_of(run_);
    second.id = "more";
    ASSERT_TRUE(store_->courses().add(second));
    for (const char* id : {"k1", "k2", "k3"}) {
      ASSERT_EQ(post("/v1/keys", fmt::format(R"({{"id":"{}","scopes":"admin"}})", id)).status, 201);
      ASSERT_EQ(
          post("/v1/accounts", fmt::format(R"({{"id":"{}","role":"platform_admin"}})", id)).status,
          201);
      ASSERT_EQ(
          post(
              "/v1/answers",
              fmt::format(
                  R"({{"event_id":"{}","course_id":"maths","student_id":"ann","item_id":"i1","correct":true}})",
                  id))
              .status,
          200);
    }
  }

  template <class Look>
  static void for_every_listing(Look look) {
    for (const std::span<const Route> table : all_routes()) {
      for (const Route& route : table) {
        if (route.listing) look(route);
      }
    }
  }
};

TEST_F(Listing, EveryOneGivesTheSameRowsInPagesAsAtOnce) {
  for_every_listing([this](const Route& route) {
    const std::string address = address_of(route);
    const std::string schema(route.reply_schema);
    const Json whole = checked(get(address), 200, schema);
    EXPECT_TRUE(whole.at("next").is_null());
    const Json expected = rows_in(whole);
    ASSERT_GE(expected.size(), 2U) << route.operation;
    Json found = Json::array();
    std::string cursor;
    do {
      const Json page = checked(get(address + "limit=1" + cursor), 200, schema);
      for (const Json& row : rows_in(page)) found.push_back(row);
      cursor = page.at("next").is_null() ? "" : "&cursor=" + page.at("next").get<std::string>();
    } while (!cursor.empty() && found.size() <= expected.size());
    EXPECT_EQ(found, expected) << route.operation;
  });
}

TEST_F(Listing, EveryOneIsCsvWithALineForEachRow) {
  for_every_listing([this](const Route& route) {
    const std::size_t rows =
        rows_in(checked(get(address_of(route)), 200, std::string(route.reply_schema))).size();
    const HttpReply csv = get(address_of(route) + "format=csv");
    EXPECT_EQ(csv.status, 200) << route.operation;
    EXPECT_EQ(csv.content_type, "text/csv; charset=utf-8; header=present");
    std::size_t lines = 0;
    for (std::size_t at = 0; (at = csv.body.find("\r\n", at)) != std::string::npos; at += 2)
      ++lines;
    EXPECT_EQ(lines, rows + 1) << csv.body;
    EXPECT_EQ(get(address_of(route), "text/csv").body, csv.body) << "the Accept field says so too";
    EXPECT_EQ(get(address_of(route), "application/json, text/csv").content_type,
              "application/json");
  });
}

TEST_F(Listing, CsvKeepsNamesRightAndFormulasFromRunning) {
  const std::string students = "/v1/courses/maths/students?format=csv";
  const HttpReply whole = get(students);
  EXPECT_EQ(whole.body,
            "\xEF\xBB\xBFid,display_name,simulated,answers\r\n"
            "ann,Ann,false,3\r\n"
            "bo,\"'=HYPERLINK(\"\"http://x\"\")\",false,0\r\n"
            "cy,\"王 \"\"小明\"\", 七年级\",false,0\r\n");
  // Page after page they are the same file.
  std::string joined;
  std::string link = "?format=csv&limit=1";
  while (!link.empty() && joined.size() < 10 * whole.body.size()) {
    const HttpReply page = get("/v1/courses/maths/students" + link);
    joined += page.body;
    const std::string next = field(page, "Link");
    link = next.empty() ? "" : next.substr(1, next.find('>') - 1);
  }
  EXPECT_EQ(joined, whole.body);
  EXPECT_EQ(checked(get("/v1/courses?format=xml"), 400, "Error").at("field"), "format");
}

TEST_F(Listing, PagesNeitherRepeatNorMissRowsWhileOthersAreAdded) {
  const std::string address = "/v1/courses/maths/students?limit=2";
  const Json first = checked(get(address), 200, "StudentList");
  ASSERT_EQ(post("/v1/courses/maths/students", R"({"id":"aa","display_name":"Before"})").status,
            201);
  ASSERT_EQ(post("/v1/courses/maths/students", R"({"id":"zz","display_name":"After"})").status,
            201);
  const Json second =
      checked(get(address + "&cursor=" + first.at("next").get<std::string>()), 200, "StudentList");
  EXPECT_EQ(second.at("students").at(0).at("id"), "cy");
  EXPECT_EQ(second.at("students").at(1).at("id"), "zz");
}

TEST_F(Listing, ACursorFitsItsOwnListingOnly) {
  const std::string cursor =
      checked(get("/v1/schools?limit=1"), 200, "SchoolList").at("next").get<std::string>();
  for (const std::string& target :
       {"/v1/classes?cursor=" + cursor, std::string("/v1/schools?cursor=x"),
        "/v1/schools?cursor=" + cursor + "A", std::string("/v1/audit?cursor=bGlzdEF1ZGl0Cng")}) {
    EXPECT_EQ(checked(get(target), 400, "Error").at("field"), "cursor") << target;
  }
}

TEST_F(Listing, FiltersNarrow) {
  const auto size = [this](const std::string& target, const std::string& schema) {
    return rows_in(checked(get(target), 200, schema)).size();
  };
  EXPECT_EQ(size("/v1/courses/maths/students?name=%E7%8E%8B", "StudentList"), 1U);
  EXPECT_EQ(size("/v1/courses/maths/students?class_id=7a", "StudentList"), 1U);
  EXPECT_EQ(size("/v1/courses/maths/items?skill=mul", "ItemList"), 2U);
  const std::string answers = "/v1/students/ann/answers?course_id=maths";
  EXPECT_EQ(size(answers + "&skill=add", "AnswerList"), 3U);
  EXPECT_EQ(size(answers + "&skill=add&limit=2", "AnswerList"), 2U);
  EXPECT_EQ(size(answers + "&skill=mul", "AnswerList"), 0U);
  EXPECT_EQ(size(answers + "&from=2027-01-15T08:00:00Z", "AnswerList"), 3U);
  EXPECT_EQ(size(answers + "&before=2027-01-15T08:00:00Z", "AnswerList"), 0U);
  checked(get(answers + "&skill=none"), 404, "Error");
  EXPECT_EQ(size("/v1/classes?school_id=south", "ClassList"), 0U);
  EXPECT_EQ(size("/v1/classes?course_id=maths", "ClassList"), 3U);
  EXPECT_EQ(size("/v1/accounts?role=teacher", "AccountList"), 0U);
  EXPECT_EQ(checked(get("/v1/accounts?role=king"), 400, "Error").at("field"), "role");
  EXPECT_EQ(size("/v1/audit?action=key_added", "AuditList"), 3U);
  EXPECT_EQ(size("/v1/audit?actor=nobody", "AuditList"), 0U);
}

TEST_F(Listing, ReadsWithAnEtagAreNotSentAgainUntilTheyChange) {
  HttpRequest request;
  request.target = "/v1/courses/maths/students";
  const HttpReply first = ask(request);
  const std::string etag = field(first, "ETag");
  ASSERT_FALSE(etag.empty());
  request.if_none_match = fmt::format("\"other\", W/{}", etag);
  const HttpReply again = ask(request);
  EXPECT_EQ(again.status, 304);
  EXPECT_EQ(again.body, "");
  EXPECT_EQ(field(again, "ETag"), etag);
  ASSERT_EQ(post("/v1/courses/maths/students", R"({"id":"d","display_name":"D"})").status, 201);
  EXPECT_EQ(ask(request).status, 200);
}

TEST_F(Listing, AChangeOfSettingsLosesNoOther) {
  const auto put = [this](const std::string& target, const std::string& body,
                          const std::string& if_match) {
    HttpRequest request = post_of(target, body);
    request.method = Method::Put;
    request.if_match = if_match;
    return ask(std::move(request));
  };
  for (const auto& [target, one, two] :
       {std::tuple<std::string, std::string, std::string>{
            "/v1/courses/maths/rules", R"({"repeat_gap":3})", R"({"repeat_gap":4})"},
        {"/v1/students/ann/preferences?course_id=maths", R"({"target":0.6})",
         R"({"target":0.7})"}}) {
    const std::string before = field(get(target), "ETag");
    const HttpReply mine = put(target, one, before);
    ASSERT_EQ(mine.status, 200) << mine.body;
    const HttpReply theirs = put(target, two, before);
    EXPECT_EQ(checked(theirs, 412, "Error").at("code"), "precondition_failed");
    EXPECT_EQ(get(target).body, mine.body) << "the first change stands";
    EXPECT_EQ(field(mine, "ETag"), field(theirs, "ETag"));
    EXPECT_EQ(put(target, two, field(theirs, "ETag")).status, 200);
    EXPECT_EQ(put(target, one, "*").status, 200);
    EXPECT_EQ(put(target, two, "").status, 200) << "whoever does not ask is not refused";
    EXPECT_EQ(put(target, one, "W/" + field(get(target), "ETag")).status, 412) << "weak";
  }
}

TEST_F(Listing, ARequestUnderAKeyIsDoneOnce) {
  const std::string path = "/v1/courses/maths/students";
  const std::string body = R"({"display_name":"New"})";
  const std::uint64_t before = store_->students().count();
  const HttpReply first = post(path, body, "key-1");
  ASSERT_EQ(first.status, 201) << first.body;
  const HttpReply again = post(path, body, "key-1");
  EXPECT_EQ(again.status, 201);
  EXPECT_EQ(again.body, first.body);
  EXPECT_EQ(field(again, "Idempotency-Replayed"), "true");
  EXPECT_EQ(store_->students().count(), before + 1);
  EXPECT_EQ(checked(post(path, R"({"display_name":"Other"})", "key-1"), 422, "Error").at("code"),
            "key_reused");
  EXPECT_EQ(checked(post("/v1/schools", R"({"id":"x"})", "key-1"), 422, "Error").at("code"),
            "key_reused");
  EXPECT_NE(post(path, body, "key-2").body, first.body);
  EXPECT_EQ(checked(post(path, body, "k\xC3\xA9"), 400, "Error").at("field"), "Idempotency-Key");
  clock_.advance(std::chrono::hours(25));
  EXPECT_NE(post(path, body, "key-1").body, first.body) << "forgotten after a day";
  EXPECT_EQ(store_->students().count(), before + 3);
}

TEST_F(Listing, ARefusedRequestGivesItsKeyBack) {
  const std::string path = "/v1/courses/maths/students";
  EXPECT_EQ(post(path, "{}", "key").status, 400);
  EXPECT_EQ(post(path, R"({"id":"ann","display_name":"X"})", "key").status, 409);
  EXPECT_EQ(post(path, R"({"id":"eve","display_name":"Eve"})", "key").status, 201);
}

TEST_F(Listing, OfManyAtTheSameTimeOneIsDone) {
  const std::uint64_t before = store_->students().count();
  std::mutex mutex;
  std::set<std::string> made;
  int refused = 0;
  {
    std::vector<std::jthread> threads;
    for (int k = 0; k < 8; ++k) {
      threads.emplace_back([&] {
        const HttpReply reply =
            post("/v1/courses/maths/students", R"({"display_name":"New"})", "one");
        const std::lock_guard lock(mutex);
        if (reply.status == 201) made.insert(reply.body);
        if (reply.status == 409) ++refused;
      });
    }
  }
  EXPECT_EQ(made.size(), 1U) << "all that were answered got the same reply";
  EXPECT_LE(refused, 7);
  EXPECT_EQ(store_->students().count(), before + 1);
}

TEST_F(Listing, ASecretThatIsShownOnceCannotBeReadFromTheStore) {
  const std::string body = R"({"id":"secret","scopes":"courses:read"})";
  const HttpReply first = post("/v1/keys", body, "a key that nobody guesses");
  const std::string key = parse_json(first.body, "a reply")->at("key").get<std::string>();
  EXPECT_EQ(post("/v1/keys", body, "a key that nobody guesses").body, first.body);
  for (const auto& entry : std::filesystem::directory_iterator(folder_)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    EXPECT_EQ(bytes.find(key.substr(5)), std::string::npos) << entry.path();
    EXPECT_EQ(bytes.find("a key that nobody guesses"), std::string::npos) << entry.path();
  }
}

}  // namespace
}  // namespace meno
