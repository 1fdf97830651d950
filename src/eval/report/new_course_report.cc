#include "eval/report/new_course_report.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "eval/chart/chart.h"

namespace meno {
namespace {

std::string shown(const Spread& spread, bool with_sign = false) {
  if (!spread.mean) return "–";
  const auto form = [&](double value) {
    return with_sign ? fmt::format("{:+.4f}", value) : fmt::format("{:.4f}", value);
  };
  if (!spread.interval) return form(*spread.mean);
  return fmt::format("{} [{}, {}]", form(*spread.mean), form(spread.interval->low),
                     form(spread.interval->high));
}

/// One metric by size of support, for the rows that a reader compares first.
std::string metric_figure(const Page& page, const NewCourseResult& result, const Text& title,
                          Spread NewCourseRow::*metric) {
  constexpr std::array kDrawn{"mixture", "fine-tuned", "pretrained", "scratch-evidence",
                              "scratch-logistic"};
  Chart chart{.title = page.say(title),
              .x_label = page.say({"students of the course", "该课程的学生数"}),
              .y_label = page.say(title)};
  std::vector<std::size_t> sizes;
  for (const NewCourseRow& row : result.rows) {
    if (std::find(sizes.begin(), sizes.end(), row.students) == sizes.end())
      sizes.push_back(row.students);
  }
  std::sort(sizes.begin(), sizes.end());
  for (const std::size_t size : sizes) chart.x_names.push_back(std::to_string(size));
  for (std::size_t k = 0; k < kDrawn.size(); ++k) {
    Series line{
        .name = kDrawn[k], .colour = static_cast<int>(k) + 1, .dashed = k % 2 == 1, .dots = true};
    for (const NewCourseRow& row : result.rows) {
      if (row.learner != kDrawn[k] || !(row.*metric).mean) continue;
      const auto at = std::find(sizes.begin(), sizes.end(), row.students);
      line.x.push_back(static_cast<double>(at - sizes.begin()));
      line.y.push_back(*(row.*metric).mean);
    }
    if (!line.x.empty()) chart.series.push_back(std::move(line));
  }
  return figure_of(chart);
}

void add_rows(Page& page, const NewCourseResult& result) {
  page.heading({"Who foresees the course best", "谁最能预见该课程"});
  page.figures_html(
      {metric_figure(page, result, {"AUC", "AUC"}, &NewCourseRow::auc),
       metric_figure(page, result, {"Log loss", "对数损失"}, &NewCourseRow::log_loss)});
  std::vector<std::vector<std::string>> rows;
  for (const NewCourseRow& row : result.rows) {
    rows.push_back({std::to_string(row.students), row.learner, shown(row.auc), shown(row.log_loss),
                    shown(row.ece), shown(row.auc_gain, true), shown(row.log_loss_gain, true)});
  }
  page.table({page.say({"Students", "学生"}), page.say({"Learner", "方法"}), "AUC",
              page.say({"Log loss", "对数损失"}), "ECE",
              page.say({"AUC above fine-tuned", "AUC 相对 fine-tuned"}),
              page.say({"Log loss above fine-tuned", "对数损失相对 fine-tuned"})},
             rows);
}

std::string kind_name(const Page& page, const std::string& kind) {
  return kind == kMadeUp ? page.say({"made up (simulated)", "虚构课程（模拟）"}) : kind;
}

/// The points of one kind, or of one size of the target's support; the first carries the name.
Series points_of(const CourseMap& map, const std::string& kind, std::size_t students,
                 const std::string& label, int colour) {
  Series points{.name = "", .colour = colour, .dots = true, .line = false};
  for (const MapPoint& point : map.points) {
    if (point.kind != kind || point.students != students) continue;
    points.x.push_back(point.at[0]);
    points.y.push_back(point.at[1]);
    points.labels.push_back(points.labels.empty() ? label : "");
  }
  return points;
}

/// The sizes of supports that the map shows: from five students on where there are such, for fewer
/// lie so far out that nothing else could be read.
std::vector<std::size_t> drawn_sizes(const CourseMap& map) {
  std::vector<std::size_t> sizes;
  for (const MapDistance& one : map.distances) {
    if (std::find(sizes.begin(), sizes.end(), one.students) == sizes.end())
      sizes.push_back(one.students);
  }
  const auto few = [](std::size_t size) { return size < 5; };
  if (!std::all_of(sizes.begin(), sizes.end(), few))
    sizes.erase(std::remove_if(sizes.begin(), sizes.end(), few), sizes.end());
  return sizes;
}

std::string map_figure(const Page& page, const CourseMap& map, const std::string& target) {
  const auto axis = [&](const Text& name, double share) {
    return fmt::format("{} ({:.0f} %)", page.say(name), 100.0 * share);
  };
  Chart chart{.title = page.say({"Map of courses", "课程地图"}),
              .x_label = axis({"first component", "第一主成分"}, map.explained[0]),
              .y_label = axis({"second component", "第二主成分"}, map.explained[1]),
              .square = true};
  constexpr std::array kColours{1, 3, 4};
  std::vector<std::string> kinds;
  for (const MapDistance& one : map.distances) {
    if (std::find(kinds.begin(), kinds.end(), one.kind) == kinds.end()) kinds.push_back(one.kind);
  }
  for (std::size_t k = 0; k < kinds.size(); ++k) {
    const int colour = kinds[k] == kMadeUp ? 5 : kColours[k % kColours.size()];
    const std::string name = kind_name(page, kinds[k]);
    chart.series.push_back(points_of(map, kinds[k], 0, name, colour));
    chart.series.back().name = name;
  }
  const std::vector<std::size_t> sizes = drawn_sizes(map);
  for (const std::size_t size : sizes)
    chart.series.push_back(points_of(map, target, size, fmt::format("{}: {}", target, size), 2));
  if (!sizes.empty()) chart.series.back().name = target;
  return figure_of(chart);
}

void add_map(Page& page, const CourseMap& map, const std::string& target) {
  page.heading({"Which courses it is like", "与哪些课程相似"});
  page.paragraph(
      {"Every point is a course, told by some of its students alone: what is in their answers, "
       "what the prior gets wrong there, and where it would move. Points that lie near each other "
       "are alike. The number beside a point of the new course says how many of its students told "
       "it (the map shows those of five or more where there are any). The plane shows what most "
       "sets known courses apart; the table measures in all "
       "directions, a reach being how far a known course is from the centre of its kind.",
       "每个点是一门仅由部分学生刻画的课程：作答本身、先验在其上的误差，以及先验将如何移动。"
       "相近的点彼此相似。新课程点旁的数字是用来刻画它的学生数（有五名及以上的支持集时，图中只画这"
       "些）。图中平面是已知课程差异最大的方向；"
       "下表的距离按所有方向计算，单位为已知课程到其类中心的典型距离。"});
  page.figures_html({map_figure(page, map, target)});
  std::vector<std::vector<std::string>> rows;
  for (const MapDistance& one : map.distances) {
    rows.push_back({std::to_string(one.students), kind_name(page, one.kind),
                    fmt::format("{:.2f}", one.reaches)});
  }
  page.table({page.say({"Students", "学生"}), page.say({"Kind of course", "课程类别"}),
              page.say({"Distance in reaches", "距离（典型距离的倍数）"})},
             rows);
}

void add_recognition(Page& page, const CourseMap& map) {
  page.paragraph(
      {"How well a place tells what a course is like, on known courses: how far the halves of one "
       "course are from each other and from courses of other kinds, and how often, of other "
       "courses' halves, the nearest is of the same kind.",
       "位置能否说明课程类别（在已知课程上）：同一课程两半之间的距离、与其他类别课程的距离，"
       "以及最近的其他课程属于同一类别的比例。"});
  std::vector<std::vector<std::string>> rows;
  for (const Recognition& one : map.recognition) {
    rows.push_back({kind_name(page, one.kind), fmt::format("{:.2f}", one.halves_apart),
                    fmt::format("{:.2f}", one.others_apart),
                    fmt::format("{:.0f} %", 100.0 * one.recognised)});
  }
  page.table({page.say({"Kind of course", "课程类别"}), page.say({"Halves apart", "两半相距"}),
              page.say({"Others apart", "与其他类别相距"}), page.say({"Recognised", "识别率"})},
             rows);
}

}  // namespace

std::string new_course_report(const NewCourseResult& result, const NewCourseFacts& facts,
                              Language language) {
  Page page(language, {fmt::format("{} as a new course", facts.target),
                       fmt::format("作为新课程的 {}", facts.target)});
  const std::string sources = fmt::format("{}", fmt::join(facts.sources, ", "));
  page.paragraph(
      {fmt::format("Learnt from {} and made-up (simulated) courses; {} other students of the "
                   "course judged, {} draws, seed {}.",
                   sources, result.scored_students, facts.repeats, facts.seed),
       fmt::format("学自 {} 与虚构（模拟）课程；评判该课程的另外 {} 名学生，抽取 {} 次，种子 {}。",
                   sources, result.scored_students, facts.repeats, facts.seed)});
  if (facts.first_answers > 0) {
    page.paragraph({fmt::format("Only the first {} answers of each student were adapted on.",
                                facts.first_answers),
                    fmt::format("适应时只使用每名学生的前 {} 次作答。", facts.first_answers)});
  }
  add_rows(page, result);
  if (result.map) {
    add_map(page, *result.map, facts.target);
    add_recognition(page, *result.map);
  }
  return page.html();
}

}  // namespace meno
