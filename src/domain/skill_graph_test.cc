#include "domain/skill_graph.h"

#include <algorithm>
#include <functional>

#include <gtest/gtest.h>

#include "core/rng.h"

namespace meno {
namespace {

Vocabulary<SkillId> skills_named(const std::vector<std::string>& names) {
  Vocabulary<SkillId> skills;
  for (const std::string& name : names) skills.intern(name);
  return skills;
}

std::vector<std::string> named(const Vocabulary<SkillId>& skills, std::span<const SkillId> ids) {
  std::vector<std::string> names;
  for (const SkillId id : ids) names.push_back(skills.name(id));
  return names;
}

using Names = std::vector<std::string>;

TEST(SkillGraph, RefusesWhatIsNoGraphAndSpellsIt) {
  struct Case {
    const char* why;
    std::vector<Prerequisite> edges;
    const char* message;
  };
  const Case cases[] = {
      {"self-loop", {{"a", "b"}, {"c", "c"}}, "\"c\" -> \"c\" puts a skill before itself"},
      {"unknown before", {{"x", "b"}}, "\"x\" -> \"b\" names skill \"x\""},
      {"unknown after", {{"a", "y"}}, "\"a\" -> \"y\" names skill \"y\""},
      {"two-cycle", {{"a", "b"}, {"b", "a"}}, "circle: a -> b -> a,"},
      {"three-cycle beside a healthy part",
       {{"a", "b"}, {"b", "c"}, {"c", "d"}, {"d", "b"}, {"d", "e"}},
       "circle: b -> c -> d -> b,"},
  };
  const auto skills = skills_named({"a", "b", "c", "d", "e"});
  for (const Case& c : cases) {
    const auto graph = SkillGraph::make(skills, c.edges);
    ASSERT_FALSE(graph) << c.why;
    EXPECT_EQ(graph.error().kind, ErrorKind::InvalidInput) << c.why;
    EXPECT_NE(graph.error().message.find(c.message), std::string::npos)
        << c.why << ": " << graph.error().message;
  }
}

TEST(SkillGraph, OrdersPrerequisitesFirstAndFreeSkillsById) {
  const auto skills = skills_named({"division", "fractions", "addition", "products", "sets"});
  const std::vector<Prerequisite> edges{{"addition", "products"},
                                        {"products", "division"},
                                        {"division", "fractions"},
                                        {"products", "fractions"}};
  const auto graph = SkillGraph::make(skills, edges);
  ASSERT_TRUE(graph) << graph.error().message;
  EXPECT_EQ(named(skills, graph->topological_order()),
            (Names{"addition", "products", "division", "fractions", "sets"}));
  EXPECT_EQ(named(skills, graph->prerequisites(*skills.find("fractions"))),
            (Names{"division", "products"}));
  EXPECT_EQ(named(skills, graph->dependents(*skills.find("products"))),
            (Names{"division", "fractions"}));
  EXPECT_EQ(named(skills, graph->ancestors(*skills.find("fractions"))),
            (Names{"addition", "products", "division"}));
  EXPECT_TRUE(graph->ancestors(*skills.find("sets")).empty());
  EXPECT_EQ(graph->depth(*skills.find("fractions")), 3U);
  EXPECT_EQ(graph->depth(*skills.find("sets")), 0U);
}

TEST(SkillGraph, CountsARepeatedEdgeOnce) {
  const auto skills = skills_named({"a", "b"});
  const std::vector<Prerequisite> edges{{"a", "b"}, {"a", "b"}};
  const auto graph = SkillGraph::make(skills, edges);
  ASSERT_TRUE(graph);
  EXPECT_EQ(graph->edges(), 1U);
  EXPECT_EQ(graph->depth(SkillId(1U)), 1U);
}

TEST(SkillGraph, KnowsNoPrerequisitesWithoutEdges) {
  const SkillGraph none;
  EXPECT_EQ(none.skills(), 0U);
  const SkillGraph three(3);
  EXPECT_EQ(three.skills(), 3U);
  EXPECT_EQ(three.edges(), 0U);
  EXPECT_EQ(three.topological_order().size(), 3U);
  EXPECT_TRUE(three.prerequisites(SkillId(2U)).empty());
}

// Oracle: whether a path exists, by trying them all.
bool comes_before(const std::vector<std::vector<bool>>& edge, std::size_t from, std::size_t to) {
  for (std::size_t mid = 0; mid < edge.size(); ++mid) {
    if (edge[from][mid] && (mid == to || comes_before(edge, mid, to))) return true;
  }
  return false;
}

TEST(SkillGraph, AgreesWithBruteForceOnRandomGraphs) {
  Rng rng(7);
  for (int round = 0; round < 50; ++round) {
    constexpr std::size_t kSkills = 9;
    Vocabulary<SkillId> skills;
    for (std::size_t s = 0; s < kSkills; ++s) skills.intern(std::to_string(s));
    std::vector<std::vector<bool>> edge(kSkills, std::vector<bool>(kSkills, false));
    std::vector<Prerequisite> edges;
    for (std::size_t a = 0; a < kSkills; ++a) {
      for (std::size_t b = 0; b < a; ++b) {  // larger id first: acyclic, and not in id order
        if (!rng.chance(0.3)) continue;
        edge[a][b] = true;
        edges.push_back({std::to_string(a), std::to_string(b)});
      }
    }
    const auto graph = SkillGraph::make(skills, edges);
    ASSERT_TRUE(graph);
    for (std::size_t s = 0; s < kSkills; ++s) {
      const auto ancestors = graph->ancestors(SkillId(s));
      std::size_t deepest = 0;
      for (std::size_t a = 0; a < kSkills; ++a) {
        const bool listed = std::count(ancestors.begin(), ancestors.end(), SkillId(a)) == 1;
        EXPECT_EQ(listed, comes_before(edge, a, s)) << a << " before " << s;
        if (edge[a][s]) deepest = std::max(deepest, graph->depth(SkillId(a)) + 1);
      }
      EXPECT_EQ(graph->depth(SkillId(s)), deepest);
    }
  }
}

}  // namespace
}  // namespace meno
