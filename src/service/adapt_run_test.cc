// A prior's way to a course of its own: made, adapted, trained beside. Real dataset folders, real
// run folders.
#include "service/adapt_run.h"

#include <cmath>
#include <fstream>

#include <gtest/gtest.h>

#include "core/files.h"
#include "core/json.h"
#include "core/tensors.h"
#include "domain/dataset_writer.h"
#include "meta/prior/synthetic_course.h"
#include "meta/run.h"
#include "service/make_prior.h"
#include "service/prior_candidate.h"
#include "service/train_run.h"

namespace meno {
namespace {

namespace fs = std::filesystem;

class AdaptedRun : public testing::Test {
 protected:
  void SetUp() override {
    fs::remove_all(folder_);
    fs::create_directories(folder_);
    write_course("source", 1, {});
    write_course("target", 2, {});
    MakePrior make{.sources = {folder_ / "source"}, .out = folder_ / "prior"};
    make.model_options = *parse_options({"width=4", "hidden=8"});
    make.prior.courses.rows = 4000;
    make.prior.scaling_rows = 3000;
    make.prior.training.epochs = 2;
    const Result<Json> made = make_prior(make);
    ASSERT_TRUE(made) << made.error().message;
  }
  void TearDown() override { fs::remove_all(folder_); }

  /// A dataset of a made-up school; `always` makes every answer so.
  void write_course(const std::string& name, std::uint64_t seed, std::optional<float> always) {
    Rng rng(seed);
    const DrawnCourse course =
        synthetic_course({.skills = 3, .items_per_skill = 4, .median_answers = 25}, 40, 60, 0, rng);
    auto writer = DatasetWriter::create(folder_ / name, name);
    ASSERT_TRUE(writer);
    for (std::size_t s = 0; s < course.students.size(); ++s) {
      const Sequence events = course.students[s].view();
      for (std::size_t t = 0; t < events.size(); ++t) {
        const std::string student = "s" + std::to_string(s);
        const std::string item = name + std::to_string(events[t].item.value);
        const std::string skill = name + std::to_string(events[t].skills[0].value);
        ASSERT_TRUE(writer->add({.student = student,
                                 .item = item,
                                 .skills = {skill},
                                 .correct = always.value_or(events[t].correct)}));
      }
    }
    ASSERT_TRUE(writer->finish(Json::object()));
  }

  AdaptRun ask(int students) const {
    return {.run = folder_ / "prior",
            .data = folder_ / "target",
            .out = folder_ / "own",
            .students = students};
  }

