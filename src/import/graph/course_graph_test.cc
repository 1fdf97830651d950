#include "import/graph/course_graph.h"

#include <algorithm>
#include <filesystem>

#include <gtest/gtest.h>

#include "core/files.h"
#include "import/graph/formats.h"

namespace meno {
namespace {

CourseGraph whole() {
  return {.skills = {{"add", "Adding, \"plain\""}, {"mul", "乘法"}, {"div", ""}},
          .edges = {{"add", "mul"}, {"mul", "div"}},
          .materials = {{"i1", "item", "One <2>", {"add", "mul"}},
                        {"v1", "video", "", {"div"}},
                        {"p1", "project", "A & B", {}}},
          .goals = {"div"}};
}

std::vector<std::string> paths_of(const CourseGraph& graph) {
  std::vector<std::string> paths;
  for (const GraphFault& fault : faults_of(graph))
    paths.push_back(std::string(name_of(fault.kind)) + " " + fault.path);
  return paths;
}

TEST(CourseGraph, EveryFormatGivesBackWhatItWasGiven) {
  for (const char* format : {"json", "csv", "graphml"}) {
    const auto text = write_graph(whole(), format);
    ASSERT_TRUE(text.has_value());
    const auto again = parse_graph(*text, format);
    ASSERT_TRUE(again.has_value()) << again.error().message;
    EXPECT_EQ(*again, whole()) << format << "\n" << *text;
  }
  EXPECT_FALSE(write_graph(whole(), "dot").has_value());
}

TEST(CourseGraph, ReadsPlainEdgesAndTheCoherenceMap) {
  const auto plain = parse_graph("source,target\na,b\n\"b\",c\r\n", "x");
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(plain->edges, (std::vector<Prerequisite>{{"a", "b"}, {"b", "c"}}));
  const auto map =
      parse_graph("edgedesc,begin,end,note\nArrow,\"0.G.1,2\",x,\nNondirectional link,x,y,\n", "x");
  ASSERT_TRUE(map.has_value());
  EXPECT_EQ(map->edges, (std::vector<Prerequisite>{{"0.G.1,2", "x"}}));
  EXPECT_EQ(map->links, 1U);
  EXPECT_EQ(map->skills.size(), 3U);
}

TEST(CourseGraph, NamesEveryFaultWithItsPath) {
  const auto graph = parse_graph(
      "\xEF\xBB\xBFname,prerequisites,pretty_display_name\na,c,甲\nb,a,?乙\nc,\"b,c\",為什麼?\nd,"
      "ghost,丁\n",
      "x");
  ASSERT_TRUE(graph.has_value());
  EXPECT_EQ(paths_of(*graph),
            (std::vector<std::string>{"garbled b: title \"?乙\"", "self_loop c -> c",
                                      "dangling ghost -> d: no skill \"ghost\"",
                                      "cycle a -> b -> c -> a"}));
}

TEST(CourseGraph, RepairsByNameAndNothingElse) {
  auto graph = *parse_graph(
      "name,prerequisites,pretty_display_name\na,c,\nb,a,?乙\nc,\"b,c\",\nd,\"ghost,a\",\na,,\n",
      "x");
  const std::vector<std::string> done = repair(graph);
  EXPECT_EQ(done, (std::vector<std::string>{"dropped the second listing of skill a",
                                            "dropped the title \"?乙\" of b", "dropped edge c -> c",
                                            "dropped edge ghost -> d",
                                            "dropped edge b -> c of the circle a -> b -> c -> a"}));
  EXPECT_TRUE(faults_of(graph).empty());
  EXPECT_EQ(graph.edges, (std::vector<Prerequisite>{{"c", "a"}, {"a", "b"}, {"a", "d"}}));
}

TEST(CourseGraph, FindsCirclesThatShareSkills) {
  auto graph = *parse_graph("before,after\na,b\nb,a\nb,c\nc,b\nx,y\n", "x");
  EXPECT_EQ(paths_of(graph), (std::vector<std::string>{"cycle a -> b -> a"}));
  EXPECT_EQ(repair(graph).size(), 2U);
  EXPECT_TRUE(faults_of(graph).empty());
}

TEST(CourseGraph, RefusesWhatIsNoGraphWithItsPlace) {
  const std::pair<const char*, const char*> cases[] = {
      {"", "is empty"},
      {"a,b\n1,2\n", "none of the headers"},
      {"before,after\na,\n", "line 2"},
      {"kind,name,of,title\nskill,a,,\nfilm,b,a,\n", "line 3: kind \"film\""},
      {"{\"skills\":[{}]}", "skills[0]: no \"id\""},
      {"{\"skills\":3}", "no list"},
      {"<graphml><graph><node/></graph></graphml>", "without an id"},
      {"<graphml", "byte"},
      {"<svg/>", "without graphml/graph"}};
  for (const auto& [text, said] : cases) {
    const auto graph = parse_graph(text, "file");
    ASSERT_FALSE(graph.has_value()) << text;
    EXPECT_NE(graph.error().message.find(said), std::string::npos) << graph.error().message;
  }
}

TEST(Garbled, TellsALostCharacterFromAQuestion) {
  EXPECT_TRUE(is_garbled("?物線"));
  EXPECT_TRUE(is_garbled("拋?線"));
  EXPECT_TRUE(is_garbled("a\xEF\xBF\xBD"));
  EXPECT_TRUE(is_garbled("\xFF"));
  EXPECT_TRUE(is_garbled("\xE6\x8B"));
  EXPECT_TRUE(is_garbled(std::string_view("a\0b", 3)));
  EXPECT_FALSE(is_garbled("為什麼?"));
  EXPECT_FALSE(is_garbled("What is 2?"));
  EXPECT_FALSE(is_garbled("拋物線直覺 1"));
}

/// The two public graphs, where they are at hand.
TEST(CourseGraph, KnowsTheFaultsOfThePublicGraphs) {
  const std::filesystem::path data = MENO_SOURCE_DIR "/../shared/data";
  const auto junyi_file = data / "junyi_graph/junyi_Exercise_table.csv";
  if (!std::filesystem::exists(junyi_file)) GTEST_SKIP() << "no " << junyi_file;
  auto junyi = *parse_graph(*read_file(junyi_file), "junyi");
  std::vector<int> counts(5, 0);
  for (const GraphFault& fault : faults_of(junyi)) ++counts[static_cast<std::size_t>(fault.kind)];
  EXPECT_EQ(counts, (std::vector<int>{1, 2, 0, 3, 2}));  // circle, loops, -, garbled, listed twice
  repair(junyi);
  EXPECT_EQ(junyi.skills.size(), 835U);
  EXPECT_TRUE(faults_of(junyi).empty());
  const auto map = *parse_graph(*read_file(data / "ccss_coherence/edges.csv"), "ccss");
  EXPECT_EQ(map.edges.size(), 452U);
  EXPECT_EQ(map.links, 90U);
  EXPECT_TRUE(faults_of(map).empty());
}

}  // namespace
}  // namespace meno
