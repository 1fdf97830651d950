#include "eval/report/profile_report.h"

#include <fmt/format.h>

#include "eval/chart/chart.h"
#include "eval/profile/profile_json.h"

namespace meno {
namespace {

std::string histogram_figure(const Page& page, const Histogram& histogram, const Text& title,
                             const Text& x, const Text& y) {
  Chart chart{.title = page.say(title), .x_label = page.say(x), .y_label = page.say(y)};
  chart.x_names = histogram.names;
  Bars bars{.colour = 1};
  for (std::size_t i = 0; i <= histogram.counts.size(); ++i) {
    bars.edges.push_back(static_cast<double>(i) - 0.5);
  }
  for (const std::size_t count : histogram.counts)
    bars.height.push_back(static_cast<double>(count));
  chart.bars = std::move(bars);
  return figure_of(chart);
}

void add_counts(Page& page, const DatasetProfile& p) {
  page.heading({"Counts", "数量"});
  std::vector<std::vector<std::string>> rows{
      {page.say({"Students", "学生"}), with_commas(p.students)},
      {page.say({"Items", "题目"}), with_commas(p.items)},
      {page.say({"Skills", "知识点"}), with_commas(p.skills)},
      {page.say({"Answers", "作答"}), with_commas(p.answers)},
      {page.say({"Right answers", "正确率"}), fmt::format("{:.1f} %", 100.0 * p.p_correct)},
      {page.say({"Student-item pairs without an answer", "无作答的学生-题目对"}),
       fmt::format("{:.2f} %", 100.0 * p.sparsity)},
      {page.say({"Answers on several skills", "涉及多个知识点的作答"}),
       with_commas(p.answers_with_several_skills)},
      {page.say({"Answers without a skill", "没有知识点的作答"}),
       with_commas(p.answers_without_skills)},
  };
  if (p.soft_answers > 0)
    rows.push_back(
        {page.say({"Partly right answers", "部分正确的作答"}), with_commas(p.soft_answers)});
  for (const auto& [label, students] : p.split_students) {
    rows.push_back({fmt::format("{}: {}", page.say({"Students in split", "划分中的学生"}), label),
                    with_commas(students)});
  }
  page.table({page.say({"What", "项目"}), page.say({"Value", "值"})}, rows);
}

void add_distributions(Page& page, const DatasetProfile& p) {
  page.heading({"Distributions", "分布"});
  std::vector<std::vector<std::string>> rows;
  const auto row = [&](const Text& name, const Distribution& of) {
    if (of.count == 0) return;
    rows.push_back({page.say(name), with_commas(of.count), short_number(of.mean),
                    short_number(of.least), short_number(of.quarter), short_number(of.median),
                    short_number(of.three_quarters), short_number(of.most)});
  };
  row({"Answers per student", "每名学生的作答数"}, p.answers_per_student);
  row({"Answers per item", "每道题的作答数"}, p.answers_per_item);
  row({"Answers per skill", "每个知识点的作答数"}, p.answers_per_skill);
  row({"Response time, s", "作答用时（秒）"}, p.response_s);
  page.table({page.say({"What", "项目"}), page.say({"Number", "个数"}), page.say({"Mean", "平均"}),
              page.say({"Least", "最小"}), "25 %", page.say({"Median", "中位数"}), "75 %",
              page.say({"Most", "最大"})},
             rows);
  const Text students{"students", "学生数"};
  const Text items{"items", "题目数"};
  const Text answers{"answers", "作答数"};
  std::vector<std::string> figures{
      histogram_figure(page, p.answers_per_student.histogram,
                       {"Answers per student", "每名学生的作答数"}, answers, students),
      histogram_figure(page, p.answers_per_item.histogram, {"Answers per item", "每道题的作答数"},
                       answers, items),
      histogram_figure(page, p.item_p_correct,
                       {"Difficulty: share right per item (10 answers or more)",
                        "难度：每题正确率（10 次以上作答）"},
                       {"hard ← share right → easy", "难 ← 正确率 → 易"}, items),
      histogram_figure(
          page, p.student_p_correct,
          {"Share right per student (10 answers or more)", "每名学生的正确率（10 次以上作答）"},
          {"share right", "正确率"}, students)};
  if (!p.activity.unit.empty()) {
    figures.push_back(
        histogram_figure(page, p.activity.answers,
                         {fmt::format("Activity by {}", p.activity.unit), "随时间的活动量"},
                         {"starting on (UTC)", "起始日期（UTC）"}, answers));
  }
  if (p.response_s.count > 0) {
    figures.push_back(histogram_figure(page, p.response_s.histogram, {"Response time", "作答用时"},
                                       {"seconds, whole", "秒（取整）"}, answers));
  }
  page.figures_html(figures);
}

}  // namespace

std::string profile_report(const DatasetProfile& profile, Language language) {
  Page page(language, {fmt::format("What is in {}", profile.name),
                       fmt::format("数据集 {} 概览", profile.name)});
  page.heading({"Warnings", "注意事项"});
  if (profile.warnings.empty())
    page.paragraph({"Nothing suspicious was found.", "未发现可疑之处。"});
  for (const Warning& warning : profile.warnings) page.warning(warning.text);
  add_counts(page, profile);
  add_distributions(page, profile);
  page.paragraph({fmt::format("Data hash {}. Made by Meno {}.", profile.hash, MENO_VERSION),
                  fmt::format("数据哈希 {}。由 Meno {} 生成。", profile.hash, MENO_VERSION)});
  return page.html();
}

}  // namespace meno
