// Learning curves: error on a skill by how often the student has met it, as seen and as predicted.
#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "eval/chart/chart.h"
#include "eval/report/sections.h"

namespace meno {
namespace {

constexpr std::size_t kOpportunities = 15;
constexpr std::size_t kSkillsShown = 6;
constexpr double kFewest = 30.0;  // answers a point needs

/// Sums by opportunity.
struct Curve {
  std::array<double, kOpportunities> seen{}, predicted{}, count{};
  double total = 0.0;

  void add(std::size_t opportunity, double error, double p_error) {
    total += 1.0;
    if (opportunity >= kOpportunities) return;
    seen[opportunity] += error;
    predicted[opportunity] += p_error;
    count[opportunity] += 1.0;
  }
};

using Curves = std::map<std::uint32_t, Curve>;

void add_student(const Sequence& history, const Predictions& all, std::size_t u, Curves& curves,
                 Curve& overall) {
  std::map<std::uint32_t, std::size_t> met;
  std::size_t i = all.begin[u];
  for (std::size_t t = 0; t < history.size(); ++t) {
    const bool scored = i < all.begin[u + 1] && all.row[i] == t;
    for (const SkillId skill : history[t].skills) {
      const std::size_t opportunity = met[skill.value]++;
      if (!scored) continue;
      const double error = 1.0 - static_cast<double>(all.correct[i]);
      curves[skill.value].add(opportunity, error, 1.0 - all.p_correct[i]);
      overall.add(opportunity, error, 1.0 - all.p_correct[i]);
    }
    if (scored) ++i;
  }
}

std::string figure(const Page& page, const std::string& title, const Curve& curve) {
  Series seen{.name = page.say({"seen", "实际"}), .colour = 1, .dots = true};
  Series predicted{.name = page.say({"predicted", "预测"}), .colour = 2, .dashed = true};
  for (std::size_t k = 0; k < kOpportunities; ++k) {
    if (curve.count[k] < kFewest) continue;
    const auto at = static_cast<double>(k + 1);
    seen.x.push_back(at);
    seen.y.push_back(curve.seen[k] / curve.count[k]);
    predicted.x.push_back(at);
    predicted.y.push_back(curve.predicted[k] / curve.count[k]);
  }
  return figure_of({.title = title,
                    .x_label = page.say({"opportunity", "第几次练习"}),
                    .y_label = page.say({"error rate", "错误率"}),
                    .series = {seen, predicted},
                    .x_range = Range{0.5, static_cast<double>(kOpportunities) + 0.5},
                    .y_range = Range{0.0, 1.0},
                    .height = 220});
}

}  // namespace

void add_skill_curves(Page& page, const Evaluation& evaluation, const Course& course,
                      const SplitSource& source) {
  Curves curves;
  Curve overall;
  for (const FoldResult& fold : evaluation.folds) {
    for (std::size_t u = 0; u < fold.predictions.students(); ++u) {
      add_student(source.students[fold.predictions.student[u].value], fold.predictions, u, curves,
                  overall);
    }
  }
  if (overall.total < kFewest) return;
  std::vector<std::pair<double, std::uint32_t>> most;
  for (const auto& [skill, curve] : curves) most.emplace_back(-curve.total, skill);
  std::sort(most.begin(), most.end());
  page.heading({"Learning by skill", "各知识点的学习曲线"});
  page.paragraph(
      {"The error rate of test students on their first, second, third ... answer on a skill. "
       "Students who "
       "learn quickly stop practising early, so a curve that is flat or rises does not mean that "
       "nobody learns.",
       "测试学生在某知识点上第 1、2、3…… 次作答的错误率。学得快的学生往往较早停止练习，"
       "因此曲线平缓或上升并不表示没有人学会。"});
  std::vector<std::string> figures{figure(page, page.say({"All skills", "全部知识点"}), overall)};
  for (std::size_t k = 0; k < std::min(kSkillsShown - 1, most.size()); ++k) {
    const std::uint32_t skill = most[k].second;
    const std::string name =
        skill < course.skills.size() ? course.skills.name(SkillId(skill)) : std::to_string(skill);
    const std::string title = fmt::format("{} {} ({} {})", page.say({"Skill", "知识点"}), name,
                                          with_commas(static_cast<std::size_t>(-most[k].first)),
                                          page.say({"answers", "次作答"}));
    figures.push_back(figure(page, title, curves[skill]));
  }
  page.figures_html(figures);
}

}  // namespace meno
