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

TEST(ParseJson, ReadsToTwoHundredLevelsWhateverStandsInItsTexts) {
  const auto nested = [](std::size_t levels) {
    return std::string(levels, '[') + R"("[{\"[\\")" + std::string(levels, ']');
  };
  EXPECT_TRUE(parse_json(nested(200), "a body"));
  for (const std::size_t levels : {std::size_t{201}, std::size_t{500'000}}) {
    const auto parsed = parse_json(R"({"a":)" + nested(levels) + R"(,"b":1})", "a body");
    ASSERT_FALSE(parsed) << levels;
    EXPECT_EQ(parsed.error().kind, ErrorKind::InvalidInput);
    EXPECT_NE(parsed.error().message.find("200 levels"), std::string::npos);
  }
  const std::string wide = "[" + std::string(1000, ' ') + R"(["]"],{},["\\"])" + "]";
  EXPECT_TRUE(parse_json(wide, "a body"));
}

}  // namespace
}  // namespace meno
