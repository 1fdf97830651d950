#include "http/json_writer.h"

#include <limits>

#include <gtest/gtest.h>

#include "core/check.h"
#include "core/json.h"

namespace meno {
namespace {

TEST(JsonWriter, PutsCommasWhereTheyBelong) {
  JsonWriter json;
  json.begin_object()
      .key("a")
      .begin_array()
      .integer(1)
      .null()
      .begin_array()
      .end_array()
      .begin_object()
      .end_object()
      .end_array();
  json.key("b").boolean(true).key("c").number(0.5).end_object();
  EXPECT_EQ(json.take(), R"({"a":[1,null,[],{}],"b":true,"c":0.5})");
}

TEST(JsonWriter, EscapesWhatJsonAsksFor) {
  const std::string hostile("q\" b\\ n\n t\t z\0 分", 18);
  JsonWriter json;
  json.text(hostile);
  const Result<Json> back = parse_json(json.take(), "test");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->get<std::string>(), hostile);
}

TEST(JsonWriter, RoundsToMillionthsAndNeverWritesNan) {
  JsonWriter json;
  json.begin_array().number(1.0 / 3.0).number(1.0).number(-0.0000001).end_array();
  const Result<Json> back = parse_json(json.take(), "test");
  ASSERT_TRUE(back);
  EXPECT_EQ(back->at(0).get<double>(), 0.333333);
  JsonWriter broken;
  EXPECT_THROW(broken.number(std::numeric_limits<double>::quiet_NaN()), Bug);
}

}  // namespace
}  // namespace meno
