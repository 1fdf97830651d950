// Distillation on simulated students, where the truth that teachers should find is known.
#include "meta/distillation/distillation.h"

#include <cmath>
#include <deque>

#include <gtest/gtest.h>

#include "meta/run.h"
#include "models/link.h"

namespace meno {
namespace {

constexpr std::size_t kItems = 12;
constexpr std::size_t kSkills = 4;

/// Students of different ability answering items of different difficulty.
class Distilling : public ::testing::Test {
 protected:
  Distilling() {
    Rng rng(7);
    for (std::size_t i = 0; i < kItems; ++i) course_.items.intern("item " + std::to_string(i));
    for (std::size_t s = 0; s < kSkills; ++s) course_.skills.intern("skill " + std::to_string(s));
    for (std::size_t i = 0; i < kItems; ++i) course_.item_skills.push_back({SkillId(i % kSkills)});
    for (std::size_t k = 0; k < 60; ++k) add_student(rng);
  }

  void add_student(Rng& rng) {
    History& history = histories_.emplace_back();
    const double ability = rng.normal();
    const std::size_t answers = 5 + rng.below(30);
    for (std::size_t t = 0; t < answers; ++t) {
      const std::size_t item = rng.below(kItems);
      const SkillId skills[] = {SkillId(item % kSkills)};
      const double z = ability + 0.4 * static_cast<double>(item) - 2.0;
      history.push_back({.item = ItemId(item),
                         .skills = skills,
                         .correct = rng.chance(sigmoid(z)) ? 1.0F : 0.0F});
    }
  }

  TrainingData data() const {
    TrainingData data{
        .course = course_, .training = {}, .validation = {}, .data_hash = "synthetic"};
    for (std::size_t k = 0; k < histories_.size(); ++k) {
      (k % 4 == 0 ? data.validation : data.training).push_back(histories_[k].view());
    }
    return data;
  }

  static const ModelEntry& logistic() { return **find_model("logistic"); }

  Course course_;
  std::deque<History> histories_;
};

TEST_F(Distilling, LabelsAreTheTeachersSoftenedAndMixedWithTheAnswers) {
  const std::vector<Sequence> students{histories_[0].view()};
  const std::vector<std::vector<double>> logits{std::vector<double>(students[0].size(), 1.2)};
  const auto labels = labelled(students, logits, {.temperature = 2.0, .weight = 0.75});
  ASSERT_EQ(labels.size(), 1U);
  for (std::size_t t = 0; t < students[0].size(); ++t) {
    const Event event = labels[0].view()[t];
    EXPECT_EQ(event.correct, students[0][t].correct) << "a label is no answer";
    EXPECT_NEAR(*event.label, 0.75 * sigmoid(0.6) + 0.25 * students[0][t].correct, 1e-6);
  }
}

/// A teacher that had seen the student would move with his last answer, which no prediction
/// follows.
TEST_F(Distilling, TeachersHaveNotSeenTheStudentTheyLabel) {
  const Distillation ask{.teachers = 2, .folds = 3};
  const TrainOptions options{.epochs = 2};
  const auto before = teachers_logits(logistic(), {}, data(), options, ask);
  ASSERT_TRUE(before) << before.error().message;
  const std::size_t turned = 1;  // histories_[1] is training[0]
  History history;
  for (std::size_t t = 0; t < histories_[turned].size(); ++t) {
    Event event = histories_[turned].view()[t];
    if (t + 1 == histories_[turned].size()) event.correct = 1.0F - event.correct;
    history.push_back(event);
  }
  histories_[turned] = history;
  const auto after = teachers_logits(logistic(), {}, data(), options, ask);
  ASSERT_TRUE(after) << after.error().message;
  EXPECT_EQ((*after)[0], (*before)[0]);
  EXPECT_NE(*after, *before) << "others are taught by teachers who have seen him";
}

TEST_F(Distilling, AStudentOfWeightZeroLearnsFromTheAnswersAlone) {
  const TrainOptions options{.epochs = 3};
  const auto plain = train(logistic(), {}, data(), options);
  const auto taught =
      train_distilled(logistic(), {}, data(), options, {.teachers = 1, .folds = 2, .weight = 0.0});
  ASSERT_TRUE(plain && taught);
  EXPECT_EQ(taught->theta, plain->theta);
}

TEST_F(Distilling, AStudentOfGoodTeachersPredictsAsTheyDo) {
  const TrainOptions options{.epochs = 20};
  const auto taught = train_distilled(logistic(), {}, data(), options, {.teachers = 2, .folds = 3});
  ASSERT_TRUE(taught) << taught.error().message;
  EXPECT_GT(*taught->epochs[static_cast<std::size_t>(taught->best_epoch) - 1].valid_auc, 0.7);
}

TEST_F(Distilling, RunsTeachWithoutTraining) {
  const auto teacher = train(logistic(), {}, data(), {.epochs = 3});
  ASSERT_TRUE(teacher);
  meno::Run run;
  run.model_name = "logistic";
  run.learner_name = "direct";
  run.course = course_;
  run.model = teacher->model;
  run.theta = teacher->theta;
  const std::filesystem::path folder =
      std::filesystem::path(::testing::TempDir()) / "meno_distilling_teacher";
  std::filesystem::remove_all(folder);
  ASSERT_TRUE(save_run(run, folder));
  const auto logits = teachers_logits(logistic(), {}, data(), {}, {.runs = {folder}});
  ASSERT_TRUE(logits) << logits.error().message;
  const Sequence student = histories_[1].view();
  std::vector<double> p(student.size());
  predict(*teacher->model, teacher->theta, student, p);
  for (std::size_t t = 0; t < p.size(); ++t) EXPECT_NEAR(sigmoid((*logits)[0][t]), p[t], 1e-9);
  Course other;
  other.items.intern("another item");
  TrainingData elsewhere{
      .course = other, .training = data().training, .validation = {}, .data_hash = ""};
  const auto refused = teachers_logits(logistic(), {}, elsewhere, {}, {.runs = {folder}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().kind, ErrorKind::InvalidInput);
}

TEST(DistillationOptions, AreRefusedWithOneSentence) {
  const std::pair<const char*, const char*> cases[] = {
      {"teachers=0", "0 teachers"},          {"folds=1", "1 folds"},
      {"temperature=0", "temperature is 0"}, {"temperature=nan", "temperature is nan"},
      {"weight=1.5", "weight is 1.5"},       {"pupils=3", "pupils"}};
  for (const auto& [setting, seen] : cases) {
    const auto read = read_distillation(*parse_options({setting}));
    ASSERT_FALSE(read) << setting;
    EXPECT_NE(read.error().message.find(seen), std::string::npos) << read.error().message;
  }
}

}  // namespace
}  // namespace meno
