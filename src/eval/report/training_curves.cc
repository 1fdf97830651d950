// Curves of training by epoch, and of a new student by answers seen.
#include <fmt/format.h>

#include "eval/chart/axis.h"
#include "eval/chart/chart.h"
#include "eval/report/sections.h"

namespace meno {
namespace {

Series series_of(const Page& page, const FoldResult& fold, std::size_t index) {
  return {.name = fmt::format("{} {}", page.say({"Fold", "折"}), fold.fold),
          .colour = static_cast<int>(index % 4) + 1,
          .dashed = index >= 4,
          .dots = true};
}

std::string shown(const std::vector<Measured>& measured, std::string_view name) {
  const std::optional<double> value = value_of(measured, name);
  return value ? fmt::format("{:.4f}", *value) : "–";
}

Series after_series(const std::vector<AfterAnswers>& after, bool adapted) {
  Series line;
  line.dots = true;
  for (std::size_t i = 0; i < after.size(); ++i) {
    const auto& measured = adapted ? after[i].adapted : after[i].measured;
    if (measured.empty() || !measured.front().value) continue;
    line.x.push_back(static_cast<double>(i));
    line.y.push_back(*measured.front().value);
    if (!measured.front().interval || adapted) continue;
    line.low.push_back(measured.front().interval->low);
    line.high.push_back(measured.front().interval->high);
  }
  if (line.low.size() != line.x.size()) line.low = line.high = {};
  return line;
}

std::string after_figure(const Page& page, const FoldResult& fold) {
  Chart chart{
      .title = fmt::format(
          "{} {}", page.say({"AUC on the next ten answers, fold", "后续十次作答的 AUC，折"}),
          fold.fold),
      .x_label = page.say({"answers seen, k", "已见作答数 k"}),
      .y_label = "AUC"};
  for (const AfterAnswers& row : fold.after) chart.x_names.push_back(std::to_string(row.k));
  Series shared = after_series(fold.after, false);
  shared.name = page.say({"shared parameters", "共享参数"});
  Series own = after_series(fold.after, true);
  own.name = page.say({"adapted to the student", "针对该学生适应后"});
  own.colour = 2;
  own.dashed = true;
  chart.series = {std::move(shared)};
  if (!own.x.empty()) chart.series.push_back(std::move(own));
  return figure_of(chart);
}

}  // namespace

void add_training_curves(Page& page, const Evaluation& evaluation) {
  Chart loss{.title = page.say({"Training loss", "训练损失"}),
             .x_label = page.say({"epoch", "轮次"}),
             .y_label = page.say({"nats an answer", "每次作答的损失"})};
  Chart auc{.title = page.say({"AUC on validation students", "验证学生上的 AUC"}),
            .x_label = page.say({"epoch", "轮次"}),
            .y_label = "AUC"};
  std::size_t index = 0;
  for (const FoldResult& fold : evaluation.folds) {
    Series losses = series_of(page, fold, index);
    Series aucs = series_of(page, fold, index);
    ++index;
    for (const EpochRecord& epoch : fold.epochs) {
      losses.x.push_back(epoch.epoch);
      losses.y.push_back(epoch.train_loss);
      if (!epoch.valid_auc) continue;
      aucs.x.push_back(epoch.epoch);
      aucs.y.push_back(*epoch.valid_auc);
    }
    if (!losses.x.empty()) loss.series.push_back(std::move(losses));
    if (!aucs.x.empty()) auc.series.push_back(std::move(aucs));
  }
  if (loss.series.empty()) return;
  page.heading({"How training went", "训练过程"});
  std::vector<std::string> figures{figure_of(loss)};
  if (!auc.series.empty()) figures.push_back(figure_of(auc));
  page.figures_html(figures);
}

void add_new_student(Page& page, const Evaluation& evaluation) {
  std::vector<std::string> figures;
  std::vector<std::vector<std::string>> rows;
  for (const FoldResult& fold : evaluation.folds) {
    if (fold.after.empty()) continue;
    figures.push_back(after_figure(page, fold));
    for (const AfterAnswers& row : fold.after) {
      rows.push_back({std::to_string(fold.fold), std::to_string(row.k), with_commas(row.students),
                      with_commas(row.scored), shown(row.measured, "auc"),
                      shown(row.measured, "log_loss"), shown(row.measured, "ece"),
                      shown(row.adapted, "auc"), shown(row.adapted, "log_loss"),
                      shown(row.adapted, "ece"), shown(row.same_students, "auc")});
    }
  }
  if (figures.empty()) return;
  page.heading({"New students: after k answers", "新学生：作答 k 次之后"});
  page.paragraph(
      {"Each of the next ten answers is predicted from the first k alone. Students with no more "
       "than k answers "
       "drop out, so the rows differ in students; the last column keeps to those with 30 answers "
       "or more.",
       "后续十次作答中的每一次都只根据前 k 次预测。作答不超过 k 次的学生不计入，因此各行学生不同；"
       "最后一列只含作答 30 次以上的学生。"});
  page.figures_html(figures);
  page.table({page.say({"Fold", "折"}), "k", page.say({"Students", "学生"}),
              page.say({"Scored", "计分作答"}), "AUC", page.say({"Log loss", "对数损失"}), "ECE",
              page.say({"AUC, adapted", "AUC（适应后）"}),
              page.say({"Log loss, adapted", "对数损失（适应后）"}),
              page.say({"ECE, adapted", "ECE（适应后）"}),
              page.say({"AUC, same students", "AUC（相同学生）"})},
             rows);
}

}  // namespace meno
