// Fuzzes what strangers can send the server once the socket layer has let it through: bodies and
// addresses. Whatever is accepted keeps what the decoders promise.
#include <cstdint>
#include <cstdlib>
#include <string>

#include "http/body.h"
#include "http/path.h"
#include "http/raw_header.h"
#include "http/router.h"

namespace {

void require(bool kept) {
  if (!kept) std::abort();
}

void fuzz_answer(std::string body) {
  const auto ask = meno::decode_answer(body);
  if (!ask) return;
  require(!ask->event_id.empty() && ask->event_id.size() <= meno::kLongestId);
  require(meno::is_plain_text(ask->event_id) && meno::is_plain_text(ask->item_id));
  require(ask->response.has_value() != ask->correct.has_value());
  require(!ask->response_ms || *ask->response_ms >= 0);
}

void fuzz_student(std::string body) {
  const auto ask = meno::decode_student(body);
  if (ask) require(!ask->display_name.empty() && meno::is_plain_text(ask->display_name));
}

void fuzz_batch(const std::string& body) {
  const auto lines = meno::decode_answers(body);
  if (!lines) return;
  require(lines->answers.size() + lines->refused.size() <= meno::kMostAnswers);
  require(lines->answers.size() + lines->refused.size() > 0);
}

/// Each may change the text that it reads.
void fuzz_other_bodies(const std::string& text) {
  std::string body = text;
  (void)meno::decode_version(body);
  body = text;
  if (const auto feedback = meno::decode_feedback(body))
    require(meno::is_plain_text(feedback->event_id));
  body = text;
  (void)meno::decode_preferences(body);
  body = text;
  if (const auto test = meno::decode_test(body)) require(meno::is_plain_text(test->student_id));
  body = text;
  if (const auto sign_in = meno::decode_sign_in(body)) require(!sign_in->account_id.empty());
  body = text;
  (void)meno::decode_account(body);
  body = text;
  (void)meno::decode_key(body);
  body = text;
  if (const auto school = meno::decode_school(body)) require(!school->id.empty());
  body = text;
  if (const auto members = meno::decode_class(body)) {
    for (const std::string& id : members->students) require(!id.empty() && meno::is_plain_text(id));
  }
  body = text;
  (void)meno::decode_target(body);
  body = text;
  (void)meno::check_rules_fields(body);
  body = text;
  (void)meno::check_resources_fields(body);
}

/// What is refused when half of it has come is refused when all of it is there.
void fuzz_header(const std::string& text) {
  require(meno::header_size(text) <= text.size());
  if (meno::header_fault(std::string_view(text).substr(0, text.size() / 2)))
    require(meno::header_fault(text).has_value());
}

void fuzz_target(const std::string& text) {
  const auto target = meno::parse_target(text);
  if (!target) return;
  std::vector<std::string> parameters;
  for (const char* pattern : {"/v1/answers", "/v1/courses/{course_id}/items", "/openapi.json"}) {
    if (!meno::matches(pattern, target->segments, parameters)) continue;
    for (const std::string& parameter : parameters) require(meno::is_plain_text(parameter));
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  fuzz_answer(text);
  fuzz_student(text);
  fuzz_batch(text);
  fuzz_other_bodies(text);
  fuzz_header(text);
  fuzz_target(text);
  return 0;
}
