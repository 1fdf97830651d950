#include "tutor/graph/suggest.h"

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

}  // namespace
}  // namespace meno
