// Made-up students as a dataset folder: labelled, from training students alone, and fit to train
// on.
#include "service/synthesise.h"

#include <gtest/gtest.h>

#include "core/json.h"
#include "domain/dataset.h"
#include "domain/dataset_writer.h"
#include "meta/prior/synthetic_course.h"
#include "meta/run.h"
#include "service/benchmark_generative.h"
#include "service/train_run.h"

namespace meno {
namespace {

namespace fs = std::filesystem;

class Synthesised : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write_course("data");
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// 40 students; those labelled test meet an item that nobody else does.
  void write_course(const std::string& name) const {
    Rng rng(1);
    const DrawnCourse course =
        synthetic_course({.skills = 3, .items_per_skill = 4, .median_answers = 20}, 40, 40, 0, rng);
    auto writer = DatasetWriter::create(folder_ / name, name);
    ASSERT_TRUE(writer);
    for (std::size_t s = 0; s < course.students.size(); ++s) {
      const bool test = s % 5 == 0;
      const Sequence events = course.students[s].view();
      for (std::size_t t = 0; t < events.size(); ++t) {
        const std::string student = "s" + std::to_string(s);
        const std::string item =
            test && t == 0 ? "secret" : "i" + std::to_string(events[t].item.value);
        const std::string skill = "k" + std::to_string(events[t].skills[0].value);
        ASSERT_TRUE(writer->add({.student = student,
                                 .item = item,
                                 .skills = {skill},
                                 .correct = events[t].correct,
                                 .split = test ? "test" : "train"}));
      }
    }
    ASSERT_TRUE(writer->finish(Json::object()));
  }
  Synthesise ask(const std::string& generator) const {
    Synthesise made{.data = folder_ / "data", .out = folder_ / "made", .generator = generator};
    made.students = 35;
    return made;
  }

  // Its own: CTest runs the tests side by side.
  fs::path folder_ = fs::path(testing::TempDir()) /
                     (std::string("meno_synthesised_") +
                      testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(Synthesised, IsADatasetThatSaysItIsSimulated) {
  const auto made = synthesise(ask("irt"));
  ASSERT_TRUE(made) << made.error().message;
  EXPECT_EQ(made->at("students"), 35);
  EXPECT_LT(made->at("learnt_from").get<int>(), 32) << "validation students choose epochs";
  const auto dataset = Dataset::open(folder_ / "made");
  ASSERT_TRUE(dataset);
  EXPECT_EQ(dataset->course().name, "data (simulated students)");
  EXPECT_EQ(dataset->student_name(StudentId(0U)), "simulated-00001");
  EXPECT_FALSE(dataset->has_times());
  const Json& provenance = dataset->manifest().at("provenance");
  EXPECT_EQ(provenance.at("simulated"), true);
  EXPECT_EQ(provenance.at("copies_of_real_answers"), false);
  EXPECT_EQ(provenance.at("generator"), "irt");
}

TEST_F(Synthesised, KnowsNothingOfTestStudents) {
  ASSERT_TRUE(synthesise(ask("bootstrap")));
  const auto dataset = Dataset::open(folder_ / "made");
  ASSERT_TRUE(dataset);
  EXPECT_FALSE(dataset->course().items.find("secret"));
  EXPECT_EQ(dataset->manifest().at("provenance").at("copies_of_real_answers"), true);
}

TEST_F(Synthesised, TheSameSeedGivesTheSameData) {
  const auto one = synthesise(ask("irt"));
  Synthesise again = ask("irt");
  again.out = folder_ / "again";
  const auto two = synthesise(again);
  again.seed = 1;
  const auto three = synthesise(again);
  ASSERT_TRUE(one && two && three);
  EXPECT_EQ(one->at("data_hash"), two->at("data_hash"));
  EXPECT_NE(one->at("data_hash"), three->at("data_hash"));
}

TEST_F(Synthesised, ARunTrainedOnItIsMarked) {
  ASSERT_TRUE(synthesise(ask("irt")));
  const auto trained = train_run(
      {.data = folder_ / "made", .out = folder_ / "run", .model = "logistic", .training = {}});
  ASSERT_TRUE(trained) << trained.error().message;
  const auto run = load_run(folder_ / "run");
  ASSERT_TRUE(run);
  EXPECT_TRUE(run->simulated);
}

TEST_F(Synthesised, BadRequestsLeaveNothingBehind) {
  Synthesise bad = ask("oracle");
  EXPECT_EQ(synthesise(bad).error().kind, ErrorKind::InvalidInput);
  bad = ask("irt");
  bad.students = -1;
  EXPECT_EQ(synthesise(bad).error().message, "students is -1, expected 0 or more");
  bad = ask("irt");
  bad.generator_options = {{"leave", "2"}};
  EXPECT_EQ(synthesise(bad).error().message, "irt: leave 2, expected 0 to 1");
  EXPECT_FALSE(fs::exists(folder_ / "made"));
  bad = ask("irt");
  bad.out = bad.data;
  EXPECT_EQ(synthesise(bad).error().kind, ErrorKind::Conflict);
  EXPECT_TRUE(Dataset::open(folder_ / "data"));
}

TEST_F(Synthesised, TheBenchmarksDocumentHasAllJudgements) {
  BenchmarkGenerative bench{.target = folder_ / "data", .sources = {}, .plan = {}};
  bench.plan.generators = {"irt"};
  bench.plan.fractions = {100};
  bench.plan.repeats = 1;
  bench.plan.synthetic = 20;
  bench.plan.threads = 1;
  const auto document = benchmark_generative(bench);
  ASSERT_TRUE(document) << document.error().message;
  std::vector<std::string> judgements;
  for (const Json& row : document->at("rows")) judgements.push_back(row.at("judgement"));
  EXPECT_EQ(judgements, (std::vector<std::string>{"utility", "utility", "utility", "two-sample",
                                                  "two-sample", "privacy"}));
  EXPECT_TRUE(document->at("rows")[2].at("auc_gain").is_number());
  bench.sources = {folder_ / "data"};
  EXPECT_EQ(benchmark_generative(bench).error().kind, ErrorKind::InvalidInput);
}

}  // namespace
}  // namespace meno
