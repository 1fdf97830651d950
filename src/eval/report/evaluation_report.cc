#include "eval/report/evaluation_report.h"

#include <fmt/format.h>

#include "eval/report/sections.h"

namespace meno {

std::string evaluation_report(const Evaluation& evaluation, const Course& course,
                              const SplitSource& source, const RunFacts& facts, Language language) {
  const EvaluationPlan& plan = evaluation.plan;
  Page page(language, {fmt::format("How well {} predicts: {}", plan.model, facts.dataset),
                       fmt::format("{} 的预测质量：{}", plan.model, facts.dataset)});
  page.paragraph(
      {"Every answer of students the model has never seen is predicted from their earlier answers "
       "alone, then compared with what they did.",
       "对模型从未见过的学生，每一次作答都只根据其之前的作答来预测，再与实际结果比较。"});
  add_metrics(page, evaluation);
  add_traps(page, evaluation);
  add_new_student(page, evaluation);
  add_quality_charts(page, evaluation);
  add_training_curves(page, evaluation);
  add_skill_curves(page, evaluation, course, source);
  add_run(page, evaluation, facts);
  return page.html();
}

}  // namespace meno
