#include "core/options.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

TEST(OptionReader, FillsFieldsAndKeepsDefaults) {
  const Options options{{"hidden", "64"}, {"rate", "0.5"}, {"deep", "true"}, {"mode", "fast"}};
  OptionReader reader(options);
  int hidden = 1;
  int absent = 9;
  double rate = 0.0;
  bool deep = false;
  std::string mode;
  reader.read("hidden", hidden);
  reader.read("absent", absent);
  reader.read("rate", rate);
  reader.read("deep", deep);
  reader.read("mode", mode);
  EXPECT_TRUE(reader.finish("it").has_value());
  EXPECT_EQ(hidden, 64);
  EXPECT_EQ(absent, 9);
  EXPECT_EQ(rate, 0.5);
  EXPECT_TRUE(deep);
  EXPECT_EQ(mode, "fast");
}

TEST(OptionReader, RefusesWhatDoesNotParseAndWhatNobodyRead) {
  for (const Options& options :
       {Options{{"hidden", "many"}}, Options{{"hiden", "3"}}, Options{{"hidden", "3x"}}}) {
    OptionReader reader(options);
    int hidden = 1;
    reader.read("hidden", hidden);
    const auto finished = reader.finish("evidence");
    ASSERT_FALSE(finished.has_value());
    EXPECT_EQ(finished.error().kind, ErrorKind::InvalidInput);
    EXPECT_NE(finished.error().message.find("hid"), std::string::npos);
  }
}

TEST(ParseOptions, NeedsNameEqualsValue) {
  const auto good = parse_options({"a=1", "b=x=y"});
  ASSERT_TRUE(good.has_value());
  EXPECT_EQ(good->at("b"), "x=y");
  EXPECT_FALSE(parse_options({"a"}).has_value());
  EXPECT_FALSE(parse_options({"=1"}).has_value());
}

}  // namespace
}  // namespace meno
