// One student's full explanation, in both languages, word by word and number by number: with the
// shipped prior, on the shipped bank, at a fixed time. The student is simulated. Where a change is
// meant, MENO_WRITE_GOLDEN=1 http_api_test --gtest_filter='ExplanationGolden.*' writes the file
// anew.
#include <cmath>
#include <fstream>
#include <sstream>

#include "core/json.h"
#include "http/encode_explanation.h"
#include "http_fixture.h"

namespace meno {
namespace {

constexpr const char* kGolden = MENO_SOURCE_DIR "/tests/golden/explanation/simulated_student.json";
/// The prior reckons in floats: the last digits are the compiler's.
constexpr double kTolerance = 2e-4;

constexpr TimePoint kNow{std::chrono::milliseconds(1'700'000'000'000)};

struct Answered {
  const char* item;
  bool correct;
  int hours_ago;
};

/// First the names of what both have, so that a failure says where.
void expect_same(const Json& seen, const Json& expected, const std::string& where) {
  if (expected.is_number() && seen.is_number()) {
    EXPECT_NEAR(seen.get<double>(), expected.get<double>(), kTolerance) << where;
  } else if (expected.is_object() && seen.is_object()) {
    for (const auto& [key, value] : expected.items()) {
      ASSERT_TRUE(seen.contains(key)) << where << "." << key;
      expect_same(seen.at(key), value, where + "." + key);
    }
    EXPECT_EQ(seen.size(), expected.size()) << where;
  } else if (expected.is_array() && seen.is_array()) {
    ASSERT_EQ(seen.size(), expected.size()) << where;
    for (std::size_t k = 0; k < expected.size(); ++k)
      expect_same(seen[k], expected[k], fmt::format("{}[{}]", where, k));
  } else {
    EXPECT_EQ(seen, expected) << where;
  }
}

class ExplanationGolden : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-why-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    Result<meno::Run> run = load_run(MENO_SOURCE_DIR "/models/universal");
    ASSERT_TRUE(run) << run.error().message;
    run_ = *std::move(run);
    model_ = run_.model->online(run_.theta);
    Result<std::unique_ptr<Store>> store = open_store((folder_ / "store.db").string());
    ASSERT_TRUE(store) << store.error().message;
    store_ = *std::move(store);
    const Result<ItemBank> bank = load_bank(kBank);
    ASSERT_TRUE(bank) << bank.error().message;
    course_ = bank_course(*bank);
    ASSERT_TRUE(store_->courses().add(course_));
    services_ = std::make_unique<Services>(*store_, run_, *model_, clock_);
  }
  void TearDown() override {
    services_.reset();
    store_.reset();
    std::filesystem::remove_all(folder_);
  }

  void enrol(std::span<const Answered> answers) {
    const StoredStudent student{
        .id = "simulated-1", .display_name = "Simulated student", .simulated = true};
    ASSERT_TRUE(store_->students().enrol(course_.id, {&student, 1}));
    std::vector<StoredAnswer> stored;
    for (const Answered& answered : answers) {
      StoredAnswer answer;
      answer.event_id = fmt::format("event-{}", stored.size() + 1);
      answer.course_id = course_.id;
      answer.student_id = student.id;
      answer.item_id = answered.item;
      answer.correct = answered.correct ? 1.0 : 0.0;
      answer.answered_at = kNow - std::chrono::hours(answered.hours_ago);
      answer.response_ms = 20'000;
      stored.push_back(answer);
    }
    ASSERT_TRUE(store_->answers().append_many(stored));
  }

  Json explained(std::string_view item = {}) {
    const Result<ItemExplanation> made = explain_item(
        *services_, {.course_id = course_.id, .student_id = "simulated-1", .item_id = item});
    if (!made) {
      ADD_FAILURE() << made.error().message;
      return {};
    }
    const Result<Json> json = parse_json(explanation_json(*made, "simulated-1"), "an explanation");
    EXPECT_TRUE(json);
    EXPECT_FALSE(schema_fault(*json, "ItemExplanation"))
        << schema_fault(*json, "ItemExplanation").value_or("");
    return *json;
  }

  std::filesystem::path folder_;
  meno::Run run_;
  std::unique_ptr<const OnlineModel> model_;
  StoredCourse course_;
  FixedClock clock_{kNow};
  std::unique_ptr<Store> store_;
  std::unique_ptr<Services> services_;
};

/// Both divisions of a prediction come to the same whole.
void expect_sums(const Json& prediction) {
  for (const char* division : {"by_evidence", "by_answer"}) {
    double sum = prediction.at("typical").get<double>();
    for (const Json& one : prediction.at(division)) sum += one.at("logit").get<double>();
    EXPECT_NEAR(sum, prediction.at("logit").get<double>(), 1e-4) << division;
  }
  const double p = prediction.at("p_correct").get<double>();
  EXPECT_NEAR(std::log(p / (1.0 - p)), prediction.at("logit").get<double>(), 1e-4);
}

std::vector<Answered> twelve_answers(const StoredCourse& course) {
  std::vector<Answered> answers;
  constexpr bool kRight[] = {true, false, true,  true, false, false,
                             true, true,  false, true, true,  true};
  for (int k = 0; k < 12; ++k) {
    const std::size_t item = static_cast<std::size_t>(k < 8 ? k % 4 : k);
    answers.push_back({course.items[item].id.c_str(), kRight[k], k < 8 ? 300 - k : 30 - k});
  }
  return answers;
}

TEST_F(ExplanationGolden, IsTheSameInEveryWordAndNumber) {
  enrol(twelve_answers(course_));
  const Json seen = explained();
  expect_sums(seen.at("prediction"));
  if (std::getenv("MENO_WRITE_GOLDEN") != nullptr) {
    std::filesystem::create_directories(std::filesystem::path(kGolden).parent_path());
    std::ofstream(kGolden) << seen.dump(1) << "\n";
    GTEST_SKIP() << "wrote " << kGolden;
  }
  std::ifstream file(kGolden);
  std::stringstream text;
  text << file.rdbuf();
  const Result<Json> expected = parse_json(text.str(), kGolden);
  ASSERT_TRUE(expected) << expected.error().message;
  expect_same(seen, *expected, "explanation");
}

TEST_F(ExplanationGolden, EveryItemOfTheCourseAddsUp) {
  enrol(twelve_answers(course_));
  for (std::size_t k = 0; k < course_.items.size(); k += 17)
    expect_sums(explained(course_.items[k].id).at("prediction"));
}

TEST_F(ExplanationGolden, AStudentWithoutAnswersChangesNothing) {
  enrol({});
  const Json prediction = explained().at("prediction");
  expect_sums(prediction);
  EXPECT_TRUE(prediction.at("telling").empty());
  for (const Json& one : prediction.at("by_evidence")) {
    if (one.at("piece") != "item_difficulty") {
      EXPECT_EQ(one.at("logit"), 0.0) << one.at("piece");
    }
  }
  EXPECT_EQ(prediction.at("by_answer").size(), 1U);
}

}  // namespace
}  // namespace meno
