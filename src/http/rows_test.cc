#include "http/rows.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

std::string line_of(const Cell& cell) {
  std::string out;
  CsvRow row(out);
  row.cell("a", cell);
  row.cell("b", std::int64_t{-7});
  row.end_line();
  return out;
}

TEST(CsvRow, QuotesWhatWouldEndAFieldAndDefusesFormulas) {
  struct Case {
    const char* why;
    std::string_view text;
    const char* expected;
  };
  const Case cases[] = {
      {"plain", "Ann", "Ann,-7\r\n"},
      {"a comma", "a,b", "\"a,b\",-7\r\n"},
      {"quotes are doubled", "a\"b", "\"a\"\"b\",-7\r\n"},
      {"a line break", "a\nb", "\"a\nb\",-7\r\n"},
      {"a formula", "=1+1", "'=1+1,-7\r\n"},
      {"a formula by plus", "+1", "'+1,-7\r\n"},
      {"a formula by minus", "-2+3", "'-2+3,-7\r\n"},
      {"a formula by at", "@SUM(A1)", "'@SUM(A1),-7\r\n"},
      {"a formula behind a tab", "\t=1", "'\t=1,-7\r\n"},
      {"a formula with quotes", "=A(\"x\")", "\"'=A(\"\"x\"\")\",-7\r\n"},
      {"an equals sign inside", "a=b", "a=b,-7\r\n"},
      {"names of others", "张伟", "张伟,-7\r\n"},
      {"nothing", "", ",-7\r\n"},
  };
  for (const Case& c : cases) EXPECT_EQ(line_of(c.text), c.expected) << c.why;
}

TEST(CsvRow, WritesEveryKindOfCell) {
  const Text both{"One", "一"};
  const std::vector<std::string> ids = {"add", "mul"};
  EXPECT_EQ(line_of(Cell()), ",-7\r\n");
  EXPECT_EQ(line_of(true), "true,-7\r\n");
  EXPECT_EQ(line_of(0.5), "0.5,-7\r\n");
  EXPECT_EQ(line_of(TimePoint()), "1970-01-01T00:00:00.000Z,-7\r\n");
  EXPECT_EQ(line_of(kNoTime), ",-7\r\n");
  EXPECT_EQ(line_of(&both), "One,一,-7\r\n");
  EXPECT_EQ(line_of(static_cast<const Text*>(nullptr)), ",,-7\r\n");
  EXPECT_EQ(line_of(&ids), "add mul,-7\r\n");
}

TEST(CsvHeader, NamesAColumnForEachLanguage) {
  const Text both;
  CsvHeader header;
  header.cell("id", std::string_view());
  header.cell("name", &both);
  EXPECT_EQ(header.names(), (std::vector<std::string>{"id", "name_en", "name_zh_cn"}));
}

}  // namespace
}  // namespace meno
