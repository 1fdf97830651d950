// Dataset and DatasetWriter: what is written is read back, in order, in constant memory, and damage
// is refused.
#include "domain/dataset.h"

#include <fstream>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/files.h"
#include "core/json.h"
#include "domain/dataset_writer.h"

namespace meno {
namespace {

namespace fs = std::filesystem;

class DatasetFolder : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* const info = ::testing::UnitTest::GetInstance()->current_test_info();
    root_ = fs::path(::testing::TempDir()) /
            fmt::format("meno_{}_{}", info->test_suite_name(), info->name());
    fs::remove_all(root_);
    fs::create_directories(root_);
  }
  void TearDown() override { fs::remove_all(root_); }

  DatasetWriter writer(std::size_t rows_in_memory = kRowsInMemory) {
    auto made = DatasetWriter::create(root_ / "set", "set", rows_in_memory);
    EXPECT_TRUE(made.has_value());
    return *std::move(made);
  }
  static AnswerRow row(std::string_view student, std::string_view item, std::string_view skill,
                       float correct, std::int64_t at_s) {
    return {.student = student,
            .item = item,
            .skills = {skill},
            .correct = correct,
            .at = TimePoint(std::chrono::seconds(at_s)),
            .split = {},
            .klass = {},
            .school = {}};
  }
  static void add(DatasetWriter& to, const AnswerRow& row) {
    const auto added = to.add(row);
    ASSERT_TRUE(added.has_value()) << added.error().message;
  }
  static void finish(DatasetWriter& to) {
    const auto finished = to.finish(Json::object());
    ASSERT_TRUE(finished.has_value()) << finished.error().message;
  }
  Dataset open() {
    auto opened = Dataset::open(root_ / "set");
    EXPECT_TRUE(opened.has_value()) << (opened ? "" : opened.error().message);
    return *std::move(opened);
  }
  std::vector<std::string> items_of(const Dataset& data, std::string_view student) {
    for (std::size_t s = 0; s < data.students(); ++s) {
      if (data.student_name(StudentId(s)) != student) continue;
      std::vector<std::string> items;
      const Sequence history = data.sequence(StudentId(s));
      for (std::size_t t = 0; t < history.size(); ++t) {
        items.push_back(data.course().items.name(history[t].item));
      }
      return items;
    }
    return {};
  }
  void write_small() {
    DatasetWriter to = writer();
    add(to, row("a", "i1", "k1", 1.0F, 20));
    add(to, row("b", "i1", "k1", 0.0F, 5));
    add(to, row("a", "i2", "k2", 0.5F, 10));
    finish(to);
  }

  fs::path root_;
};

TEST_F(DatasetFolder, ReadsBackEachStudentOldestFirst) {
  write_small();
  const Dataset data = open();
  EXPECT_EQ(data.students(), 2U);
  EXPECT_EQ(data.answers(), 3U);
  EXPECT_EQ(items_of(data, "a"), (std::vector<std::string>{"i2", "i1"}));
  EXPECT_EQ(data.sequence(StudentId(0U))[0].correct, 0.5F);
  EXPECT_EQ(data.manifest().at("p_correct").get<double>(), 0.5);
  EXPECT_FALSE(fs::exists(root_ / "set.tmp"));
}

TEST_F(DatasetFolder, KeepsTheOrderOfRowsWithEqualOrNoTime) {
  DatasetWriter to = writer();
  for (const char* const item : {"i3", "i1", "i2"}) add(to, row("a", item, "k", 1.0F, 7));
  AnswerRow timeless = row("a", "i9", "k", 1.0F, 0);
  timeless.at = kNoTime;
  add(to, timeless);
  add(to, row("a", "i0", "k", 1.0F, 6));
  finish(to);
  EXPECT_EQ(items_of(open(), "a"), (std::vector<std::string>{"i0", "i3", "i1", "i2", "i9"}));
}

TEST_F(DatasetFolder, GroupsTheSameWhetherRowsFitInMemoryOrNot) {
  std::string hashes[2];
  for (int spilled = 0; spilled < 2; ++spilled) {
    DatasetWriter to = writer(spilled == 1 ? 16 : kRowsInMemory);
    for (std::uint64_t i = 0; i < 5000; ++i) {
      const std::string student = fmt::format("s{}", (i * 2654435761U) % 301);
      const std::string item = fmt::format("i{}", i % 17);
      add(to,
          row(student, item, item, i % 3 == 0 ? 1.0F : 0.0F, static_cast<std::int64_t>(i % 97)));
    }
    finish(to);
    hashes[spilled] = open().hash();
  }
  EXPECT_EQ(hashes[0], hashes[1]);
}

