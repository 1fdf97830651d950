#include "http/body.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

constexpr const char* kFull =
    R"({"event_id":"e","course_id":"c","student_id":"s","item_id":"i","variant":3,"response":"1/2",)"
    R"("answered_at":"2026-11-23T21:00:00.000Z","response_ms":1200,"hints_used":1})";

TEST(DecodeAnswer, ReadsEveryField) {
  std::string body = kFull;
  const Result<RecordAnswer> ask = decode_answer(body);
  ASSERT_TRUE(ask) << ask.error().message;
  EXPECT_EQ(ask->event_id, "e");
  EXPECT_EQ(ask->course_id, "c");
  EXPECT_EQ(ask->student_id, "s");
  EXPECT_EQ(ask->item_id, "i");
  EXPECT_EQ(ask->variant, 3U);
  EXPECT_EQ(ask->response, "1/2");
  EXPECT_FALSE(ask->correct);
  EXPECT_EQ(ask->answered_at->time_since_epoch().count(), 1'795'467'600'000);
  EXPECT_EQ(ask->response_ms, 1200);
  EXPECT_EQ(ask->hints_used, 1);
}

struct Refused {
  const char* why;
  std::string body;
  const char* said;
};

std::string with(const std::string& fields) {
  return R"({"event_id":"e","course_id":"c","student_id":"s","item_id":"i")" + fields + "}";
}

TEST(DecodeAnswer, RefusesEveryOtherBodyInOneSentence) {
  const Refused kCases[] = {
      {"empty", "", "valid JSON"},
      {"cut", R"({"event_id":"e")", "valid JSON"},
      {"two documents", with(R"(,"correct":true)") + "{}", "valid JSON"},
      {"an array", "[]", "no JSON object"},
      {"a missing field", R"({"event_id":"e"})", "\"course_id\" is missing"},
      {"a wrong type", with(R"(,"correct":1)"), "\"correct\" has the wrong type"},
      {"null", with(R"(,"correct":null)"), "\"correct\" has the wrong type"},
      {"a fraction", with(R"(,"correct":true,"variant":1.5)"), "\"variant\" has the wrong type"},
      {"a negative time", with(R"(,"correct":true,"response_ms":-1)"),
       "\"response_ms\" is -1, expected 0 to"},
      {"too long a time", with(R"(,"correct":true,"response_ms":999999999999)"),
       "\"response_ms\" is 999999999999"},
      {"a number beyond 64 bits", with(R"(,"correct":true,"variant":99999999999999999999)"),
       "valid JSON"},
      {"an unknown field", with(R"(,"correct":true,"score":1)"), "\"score\" is not a known field"},
      {"a field twice", with(R"(,"correct":true,"correct":false)"), "\"correct\" is given twice"},
      {"an empty id",
       R"({"event_id":"","course_id":"c","student_id":"s","item_id":"i","correct":true})",
       "\"event_id\" has 0 bytes"},
      {"a long id", with(R"(,"correct":true,"response":")" + std::string(1001, 'x') + "\""),
       "\"response\" has 1001 bytes"},
      {"a control character", with(R"(,"response":"a\u0000b")"), "\"response\" holds control"},
      {"reordered text", with(R"(,"response":"a\u202eb")"), "\"response\" holds control"},
      {"a lone surrogate", with(R"(,"response":"\ud800")"), "valid JSON"},
      {"invalid UTF-8", with(",\"response\":\"\xff\""), "valid JSON"},
      {"no answer", with(""), "neither"},
      {"two answers", with(R"(,"correct":true,"response":"a")"), "both"},
      {"no time", with(R"(,"correct":true,"answered_at":"yesterday")"),
       "\"answered_at\" is no time"},
  };
  for (const Refused& c : kCases) {
    std::string body = c.body;
    const Result<RecordAnswer> ask = decode_answer(body);
    ASSERT_FALSE(ask) << c.why;
    EXPECT_EQ(ask.error().kind, ErrorKind::InvalidInput) << c.why;
    EXPECT_NE(ask.error().message.find(c.said), std::string::npos)
        << c.why << ": " << ask.error().message;
  }
}

TEST(DecodeAnswer, SurvivesDeepNesting) {
  std::string body = std::string(5000, '[') + std::string(5000, ']');
  EXPECT_FALSE(decode_answer(body));
}

TEST(DecodeStudent, NeedsANameAndTakesAnId) {
  std::string named = R"({"display_name":"王小明"})";
  const Result<EnrolStudent> ask = decode_student(named);
  ASSERT_TRUE(ask);
  EXPECT_FALSE(ask->id);
  EXPECT_EQ(ask->display_name, "王小明");
  std::string empty = "{}";
  EXPECT_FALSE(decode_student(empty));
}

}  // namespace
}  // namespace meno
