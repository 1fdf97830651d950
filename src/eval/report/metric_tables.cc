// Sections of figures in tables: metrics by fold, traps, what was run.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "eval/chart/axis.h"
#include "eval/report/sections.h"

namespace meno {
namespace {

std::string shown(const std::optional<double>& value) {
  return value ? fmt::format("{:.4f}", *value) : "–";
}

std::string with_interval(const Measured& one) {
  if (!one.interval) return shown(one.value);
  return fmt::format("{} [{:.4f}, {:.4f}]", shown(one.value), one.interval->low,
                     one.interval->high);
}

/// Mean over the folds that define it.
std::string mean_of(const std::vector<const Measured*>& folds) {
  double sum = 0.0;
  int defined = 0;
  for (const Measured* one : folds) {
    if (!one->value) continue;
    sum += *one->value;
    ++defined;
  }
  return defined == 0 ? "–" : fmt::format("{:.4f}", sum / defined);
}

using Table = std::vector<std::vector<std::string>>;

void add_row(Table& rows, const std::string& label, const std::vector<const Measured*>& folds) {
  std::vector<std::string> row{label};
  for (const Measured* one : folds) row.push_back(with_interval(*one));
  row.push_back(mean_of(folds));
  rows.push_back(std::move(row));
}

std::string options_text(const Options& options) {
  std::string text;
  for (const auto& [name, value] : options)
    text += fmt::format("{}{}={}", text.empty() ? "" : " ", name, value);
  return text.empty() ? "–" : text;
}

}  // namespace

void add_metrics(Page& page, const Evaluation& evaluation) {
  page.heading({"Metrics", "指标"});
  page.paragraph(
      {"In brackets: where 95 % of the figures lie when the test students are drawn again, with "
       "replacement. AUC, accuracy, precision, recall and F1 are better when higher, the others "
       "when lower.",
       "方括号内为对测试学生有放回重抽样所得的 95 % 区间。AUC、准确率、精确率、召回率和 F1 "
       "越高越好，其余越低越好。"});
  std::vector<std::string> head{page.say({"Metric", "指标"})};
  for (const FoldResult& fold : evaluation.folds) {
    head.push_back(fmt::format("{} {}", page.say({"Fold", "折"}), fold.fold));
  }
  head.push_back(page.say({"Mean", "平均"}));
  Table rows;
  for (std::size_t m = 0; m < metric_registry().size(); ++m) {
    std::vector<const Measured*> folds;
    for (const FoldResult& fold : evaluation.folds) folds.push_back(&fold.measured[m]);
    add_row(rows, std::string(metric_registry()[m].label), folds);
    if (metric_registry()[m].name != "auc") continue;
    folds.clear();
    for (const FoldResult& fold : evaluation.folds) folds.push_back(&fold.without_repeats[m]);
    add_row(rows, page.say({"AUC without repeats", "AUC（不计连续重复）"}), folds);
  }
  page.table(head, rows);
}

void add_traps(Page& page, const Evaluation& evaluation) {
  std::size_t repeats = 0;
  std::size_t agreeing = 0;
  std::size_t scored = 0;
  std::size_t fewest = evaluation.folds.empty() ? 0 : evaluation.folds.front().test.students;
  std::size_t left_out = 0;
  for (const FoldResult& fold : evaluation.folds) {
    const Predictions& all = fold.predictions;
    scored += all.size();
    fewest = std::min(fewest, fold.test.students);
    left_out = std::max(left_out, fold.left_out);
    for (std::size_t i = 1; i < all.size(); ++i) {
      if (all.repeat[i] == 0 || all.row[i] != all.row[i - 1] + 1) continue;
      ++repeats;
      agreeing += (all.correct[i] > kRightAbove) == (all.correct[i - 1] > kRightAbove) ? 1U : 0U;
    }
  }
  if (repeats > 0) {
    const double share = 100.0 * static_cast<double>(repeats) / static_cast<double>(scored);
    const double agree = 100.0 * static_cast<double>(agreeing) / static_cast<double>(repeats);
    const bool copies = share >= 1.0 && agree >= 95.0;
    const Text counts{fmt::format("{:.1f} % of the scored answers repeat the item just answered, "
                                  "and {:.1f} % of these give the "
                                  "same result.",
                                  share, agree),
                      fmt::format("{:.1f} % 的计分作答与上一题是同一题目，其中 {:.1f} % 结果相同。",
                                  share, agree)};
    if (copies) {
      page.warning(
          {counts.en + " One answer seems to be stored as several rows, so copying the row before "
                       "is enough "
                       "to be right: trust the AUC without repeats.",
           counts.zh_cn +
               "同一次作答似乎被存成多行，照抄上一行即可答对：请以“不计连续重复”的 AUC 为准。"});
    } else {
      page.paragraph(counts);
    }
  }
  if (fewest < 100) {
    page.warning(
        {fmt::format("A fold has only {} test students: read the intervals before the figures.",
                     fewest),
         fmt::format("有的折只有 {} 名测试学生：请先看区间，再看数值。", fewest)});
  }
  if (left_out > 0) {
    page.warning({fmt::format("{} students could not be placed by the protocol and were left out.",
                              left_out),
                  fmt::format("有 {} 名学生无法按此方案划分，未计入。", left_out)});
  }
}

void add_run(Page& page, const Evaluation& evaluation, const RunFacts& facts) {
  const EvaluationPlan& plan = evaluation.plan;
  page.heading({"What was run", "运行信息"});
  Table rows{
      {page.say({"Command", "命令"}), facts.command},
      {page.say({"Model", "模型"}),
       fmt::format("{} ({})", plan.model, options_text(plan.model_options))},
      {page.say({"Learner", "学习器"}),
       fmt::format("{} ({})", plan.training.learner, options_text(plan.training.learner_options))},
      {page.say({"Protocol", "方案"}), plan.protocol},
      {page.say({"Seed, threads", "随机种子、线程"}),
       fmt::format("seed {}, threads {}", plan.training.seed, plan.training.threads)},
      {page.say({"Data hash", "数据哈希"}), fmt::format("data {}", evaluation.data_hash)},
      {page.say({"Meno", "Meno 版本"}), fmt::format("version {}", MENO_VERSION)},
      {page.say({"Machine", "机器"}), facts.machine},
      {page.say({"Made", "生成时间"}), fmt::format("at {}", facts.made_at)},
  };
  page.table({page.say({"What", "项目"}), page.say({"Value", "值"})}, rows);
  rows.clear();
  for (const FoldResult& fold : evaluation.folds) {
    const auto role = [](const RoleSize& size) {
      return fmt::format("{} / {}", with_commas(size.students), with_commas(size.answers));
    };
    rows.push_back({std::to_string(fold.fold), role(fold.train), role(fold.valid), role(fold.test),
                    with_commas(fold.parameters), std::to_string(fold.best_epoch),
                    fmt::format("{:.1f}", fold.train_seconds),
                    fmt::format("{:.1f}", fold.predict_seconds),
                    fmt::format("{:.0f}", fold.peak_rss_mb)});
  }
  page.table({page.say({"Fold", "折"}), page.say({"Train students / answers", "训练 学生/作答"}),
              page.say({"Valid", "验证"}), page.say({"Test", "测试"}),
              page.say({"Parameters", "参数量"}), page.say({"Best epoch", "最佳轮次"}),
              page.say({"Training, s", "训练（秒）"}), page.say({"Prediction, s", "预测（秒）"}),
              page.say({"Peak memory, MiB", "内存峰值（MiB）"})},
             rows);
}

}  // namespace meno