TEST_F(DatasetFolder, MergesRowsOfOneAnswerAndDropsRepeats) {
  DatasetWriter to = writer();
  to.tidy_with({.drop_duplicates = true, .merge_skills = true});
  AnswerRow answer = row("a", "i1", "k1", 1.0F, 0);
  answer.at = kNoTime;
  answer.order = 9;
  add(to, answer);
  answer.order = 3;
  add(to, answer);
  answer.order = 9;
  answer.skills = {"k2"};
  add(to, answer);
  add(to, answer);  // the same row again
  finish(to);
  const Dataset data = open();
  ASSERT_EQ(data.answers(), 2U);
  EXPECT_EQ(data.sequence(StudentId(0U))[0].skills.size(), 1U);
  EXPECT_EQ(data.sequence(StudentId(0U))[1].skills.size(), 2U);
  EXPECT_EQ(data.manifest().at("tidied").at("duplicates_dropped").get<int>(), 1);
  EXPECT_EQ(data.manifest().at("tidied").at("rows_merged_into_multi_skill_answers").get<int>(), 1);
}

TEST_F(DatasetFolder, KeepsHonestRepeatsWithoutTimeOrOrder) {
  DatasetWriter to = writer();
  to.tidy_with({.drop_duplicates = true, .merge_skills = true});
  AnswerRow answer = row("a", "i1", "k1", 1.0F, 0);
  answer.at = kNoTime;
  for (int i = 0; i < 3; ++i) add(to, answer);
  finish(to);
  EXPECT_EQ(open().answers(), 3U);
}

TEST_F(DatasetFolder, RefusesAStudentInTwoSplits) {
  DatasetWriter to = writer();
  AnswerRow answer = row("secret name", "i1", "k1", 1.0F, 0);
  answer.split = "train";
  add(to, answer);
  answer.split = "test";
  EXPECT_TRUE(to.contradicts_split("secret name", "test"));
  const auto refused = to.add(answer);
  ASSERT_FALSE(refused.has_value());
  EXPECT_EQ(refused.error().kind, ErrorKind::InvalidInput);
  EXPECT_EQ(refused.error().message.find("secret"), std::string::npos);
}

TEST_F(DatasetFolder, LeavesNothingBehindWhenUnfinished) {
  {
    DatasetWriter to = writer();
    add(to, row("a", "i1", "k1", 1.0F, 20));
  }
  EXPECT_TRUE(fs::is_empty(root_));
}

TEST_F(DatasetFolder, RefusesAFolderThatIsNoDataset) {
  fs::create_directories(root_ / "set");
  std::ofstream(root_ / "set" / "thesis.txt") << "precious";
  const auto made = DatasetWriter::create(root_ / "set", "set");
  ASSERT_FALSE(made.has_value());
  EXPECT_EQ(made.error().kind, ErrorKind::Conflict);
  EXPECT_TRUE(fs::exists(root_ / "set" / "thesis.txt"));
}

TEST_F(DatasetFolder, ReplacesAnOlderDataset) {
  write_small();
  DatasetWriter to = writer();
  add(to, row("z", "i1", "k1", 1.0F, 20));
  EXPECT_EQ(open().students(), 2U);  // the old one until the new one is whole
  finish(to);
  EXPECT_EQ(open().students(), 1U);
}

TEST_F(DatasetFolder, DropsAClockThatNeverMoves) {
  DatasetWriter to = writer();
  add(to, row("a", "i1", "k1", 1.0F, 0));
  add(to, row("a", "i2", "k1", 1.0F, 0));
  finish(to);
  EXPECT_FALSE(open().has_times());
}

TEST_F(DatasetFolder, RefusesEveryKindOfDamage) {
  struct Case {
    const char* why;
    const char* file;
    std::string content;
    ErrorKind kind;
  };
  const std::string ones(12, '\xFF');
  const Case cases[] = {
      {"a cut column", "item.u32", "abc", ErrorKind::InvalidInput},
      {"an item outside the vocabulary", "item.u32", ones, ErrorKind::InvalidInput},
      {"a set that is not there", "skill_set.u32", ones, ErrorKind::InvalidInput},
      {"an answer that is no number", "correct.f32", ones, ErrorKind::InvalidInput},
      {"offsets that fall", "student_begin.u64", std::string(24, '\x7F'), ErrorKind::InvalidInput},
      {"a name too few", "items.json", "[\"i1\"]", ErrorKind::InvalidInput},
      {"a name twice", "items.json", "[\"i1\",\"i1\"]", ErrorKind::InvalidInput},
      {"a manifest that is no JSON", "manifest.json", "{", ErrorKind::InvalidInput},
      {"a manifest without fields", "manifest.json", "{}", ErrorKind::InvalidInput},
      {"a newer schema", "manifest.json", R"({"schema_version": 99})", ErrorKind::InvalidInput},
  };
  for (const Case& c : cases) {
    fs::remove_all(root_ /
                   "set");  // a folder with a damaged manifest is not taken for an older dataset
    write_small();
    std::ofstream(root_ / "set" / c.file, std::ios::binary) << c.content;
    const auto opened = Dataset::open(root_ / "set");
    ASSERT_FALSE(opened.has_value()) << c.why;
    EXPECT_EQ(opened.error().kind, c.kind) << c.why;
  }
  const auto absent = Dataset::open(root_ / "nowhere");
  ASSERT_FALSE(absent.has_value());
  EXPECT_EQ(absent.error().kind, ErrorKind::NotFound);
}

}  // namespace
}  // namespace meno
