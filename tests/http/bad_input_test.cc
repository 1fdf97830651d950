// What strangers may send: every field and parameter of every route, wrong in every way that its
// schema can tell, and then at random. Refused with a problem that names the field; never a 500;
// nothing stored.
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>

#include <fmt/format.h>

#include "core/json.h"
#include "core/rng.h"
#include "http/openapi.h"
#include "http/routes.h"
#include "in_process.h"

namespace meno {
namespace {

/// A body that each operation with one accepts, so that one change makes it wrong.
const std::map<std::string_view, std::string_view> kGoodBodies = {
    {"recordAnswer",
     R"({"event_id":"e","course_id":"maths","student_id":"ann","item_id":"i1","correct":true})"},
    {"recordFeedback",
     R"({"event_id":"f","course_id":"maths","student_id":"ann","item_id":"i1","kind":"swap"})"},
    {"enrolStudent", R"({"display_name":"New"})"},
    {"setPreferences", R"({"target":0.7})"},
    {"setTeachingRules", R"({"repeat_gap":5})"},
    {"rollbackModel", R"({"version":"v"})"},
    {"resumeAdapting", R"({"version":"v"})"},
    {"tryModel", R"({"version":"v"})"},
    {"promoteModel", R"({"version":"v"})"},
    {"withdrawModel", R"({"version":"v"})"},
    {"setCourseResources", R"({"resources":[]})"},
    {"testStep", R"({"course_id":"maths"})"},
    {"signIn", R"({"account_id":"ann","password":"long enough"})"},
    {"addAccount", R"({"id":"new","role":"platform_admin"})"},
    {"addKey", R"({"id":"new","scopes":"admin"})"},
    {"addSchool", R"({"id":"new"})"},
    {"addToClass", R"({"id":"new","school_id":"north"})"},
    {"recordAnswers",
     R"({"event_id":"e","course_id":"maths","student_id":"ann","item_id":"i1","correct":true})"},
};

/// Of parameters of paths and queries, by name.
const std::map<std::string_view, std::string_view> kGoodValues = {
    {"course_id", "maths"}, {"student_id", "ann"},    {"item_id", "i1"},
    {"goal", "add"},        {"account_id", "nobody"}, {"key_id", "none"}};

std::string good_value(std::string_view name) {
  const auto found = kGoodValues.find(name);
  return found == kGoodValues.end() ? "x" : std::string(found->second);
}

/// The route's path with `value` for the parameter `name` (already encoded), good ones for others.
std::string path_with(const Route& route, std::string_view name, const std::string& value) {
  std::string path;
  std::string_view rest = route.path;
  for (std::size_t open = 0; (open = rest.find('{')) != std::string_view::npos;) {
    const std::size_t close = rest.find('}');
    const std::string_view parameter = rest.substr(open + 1, close - open - 1);
    path += rest.substr(0, open);
    path += parameter == name ? value : good_value(parameter);
    rest.remove_prefix(close + 1);
  }
  return path + std::string(rest);
}

std::vector<std::string> parameters_of(const Route& route) {
  std::vector<std::string> names;
  std::string_view rest = route.path;
  while (rest.find('{') != std::string_view::npos) {
    rest.remove_prefix(rest.find('{') + 1);
    names.emplace_back(rest.substr(0, rest.find('}')));
  }
  return names;
}

/// The required parameters of the query but `without`, each followed by "&".
std::string query_of(const Route& route, std::string_view without = "") {
  std::string query = "?";
  for (const QueryParameter& each : route.query) {
    if (each.required && each.name != without)
      query += fmt::format("{}={}&", each.name, good_value(each.name));
  }
  return query;
}

HttpRequest request_of(const Route& route, const std::string& target, const std::string& body) {
  HttpRequest request;
  request.method = route.method;
  request.target = target;
  request.content_type = route.body_type;
  request.body = body;
  return request;
}

template <class Look>
void for_every_route(Look look) {
  for (const std::span<const Route> table : all_routes()) {
    for (const Route& route : table) look(route);
  }
}

/// Text that no field takes: controls, reordering and invisible characters, a lone surrogate.
const std::vector<std::string> kHostileJson = {
    R"("a\u0000b")", R"("a\nb")", R"("\u202egpj.exe")", R"("\ufeff")", R"("\u2066x")",
    R"("\ud800")",   "\"\xFF\"",  "\"\xC0\xAF\"",       R"("\uffff")"};
const std::vector<std::string> kHostileAddress = {"a%00b",     "%0A",    "%E2%80%AE", "%EF%BB%BF",
                                                  "%FF",       "%C0%AF", "%ED%A0%80", "%",
                                                  "%E2%81%A6", "%7F"};

/// JSON texts that do not fit the property's schema.
std::vector<std::string> wrong_values(const Json& schema) {
  std::vector<std::string> wrong = {"{}", "[[]]", "1e400"};
  const Json type = schema.value("type", Json());
  const auto is = [&type](const char* name) {
    return type == name ||
           (type.is_array() && std::find(type.begin(), type.end(), name) != type.end());
  };
  if (!is("null")) wrong.emplace_back("null");
  if (!is("boolean")) wrong.emplace_back("true");
  if (is("boolean")) wrong.emplace_back("1");
  if (!is("string")) wrong.emplace_back(R"("text")");
  if (!is("integer") && !is("number")) wrong.emplace_back("7");
  if (is("integer")) wrong.insert(wrong.end(), {"1.5", "99999999999999999999"});
  if (schema.contains("minimum"))
    wrong.push_back(Json(schema.at("minimum").get<double>() - 1).dump());
  if (schema.contains("maximum"))
    wrong.push_back(Json(schema.at("maximum").get<double>() + 1).dump());
  if (schema.contains("minLength")) wrong.emplace_back(R"("")");
  if (schema.contains("maxLength"))
    wrong.push_back(Json(std::string(schema.at("maxLength").get<std::size_t>() + 1, 'x')).dump());
  if (schema.contains("enum")) wrong.emplace_back(R"("nonsense")");
  if (is("string")) wrong.insert(wrong.end(), kHostileJson.begin(), kHostileJson.end());
  if (schema.value("format", "") == "date-time") {
    wrong.insert(wrong.end(), {R"("yesterday")", R"("1969-12-31T23:59:59Z")",
                               R"("0001-01-01T00:00:00Z")", R"("2027-02-30T00:00:00Z")",
                               R"("10000-01-01T00:00:00Z")", R"("2027-01-15T08:00:00+99:00")"});
  }
  if (is("array")) {
    wrong.insert(wrong.end(), {"[7]", "[null]", R"([""])", R"(["\u0000"])"});
    if (schema.contains("maxItems")) {
      wrong.push_back(
          Json(std::vector<std::string>(schema.at("maxItems").get<std::size_t>() + 1, "x")).dump());
    }
  }
  return wrong;
}

class BadInput : public InProcess {
 protected:
  /// All that a request could have changed.
  std::string state() {
    ListingStore& all = store_->listings();
    std::string settings;
    const std::vector<StoredSetting> set = *store_->settings().of_course("maths");
    for (const StoredSetting& each : set) settings += each.student_id + each.name + each.document;
    return fmt::format("{} {} {} {} {} {} {} {} {}", store_->students().count(),
                       store_->answers().count(), store_->feedback().of_course("maths")->size(),
                       all.accounts({.page = {.most = 100'000}})->size(),
                       all.keys("", {.most = 100'000})->size(),
                       all.schools("", {.most = 100'000})->size(),
                       all.classes({.page = {.most = 100'000}})->size(),
                       all.audit({.most = 100'000})->size(), settings);
  }

  /// The refusal, a problem in shape; nothing may have been stored.
  Json refused(const Route& route, HttpRequest request, int status = 400) {
    if (before_.empty()) before_ = state();
    const std::string shown =
        fmt::format("{} {} {}", route.operation, request.target, request.body);
    const HttpReply reply = ask(std::move(request));
    ++asked_;
    EXPECT_EQ(reply.status, status) << shown << " -> " << reply.body;
    EXPECT_EQ(state(), before_) << shown << " stored something";
    if (reply.status < 400) return {};
    return checked(reply, reply.status, "Error");
  }

  void refused_field(const Route& route, const std::string& body, const std::string& field) {
    const Json problem = refused(route, request_of(route, good_target(route), body));
    // What is no JSON at all names no field.
    if (!problem.is_null() && problem.contains("field")) {
      EXPECT_EQ(problem.at("field"), field) << route.operation << " " << body;
    }
  }

  static std::string good_target(const Route& route) {
    return path_with(route, "", "") + query_of(route);
  }

  std::size_t asked_ = 0;
  std::string before_;  // the state that no refusal changes
};

Json schema_named(std::string_view name) {
  static const Json document = *parse_json(openapi_document(), "the API");
  return document.at("components").at("schemas").at(std::string(name));
}

/// `good` with `value` (JSON text) for `name`, written by hand: it need not be valid.
std::string body_with(const Json& good, const std::string& name, const std::string& value) {
  std::string body = "{";
  for (const auto& [key, kept] : good.items()) {
    if (key != name) body += fmt::format("\"{}\":{},", key, kept.dump());
  }
  return fmt::format("{}\"{}\":{}}}", body, name, value);
}

/// Bodies of one document: batches refuse line by line, within a reply that succeeds.
bool has_document(const Route& route) {
  return !route.body_schema.empty() && route.body_type != kNdjson;
}

TEST_F(BadInput, EveryFieldOfEveryBodyIsRefusedByNameAndStoresNothing) {
  for_every_route([this](const Route& route) {
    if (!has_document(route)) return;
    ASSERT_TRUE(kGoodBodies.contains(route.operation)) << route.operation << ": add a good body";
    const Json good = *parse_json(std::string(kGoodBodies.at(route.operation)), "a body");
    const Json schema = schema_named(route.body_schema);
    for (const auto& [name, property] : schema.at("properties").items()) {
      for (const std::string& value : wrong_values(property))
        refused_field(route, body_with(good, name, value), name);
      const std::string twice = good.value(name, Json("x")).dump();
      const std::string once = body_with(good, name, twice);
      refused_field(route, fmt::format("{{\"{}\":{},{}", name, twice, once.substr(1)), name);
    }
    for (const Json& name : schema.value("required", Json::array())) {
      Json without = good;
      without.erase(name.get<std::string>());
      refused_field(route, without.dump(), name.get<std::string>());
    }
    refused_field(route, body_with(good, "nonsense", "1"), "nonsense");
  });
  RecordProperty("requests", static_cast<int>(asked_));
}

TEST_F(BadInput, EveryBodyThatIsNoObjectIsRefused) {
  const std::string deep(20'000, '[');
  for_every_route([&](const Route& route) {
    if (!has_document(route)) return;
    for (const std::string& body :
         {std::string(), std::string("[]"), std::string("7"), std::string("null"),
          std::string("\"x\""), std::string("{"), std::string("{\"a\":NaN}"),
          std::string("\xEF\xBB\xBF{}"), std::string("{}{}"), std::string(1, '\0'), deep}) {
      refused(route, request_of(route, good_target(route), body));
    }
    HttpRequest plain = request_of(route, good_target(route), "{}");
    plain.content_type = "text/plain";
    refused(route, plain, 415);
  });
}

TEST_F(BadInput, EveryParameterOfEveryQueryIsRefusedByName) {
  for_every_route([this](const Route& route) {
    const std::string path = path_with(route, "", "");
    const std::string body(kGoodBodies.contains(route.operation) ? kGoodBodies.at(route.operation)
                                                                 : "");
    const auto refuse = [&](const std::string& query, std::string_view field) {
      const Json problem = refused(route, request_of(route, path + query, body));
      if (!field.empty() && problem.contains("field")) {
        EXPECT_EQ(problem.at("field"), field) << route.operation << query;
      }
    };
    if (!route.other_parameters) refuse(query_of(route) + "nonsense=1", "nonsense");
    for (const QueryParameter& each : route.query) {
      const std::string name(each.name);
      const std::string others = query_of(route, name);
      if (each.required) refuse(others, name);
      refuse(fmt::format("{}{}=", others, name), name);
      refuse(fmt::format("{}{}=1&{}=1", others, name, name), name);
      if (each.integer) {
        for (const std::string& value :
             {std::string("x"), std::string("1.5"), std::string("1e3"), std::string("0x10"),
              std::string("99999999999999999999"), std::to_string(each.least - 1),
              fmt::format("{}", static_cast<std::uint64_t>(each.most) + 1)}) {
          refuse(fmt::format("{}{}={}", others, name, value), name);
        }
        continue;
      }
      refuse(fmt::format("{}{}={}", others, name, std::string(each.longest + 1, 'x')), name);
      for (const std::string& value : kHostileAddress)
        refuse(fmt::format("{}{}={}", others, name, value), "");
    }
  });
}

TEST_F(BadInput, EveryParameterOfEveryPathIsRefused) {
  for_every_route([this](const Route& route) {
    const std::string body(kGoodBodies.contains(route.operation) ? kGoodBodies.at(route.operation)
                                                                 : "");
    for (const std::string& name : parameters_of(route)) {
      const auto refuse = [&](const std::string& value) {
        return refused(route,
                       request_of(route, path_with(route, name, value) + query_of(route), body));
      };
      EXPECT_EQ(refuse(std::string(kLongestId + 1, 'x')).at("field"), name) << route.operation;
      for (const std::string& value : kHostileAddress) refuse(value);
    }
  });
}

TEST_F(BadInput, TimesThatHaveNotComeAndIdsThatAreNotThereAreRefused) {
  const auto at = [](std::string_view operation) {
    for (const std::span<const Route> table : all_routes()) {
      for (const Route& route : table) {
        if (route.operation == operation) return route;
      }
    }
    return Route();
  };
  const auto body = [](std::string_view operation, const std::string& name,
                       const std::string& value) {
    return body_with(*parse_json(std::string(kGoodBodies.at(operation)), "a body"), name, value);
  };
  const std::string future = R"("2027-01-15T09:00:00Z")";  // an hour after the clock
  for (const auto& [operation, field] :
       {std::pair<std::string_view, std::string>{"recordAnswer", "answered_at"},
        {"recordFeedback", "given_at"}}) {
    refused_field(at(operation), body(operation, field, future), field);
    for (const char* id : {"course_id", "student_id", "item_id"}) {
      refused(at(operation),
              request_of(at(operation), good_target(at(operation)), body(operation, id, R"("no")")),
              404);
    }
  }
  const auto nowhere = [&](std::string_view operation, const std::string& text, int status = 404) {
    refused(at(operation), request_of(at(operation), good_target(at(operation)), text), status);
  };
  nowhere("addAccount", R"({"id":"a","role":"teacher","school_id":"no"})");
  nowhere("addAccount", R"({"id":"a","role":"student","student_id":"no"})");
  nowhere("addAccount", R"({"id":"a","role":"student","course_id":"no"})");
  nowhere("addAccount",
          R"({"id":"a","role":"student","course_id":"maths","class_id":"7a","school_id":"x"})",
          409);
  nowhere("addAccount", R"({"id":"a","role":"platform_admin","school_id":"north"})", 400);
  nowhere("addAccount", R"({"id":"a","role":"platform_admin","password":"short"})", 400);
  nowhere("addKey", R"({"id":"a","scopes":"admin","school_id":"no"})");
  nowhere("addKey", R"({"id":"a","scopes":"everything"})", 400);
  nowhere("addToClass", R"({"id":"a","school_id":"no"})");
  nowhere("addToClass", R"({"id":"a"})", 400);
  nowhere("addToClass", R"({"id":"7a","school_id":"north","courses":["no"]})");
  nowhere("addToClass", R"({"id":"7a","school_id":"north","teachers":["ann"]})");
  nowhere("addToClass", R"({"id":"new","school_id":"north","students":["ann","no"]})");
  nowhere("addSchool", R"({"id":"north"})", 409);
  nowhere("setTeachingRules", R"({"allowed_items":["no"]})", 400);
  nowhere("rollbackModel", R"({"version":"v"})", 503);
}

/// Makes requests out of good ones by cutting, doubling, swapping and inventing.
class Mutator {
 public:
  explicit Mutator(std::uint64_t seed) : rng_(seed) {
    for_every_route([this](const Route& route) { routes_.push_back(&route); });
  }

  HttpRequest next() {
    const Route& route = *pick(routes_);
    std::string target = path_with(route, "", "") + query_of(route);
    if (!route.query.empty() && rng_.chance(0.5)) {
      const QueryParameter& each = route.query[rng_.below(route.query.size())];
      target += fmt::format("{}={}", each.name, pick(kWords));
    }
    std::string body(kGoodBodies.contains(route.operation) ? kGoodBodies.at(route.operation) : "");
    HttpRequest request = request_of(route, target, body);
    for (std::uint64_t changes = rng_.below(5); changes > 0; --changes) mutate(request);
    return request;
  }

 private:
  template <class T>
  const T& pick(const std::vector<T>& from) {
    return from[rng_.below(from.size())];
  }

  void mutate(HttpRequest& request) {
    switch (rng_.below(8)) {
      case 0:
        return edit(request.target);
      case 1:
        request.method = static_cast<Method>(rng_.below(7));
        return;
      case 2:
        request.accept = pick(kWords);
        request.if_none_match = rng_.chance(0.5) ? "*" : pick(kWords);
        request.if_match = rng_.chance(0.5) ? pick(kWords) : "";
        return;
      case 3:
        request.idempotency_key = pick(kWords);
        return;
      default:
        return edit(request.body);
    }
  }

  void edit(std::string& text) {
    const std::size_t at = text.empty() ? 0 : rng_.below(text.size());
    const std::size_t length =
        text.empty() ? 0 : rng_.below(std::min<std::size_t>(12, text.size()));
    switch (rng_.below(5)) {
      case 0:
        text.erase(at, length);
        return;
      case 1:
        text.insert(at, text.substr(at, length));
        return;
      case 2:
        text.insert(at, pick(kWords));
        return;
      case 3:
        text.replace(at, length, pick(kWords));
        return;
      default:
        if (!text.empty()) text[at] = static_cast<char>(rng_.below(256));
    }
  }

  inline static const std::vector<std::string> kWords = {"",
                                                         "0",
                                                         "-1",
                                                         "1e308",
                                                         "9223372036854775808",
                                                         "null",
                                                         "true",
                                                         "\"",
                                                         "{",
                                                         "}",
                                                         "[",
                                                         "]",
                                                         ",",
                                                         ":",
                                                         "\\u0000",
                                                         "\\ud83d",
                                                         "%00",
                                                         "%F0%9F%98%80",
                                                         "../",
                                                         "maths",
                                                         "ann",
                                                         "text/csv",
                                                         "*",
                                                         "\"x\"",
                                                         "2027-01-15T08:00:00Z",
                                                         "1969-12-31T23:59:59.999Z",
                                                         "cursor=",
                                                         "&",
                                                         "=",
                                                         std::string(300, 'a'),
                                                         "limit",
                                                         "csv",
                                                         "name",
                                                         "\xF0\x9F\x98\x80",
                                                         "' OR 1=1 --"};

  Rng rng_;
  std::vector<const Route*> routes_;
};

/// MENO_FUZZ_SECONDS=3600 runs it for an hour, MENO_FUZZ_SEED from another beginning.
TEST_F(BadInput, RandomRequestsAreAnsweredInShapeAndNeverWithADefect) {
  const char* const seconds = std::getenv("MENO_FUZZ_SECONDS");
  const char* const seed = std::getenv("MENO_FUZZ_SEED");
  const auto end = std::chrono::steady_clock::now() +
                   std::chrono::seconds(seconds == nullptr ? 0 : std::atoi(seconds));
  Mutator mutator(seed == nullptr ? 1 : std::strtoull(seed, nullptr, 10));
  std::map<int, std::size_t> statuses;
  constexpr std::size_t kLeast = 2000;
  for (std::size_t k = 0; k < kLeast || std::chrono::steady_clock::now() < end; ++k) {
    HttpRequest request = mutator.next();
    const std::string shown =
        fmt::format("{} {} {}", name_of(request.method), request.target, request.body);
    const HttpReply reply = ask(std::move(request));
    ++statuses[reply.status];
    ASSERT_NE(reply.status, 500) << shown;
    // Outside of the API is the web app.
    if (reply.content_type.rfind("text/", 0) == 0 || reply.status == 304) continue;
    const Result<Json> json = parse_json(reply.body, "a reply");
    ASSERT_TRUE(json) << shown << " -> " << reply.body;
    if (reply.status < 400) continue;
    ASSERT_EQ(schema_fault(*json, "Error").value_or(""), "") << shown << " -> " << reply.body;
    ASSERT_EQ(json->at("status"), reply.status) << shown;
  }
  for (const int status : {200, 201, 304, 400, 404, 405})
    EXPECT_GT(statuses[status], 0U) << "the generator no longer reaches status " << status;
}

}  // namespace
}  // namespace meno
