// Adaptive tests: one step a request; the client holds the answers so far.
#include <array>

#include "http/body.h"
#include "http/encode.h"
#include "http/routes.h"
#include "service/test_step.h"

namespace meno {
namespace {

void write_report(JsonWriter& json, const TestStep& step) {
  const TestReport& report = step.report;
  const TestCourse& test = *step.bank->test;
  json.begin_object().key("ability").begin_object().key("mean").number(report.ability.mean);
  json.key("sd").number(report.ability.sd).key("low").number(report.low);
  json.key("high").number(report.high).end_object();
  json.key("stopped").text(name_of(report.stopped));
  json.key("stopped_text").both(text_of(report.stopped));
  json.key("above_cut");
  report.above_cut ? json.boolean(*report.above_cut) : json.null();
  json.key("skills").begin_array();
  for (const TestedSkill& skill : report.skills) {
    json.begin_object().key("skill_id").text(test.course.skills.name(skill.skill));
    json.key("name").both(test.skill_names[skill.skill.value]);
    json.key("asked").integer(skill.asked).key("right").integer(skill.right);
    json.key("p_correct").number(skill.p_correct).end_object();
  }
  json.end_array().key("items").begin_array();
  for (const TestedItem& item : report.items) {
    json.begin_object().key("item_id").text(test.course.items.name(item.item));
    json.key("correct").boolean(item.correct).key("p_before").number(item.p_before);
    json.key("ability").number(item.after.mean).key("sd").number(item.after.sd).end_object();
  }
  json.end_array().end_object();
}

std::string encode(const TestStep& step, const TestStepAsk& ask) {
  JsonWriter json;
  json.begin_object().key("course_id").text(ask.course_id).key("student_id");
  ask.student_id.empty() ? json.null() : json.text(ask.student_id);
  json.key("simulated").boolean(step.course->stored().simulated);
  json.key("calibration").begin_object();
  json.key("students").integer(static_cast<std::int64_t>(step.bank->test->others.size()));
  json.key("answers").integer(static_cast<std::int64_t>(step.bank->answers)).end_object();
  json.key("question");
  if (step.question) {
    write_item(json, *step.question, kTestVariant, step.content, *step.course);
  } else {
    json.null();
  }
  json.key("report");
  write_report(json, step);
  json.end_object();
  return json.take();
}

Result<std::string> post_test(Services& services, RouteCall& call) {
  MENO_TRY(const TestStepAsk ask, decode_test(call.body()));
  MENO_TRY(const TestStep step, test_step(services, ask));
  return encode(step, ask);
}

constexpr std::array kErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Post,
     .path = "/v1/tests",
     .operation = "testStep",
     .access = {Who::Student, "students:read"},
     .summary = "One step of an adaptive test: the answers so far in, the next question and the "
                "report so far out; question null means that the test is over. Record each answer "
                "with POST /v1/answers, which grades it",
     .body_schema = "TestRequest",
     .reply_schema = "TestStep",
     .errors = kErrors,
     .handle = &at_once<&post_test>},
};

}  // namespace

std::span<const Route> test_routes() { return kRoutes; }

}  // namespace meno
