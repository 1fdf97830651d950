#include "tutor/graph/suggest.h"

#include <algorithm>
#include <cmath>
#include <deque>

#include <gtest/gtest.h>

#include "core/rng.h"

namespace meno {
namespace {

/// Three skills in this order; who has learnt `a` does better on `b`, and `c` depends on nothing.
struct Records {
  Course course;
  std::deque<History> histories;
  std::vector<Sequence> students;

  explicit Records(double lift) {
    for (const char* name : {"a", "b", "c"}) {
      course.skills.intern(name);
      course.items.intern(name);
      course.item_skills.push_back({SkillId(course.item_skills.size())});
    }
    Rng rng(4);
    for (int k = 0; k < 300; ++k) {
      History& history = histories.emplace_back();
      const bool knows_a = rng.chance(0.5);
      for (const std::size_t s : {2U, 0U, 1U}) {
        double p = s == 2 ? 0.6 : knows_a ? 0.95 : 0.2;
        if (s == 1) p = 0.5 + (knows_a ? lift : -lift);
        for (int n = 0; n < 4; ++n) {
          history.push_back({.item = ItemId(s),
                             .skills = course.skills_of(ItemId(s)),
                             .correct = rng.chance(p) ? 1.0F : 0.0F});
        }
      }
    }
    for (const History& history : histories) students.push_back(history.view());
  }
};

TEST(SuggestEdges, FindsWhatHelpsAndOnlyThat) {
  const Records records(0.35);
  const SkillGraph none(3);
  const auto edges = suggest_edges(records.course, records.students, none);
  ASSERT_EQ(edges.size(), 1U);
  EXPECT_EQ(records.course.skills.name(edges[0].before), "a");
  EXPECT_EQ(records.course.skills.name(edges[0].after), "b");
  EXPECT_GT(edges[0].lift, 0.3);
  EXPECT_EQ(edges[0].order, 1.0);
  EXPECT_EQ(with_edges(records.course, none, edges).edges(), 1U);
}

TEST(SuggestEdges, SuggestsNothingWithoutALift) {
  const Records records(0.0);
  EXPECT_TRUE(suggest_edges(records.course, records.students, SkillGraph(3)).empty());
}

TEST(SuggestEdges, LeavesAloneWhatIsKnownAndNeverClosesACircle) {
  const Records records(0.35);
  const auto known = SkillGraph::make(records.course.skills, std::vector<Prerequisite>{{"a", "b"}});
  EXPECT_TRUE(suggest_edges(records.course, records.students, *known).empty());
  const auto against =
      SkillGraph::make(records.course.skills, std::vector<Prerequisite>{{"b", "a"}});
  EXPECT_TRUE(suggest_edges(records.course, records.students, *against).empty());
}

/// Strong and weak students who learn nothing: whoever does well on "a" does well on "b" too.
TEST(SuggestEdges, DoesNotTakeAbilityForAPrerequisite) {
  Records records(0.0);
  records.histories.clear();
  records.students.clear();
  Rng rng(6);
  for (int k = 0; k < 400; ++k) {
    History& history = records.histories.emplace_back();
    const double p = rng.chance(0.5) ? 0.8 : 0.4;
    for (const std::size_t s : {2U, 0U, 1U}) {
      for (int n = 0; n < (s == 2 ? 40 : 4); ++n) {
        history.push_back({.item = ItemId(s),
                           .skills = records.course.skills_of(ItemId(s)),
                           .correct = rng.chance(p) ? 1.0F : 0.0F});
      }
    }
  }
  for (const History& history : records.histories) records.students.push_back(history.view());
  for (const SuggestedEdge& edge :
       suggest_edges(records.course, records.students, SkillGraph(3), {.min_z = 5.0})) {
    ADD_FAILURE() << records.course.skills.name(edge.before) << " before "
                  << records.course.skills.name(edge.after) << ", z " << edge.z;
  }
}

TEST(SuggestEdges, NeedsStudentsOfBothKinds) {
  const Records records(0.35);
  const auto count = [&](std::size_t least) {
    return suggest_edges(records.course, records.students, SkillGraph(3), {.min_students = least})
        .size();
  };
  const auto edges = suggest_edges(records.course, records.students, SkillGraph(3));
  ASSERT_EQ(edges.size(), 1U);
  const std::size_t fewer = std::min(edges[0].mastered, edges[0].not_mastered);
  EXPECT_EQ(count(fewer), 1U);
  EXPECT_EQ(count(fewer + 1), 0U);
}

}  // namespace
}  // namespace meno
