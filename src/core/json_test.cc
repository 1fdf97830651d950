#include "core/json.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

TEST(ParseJson, NamesTheByteOfTheFirstFault) {
  const auto parsed = parse_json("{\"a\": }", "model.json");
  ASSERT_FALSE(parsed.has_value());
  EXPECT_EQ(parsed.error().kind, ErrorKind::InvalidInput);
  EXPECT_NE(parsed.error().message.find("model.json: not JSON at byte 7"), std::string::npos)
      << parsed.error().message;
}

// Found by fuzzing course.json: the library throws another exception for these than for bad syntax.
TEST(ParseJson, RefusesNumbersBeyondDouble) {
  for (const char* const text : {"7e7777", "[1, -1e999]"}) {
    const auto parsed = parse_json(text, "model.json");
    ASSERT_FALSE(parsed.has_value()) << text;
    EXPECT_EQ(parsed.error().kind, ErrorKind::InvalidInput) << text;
  }
}

}  // namespace
}  // namespace meno
