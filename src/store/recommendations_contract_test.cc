// The contract of kept recommendations, on every engine.
#include <limits>

#include "store/engine_for_test.h"

namespace meno {
namespace {

constexpr std::uint64_t kAll = std::numeric_limits<std::int64_t>::max();

class RecommendationContract : public EveryEngine {};

INSTANTIATE_TEST_SUITE_P(Engines, RecommendationContract, testing::ValuesIn(kEngines),
                         [](const auto& param) { return param.param.name; });

StoredRecommendation recommendation(const std::string& student = "ann",
                                    const std::string& context = "{\"run\":\"r1\"}") {
  StoredRecommendation row;
  row.course_id = "maths";
  row.student_id = student;
  row.context = std::make_shared<const DecisionContext>(
      DecisionContext{.hash = "h" + context, .document = context});
  row.made_at = TimePoint(std::chrono::milliseconds(1'700'000'000'123));
  row.answers = 7;
  row.wanted = 3;
  row.counterfactual = true;
  row.asked_target = 0.1 + 0.2;
  row.seed = 4'000'000'000;
  row.chosen = "[[\"i1\",7,0.78,\"stretch\"]]";
  row.digest = "d";
  row.request_id = "r-7";
  return row;
}

TEST_P(RecommendationContract, GivesBackWhatWasAppendedTheLatestFirst) {
  store_->recommendations().append(recommendation());
  StoredRecommendation second = recommendation("ann", "{\"run\":\"r2\"}");
  second.asked_target.reset();
  second.own_target = 0.6;
  second.seed.reset();
  second.counterfactual = false;
  store_->recommendations().append(second);
  store_->recommendations().append(recommendation("bo"));
  ASSERT_TRUE(store_->recommendations().flush());
  reopen();
  const auto rows = store_->recommendations().of_student("maths", "ann", kAll, 10);
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 2U);
  const StoredRecommendation& first = rows->at(1);
  EXPECT_GT(rows->at(0).no, first.no);
  EXPECT_EQ(first.context->document, "{\"run\":\"r1\"}");
  EXPECT_EQ(first.asked_target, 0.1 + 0.2) << "the very same bits";
  EXPECT_FALSE(first.own_target);
  EXPECT_EQ(first.seed, 4'000'000'000);
  EXPECT_TRUE(first.counterfactual);
  EXPECT_EQ(first.answers, 7U);
  EXPECT_EQ(first.wanted, 3U);
  EXPECT_EQ(first.request_id, "r-7");
  EXPECT_EQ(first.made_at, TimePoint(std::chrono::milliseconds(1'700'000'000'123)));
  EXPECT_EQ(rows->at(0).own_target, 0.6);
  EXPECT_FALSE(rows->at(0).seed);
  EXPECT_EQ(store_->recommendations().of_student("maths", "ann", rows->at(0).no, 10)->size(), 1U);
  EXPECT_EQ(store_->recommendations().of_student("maths", "ann", kAll, 1)->at(0).no,
            rows->at(0).no);
  EXPECT_EQ(store_->recommendations().since(first.no, 10)->size(), 2U);
  EXPECT_EQ(store_->recommendations().find(first.no)->student_id, "ann");
  EXPECT_EQ(store_->recommendations().find(kAll).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(store_->recommendations().lost(), 0U);
}

TEST_P(RecommendationContract, CountsTheFeedbackThatWasKnown) {
  const auto first = append_feedback(feedback("f1", "swap"));
  const auto second = append_feedback(feedback("f2", "swap"));
  ASSERT_TRUE(append_feedback(feedback("f3", "swap", "bo")));
  ASSERT_TRUE(append_feedback(feedback("f4", "swap")));
  StoredRecommendation row = recommendation();
  row.last_feedback = second->feedback.no;
  store_->recommendations().append(row);
  ASSERT_TRUE(store_->recommendations().flush());
  EXPECT_EQ(store_->recommendations().of_student("maths", "ann", kAll, 1)->at(0).feedback, 2U);
}

TEST_P(RecommendationContract, AStudentWhoIsNotThereHasNoneAndTakesNoneOfTheOthersAway) {
  store_->recommendations().append(recommendation("nobody"));
  store_->recommendations().append(recommendation());
  ASSERT_TRUE(store_->recommendations().flush());
  EXPECT_EQ(store_->recommendations().since(0, 10)->size(), 1U);
}

TEST_P(RecommendationContract, WhatWasAppendedLastIsThereWhenTheStoreWasClosed) {
  for (int k = 0; k < 100; ++k) store_->recommendations().append(recommendation());
  reopen();
  EXPECT_EQ(store_->recommendations().since(0, 1000)->size(), 100U);
}

}  // namespace
}  // namespace meno
