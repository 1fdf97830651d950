#include "tutor/next_item/feedback_record.h"

#include <array>
#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "tutor/fake_student_for_test.h"
#include "tutor/next_item/sampled_tracker.h"

namespace meno {
namespace {

constexpr ItemId kItem{3U};
constexpr std::array<SkillId, 1> kSkills{SkillId(1U)};

FeedbackRecord after(FeedbackKind kind, int answers) {
  FeedbackRecord record;
  record.take(kind, kItem, kSkills);
  for (int k = 0; k < answers; ++k) record.answered();
  return record;
}

TEST(FeedbackRecord, NamesEveryKindAndNoOther) {
  for (const FeedbackKind kind : {FeedbackKind::Accept, FeedbackKind::Swap, FeedbackKind::Dismiss,
                                  FeedbackKind::TooHard, FeedbackKind::TooEasy})
    EXPECT_EQ(find_feedback_kind(name_of(kind)), kind);
  EXPECT_FALSE(find_feedback_kind("too hard"));
}

TEST(FeedbackRecord, MovesTheTargetByAStepThatHalvesWithTwentyAnswers) {
  EXPECT_DOUBLE_EQ(after(FeedbackKind::TooHard, 0).target_shift(), 0.05);
  EXPECT_NEAR(after(FeedbackKind::TooEasy, 20).target_shift(), -0.025, 1e-12);
  EXPECT_NEAR(after(FeedbackKind::TooHard, 7).target_shift(), 0.05 * std::exp2(-7.0 / 20.0), 1e-12);
  for (const FeedbackKind kind : {FeedbackKind::Accept, FeedbackKind::Swap, FeedbackKind::Dismiss})
    EXPECT_EQ(after(kind, 0).target_shift(), 0.0);
}

TEST(FeedbackRecord, NeverMovesTheTargetFurtherThanAFifth) {
  FeedbackRecord record;
  for (int k = 0; k < 50; ++k) record.take(FeedbackKind::TooEasy, kItem, kSkills);
  EXPECT_DOUBLE_EQ(record.target_shift(), -0.2);
  for (int k = 0; k < 8; ++k) record.take(FeedbackKind::TooHard, kItem, kSkills);
  EXPECT_NEAR(record.target_shift(), 0.2, 1e-12) << "one way is as far as the other";
}

TEST(FeedbackRecord, PutsAnItemOffForAWhileOnly) {
  EXPECT_EQ(after(FeedbackKind::Accept, 0).freshness(kItem), 1.0);
  EXPECT_DOUBLE_EQ(after(FeedbackKind::Dismiss, 0).freshness(kItem), 0.02);
  EXPECT_DOUBLE_EQ(after(FeedbackKind::Dismiss, 30).freshness(kItem), 0.5);
  EXPECT_EQ(after(FeedbackKind::Dismiss, 60).freshness(kItem), 1.0);
  for (const FeedbackKind kind :
       {FeedbackKind::Swap, FeedbackKind::TooHard, FeedbackKind::TooEasy}) {
    EXPECT_DOUBLE_EQ(after(kind, 3).freshness(kItem), 0.2);
    EXPECT_EQ(after(kind, 15).freshness(kItem), 1.0);
    EXPECT_TRUE(after(kind, 15).put_off().empty()) << "what has no effect is not kept";
  }
  EXPECT_EQ(after(FeedbackKind::Dismiss, 0).freshness(ItemId(4U)), 1.0);
}

TEST(FeedbackRecord, ASwapLowersTheInterestInTheSkillForAWhile) {
  EXPECT_DOUBLE_EQ(after(FeedbackKind::Swap, 0).interest(kSkills[0]), 0.5);
  EXPECT_NEAR(after(FeedbackKind::Swap, 3).interest(kSkills[0]), 0.75, 1e-12);
  EXPECT_EQ(after(FeedbackKind::Swap, 30).interest(kSkills[0]), 1.0);
  EXPECT_EQ(after(FeedbackKind::Swap, 0).interest(SkillId(0U)), 1.0);
  EXPECT_EQ(after(FeedbackKind::Dismiss, 0).interest(kSkills[0]), 1.0);
}

TEST(FeedbackRecord, IsTheSameAfterItWasSaved) {
  FeedbackRecord record = after(FeedbackKind::Swap, 1);
  record.take(FeedbackKind::TooHard, ItemId(4U), kSkills);
  record.take_resource(FeedbackKind::Dismiss, "video-1");
  record.take_resource(FeedbackKind::Accept, "reading-2");
  std::string bytes;
  record.save(bytes);
  const std::string whole = bytes;
  bytes += "what follows";

  FeedbackRecord restored = after(FeedbackKind::Dismiss, 2);
  std::string_view rest = bytes;
  ASSERT_TRUE(restored.restore(rest));
  EXPECT_EQ(rest, "what follows");
  std::string again;
  restored.save(again);
  EXPECT_EQ(again, whole);
  for (int step = 0; step <= 60; ++step) {
    EXPECT_EQ(restored.target_shift(), record.target_shift()) << step;
    EXPECT_EQ(restored.interest(kSkills[0]), record.interest(kSkills[0])) << step;
    EXPECT_EQ(restored.freshness(kItem), record.freshness(kItem)) << step;
    EXPECT_EQ(restored.just_studied(), record.just_studied()) << step;
    EXPECT_EQ(restored.just_studied(), step < 3) << step;
    EXPECT_EQ(restored.puts_off("video-1"), step < 59) << step;
    EXPECT_EQ(restored.puts_off("reading-2"), step < 60) << step;
    restored.answered();
    record.answered();
  }
  for (std::size_t size = 0; size < whole.size(); ++size) {
    std::string_view cut = std::string_view(whole).substr(0, size);
    EXPECT_FALSE(FeedbackRecord().restore(cut)) << size;
  }
}

TEST(SampledTracker, MovesASkillByTheVarianceOfItsAnswers) {
  constexpr int kDraws = 4000;
  const FakeModel model({0.0, 0.0}, 2);
  const auto student = model.new_student();
  LearningRecord record;
  const std::array<SkillId, 1> practised{SkillId(1U)};
  for (int k = 0; k < 12; ++k)
    record.observe({.item = ItemId(1U), .skills = practised, .correct = 1.0F}, {.event_id = "e"});
  Rng rng(9);
  const std::array<SkillId, 1> fresh{SkillId(0U)};
  const std::array<Target, 2> targets{Target{.item = ItemId(0U), .skills = fresh},
                                      Target{.item = ItemId(1U), .skills = practised}};
  std::array<double, 2> squares{};
  for (int d = 0; d < kDraws; ++d) {
    const SampledTracker drawn(*student, record, 2, {}, rng);
    std::array<double, 2> p{};
    drawn.clone()->p_correct(targets, p);
    for (std::size_t k = 0; k < 2; ++k)
      squares.at(k) += std::pow(std::log(p.at(k) / (1.0 - p.at(k))), 2);
  }
  EXPECT_NEAR(squares[0] / kDraws, 4.0 / 4.0, 0.08) << "nothing known: four answers' worth";
  EXPECT_NEAR(squares[1] / kDraws, 4.0 / 16.0, 0.02);
}

}  // namespace
}  // namespace meno
