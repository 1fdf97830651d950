// Counts of real data sets after import, beside those counted from the very files by other means
// (data/README.md). Where ours differ, the row says why.
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "core/clock.h"
#include "core/json.h"
#include "service/import_records.h"

namespace meno {
namespace {

struct Counted {
  const char* name;    // of the test
  const char* source;  // below the data folder
  const char* format;  // what auto must find
  int students, items, skills, answers, refused;
  double percent_correct;  // rounded to one digit
  const char* key = "";
};

// The source has one id per answer in AKT's blocks of three, in introprog and in the tests: it
// serves as item and as skill.
const Counted kCounted[] = {
    {"akt_assist2009", "akt/assist2009_pid", "akt", 4151, 16891, 110, 325637, 0, 65.8},
    {"akt_assist2015", "akt/assist2015", "akt", 19840, 100, 100, 683801, 0, 73.2},
    {"akt_statics", "akt/statics", "akt", 333, 1223, 1223, 189297, 0, 76.5},
    {"gervet_assistments09", "gervet/assistments09", "gervet", 3114, 17708, 123, 278336, 0, 65.9},
    {"gervet_statics", "gervet/statics", "gervet", 282, 1223, 98, 189297, 0, 76.5},
    {"introprog", "introprog", "csv", 3448, 64, 64, 171905, 0, 48.7},
    {"frcsub", "frcsub", "jsonl", 536, 20, 8, 10720, 0, 53.4},
    {"slp", "slp", "csv", 249, 855, 31, 8704, 0, 37.2},  // 3242 of 8704 are right: 37.25 %
    // 16 of the 1,525 rows have no answer at all, so 1,509 students.
    {"ability", "debian_irt/psychTools_ability.csv", "matrix", 1509, 16, 16, 23257, 0, 51.3},
    {"spisa", "debian_irt/SPISA.csv", "matrix", 1075, 45, 45, 48375, 0, 59.4},
    {"math_exam", "debian_irt/MathExam14W.csv", "matrix", 729, 13, 13, 9477, 0, 56.3},
    {"iqitems", "debian_irt/psychTools_iqitems.csv", "matrix", 1525, 16, 16, 24375, 0, 49.0,
     "4 4 4 6 6 3 4 4 5 2 2 4 3 2 6 7"},
    // 189 tags less "-1", which stands for none.
    {"ednet", "ednet_sample", "ednet", 9, 13169, 188, 2443, 0, 67.1},
    // 1,887 rows are 1,548 answers: 339 rows repeat one for its next skill.
    {"assistments_2009", "assist_raw_samples/assistment_test15.csv", "assistments", 15, 1442, 74,
     1548, 0, 65.5},
    {"assistments_2013", "assist_raw_samples/2013_1500.csv", "assistments", 6, 1136, 33, 1500, 0,
     66.1},
    {"assistments_2017", "assist_raw_samples/2017_1500.csv", "assistments", 2, 574, 77, 1500, 0,
     46.0},
};

class ImportCounts : public ::testing::TestWithParam<Counted> {};

TEST_P(ImportCounts, EqualThoseOfTheSource) {
  const Counted& counted = GetParam();
  const std::filesystem::path data = std::filesystem::path(MENO_SOURCE_DIR) / "../shared/data";
  if (!std::filesystem::exists(data / counted.source)) {
    GTEST_SKIP() << "real data not here: " << counted.source;
  }
  const std::filesystem::path into =
      std::filesystem::path(::testing::TempDir()) / fmt::format("meno_counts_{}", counted.name);
  ImportRecords ask{
      .sources = {data / counted.source}, .into = into, .name = {}, .options = {}, .cleaning = {}};
  ask.options.key = counted.key;
  const auto made = import_records(ask, SystemClock{});
  ASSERT_TRUE(made.has_value()) << made.error().message;
  EXPECT_EQ(made->at("format").get<std::string>(), counted.format);
  EXPECT_EQ(made->at("students").get<int>(), counted.students);
  EXPECT_EQ(made->at("items").get<int>(), counted.items);
  EXPECT_EQ(made->at("skills").get<int>(), counted.skills);
  EXPECT_EQ(made->at("answers").get<int>(), counted.answers);
  EXPECT_EQ(made->at("refused").get<int>(), counted.refused);
  EXPECT_NEAR(100.0 * made->at("p_correct").get<double>(), counted.percent_correct, 0.0501);
  std::filesystem::remove_all(into);
}

INSTANTIATE_TEST_SUITE_P(RealData, ImportCounts, ::testing::ValuesIn(kCounted),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace meno