  fs::path folder_ =
      fs::path(testing::TempDir()) /
      (std::string("adapt-") + testing::UnitTest::GetInstance()->current_test_info()->name());
};

TEST_F(AdaptedRun, KeepsAllParametersAndTakesTheCoursesVocabulary) {
  const Result<Json> report = adapt_run(ask(12));
  ASSERT_TRUE(report) << report.error().message;
  EXPECT_TRUE(report->at("fresh").empty());
  EXPECT_LT(report->at("loss_after").get<double>(), report->at("loss_before").get<double>());
  const Result<meno::Run> own = load_run(folder_ / "own");
  ASSERT_TRUE(own) << own.error().message;
  EXPECT_TRUE(own->course.items.find("target0"));
  EXPECT_EQ(own->theta.size(), load_run(folder_ / "prior")->theta.size());
}

TEST_F(AdaptedRun, IsTheSameEveryTime) {
  ASSERT_TRUE(adapt_run(ask(12)));
  const Params first = load_run(folder_ / "own")->theta;
  ASSERT_TRUE(adapt_run(ask(12)));
  EXPECT_EQ(load_run(folder_ / "own")->theta, first);
}

TEST_F(AdaptedRun, RefusesSupportsThatTeachNothingAndKeepsTheOldRun) {
  ASSERT_TRUE(adapt_run(ask(12)));
  const Params kept = load_run(folder_ / "own")->theta;
  write_course("target", 2, 1.0F);
  const Result<Json> one_sided = adapt_run(ask(5));
  ASSERT_FALSE(one_sided);
  EXPECT_NE(one_sided.error().message.find("of the 5 students drawn are right, expected both"),
            std::string::npos)
      << one_sided.error().message;
  const Result<Json> nobody = adapt_run(ask(0));
  ASSERT_FALSE(nobody);
  EXPECT_NE(nobody.error().message.find("0 students asked for"), std::string::npos);
  EXPECT_FALSE(adapt_run(ask(4000)));
  EXPECT_EQ(load_run(folder_ / "own")->theta, kept);
}

TEST_F(AdaptedRun, AWeightThatIsNoNumberIsNamed) {
  const fs::path weights = folder_ / "prior" / "weights.safetensors";
  Tensors tensors = *decode_safetensors(*read_file(weights), "weights");
  std::vector<double> out3 = *tensor_values<double>(tensors, "theta/out3", "weights");
  out3[1] = std::nan("");
  tensors.insert_or_assign("theta/out3", Tensor::of<double>(out3));
  const std::string bytes = encode_safetensors(tensors);
  ASSERT_TRUE(write_file_atomically(weights, bytes));
  Json model = *parse_json(*read_file(folder_ / "prior" / "model.json"), "model.json");
  model["weights_hash"] = content_hash(bytes);
  ASSERT_TRUE(write_file_atomically(folder_ / "prior" / "model.json", model.dump()));
  const Result<Json> refused = adapt_run(ask(12));
  ASSERT_FALSE(refused);
  EXPECT_NE(refused.error().message.find("tensor theta/out3 holds nan, expected finite numbers"),
            std::string::npos)
      << refused.error().message;
}

/// Few students: the prior is asked, and whichever foresees the validation students better stays.
TEST_F(AdaptedRun, TrainingASmallCourseKeepsTheBetterOfScratchAndPrior) {
  TrainRun train{.data = folder_ / "target", .out = folder_ / "trained"};
  train.model_options = *parse_options({"width=4", "hidden=8"});
  train.training.epochs = 1;
  train.prior = folder_ / "prior";
  const Result<Json> report = train_run(train);
  ASSERT_TRUE(report) << report.error().message;
  const Json& prior = report->at("prior");
  ASSERT_TRUE(prior.is_object());
  const bool kept = prior.at("kept").get<bool>();
  const Result<meno::Run> run = load_run(folder_ / "trained");
  ASSERT_TRUE(run) << run.error().message;
  const bool grown = prior.at("grown").get<bool>();
  EXPECT_EQ(run->metrics.contains("adapted from"), kept && !grown);
  EXPECT_EQ(run->metrics.contains("grown from"), kept && grown);
  if (!kept) return;
  EXPECT_LT(run->metrics.at("valid").at("log_loss").get<double>(),
            run->metrics.at("from scratch").at("log_loss").get<double>());
}

TEST_F(AdaptedRun, APriorIsTunedToASmallCourseAndGrownInIt) {
  const Dataset target = *Dataset::open(folder_ / "target");
  TrainingData data{
      .course = target.course(), .training = {}, .validation = {}, .data_hash = target.hash()};
  for (std::size_t s = 0; s < target.students(); ++s)
    (s % 4 == 0 ? data.validation : data.training).push_back(target.sequence(StudentId(s)));
  const meno::Run prior = *load_run(folder_ / "prior");
  const auto candidates = prior_candidates(prior, data, 0, 1);
  ASSERT_TRUE(candidates) << candidates.error().message;
  ASSERT_EQ(candidates->size(), 2U);
  EXPECT_EQ(candidates->at(0).theta.size(), prior.theta.size());
  EXPECT_GT(candidates->at(1).theta.size(), prior.theta.size()) << "vectors of its own skills";
  for (const PriorCandidate& one : *candidates) {
    ASSERT_TRUE(one.valid.log_loss && one.valid.auc);
    EXPECT_GT(*one.valid.auc, 0.6);
    EXPECT_EQ(one.model->layout().size(), one.theta.size());
  }
  data.training.resize(1);
  EXPECT_TRUE(prior_candidates(prior, data, 0, 1)->empty());
}

}  // namespace
}  // namespace meno
