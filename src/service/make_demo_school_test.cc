#include "service/make_demo_school.h"

#include <chrono>
#include <string>

#include <gtest/gtest.h>

#include "core/files.h"
#include "core/json.h"
#include "domain/dataset.h"
#include "meta/run.h"
#include "store/store.h"
#include "teach/bank/bank.h"

namespace meno {
namespace {

constexpr const char* kBank = MENO_SOURCE_DIR "/content/school-math";
const FixedClock& clock_for_test() {
  static const FixedClock kClock(
      TimePoint{std::chrono::sys_days(std::chrono::year{2026} / 11 / 20)} + std::chrono::hours(15));
  return kClock;
}

class DemoSchool : public testing::Test {
 protected:
  void SetUp() override { std::filesystem::remove_all(into_); }
  void TearDown() override { std::filesystem::remove_all(into_); }

  /// Small and quick: the logistic model, one pass.
  MakeDemoSchool ask() const {
    return {.into = into_,
            .bank = kBank,
            .students = 6,
            .training_students = 40,
            .seed = 3,
            .model = "logistic",
            .epochs = 1,
            .threads = 1};
  }

  std::filesystem::path into_ =
      std::filesystem::path(testing::TempDir()) /
      (std::string("demo-") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(DemoSchool, SaysEverywhereThatItIsSimulated) {
  const Result<Json> made = make_demo_school(ask(), clock_for_test());
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_TRUE(made->at("simulated").get<bool>());
  const Result<Dataset> dataset = Dataset::open(into_ / "dataset");
  ASSERT_TRUE(dataset) << dataset.error().message;
  EXPECT_TRUE(dataset->manifest().at("provenance").at("simulated").get<bool>());
  const Result<meno::Run> run = load_run(into_ / "run");
  ASSERT_TRUE(run) << run.error().message;
  EXPECT_TRUE(run->simulated);
  const Result<std::unique_ptr<Store>> store = open_store((into_ / "school.db").string());
  ASSERT_TRUE(store) << store.error().message;
  EXPECT_TRUE((*store)->courses().find("school-math")->simulated);
  const auto students = (*store)->students().of_course("school-math");
  ASSERT_EQ(students->size(), 6U);
  for (const StoredStudent& student : *students) {
    EXPECT_TRUE(student.simulated);
    EXPECT_NE(student.display_name.find("(simulated 模拟)"), std::string::npos)
        << student.display_name;
  }
}

TEST_F(DemoSchool, DatasetStoreAndBankShareTheirItems) {
  ASSERT_TRUE(make_demo_school(ask(), clock_for_test()));
  const Result<ItemBank> bank = load_bank(kBank);
  ASSERT_TRUE(bank);
  const Result<Dataset> dataset = Dataset::open(into_ / "dataset");
  ASSERT_TRUE(dataset);
  for (const std::string& item : dataset->course().items.names())
    EXPECT_NE(bank->find_item(item), nullptr) << item;
  for (const std::string& skill : dataset->course().skills.names())
    EXPECT_NE(bank->find_skill(skill), nullptr) << skill;
  const Result<std::unique_ptr<Store>> store = open_store((into_ / "school.db").string());
  ASSERT_TRUE(store);
  const StoredCourse course = *(*store)->courses().find("school-math");
  EXPECT_EQ(course.items.size(), bank->items().size());
  EXPECT_EQ(course.skills.size(), bank->skills().size());
  EXPECT_TRUE(ItemBank::load(course.content, "stored"));
}

TEST_F(DemoSchool, StoredAnswersGradeAsStored) {
  ASSERT_TRUE(make_demo_school(ask(), clock_for_test()));
  const Result<ItemBank> bank = load_bank(kBank);
  const Result<std::unique_ptr<Store>> store = open_store((into_ / "school.db").string());
  ASSERT_TRUE(bank);
  ASSERT_TRUE(store);
  std::size_t seen = 0;
  std::size_t named = 0;
  const auto students = (*store)->students().of_course("school-math");
  ASSERT_TRUE(students);
  for (const StoredStudent& student : *students) {
    const auto history = (*store)->answers().history("school-math", student.id);
    ASSERT_TRUE(history);
    for (const StoredAnswer& answer : *history) {
      const Result<Grade> grade = bank->grade(answer.item_id, answer.variant, *answer.response);
      ASSERT_TRUE(grade) << grade.error().message;
      EXPECT_EQ(grade->correct, answer.correct == 1.0) << answer.item_id << " " << answer.variant;
      EXPECT_LE(answer.answered_at, clock_for_test().now());
      EXPECT_GT(answer.answered_at, clock_for_test().now() - std::chrono::days(44));
      named += grade->misconception ? 1U : 0U;
      ++seen;
    }
  }
  EXPECT_EQ(seen, (*store)->answers().count());
  EXPECT_GT(seen, 200U);
  EXPECT_GT(named, 20U);
}

TEST_F(DemoSchool, IsSafeToRunAgain) {
  ASSERT_TRUE(make_demo_school(ask(), clock_for_test()));
  const std::string before = *read_file(into_ / "demo.json");
  const Result<Json> again = make_demo_school(ask(), clock_for_test());
  ASSERT_TRUE(again);
  EXPECT_FALSE(again->at("made").get<bool>());
  EXPECT_EQ(*read_file(into_ / "demo.json"), before);
  MakeDemoSchool forced = ask();
  forced.force = true;
  forced.seed = 4;
  const Result<Json> anew = make_demo_school(forced, clock_for_test());
  ASSERT_TRUE(anew);
  EXPECT_TRUE(anew->at("made").get<bool>());
  EXPECT_NE(*read_file(into_ / "demo.json"), before);
}

TEST_F(DemoSchool, NeverTouchesAFolderOfSomeoneElse) {
  std::filesystem::create_directories(into_);
  ASSERT_TRUE(write_file_atomically(into_ / "thesis.txt", "two years of work"));
  MakeDemoSchool forced = ask();
  forced.force = true;
  const Result<Json> made = make_demo_school(forced, clock_for_test());
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::Conflict);
  EXPECT_EQ(*read_file(into_ / "thesis.txt"), "two years of work");
}

TEST_F(DemoSchool, ABadBankLeavesNothingBehind) {
  MakeDemoSchool bad = ask();
  bad.bank = MENO_SOURCE_DIR "/docs";
  ASSERT_FALSE(make_demo_school(bad, clock_for_test()));
  EXPECT_FALSE(std::filesystem::exists(into_));
  EXPECT_FALSE(std::filesystem::exists(into_.string() + ".partial"));
}

}  // namespace
}  // namespace meno
