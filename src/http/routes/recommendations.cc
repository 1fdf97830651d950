// Recommendations of the past: what was recommended, and the same made again.
#include <array>
#include <limits>

#include <fmt/format.h>

#include "core/json.h"
#include "http/encode.h"
#include "http/routes.h"
#include "service/replay_recommendation.h"

namespace meno {
namespace {

constexpr QueryParameter kCourse = {.name = "course_id", .summary = "the course", .required = true};
constexpr QueryParameter kCount = {.name = "count",
                                   .summary = "how many",
                                   .integer = true,
                                   .least = 1,
                                   .most = 1000,
                                   .fallback = 50};
constexpr QueryParameter kBefore = {.name = "before",
                                    .summary = "only numbers below this one",
                                    .integer = true,
                                    .least = 1,
                                    .most = std::numeric_limits<std::int64_t>::max(),
                                    .fallback = std::numeric_limits<std::int64_t>::max()};
constexpr std::array kHistoryQuery = {kCourse, kCount, kBefore};
constexpr std::array kReplayQuery = {kCourse};

void write_target(JsonWriter& json, std::string_view key, const std::optional<double>& target) {
  json.key(key);
  target ? json.number(*target) : json.null();
}

/// Schema KeptRecommendation. Errors: InvalidInput for a row that somebody has changed.
Result<Done> write_kept(JsonWriter& json, const StoredRecommendation& kept) {
  MENO_TRY(const Json context, parse_json(kept.context->document, "a kept context"));
  MENO_TRY(const Json chosen, parse_json(kept.chosen, "a kept recommendation"));
  json.begin_object().key("no").integer(static_cast<std::int64_t>(kept.no));
  json.key("made_at").time(kept.made_at).key("model_version").text(context.value("run", ""));
  json.key("answers").integer(static_cast<std::int64_t>(kept.answers));
  json.key("feedback").integer(static_cast<std::int64_t>(kept.feedback));
  json.key("wanted").integer(kept.wanted);
  write_target(json, "asked_target", kept.asked_target);
  write_target(json, "own_target", kept.own_target);
  json.key("seed");
  kept.seed ? json.integer(*kept.seed) : json.null();
  json.key("context").text(kept.context->hash).key("digest").text(kept.digest);
  json.key("request_id");
  kept.request_id.empty() ? json.null() : json.text(kept.request_id);
  json.key("items").begin_array();
  for (const Json& item : chosen) {
    json.begin_object().key("item_id").text(item.at(0).get<std::string>());
    json.key("variant").integer(item.at(1).get<std::int64_t>());
    json.key("p_correct").number(item.at(2).get<double>());
    json.key("reason").text(item.at(3).get<std::string>()).end_object();
  }
  json.end_array().end_object();
  return Done{};
}

Result<std::string> get_history(Services& services, RouteCall& call) {
  MENO_TRY(const std::vector<StoredRecommendation> history,
           recommendation_history(services, call.query("course_id"), call.path(0),
                                  static_cast<std::uint64_t>(call.query_integer(kBefore)),
                                  static_cast<std::size_t>(call.query_integer(kCount))));
  JsonWriter json;
  json.begin_object().key("student_id").text(call.path(0));
  json.key("course_id").text(call.query("course_id")).key("recommendations").begin_array();
  for (const StoredRecommendation& kept : history) {
    MENO_TRY_DONE(write_kept(json, kept));
  }
  json.end_array().end_object();
  return json.take();
}

Result<std::uint64_t> number_of(const std::string& text) {
  constexpr std::size_t kMostDigits = 18;
  const bool digits = !text.empty() && text.size() <= kMostDigits &&
                      text.find_first_not_of("0123456789") == std::string::npos;
  if (digits) return std::stoull(text);
  return not_found(
      fmt::format("recommendation \"{}\", expected a number of the student's history", text));
}

Result<std::string> get_replay(Services& services, RouteCall& call) {
  MENO_TRY(const std::uint64_t no, number_of(call.path(1)));
  MENO_TRY(const StoredRecommendation kept,
           find_recommendation(services, call.query("course_id"), call.path(0), no));
  MENO_TRY(const ReplayedRecommendation again, RecommendationReplay(services).replay(kept));
  JsonWriter json;
  json.begin_object().key("student_id").text(call.path(0));
  json.key("course_id").text(call.query("course_id"));
  json.key("model_version").text(again.course->served().version).key("kept");
  MENO_TRY_DONE(write_kept(json, kept));
  json.key("identical").boolean(again.identical);
  json.key("difference");
  again.identical ? json.null() : json.text(again.difference);
  json.key("recommendations").begin_array();
  for (const NextItem& next : again.items) write_recommendation(json, next, *again.course);
  json.end_array().end_object();
  return json.take();
}

constexpr std::array kHistoryErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};
constexpr std::array kReplayErrors = {ErrorKind::NotFound, ErrorKind::Conflict,
                                      ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/recommendations/history",
     .operation = "recommendationHistory",
     .access = {Who::Student, "students:read"},
     .summary = "What was recommended to a student, the latest first, and what it was made from",
     .query = kHistoryQuery,
     .reply_schema = "RecommendationHistory",
     .errors = kHistoryErrors,
     .handle = &at_once<&get_history>},
    {.method = Method::Get,
     .path = "/v1/students/{student_id}/recommendations/{recommendation_no}/replay",
     .operation = "replayRecommendation",
     .access = {Who::Student, "students:read"},
     .summary = "A recommendation of the past made again, and whether anything differs",
     .query = kReplayQuery,
     .reply_schema = "ReplayedRecommendation",
     .errors = kReplayErrors,
     .handle = &at_once<&get_replay>},
};

}  // namespace

std::span<const Route> recommendation_routes() { return kRoutes; }

}  // namespace meno
