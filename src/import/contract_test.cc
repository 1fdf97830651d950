// What every row of the registry owes: bad input gives one sentence or refusals with a line, never
// a crash, never a silent drop.
#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <zlib.h>

#include "import/line_reader.h"
#include "import/testing.h"

namespace meno {
namespace {

std::string gzipped(const std::string& text) {
  z_stream zlib{};
  deflateInit2(&zlib, 6, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string packed(deflateBound(&zlib, text.size()) + 64, '\0');
  zlib.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  zlib.avail_in = static_cast<uInt>(text.size());
  zlib.next_out = reinterpret_cast<Bytef*>(packed.data());
  zlib.avail_out = static_cast<uInt>(packed.size());
  deflate(&zlib, Z_FINISH);
  packed.resize(packed.size() - zlib.avail_out);
  deflateEnd(&zlib);
  return packed;
}

std::string table_of(int rows) {
  std::string text = "user_id,item_id,correct\n";
  for (int i = 0; i < rows; ++i) text += fmt::format("s{},i{},{}\n", i % 7, i * 7919 % 1009, i % 2);
  return text;
}

class EveryImporter : public ::testing::TestWithParam<std::string> {
 protected:
  /// The error of a file that must be refused as a whole, or "" when answers or refusals came out
  /// instead.
  std::string error_of(const std::string& bytes) {
    const auto read = import_from_memory(GetParam(), {{"in.csv", bytes}}, {}, sink_);
    return read ? "" : read.error().message;
  }
  RecordingSink sink_;
};

TEST_P(EveryImporter, RefusesWhatIsNoTextWithOneSentence) {
  const std::string whole = gzipped(table_of(5000));
  const std::vector<std::pair<const char*, std::string>> bad = {
      {"empty", ""},
      {"a spreadsheet", "PK\x03\x04rest"},
      {"UTF-16", "\xFF\xFEu\x01s\x01"},
      {"zero bytes", std::string("a,b\0c\n", 6)},
      {"a header that is not UTF-8", "q\xFF,q2,q3\n1,0,1\n0,1,1\n"},
      {"gzip of nothing", gzipped("")},
      {"gzip cut early", whole.substr(0, 20)},
  };
  for (const auto& [why, bytes] : bad) {
    const std::string error = error_of(bytes);
    EXPECT_NE(error, "") << why;
    EXPECT_NE(error.find("in.csv"), std::string::npos) << why << ": " << error;
    EXPECT_EQ(error.find('\n'), std::string::npos) << why << ": " << error;
    EXPECT_TRUE(sink_.answers.empty()) << why;
  }
}

TEST_P(EveryImporter, TakesNoAnswersFromProse) {
  error_of("Dear reader,\nthese lines are no records\nat all\n");
  EXPECT_TRUE(sink_.answers.empty());
}

TEST_P(EveryImporter, SurvivesAnyTruncationOfAnyLayout) {
  const std::vector<std::string> layouts = {
      "1,70\n5,6\n1,2\n1,0\n2,71\n5\n1\n1\n",
      "user_id\titem_id\ttimestamp\tcorrect\tskill_id\n0\t7\t60\t1\t99\n",
      "u1,2\n5,6\n1_2,3\n1,0\n1,2\n300,NA\n",
      "{\"student\": 1, \"item\": \"i\", \"skills\": [\"a\"], \"correct\": true}\n",
      "q1,q2,q3\n1,0,NA\n0,1,1\n",
      "order_id,user_id,problem_id,correct,sequence_id\n8,70,5,1,900\n",
      "fold,uid,questions,concepts,responses\n2,9,\"5,5\",\"1,2\",\"1,1\"\n",
      "user_id,item_id,correct\ns,\"i\"\"\n\",1\n",
      "id,cid,usn,ease,ivl,lastIvl,factor,time,type\n1737747496478,5,1,3,1,0,0,900,1\n",
  };
  for (const std::string& layout : layouts) {
    for (std::size_t size = 0; size <= layout.size(); ++size) error_of(layout.substr(0, size));
  }
  SUCCEED() << "no sanitizer spoke";
}

std::vector<std::string> names() {
  std::vector<std::string> names;
  for (const Importer& importer : importers()) names.emplace_back(importer.name);
  return names;
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryImporter, ::testing::ValuesIn(names()));

TEST(Sources, ReadGzipAsIfItWerePlain) {
  RecordingSink plain;
  RecordingSink packed;
  RecordingSink members;
  const std::string text = table_of(20000);
  ASSERT_TRUE(import_from_memory("csv", {{"a.csv", text}}, {}, plain).has_value());
  ASSERT_TRUE(import_from_memory("csv", {{"a.csv.gz", gzipped(text)}}, {}, packed).has_value());
  const std::string two = gzipped(text.substr(0, 1000)) + gzipped(text.substr(1000));
  ASSERT_TRUE(import_from_memory("csv", {{"a.csv.gz", two}}, {}, members).has_value());
  EXPECT_EQ(plain.answers.size(), 20000U);
  EXPECT_EQ(plain.answers, packed.answers);
  EXPECT_EQ(plain.answers, members.answers);
}

TEST(Sources, RefuseGzipCutAnywhere) {
  const std::string whole = gzipped(table_of(20000));
  for (std::size_t size = 30; size < whole.size(); size += whole.size() / 23) {
    RecordingSink sink;
    const auto read = import_from_memory("csv", {{"a.csv.gz", whole.substr(0, size)}}, {}, sink);
    ASSERT_FALSE(read.has_value()) << size << " of " << whole.size();
    EXPECT_NE(read.error().message.find("gzip"), std::string::npos) << read.error().message;
  }
}

TEST(LineReader, RefusesALineAboveItsLimitAndNamesIt) {
  RecordingSink sink;
  const std::string text = table_of(3) + std::string(kLongestRow + 10, 'x') + "\n" + table_of(3);
  const auto read = import_from_memory("csv", {{"a.csv", text}}, {}, sink);
  ASSERT_FALSE(read.has_value());
  EXPECT_NE(read.error().message.find("line 5"), std::string::npos) << read.error().message;
  EXPECT_NE(read.error().message.find("1048576"), std::string::npos) << read.error().message;
}

TEST(Tables, NameTheColumnThatStandsTwice) {
  RecordingSink sink;
  const auto read = import_from_memory(
      "csv", {{"a.csv", "user_id,item_id,correct,correct\ns,i,1,0\n"}}, {}, sink);
  ASSERT_FALSE(read.has_value());
  EXPECT_NE(read.error().message.find("\"correct\" stands twice"), std::string::npos)
      << read.error().message;
}

TEST(Tables, SayWhatTheWrongDelimiterLeft) {
  RecordingSink sink;
  const auto read = import_from_memory("csv", {{"a.csv", table_of(3)}}, {.delimiter = ";"}, sink);
  ASSERT_FALSE(read.has_value());
  EXPECT_NE(read.error().message.find("delimiter"), std::string::npos) << read.error().message;
}

TEST(FindImporter, ListsTheFormatsForAnUnknownName) {
  RecordingSink sink;
  const auto read = import_from_memory("xlsx", {{"a.csv", table_of(3)}}, {}, sink);
  ASSERT_FALSE(read.has_value());
  EXPECT_NE(read.error().message.find("akt"), std::string::npos);
}

}  // namespace
}  // namespace meno
