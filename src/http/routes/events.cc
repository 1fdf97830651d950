// What happens in a course as it happens, as server-sent events: the class page's and the
// adaptation's. Source: WHATWG HTML, section 9.2.
#include <array>
#include <set>

#include <fmt/format.h>

#include "http/json_writer.h"
#include "http/routes.h"
#include "service/accounts/sight.h"
#include "service/class_feed.h"

namespace meno {
namespace {

/// Then the browser comes back by itself and says what it has heard; who may listen, and to whom,
/// is looked at anew.
constexpr std::chrono::seconds kStreamLife{60};
constexpr int kRetryMs = 1000;

std::string_view name_of(ClassEvent::Kind kind) {
  constexpr std::string_view kNames[] = {"answer", "refresh", "model"};
  return kNames[static_cast<std::size_t>(kind)];
}

/// Schema ClassEvent.
std::string encode(const ClassEvent& event) {
  JsonWriter json;
  json.begin_object().key("kind").text(name_of(event.kind));
  if (event.kind == ClassEvent::Kind::Answer) {
    json.key("student_id").text(event.student_id).key("item_id").text(event.item_id);
    json.key("correct").boolean(event.correct).key("answered_at").time(event.answered_at);
    json.key("mastery").begin_array();
    for (const SkillStanding& standing : event.mastery) {
      json.begin_object().key("skill_id").text(standing.skill_id);
      json.key("p_mastery").number(standing.p_mastery).end_object();
    }
    json.end_array();
  } else if (event.kind == ClassEvent::Kind::Model) {
    json.key("version").text(event.version);
    json.key("answers").integer(static_cast<std::int64_t>(event.answers));
    json.key("tuned_on").integer(static_cast<std::int64_t>(event.tuned_on));
  }
  json.end_object();
  return json.take();
}

/// The text of one listener's stream.
class ClassStream : public ReplyStream {
 public:
  ClassStream(const ClassFeed& feed, std::shared_ptr<ClassListener> listener)
      : feed_(feed),
        listener_(std::move(listener)),
        first_(fmt::format("retry: {}\nid: {}\n\n", kRetryMs, listener_->from())),
        end_(std::chrono::steady_clock::now() + kStreamLife) {}

  std::optional<std::string> take() override {
    if (std::chrono::steady_clock::now() >= end_) return std::nullopt;
    const auto events = listener_->take();
    if (!events) return std::nullopt;
    std::string text = std::exchange(first_, {});
    for (const auto& event : *events)
      text += fmt::format("id: {}\ndata: {}\n\n", feed_.id_of(event->number), encode(*event));
    return text;
  }

  void on_ready(std::function<void()> ready) override { listener_->on_event(std::move(ready)); }

 private:
  const ClassFeed& feed_;
  std::shared_ptr<ClassListener> listener_;
  std::string first_;
  std::chrono::steady_clock::time_point end_;
};

Result<HttpReply> listen(Services& services, const RouteCall& call) {
  const std::string& course_id = call.path(0);
  MENO_TRY(const auto course, services.courses.find(course_id));
  std::optional<std::set<std::string, std::less<>>> students;
  if (!call.caller().everywhere) {
    MENO_TRY(const auto seen, seen_students(services, call.caller(), course->id()));
    students.emplace();
    for (const StoredStudent& student : seen) students->insert(student.id);
  }
  HttpReply reply;
  reply.content_type = kEventStream;
  reply.headers.emplace_back("X-Accel-Buffering", "no");  // proxies pass it on at once
  reply.stream = std::make_shared<ClassStream>(
      services.feed, services.feed.listen(course_id, std::move(students), call.last_event()));
  return reply;
}

constexpr std::array kErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/courses/{course_id}/events",
     .operation = "classEvents",
     .access = {Who::Teacher, "students:read"},
     .summary = "What happens in the course as it happens: answers, and how its model adapts. Last-"
                "Event-ID goes on where a stream before has ended",
     .query = {},
     .reply_schema = "ClassEvent",
     .reply_type = kEventStream,
     .errors = kErrors,
     .handle = &replied<&listen>},
};

}  // namespace

std::span<const Route> event_routes() { return kRoutes; }

}  // namespace meno
