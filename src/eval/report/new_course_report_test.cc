// The report of a new course: figures, map and table in both languages, names escaped.
#include "eval/report/new_course_report.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

NewCourseResult result_with_map() {
  NewCourseResult result;
  result.scored_students = 9;
  for (const std::size_t students : {std::size_t{0}, std::size_t{5}}) {
    NewCourseRow row{.learner = "fine-tuned", .students = students};
    row.auc = {.mean = 0.71, .interval = Interval{.low = 0.70, .high = 0.72}};
    row.log_loss = {.mean = 0.5, .interval = std::nullopt};
    result.rows.push_back(row);
  }
  result.map = CourseMap{
      .explained = {0.5, 0.25},
      .points = {{.kind = "a<b", .students = 0, .at = {0.0, 1.0}},
                 {.kind = "made up", .students = 0, .at = {1.0, 0.0}},
                 {.kind = "new", .students = 5, .at = {0.5, 0.5}}},
      .distances = {{.students = 5, .kind = "a<b", .reaches = 1.234},
                    {.students = 5, .kind = "made up", .reaches = 2.5}},
      .recognition = {
          {.kind = "made up", .halves_apart = 0.5, .others_apart = 3.0, .recognised = 0.75}}};
  return result;
}

TEST(NewCourseReport, DrawsTheMapNamesItsPointsAndTellsTheDistancesInWords) {
  const NewCourseFacts facts{.target = "new", .sources = {"a<b"}, .seed = 3, .repeats = 2};
  const std::string html = new_course_report(result_with_map(), facts, Language::En);
  EXPECT_NE(html.find("aria-label=\"Map of courses\""), std::string::npos);
  EXPECT_NE(html.find(">new: 5</text>"), std::string::npos);
  EXPECT_NE(html.find("made up (simulated)"), std::string::npos);
  EXPECT_NE(html.find("first component (50 %)"), std::string::npos);
  EXPECT_NE(html.find("<td class=\"number\">1.23</td>"), std::string::npos) << "the map as a table";
  EXPECT_NE(html.find(">75 %</td>"), std::string::npos);
  EXPECT_EQ(html.find("a<b"), std::string::npos) << "escaped";
  const std::string chinese = new_course_report(result_with_map(), facts, Language::ZhCn);
  EXPECT_NE(chinese.find("aria-label=\"课程地图\""), std::string::npos);
}

TEST(NewCourseReport, HasNoMapWhereNoneWasMade) {
  NewCourseResult result = result_with_map();
  result.map.reset();
  const std::string html =
      new_course_report(result, {.target = "new", .sources = {}}, Language::En);
  EXPECT_EQ(html.find("Map of courses"), std::string::npos);
  EXPECT_NE(html.find("0.7100 [0.7000, 0.7200]"), std::string::npos);
}

}  // namespace
}  // namespace meno
