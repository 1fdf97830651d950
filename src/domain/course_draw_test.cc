// Drawn courses: what they keep of the real one and what they rename.
#include "domain/course_draw.h"

#include <algorithm>
#include <set>

#include <gtest/gtest.h>

namespace meno {
namespace {

/// Answers on items 0, 0, 1, 2 with skills {0}, {1}, {0}, {0, 1}; the second is a copy of the
/// first.
class Drawn : public testing::Test {
 protected:
  void SetUp() override {
    for (int s = 0; s < 6; ++s) {
      History& history = histories_.emplace_back();
      add(history, 0, {SkillId(0U)}, 1.0F);
      add(history, 0, {SkillId(1U)}, 1.0F);
      add(history, 1, {SkillId(0U)}, 0.0F);
      add(history, 2, {SkillId(0U), SkillId(1U)}, s % 2 == 0 ? 1.0F : 0.0F);
      students_.push_back(history.view());
    }
  }
  static void add(History& history, std::uint64_t item, std::vector<SkillId> skills, float right) {
    history.push_back({.item = ItemId(item), .skills = skills, .correct = right});
  }
  DrawnCourse draw(const CourseDraw& ask) const {
    Rng rng(3);
    return draw_course(students_, ask, rng);
  }
  static std::vector<std::uint64_t> items_of(const History& student) {
    std::vector<std::uint64_t> items;
    for (std::size_t t = 0; t < student.size(); ++t) items.push_back(student.view()[t].item.value);
    return items;
  }

  std::deque<History> histories_;
  std::vector<Sequence> students_;
};

TEST_F(Drawn, TakesSoManyStudentsAndAnswersAndNoMore) {
  const DrawnCourse course = draw({.students = 4, .longest = 3});
  ASSERT_EQ(course.students.size(), 4U);
  EXPECT_EQ(course.answers(), 12U);
  EXPECT_EQ(draw({.students = 99}).students.size(), 6U);
}

TEST_F(Drawn, EveryGrainTellsApartWhatItsNameSays) {
  using Items = std::vector<std::uint64_t>;
  EXPECT_EQ(items_of(draw({}).students[0]), (Items{0, 0, 1, 2}));
  EXPECT_EQ(items_of(draw({.grain = Grain::SkillsAsItems}).students[0]), (Items{0, 1, 0, 2}));
  const DrawnCourse fine = draw({.grain = Grain::ItemsAsSkills});
  const Event last = fine.students[0].view()[3];
  ASSERT_EQ(last.skills.size(), 1U);
  EXPECT_EQ(last.skills[0].value, 2U);
  const DrawnCourse coarse = draw({.grain = Grain::OneSkill});
  for (std::size_t t = 0; t < 4; ++t) {
    const Event event = coarse.students[0].view()[t];
    ASSERT_EQ(event.skills.size(), 1U);
    EXPECT_EQ(event.skills[0].value, 0U);
  }
}

TEST_F(Drawn, CopiesBecomeOneAnswerWithAllSkills) {
  const DrawnCourse course = draw({.merge_copies = true});
  const Sequence student = course.students[0].view();
  ASSERT_EQ(student.size(), 3U);
  EXPECT_EQ(student[0].skills.size(), 2U);
  EXPECT_EQ(student[1].item.value, 1U);
}

TEST_F(Drawn, IdsAreMovedApart) {
  const DrawnCourse course = draw({.first_item = 100, .first_skill = 40});
  EXPECT_EQ(items_of(course.students[0]), (std::vector<std::uint64_t>{100, 100, 101, 102}));
  EXPECT_EQ(course.students[0].view()[2].skills[0].value, 40U);
}

TEST(RepeatsAreCopies, OnlyWhereTheyAlwaysAgree) {
  const auto school = [](bool always) {
    std::deque<History> histories;
    for (int s = 0; s < 40; ++s) {
      History& history = histories.emplace_back();
      for (int t = 0; t < 4; ++t) {
        const bool right = always ? s % 2 == 0 : t % 2 == 0;
        history.push_back({.item = ItemId(7U), .skills = {}, .correct = right ? 1.0F : 0.0F});
      }
    }
    return histories;
  };
  for (const bool always : {true, false}) {
    const std::deque<History> histories = school(always);
    std::vector<Sequence> students;
    for (const History& history : histories) students.push_back(history.view());
    EXPECT_EQ(repeats_are_copies(students), always);
    EXPECT_FALSE(repeats_are_copies(std::span(students).first(3))) << "9 repeats say nothing yet";
  }
}

TEST(GrowingFolds, NeverShrinkAndCoverEveryone) {
  std::vector<Window> windows(100);
  const int folds = deal_to_growing_folds(windows);
  EXPECT_EQ(windows[0].fold, 0);
  EXPECT_EQ(windows[4].fold, 4);
  EXPECT_EQ(windows.back().fold, folds - 1);
  EXPECT_TRUE(std::is_sorted(windows.begin(), windows.end(),
                             [](const Window& a, const Window& b) { return a.fold < b.fold; }));
  EXPECT_LT(folds, 20);
}

}  // namespace
}  // namespace meno
