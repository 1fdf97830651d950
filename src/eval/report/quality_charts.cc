// ROC, reliability with counts, and AUC by length of history.
#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "eval/chart/chart.h"
#include "eval/metrics/calibration.h"
#include "eval/report/sections.h"

namespace meno {
namespace {

std::string fold_name(const Page& page, const FoldResult& fold) {
  return fmt::format("{} {} ({:.4f})", page.say({"Fold", "折"}), fold.fold,
                     value_of(fold.measured, "auc").value_or(0.0));
}

/// False and true positive rate from the highest p_correct down, about 200 points.
Series roc_of(const Predictions& all) {
  std::vector<std::size_t> order(all.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::sort(order.begin(), order.end(),
            [&](std::size_t a, std::size_t b) { return all.p_correct[a] > all.p_correct[b]; });
  const auto right_total = static_cast<double>(std::count_if(
      all.correct.begin(), all.correct.end(), [](float y) { return y > kRightAbove; }));
  const double wrong_total = static_cast<double>(all.size()) - right_total;
  Series roc;
  roc.x.push_back(0.0);
  roc.y.push_back(0.0);
  double right = 0.0;
  double wrong = 0.0;
  const std::size_t step = std::max<std::size_t>(1, order.size() / 200);
  for (std::size_t k = 0; k < order.size(); ++k) {
    (all.correct[order[k]] > kRightAbove ? right : wrong) += 1.0;
    const bool tie = k + 1 < order.size() && all.p_correct[order[k + 1]] == all.p_correct[order[k]];
    if (tie || (k % step != 0 && k + 1 != order.size())) continue;
    roc.x.push_back(wrong / std::max(1.0, wrong_total));
    roc.y.push_back(right / std::max(1.0, right_total));
  }
  return roc;
}

std::string roc_figure(const Page& page, const Evaluation& evaluation) {
  Chart chart{.title = page.say({"ROC (AUC by fold)", "ROC 曲线（各折 AUC）"}),
              .x_label = page.say({"wrong answers predicted right", "答错却预测为对的比例"}),
              .y_label = page.say({"right answers predicted right", "答对且预测为对的比例"}),
              .x_range = Range{0.0, 1.0},
              .y_range = Range{0.0, 1.0},
              .square = true};
  chart.series.push_back({.name = page.say({"chance", "随机"}),
                          .x = {0.0, 1.0},
                          .y = {0.0, 1.0},
                          .colour = 5,
                          .dashed = true});
  int colour = 1;
  for (const FoldResult& fold : evaluation.folds) {
    Series roc = roc_of(fold.predictions);
    roc.name = fold_name(page, fold);
    roc.colour = (colour - 1) % 4 + 1;
    roc.dashed = colour > 4;
    ++colour;
    chart.series.push_back(std::move(roc));
  }
  return figure_of(chart);
}

/// Mean prediction, share right and count of each calibration bin, over all folds.
struct Reliability {
  std::array<double, kCalibrationBins> p{}, right{}, count{};
};

Reliability reliability_of(const Evaluation& evaluation) {
  Reliability bins;
  for (const FoldResult& fold : evaluation.folds) {
    for (std::size_t i = 0; i < fold.predictions.size(); ++i) {
      const std::size_t bin = calibration_bin(fold.predictions.p_correct[i]);
      bins.p[bin] += fold.predictions.p_correct[i];
      bins.right[bin] += static_cast<double>(fold.predictions.correct[i]);
      bins.count[bin] += 1.0;
    }
  }
  return bins;
}

std::string reliability_figure(const Page& page, const Reliability& bins) {
  Series seen{.name = page.say({"seen, with a 95 % band", "实际，含 95 % 区间"}),
              .colour = 1,
              .dots = true};
  for (std::size_t b = 0; b < kCalibrationBins; ++b) {
    if (bins.count[b] < 1.0) continue;
    const double share = bins.right[b] / bins.count[b];
    const double half = 1.96 * std::sqrt(share * (1.0 - share) / bins.count[b]);
    seen.x.push_back(bins.p[b] / bins.count[b]);
    seen.y.push_back(share);
    seen.low.push_back(std::max(0.0, share - half));
    seen.high.push_back(std::min(1.0, share + half));
  }
  return figure_of({.title = page.say({"Reliability: is a promised 80 % really 80 %?",
                                       "可靠性：预测 80 % 真的是 80 % 吗？"}),
                    .x_label = page.say({"predicted chance of a right answer", "预测的答对概率"}),
                    .y_label = page.say({"share that was right", "实际答对比例"}),
                    .series = {{.name = page.say({"perfect", "理想"}),
                                .x = {0.0, 1.0},
                                .y = {0.0, 1.0},
                                .colour = 5,
                                .dashed = true},
                               seen},
                    .x_range = Range{0.0, 1.0},
                    .y_range = Range{0.0, 1.0},
                    .square = true});
}

std::string counts_figure(const Page& page, const Reliability& bins) {
  Bars bars;
  for (std::size_t b = 0; b <= kCalibrationBins; ++b) {
    bars.edges.push_back(static_cast<double>(b) / static_cast<double>(kCalibrationBins));
  }
  bars.height.assign(bins.count.begin(), bins.count.end());
  bars.colour = 1;
  return figure_of({.title = page.say({"How often each prediction was made", "各预测值出现的次数"}),
                    .x_label = page.say({"predicted chance of a right answer", "预测的答对概率"}),
                    .y_label = page.say({"answers", "作答数"}),
                    .bars = bars,
                    .x_range = Range{0.0, 1.0}});
}

struct Length {
  std::uint32_t from, to;  // answers seen before, [from, to]
};
constexpr std::array<Length, 9> kLengths{{{0, 0},
                                          {1, 2},
                                          {3, 5},
                                          {6, 10},
                                          {11, 20},
                                          {21, 50},
                                          {51, 100},
                                          {101, 200},
                                          {201, 0xFFFFFFFF}}};

std::string length_name(const Length& length) {
  if (length.to == 0xFFFFFFFF) return fmt::format("{}+", length.from);
  return length.from == length.to ? fmt::format("{}", length.from)
                                  : fmt::format("{}–{}", length.from, length.to);
}

std::string history_figure(const Page& page, const Evaluation& evaluation) {
  Chart chart{.title = page.say({"AUC by answers seen before", "按已有作答数的 AUC"}),
              .x_label = page.say({"answers of the student seen before", "该学生此前的作答数"}),
              .y_label = "AUC"};
  for (const Length& length : kLengths) chart.x_names.push_back(length_name(length));
  int colour = 1;
  for (const FoldResult& fold : evaluation.folds) {
    const Predictions& all = fold.predictions;
    Series line{.name = fmt::format("{} {}", page.say({"Fold", "折"}), fold.fold),
                .colour = (colour - 1) % 4 + 1,
                .dashed = colour > 4,
                .dots = true};
    ++colour;
    for (std::size_t k = 0; k < kLengths.size(); ++k) {
      const Predictions part = all.where([&](std::size_t i) {
        return all.row[i] >= kLengths[k].from && all.row[i] <= kLengths[k].to;
      });
      const auto auc = part.size() < 100 ? std::nullopt : value_of(metric_registry().front(), part);
      if (!auc) continue;
      line.x.push_back(static_cast<double>(k));
      line.y.push_back(*auc);
    }
    chart.series.push_back(std::move(line));
  }
  return figure_of(chart);
}

}  // namespace

void add_quality_charts(Page& page, const Evaluation& evaluation) {
  page.heading({"How good the predictions are", "预测质量"});
  const Reliability bins = reliability_of(evaluation);
  page.figures_html({roc_figure(page, evaluation), reliability_figure(page, bins),
                     history_figure(page, evaluation), counts_figure(page, bins)});
}

}  // namespace meno
