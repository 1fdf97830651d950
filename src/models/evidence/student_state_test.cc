#include "models/evidence/student_state.h"

#include <gtest/gtest.h>

#include "models/evidence/state_bytes.h"

namespace meno::evidence {
namespace {

const SkillId kOne[] = {SkillId(1U)};
const SkillId kBoth[] = {SkillId(1U), SkillId(2U)};

Event answer(std::uint32_t item, std::span<const SkillId> skills, bool right) {
  return {.item = ItemId(item), .skills = skills, .correct = right ? 1.0F : 0.0F};
}

TEST(DecayedMean, IsShrunkByOnePseudoObservation) {
  DecayedMean mean;
  EXPECT_EQ(mean.mean(), 0.0F);
  mean.add(.5F, 1.0F);
  EXPECT_FLOAT_EQ(mean.mean(), .5F);  // 1 / (1 + 1)
  mean.add(.5F, 1.0F);
  EXPECT_FLOAT_EQ(mean.mean(), .6F);  // (.5 + 1) / (.5 + 1 + 1)
}

TEST(StudentState, CountsRunsStreaksAndHistories) {
  StudentState student;
  for (const bool right : {false, true, true}) observe(student, answer(7, kOne, right), {});
  EXPECT_EQ(student.answers, 3);
  EXPECT_EQ(student.right, 2);
  EXPECT_EQ(student.streak, 2);
  EXPECT_EQ(student.item_run, 3);
  EXPECT_EQ(student.wrong_run, 1);
  EXPECT_EQ(student.recent[0], 1);
  EXPECT_EQ(student.recent[2], -1);
  observe(student, answer(8, kOne, false), {});
  EXPECT_EQ(student.item_run, 1);
  EXPECT_EQ(student.skill_run, 4);
  EXPECT_EQ(student.streak, -1);
}

TEST(StudentState, AnItemWithSeveralSkillsReachesEachOfThem) {
  StudentState student;
  observe(student, answer(7, kBoth, true), {.item = .25F});
  for (const std::uint32_t skill : {1U, 2U}) {
    const SkillState* const state = student.skills.find(skill);
    ASSERT_NE(state, nullptr);
    EXPECT_EQ(state->answers, 1.0F);
    EXPECT_EQ(state->right, 1.0F);
  }
  // The pair's joined record is their mean: half of what one more answer on one of them adds.
  observe(student, answer(9, kOne, false), {});
  EXPECT_FLOAT_EQ(joined(student, kBoth).answers, 1.5F);
  EXPECT_EQ(joined(student, kBoth).recent[0], -1)
      << "recent answers come from the skill practised last";
}

TEST(StudentState, ASkillNotMetIsBlank) {
  StudentState student;
  observe(student, answer(7, kOne, true), {});
  const SkillId other[] = {SkillId(5U)};
  EXPECT_EQ(joined(student, other).answers, 0.0F);
  EXPECT_EQ(joined(student, other).last, -1);
}

TEST(StudentState, BytesBringBackTheSameState) {
  StudentState student;
  for (std::uint32_t k = 0; k < 40; ++k) {
    observe(student, answer(k % 7, std::span(kBoth).first(1 + k % 2), k % 3 == 0), {});
  }
  const std::string bytes = to_bytes(student);
  std::string_view rest = bytes;
  const Result<StudentState> read = take_state(rest);
  ASSERT_TRUE(read);
  EXPECT_TRUE(rest.empty());
  EXPECT_EQ(read->answers, student.answers);
  EXPECT_EQ(read->ability, student.ability);
  EXPECT_EQ(joined(*read, kBoth).ability, joined(student, kBoth).ability);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    std::string_view cut = std::string_view(bytes).substr(0, size);
    EXPECT_FALSE(take_state(cut)) << "a snapshot cut at byte " << size << " was taken";
  }
}

}  // namespace
}  // namespace meno::evidence
