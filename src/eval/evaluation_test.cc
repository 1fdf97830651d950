#include "eval/evaluation.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <gtest/gtest.h>

#include "core/json.h"
#include "eval/evaluation_json.h"
#include "eval/report/evaluation_report.h"
#include "eval/synthetic_school_for_test.h"

namespace meno {
namespace {

EvaluationPlan quick_plan(const std::string& protocol, std::vector<int> folds) {
  EvaluationPlan plan{.model = "logistic", .protocol = protocol, .folds = std::move(folds)};
  plan.training.epochs = 3;
  plan.training.seed = 4;
  plan.resamples = 50;
  return plan;
}

Result<Evaluation> run(const SyntheticSchool& school, const EvaluationPlan& plan) {
  return evaluate(school.course, school.source, "hash", plan);
}

TEST(Evaluate, ScoresEveryAnswerOfTheTestStudentsOnce) {
  const auto school = synthetic_school(60, 1);
  const auto evaluation = run(*school, quick_plan("holdout", {}));
  ASSERT_TRUE(evaluation) << evaluation.error().message;
  ASSERT_EQ(evaluation->folds.size(), 5u);
  std::size_t scored = 0;
  for (const FoldResult& fold : evaluation->folds) {
    EXPECT_EQ(fold.predictions.size(), fold.test.answers);
    scored += fold.predictions.size();
  }
  std::size_t answers = 0;
  for (const Sequence& history : school->source.students) answers += history.size();
  EXPECT_EQ(scored, answers) << "the folds of a holdout cover every answer once";
}

TEST(Evaluate, GivesTheSameBytesForOneSeed) {
  const auto school = synthetic_school(50, 2);
  const auto once = run(*school, quick_plan("holdout", {2}));
  const auto again = run(*school, quick_plan("holdout", {2}));
  ASSERT_TRUE(once && again);
  EXPECT_EQ(once->folds[0].predictions.p_correct, again->folds[0].predictions.p_correct);
  for (std::size_t m = 0; m < once->folds[0].measured.size(); ++m) {
    EXPECT_EQ(once->folds[0].measured[m].value, again->folds[0].measured[m].value);
    EXPECT_EQ(once->folds[0].measured[m].interval->low, again->folds[0].measured[m].interval->low);
  }
  EvaluationPlan other = quick_plan("holdout", {2});
  other.training.seed = 5;
  const auto elsewhere = run(*school, other);
  ASSERT_TRUE(elsewhere);
  EXPECT_NE(once->folds[0].predictions.p_correct, elsewhere->folds[0].predictions.p_correct);
}

TEST(Evaluate, FeedsRepeatsButDoesNotScoreThem) {
  const auto school = synthetic_school(60, 3);
  const auto evaluation = run(*school, quick_plan("holdout", {1}));
  ASSERT_TRUE(evaluation);
  const FoldResult& fold = evaluation->folds[0];
  std::size_t repeats = 0;
  for (const StudentId student : fold.predictions.student) {
    const Sequence& history = school->source.students[student.value];
    for (std::size_t t = 1; t < history.size(); ++t) {
      repeats += history[t].item == history[t - 1].item ? 1U : 0U;
    }
  }
  EXPECT_GT(repeats, 0u);
  EXPECT_EQ(fold.scored_without_repeats + repeats, fold.predictions.size());
}

TEST(Evaluate, PrintsTheKeysOthersScriptAgainstInOrder) {
  const auto school =
      synthetic_school(60, 1, {"trainonly", "test1", "test2", "test3", "test4", "test5"});
  const auto evaluation = run(*school, quick_plan("akt", {1, 3}));
  ASSERT_TRUE(evaluation) << evaluation.error().message;
  const Json json = to_json(*evaluation);
  const std::vector<std::string> top = {"model", "protocol", "folds", "mean"};
  const std::vector<std::string> row = {"fold",       "auc",       "auc_without_repeats",
                                        "accuracy",   "precision", "recall",
                                        "f1",         "rmse",      "log_loss",
                                        "ece",        "scored",    "train_seconds",
                                        "peak_rss_mb"};
  std::vector<std::string> keys;
  for (const auto& [key, value] : json.items()) keys.push_back(key);
  EXPECT_TRUE(std::equal(top.begin(), top.end(), keys.begin()));
  keys.clear();
  for (const auto& [key, value] : json.at("folds").at(1).items()) keys.push_back(key);
  EXPECT_TRUE(std::equal(row.begin(), row.end(), keys.begin()));
  EXPECT_EQ(json.at("folds").at(1).at("fold"), 3);
  const double mean = (json.at("folds").at(0).at("auc").get<double>() +
                       json.at("folds").at(1).at("auc").get<double>()) /
                      2;
  EXPECT_DOUBLE_EQ(json.at("mean").at("auc").get<double>(), mean);
}

TEST(Evaluate, WritesOneCsvLinePerPrediction) {
  const auto school = synthetic_school(40, 6);
  const auto evaluation = run(*school, quick_plan("holdout", {1}));
  ASSERT_TRUE(evaluation);
  const std::string odd = "a,\"b\"";
  const std::string csv =
      predictions_csv(*evaluation, [&](StudentId) -> const std::string& { return odd; });
  EXPECT_EQ(static_cast<std::size_t>(std::count(csv.begin(), csv.end(), '\n')),
            evaluation->folds[0].predictions.size() + 1);
  EXPECT_NE(csv.find("\n1,\"a,\"\"b\"\"\",0,"), std::string::npos);
}

TEST(Evaluate, SaysWhatItDoesNotKnow) {
  const auto school = synthetic_school(40, 6);
  EXPECT_EQ(run(*school, quick_plan("akd", {1})).error().message,
            "protocol \"akd\", expected one of akt, gervet, holdout, new-student, school, class");
  EXPECT_EQ(run(*school, quick_plan("holdout", {7})).error().message,
            "fold 7, expected one from 1 to 5");
  EXPECT_EQ(run(*school, quick_plan("holdout", {1, 1})).error().kind, ErrorKind::InvalidInput);
}

TEST(NewStudent, ForeseesFromTheFirstAnswersAlone) {
  const auto school = synthetic_school(60, 8);
  const auto evaluation = run(*school, quick_plan("new-student", {1}));
  ASSERT_TRUE(evaluation) << evaluation.error().message;
  const FoldResult& fold = evaluation->folds[0];
  ASSERT_EQ(fold.after.size(), kAnswersSeen.size());
  for (const AfterAnswers& row : fold.after) {
    std::size_t students = 0;
    std::size_t answers = 0;
    for (const StudentId student : fold.predictions.student) {
      const std::size_t size = school->source.students[student.value].size();
      students += size > row.k ? 1U : 0U;
      answers += size > row.k ? std::min(kAnswersAhead, size - row.k) : 0U;
    }
    EXPECT_EQ(row.students, students) << "k=" << row.k;
    EXPECT_EQ(row.scored, answers) << "k=" << row.k;
  }
  EXPECT_EQ(value_of(fold.after[0].measured, "auc"), value_of(fold.after[0].adapted, "auc"))
      << "nothing to adapt to after no answers";
}

/// Adapted figures of one learner's runs after a quick training.
std::vector<AfterAnswers> after_with(const std::string& learner, const Options& options) {
  const auto school = synthetic_school(60, 8);
  EvaluationPlan plan = quick_plan("new-student", {1});
  plan.training.learner = learner;
  plan.training.learner_options = options;
  auto evaluation = run(*school, plan);
  EXPECT_TRUE(evaluation) << (evaluation ? "" : evaluation.error().message);
  return evaluation->folds[0].after;
}

TEST(NewStudent, IsForeseenInTheMeanOverThePosteriorWhereThereIsOne) {
  for (const auto& [spread, differs] : {std::pair{"1e-9", false}, std::pair{"2", true}}) {
    const auto after = after_with("bayes", {{"spread", spread}, {"lambda", "0"}});
    for (const AfterAnswers& row : after) {
      const double shared = *value_of(row.measured, "log_loss");
      const double own = *value_of(row.adapted, "log_loss");
      EXPECT_EQ(std::abs(own - shared) > 1e-4, differs) << spread << " k=" << row.k;
    }
  }
}

TEST(EvaluationReport, NeedsNothingFromOutsideInEitherLanguage) {
  const auto school = synthetic_school(60, 8);
  const auto evaluation = run(*school, quick_plan("new-student", {1, 2}));
  ASSERT_TRUE(evaluation);
  const RunFacts facts{
      .command = "meno evaluate <b>", .dataset = "synthetic", .machine = "m", .made_at = "t"};
  for (const Language language : {Language::En, Language::ZhCn}) {
    const std::string html =
        evaluation_report(*evaluation, school->course, school->source, facts, language);
    for (const char* banned :
         {"<script", "http://", "https://", "<link", "@import", "<img", "nan", "<b>"}) {
      EXPECT_EQ(html.find(banned), std::string::npos) << banned;
    }
    EXPECT_NE(html.find("prefers-color-scheme:dark"), std::string::npos);
    EXPECT_NE(html.find("@media print"), std::string::npos);
    EXPECT_NE(html.find(language == Language::En ? "Reliability" : "可靠性"), std::string::npos);
  }
}

}  // namespace
}  // namespace meno
