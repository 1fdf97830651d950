// The judgement of made-up students: tests that see a difference where there is one and none where
// there is none, an audit that catches copies, and figures about nobody who was learnt from.
#include "eval/generative/generative.h"

#include <gtest/gtest.h>

#include "eval/synthetic_school_for_test.h"

namespace meno {
namespace {

std::vector<Sequence> part_of(const std::vector<Sequence>& students, std::size_t from,
                              std::size_t count) {
  const auto begin = students.begin() + static_cast<std::ptrdiff_t>(from);
  return {begin, begin + static_cast<std::ptrdiff_t>(count)};
}

/// Every answer right.
std::deque<History> perfect(const std::vector<Sequence>& students) {
  std::deque<History> all;
  for (const Sequence& student : students) {
    History& history = all.emplace_back();
    for (std::size_t t = 0; t < student.size(); ++t) {
      Event event = student[t];
      event.correct = 1.0F;
      history.push_back(event);
    }
  }
  return all;
}

std::vector<Sequence> views(const std::deque<History>& histories) {
  std::vector<Sequence> all;
  for (const History& history : histories) all.push_back(history.view());
  return all;
}

class Judgement : public testing::Test {
 protected:
  void SetUp() override {
    school_ = synthetic_school(240, 3);
    for (const Sequence& student : students()) counts_.add(student);
  }
  const std::vector<Sequence>& students() const { return school_->source.students; }

