// POST /v1/answers: the hot path. The reply is sent when the answer is durable; no thread waits for
// the disk meanwhile.
#include <array>
#include <memory>

#include <fmt/format.h>

#include "http/body.h"
#include "http/encode.h"
#include "http/routes.h"
#include "service/record_answer.h"

namespace meno {
namespace {

void write_feedback(JsonWriter& json, const std::optional<Grade>& feedback) {
  if (!feedback) {
    json.null();
    return;
  }
  json.begin_object().key("right_answer").both(feedback->right_answer);
  json.key("explanation").both(feedback->explanation).key("misconception");
  if (feedback->misconception) {
    json.begin_object().key("id").text(feedback->misconception->id);
    json.key("name").both(feedback->misconception->name);
    json.key("advice").both(feedback->misconception->advice).end_object();
  } else {
    json.null();
  }
  json.end_object();
}

std::string encode(const AnswerOutcome& outcome) {
  JsonWriter json;
  json.begin_object().key("event_id").text(outcome.event_id);
  json.key("model_version").text(outcome.course->served().version);
  json.key("recorded")
      .boolean(outcome.recorded)
      .key("correct")
      .boolean(outcome.correct)
      .key("feedback");
  write_feedback(json, outcome.feedback);
  json.key("mastery").begin_array();
  for (const MasteryChange& change : outcome.mastery) {
    json.begin_object().key("skill_id").text(outcome.course->skill_name(change.after.skill));
    json.key("before").begin_object();
    write_band(json, change.before);
    json.end_object().key("after").begin_object();
    write_band(json, change.after);
    json.end_object().end_object();
  }
  json.end_array().key("next");
  if (outcome.next) {
    write_recommendation(json, *outcome.next, *outcome.course);
  } else {
    json.null();
  }
  json.end_object();
  return json.take();
}

constexpr std::array kPostQuery = {
    QueryParameter{
        .name = "next",
        .summary =
            "how much of the next recommendation to send: full (the default), brief (without its "
            "counterfactual, several times faster) or none"},
};

Result<NextDetail> next_detail(std::string_view asked) {
  if (asked.empty() || asked == "full") return NextDetail::Full;
  if (asked == "brief") return NextDetail::WithoutCounterfactual;
  if (asked == "none") return NextDetail::None;
  return invalid_input(
      fmt::format("\"next\" is \"{}\", expected full, brief or none", asked.substr(0, 40)));
}

Result<RecordAnswer> decode(RouteCall& call) {
  MENO_TRY(RecordAnswer ask, decode_answer(call.body()));
  MENO_TRY(ask.next, next_detail(call.query("next")));
  ask.request_id = call.request_id();
  return ask;
}

void post_answer(Services& services, RouteCall call, Respond respond) {
  const Result<RecordAnswer> ask = decode(call);
  if (!ask) return respond(error_reply(ask.error()));
  record_answer(services, *ask,
                [respond = std::move(respond)](const Result<AnswerOutcome>& outcome) {
                  if (!outcome) return respond(error_reply(outcome.error()));
                  HttpReply reply;
                  reply.body = encode(*outcome);
                  reply.stored_seq = outcome->seq;
                  respond(std::move(reply));
                });
}

std::string encode(const BatchOutcome& outcome) {
  JsonWriter json;
  json.begin_object().key("recorded").integer(static_cast<std::int64_t>(outcome.recorded));
  json.key("repeated")
      .integer(static_cast<std::int64_t>(outcome.repeated))
      .key("refused")
      .begin_array();
  for (const RefusedAnswer& refused : outcome.refused) {
    json.begin_object().key("line").integer(static_cast<std::int64_t>(refused.line));
    json.key("kind").text(name_of(refused.error.kind));
    json.key("message").text(refused.error.message).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

void post_batch(Services& services, RouteCall call, Respond respond) {
  Result<AnswerLines> lines = decode_answers(call.body());
  if (!lines) return respond(error_reply(lines.error()));
  record_batch(services, call.caller(),
               {.course_id = call.path(0),
                .answers = std::move(lines->answers),
                .refused = std::move(lines->refused),
                .request_id = call.request_id()},
               [respond = std::move(respond)](const Result<BatchOutcome>& outcome) {
                 if (!outcome) return respond(error_reply(outcome.error()));
                 HttpReply reply;
                 reply.body = encode(*outcome);
                 respond(std::move(reply));
               });
}

constexpr std::array kPostErrors = {ErrorKind::NotFound, ErrorKind::Conflict,
                                    ErrorKind::Unavailable};

constexpr std::array kBatchErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Post,
     .path = "/v1/answers",
     .operation = "recordAnswer",
     .access = {Who::Student, "answers:write"},
     .lane = Lane::Quick,
     .summary = "Record one answer; the reply says what it changed and what could come next",
     .query = kPostQuery,
     .body_schema = "AnswerRequest",
     .reply_schema = "AnswerReply",
     .errors = kPostErrors,
     .handle = &post_answer},
    {.method = Method::Post,
     .path = "/v1/courses/{course_id}/answers",
     .operation = "recordAnswers",
     .access = {Who::Teacher, "answers:write"},
     .summary =
         "Record up to 10,000 answers, one a line, in one commit; each is recorded or refused "
         "by itself",
     .body_schema = "AnswerRequest",
     .body_type = kNdjson,
     .reply_schema = "BatchReply",
     .errors = kBatchErrors,
     .handle = &post_batch},
};

}  // namespace

std::span<const Route> answer_routes() { return kRoutes; }

}  // namespace meno
