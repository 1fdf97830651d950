#include "http/path.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

using namespace std::string_literals;

TEST(ParseTarget, SplitsBeforeItDecodes) {
  const Result<ParsedTarget> target = parse_target("/v1/items/a%2Fb%20c?skill=x+y&limit=3");
  ASSERT_TRUE(target);
  EXPECT_EQ(target->segments, (std::vector<std::string>{"v1", "items", "a/b c"}));
  ASSERT_EQ(target->query.size(), 2U);
  EXPECT_EQ(target->query[0].second, "x y");
  EXPECT_EQ(target->query[1].first, "limit");
}

TEST(ParseTarget, TellsATrailingSlashFromNone) {
  EXPECT_EQ(parse_target("/a/")->segments.size(), 2U);
  EXPECT_EQ(parse_target("/a")->segments.size(), 1U);
  EXPECT_TRUE(parse_target("/")->segments.empty());
}

TEST(ParseTarget, RefusesHostileAddresses) {
  const std::string hostile[] = {"",
                                 "v1",
                                 "/%",
                                 "/%2",
                                 "/%zz",
                                 "/%00",
                                 "/%0a",
                                 "/%ff",
                                 "/%c0%af",
                                 "/%ed%a0%80",
                                 "/%e2%80%ae",
                                 "/?a=%07",
                                 "http://x/y",
                                 "*",
                                 "/%f4%90%80%80",
                                 "/" + std::string(5000, 'a')};
  for (const std::string& target : hostile) {
    const Result<ParsedTarget> parsed = parse_target(target);
    ASSERT_FALSE(parsed) << target.substr(0, 40);
    EXPECT_EQ(parsed.error().kind, ErrorKind::InvalidInput);
  }
}

TEST(IsPlainText, TakesEveryScriptAndRefusesControls) {
  for (const char* fine : {"", "abc", "分数", "é", "🙂",
                           "a\xE2\x80\x8D"
                           "b"})
    EXPECT_TRUE(is_plain_text(fine)) << fine;
  const std::string hostile[] = {"a\nb"s,         "\x7f"s,         "\xc2\x85"s,     "\0"s,
                                 "\xef\xbb\xbf"s, "\xe2\x80\xa8"s, "\xef\xbf\xbe"s, "\xe4\xb8"s};
  for (const std::string& text : hostile) EXPECT_FALSE(is_plain_text(text));
}

}  // namespace
}  // namespace meno