  std::unique_ptr<SyntheticSchool> school_;
  CourseCounts counts_;
};

TEST_F(Judgement, StudentsOfOneSchoolAreNotToldApart) {
  const TwoSample test =
      two_sample_test(counts_, part_of(students(), 0, 120), part_of(students(), 120, 120), 1);
  EXPECT_EQ(test.students, 120U);
  EXPECT_GT(test.p_value, 0.05);
  EXPECT_LT(test.interval.low, 0.5);
}

TEST_F(Judgement, StudentsWhoAreAlwaysRightAre) {
  const std::deque<History> others = perfect(part_of(students(), 120, 120));
  const TwoSample test = two_sample_test(counts_, part_of(students(), 0, 120), views(others), 1);
  EXPECT_GT(test.auc, 0.9);
  EXPECT_GT(test.interval.low, 0.8);
  EXPECT_LE(test.p_value, 0.002);
}

TEST(Separation, IsTheMannWhitneyStatisticWithItsChance) {
  const std::vector<double> score{0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8};
  const std::vector<float> label{0, 0, 0, 0, 1, 1, 1, 1};
  const Separation apart = separation_of(score, label, Rng(1));
  EXPECT_EQ(apart.auc, 1.0);
  EXPECT_NEAR(apart.p_value, 1.0 / 70.0, 0.015) << "one of the 70 ways to label four of eight";
  const std::vector<double> alike(8, 0.5);
  EXPECT_EQ(separation_of(alike, label, Rng(1)).p_value, 1.0);
}

TEST(Distance, IsTheShareOfAnswersNotShared) {
  History one;
  History other;
  const auto add = [](History& history, std::size_t item, float correct) {
    history.push_back({.item = ItemId(item), .skills = {}, .correct = correct});
  };
  add(one, 1, 1.0F);
  add(one, 2, 0.0F);
  add(other, 2, 0.0F);
  add(other, 1, 1.0F);
  EXPECT_EQ(distance(answer_set(one.view()), answer_set(other.view())), 0.0)
      << "order is no matter";
  add(other, 2, 0.0F);  // once more
  EXPECT_NEAR(distance(answer_set(one.view()), answer_set(other.view())), 1.0 / 3.0, 1e-12);
  History third;
  add(third, 1, 0.0F);
  EXPECT_EQ(distance(answer_set(one.view()), answer_set(third.view())), 1.0);
}

TEST_F(Judgement, TheAuditCatchesCopiesAndPassesStrangers) {
  const std::vector<Sequence> training = part_of(students(), 0, 80);
  const std::vector<Sequence> held_out = part_of(students(), 80, 80);
  const PrivacyAudit copies = audit_privacy(training, held_out, training, 1);
  EXPECT_NEAR(copies.exact_copies, 1.0, 1e-12);
  EXPECT_GT(copies.closer_interval.low, 0.9);
  EXPECT_GT(copies.membership_auc, 0.95);
  EXPECT_LE(copies.membership_p_value, 0.002);
  const PrivacyAudit strangers = audit_privacy(training, held_out, part_of(students(), 160, 80), 1);
  EXPECT_NEAR(strangers.closer_to_train, 0.5, 0.15);
  EXPECT_GT(strangers.membership_p_value, 0.01);
  EXPECT_LT(strangers.exact_copies, 0.05);
}

GenerativePlan quick() {
  GenerativePlan plan{.generators = {"bootstrap", "irt"}, .fractions = {10, 100}, .repeats = 2};
  plan.synthetic = 40;
  plan.threads = 1;
  return plan;
}

const UtilityRow* find(const GenerativeResult& result, std::string_view generator,
                       TrainedOn trained_on, double fraction) {
  for (const UtilityRow& row : result.utility) {
    if (row.generator == generator && row.trained_on == trained_on && row.fraction == fraction)
      return &row;
  }
  return nullptr;
}

TEST_F(Judgement, HasARowForEveryGeneratorFractionAndMixture) {
  const std::vector<Sequence> few = part_of(students(), 0, 60);
  const auto result = judge_generators(school_->course, few, {}, quick());
  ASSERT_TRUE(result) << result.error().message;
  EXPECT_EQ(result->scored_students, 12U);
  EXPECT_EQ(result->training_students, 48U);
  EXPECT_EQ(result->utility.size(), 2U * (1 + 2 * 2));
  EXPECT_EQ(result->judgement.size(), 2U);
  for (const double fraction : {10.0, 100.0}) {
    const UtilityRow* const real = find(*result, "real", TrainedOn::Real, fraction);
    ASSERT_NE(real, nullptr);
    EXPECT_FALSE(real->auc_gain.mean);
    for (const char* generator : {"bootstrap", "irt"}) {
      for (const TrainedOn on : {TrainedOn::Synthetic, TrainedOn::Both}) {
        const UtilityRow* const row = find(*result, generator, on, fraction);
        ASSERT_NE(row, nullptr) << generator;
        ASSERT_TRUE(row->auc.mean && row->auc.interval && row->auc_gain.mean);
        EXPECT_NEAR(*row->auc_gain.mean, *row->auc.mean - *real->auc.mean, 1e-12);
        EXPECT_EQ(row->synthetic, 40U);
      }
    }
  }
}

TEST_F(Judgement, TheSameSeedGivesTheSameFigures) {
  GenerativePlan plan = quick();
  plan.repeats = 1;
  const std::vector<Sequence> few = part_of(students(), 0, 40);
  const auto one = judge_generators(school_->course, few, {}, plan);
  const auto two = judge_generators(school_->course, few, {}, plan);
  ASSERT_TRUE(one && two);
  EXPECT_EQ(*one->utility.back().log_loss.mean, *two->utility.back().log_loss.mean);
  EXPECT_EQ(one->judgement.back().two_sample.auc, two->judgement.back().two_sample.auc);
}

TEST_F(Judgement, BadRequestsAreToldInOneSentence) {
  const auto message = [&](const GenerativePlan& plan, std::size_t students_there) {
    const auto result =
        judge_generators(school_->course, part_of(students(), 0, students_there), {}, plan);
    return result ? std::string("accepted") : result.error().message;
  };
  GenerativePlan plan = quick();
  EXPECT_EQ(message(plan, 10), "10 students with answers, expected 20 or more");
  plan.fractions = {0.0};
  EXPECT_EQ(message(plan, 40), "fraction 0, expected above 0 and up to 100");
  plan = quick();
  plan.repeats = 0;
  EXPECT_EQ(message(plan, 40), "repeats is 0, expected 1 or more");
  plan = quick();
  plan.generators = {"oracle"};
  EXPECT_NE(message(plan, 40).find("generator \"oracle\", expected one of"), std::string::npos);
  plan = quick();
  plan.models = {"oracle"};
  EXPECT_NE(message(plan, 40).find("\"oracle\""), std::string::npos);
}

}  // namespace
}  // namespace meno
