// Explanations, what-ifs, plans and adaptive tests over HTTP.
#include <cmath>
#include <set>

#include "core/json.h"
#include "http_fixture.h"

namespace meno {
namespace {

class TutorRoutes : public Http {
 protected:
  std::string fault(const RawReply& reply, int status) {
    return checked(reply, status, "Error").at("error").at("message").get<std::string>();
  }
  void answered(int count) {
    for (int k = 0; k < count; ++k) {
      const std::string rest =
          fmt::format(R"(,"item_id":"i{}","correct":{})", k % 4 + 1, k % 3 == 0 ? "true" : "false");
      ASSERT_EQ(client_->post("/v1/answers", answer(fmt::format("a{}", k), rest)).status, 200);
    }
  }
  /// A stored course whose answers a bank can be calibrated on.
  void classmates() {
    for (int s = 0; s < 8; ++s) {
      const StoredStudent student{.id = fmt::format("s{}", s), .display_name = "Simulated"};
      ASSERT_TRUE(store_->students().enrol("maths", {&student, 1}));
      std::vector<StoredAnswer> answers;
      for (int k = 0; k < 4; ++k) {
        StoredAnswer one;
        one.event_id = fmt::format("s{}-{}", s, k);
        one.course_id = "maths";
        one.student_id = student.id;
        one.item_id = fmt::format("i{}", k + 1);
        one.correct = (s + k) % 3 == 0 ? 0.0 : 1.0;
        one.answered_at = TimePoint(std::chrono::milliseconds(1'600'000'000'000));
        answers.push_back(one);
      }
      ASSERT_TRUE(store_->answers().append_many(answers));
    }
  }
  Json step(const std::string& rest, int status = 200) {
    return checked(client_->post("/v1/tests", R"({"course_id":"maths")" + rest + "}"), status,
                   status == 200 ? "TestStep" : "Error");
  }
};

TEST_F(TutorRoutes, AModelWithoutNamedEvidenceIsExplainedByAnswersAlone) {
  answered(7);
  const Json why = checked(client_->get("/v1/students/ann/explanations?course_id=maths&item_id=i3"),
                           200, "ItemExplanation");
  const Json& prediction = why.at("prediction");
  EXPECT_TRUE(prediction.at("by_evidence").empty());
  double sum = prediction.at("typical").get<double>();
  for (const Json& one : prediction.at("by_answer")) sum += one.at("logit").get<double>();
  EXPECT_NEAR(sum, prediction.at("logit").get<double>(), 1e-4);
  EXPECT_EQ(prediction.at("telling").size(), 3U);
  EXPECT_GE(std::abs(prediction.at("telling")[0].at("logit").get<double>()),
            std::abs(prediction.at("telling")[1].at("logit").get<double>()));
  EXPECT_EQ(why.at("item").at("id"), "i3");
  EXPECT_GT(why.at("if_right").at("p_after"), why.at("if_wrong").at("p_after"));
  const Json own = checked(client_->get("/v1/students/ann/explanations?course_id=maths"), 200,
                           "ItemExplanation");
  EXPECT_EQ(own.at("item").at("id"), own.at("recommended"));
  EXPECT_FALSE(own.at("reason").at("counterfactual").at("zh-CN").get<std::string>().empty());
}

/// What-if is what the answer then does, and supposing it changes nothing.
TEST_F(TutorRoutes, AWhatIfIsWhatThenHappens) {
  answered(5);
  const std::string ask = "/v1/students/ann/what-if?course_id=maths&item_id=i2&result=wrong";
  const Json supposed = checked(client_->get(ask), 200, "WhatIfReply").at("what_if");
  EXPECT_EQ(checked(client_->get(ask), 200, "WhatIfReply").at("what_if"), supposed);
  const Json really =
      checked(client_->post("/v1/answers", answer("w", R"(,"item_id":"i2","correct":false)")), 200,
              "AnswerReply");
  for (const char* field : {"p_mastery", "low", "high"}) {
    EXPECT_NEAR(really.at("mastery")[0].at("after").at(field).get<double>(),
                supposed.at("mastery")[0].at("after").at(field).get<double>(), 1e-6)
        << field;
  }
  EXPECT_EQ(really.at("next").at("item").at("id"), supposed.at("next").at("item_id"));
  const Json skill =
      checked(client_->get("/v1/students/ann/what-if?course_id=maths&skill_id=add&answers=5"), 200,
              "WhatIfReply")
          .at("what_if");
  EXPECT_GT(skill.at("p_after"), skill.at("p_before"));
  EXPECT_EQ(skill.at("answers"), 5);
}

TEST_F(TutorRoutes, WhatCannotBeExplainedIsSaid) {
  const std::string at = "/v1/students/ann/";
  EXPECT_NE(fault(client_->get(at + "explanations?course_id=maths&item_id=x"), 404).find("\"x\""),
            std::string::npos);
  fault(client_->get("/v1/students/zoe/explanations?course_id=maths"), 404);
  fault(client_->get(at + "explanations?course_id=x"), 404);
  fault(client_->get(at + "explanations"), 400);
  EXPECT_NE(fault(client_->get(at + "what-if?course_id=maths"), 400).find("exactly one"),
            std::string::npos);
  fault(client_->get(at + "what-if?course_id=maths&item_id=i1&skill_id=add"), 400);
  fault(client_->get(at + "what-if?course_id=maths&item_id=i1&answers=51"), 400);
  fault(client_->get(at + "what-if?course_id=maths&item_id=i1&result=maybe"), 400);
  fault(client_->get(at + "what-if?course_id=maths&skill_id=zzz"), 404);
  fault(client_->get("/v1/students/zoe/what-if?course_id=maths&item_id=i1"), 404);
}

TEST_F(TutorRoutes, APlanLeadsToTheGoalAndChangesWithAnswers) {
  const std::string ask = "/v1/students/ann/plan?course_id=maths&goal=mul&minutes=30";
  const Json before = checked(client_->get(ask), 200, "Plan");
  ASSERT_FALSE(before.at("steps").empty());
  EXPECT_LE(before.at("minutes_planned"), 30.0);
  EXPECT_GT(before.at("p_end"), before.at("p_start"));
  answered(6);
  const Json after = checked(client_->get(ask), 200, "Plan");
  EXPECT_EQ(after.at("answers"), 6);
  EXPECT_NE(after.at("p_start"), before.at("p_start"));
}

TEST_F(TutorRoutes, APlanThatCannotBeIsSaid) {
  const std::string at = "/v1/students/ann/plan?course_id=maths";
  EXPECT_NE(fault(client_->get(at + "&goal=mulx"), 404).find("near it: mul"), std::string::npos);
  fault(client_->get(at), 400);
  fault(client_->get(at + "&goal=mul&minutes=-1"), 400);
  fault(client_->get(at + "&goal=mul&minutes=100001"), 400);
  fault(client_->get(at + "&goal=mul&minutes=soon"), 400);
  fault(client_->get("/v1/students/zoe/plan?course_id=maths&goal=mul"), 404);
  fault(client_->get("/v1/students/ann/plan?course_id=x&goal=mul"), 404);
  StoredCourse course{.id = "thin",
                      .name = same_text("thin"),
                      .simulated = true,
                      .content = {},
                      .skills = {{"a", same_text("a"), {}, {}}, {"b", same_text("b"), {}, {"a"}}},
                      .items = {{"i", same_text("i"), {"a"}}}};
  ASSERT_TRUE(store_->courses().add(course));
  ASSERT_EQ(client_->post("/v1/courses/thin/students", R"({"id":"bob","display_name":"A"})").status,
            201);
  EXPECT_NE(
      fault(client_->get("/v1/students/bob/plan?course_id=thin&goal=b"), 400).find("out of reach"),
      std::string::npos);
}

/// A test is its answers: whoever has them goes on with it, at this server or at the next.
TEST_F(TutorRoutes, ATestGoesOnFromItsAnswersAloneAlsoAfterARestart) {
  classmates();
  std::string answers;
  std::vector<std::string> asked;
  for (int n = 0; n < 4; ++n) {
    const std::string rest = fmt::format(R"(,"student_id":"ann","answers":[{}])", answers);
    const Json now = step(rest);
    EXPECT_EQ(now.at("report").at("items").size(), static_cast<std::size_t>(n));
    asked.push_back(now.at("question").at("id").get<std::string>());
    EXPECT_EQ(std::count(asked.begin(), asked.end(), asked.back()), 1);
    if (n == 2) {  // a new process, which knows the store and nothing else
      client_.reset();
      server_.reset();
      services_ = std::make_unique<Services>(*store_, run_, model_, clock_);
      start();
      EXPECT_EQ(step(rest), now);
    }
    answers += fmt::format(R"({}{{"item_id":"{}","correct":{}}})", n == 0 ? "" : ",", asked.back(),
                           n % 2 == 0 ? "true" : "false");
  }
  const Json end = step(fmt::format(R"(,"answers":[{}])", answers));
  EXPECT_TRUE(end.at("question").is_null());
  EXPECT_EQ(end.at("report").at("stopped"), "nothing_left");
  EXPECT_EQ(end.at("report").at("items").size(), 4U);
  EXPECT_EQ(end.at("calibration").at("answers"), 32);
  EXPECT_EQ(step(R"(,"skills":["mul"],"longest":1,"answers":[{"item_id":"i3","correct":true}])")
                .at("report")
                .at("stopped"),
            "longest");
  EXPECT_EQ(step(R"(,"end":true)").at("report").at("stopped"), "ended");
}

TEST_F(TutorRoutes, ATestIsClassifiedAndLimitedAsAsked) {
  classmates();
  const std::string answers =
      R"("answers":[{"item_id":"i1","correct":true},{"item_id":"i2","correct":true}])";
  const std::string rule =
      R"(,"cut":-4,"classify":"sprt","indifference":2,"error_below":0.4,"error_above":0.4)";
  const Json over = step(rule + R"(,"shortest":1,)" + answers).at("report");
  EXPECT_EQ(over.at("stopped"), "classified");
  EXPECT_EQ(over.at("above_cut"), true);
  EXPECT_TRUE(step("," + answers).at("report").at("above_cut").is_null());
  EXPECT_EQ(step(R"(,"seconds":5,"elapsed_s":5)").at("report").at("stopped"), "time");
  std::set<std::string> first;
  for (int seed = 0; seed < 20; ++seed) {
    const std::string rest = fmt::format(R"(,"longest":1,"exposure":0.6,"seed":{})", seed);
    const Json now = step(rest);
    EXPECT_EQ(step(rest), now) << "drawn by the seed alone";
    first.insert(now.at("question").at("id").get<std::string>());
  }
  EXPECT_GT(first.size(), 1U) << "no item is the first of everybody";
  step(R"(,"classify":"sprt")", 400);
  step(R"(,"cut":0,"classify":"best")", 400);
  step(R"(,"longest":4,"exposure":0.2)", 400);
}

TEST_F(TutorRoutes, ATestThatCannotBeIsSaid) {
  const auto said = [&](const std::string& rest, int status) {
    return step(rest, status).at("error").at("message").get<std::string>();
  };
  said("", 400);  // nobody has answered yet
  classmates();
  EXPECT_NE(said(R"(,"skills":["ad"])", 404).find("near it: add"), std::string::npos);
  said(R"(,"student_id":"zoe")", 404);
  said(R"(,"answers":[{"item_id":"zz","correct":true}])", 404);
  EXPECT_NE(
      said(R"(,"answers":[{"item_id":"i1","correct":true},{"item_id":"i1","correct":true}])", 400)
          .find("once"),
      std::string::npos);
  said(R"(,"skills":["mul"],"answers":[{"item_id":"i1","correct":true}])", 400);
  EXPECT_NE(said(R"(,"answers":[{"item_id":"i1"}])", 400).find("place 1"), std::string::npos);
  said(R"(,"answers":[1])", 400);
  said(R"(,"answers":{})", 400);
  said(R"(,"longest":0)", 400);
  said(R"(,"longest":201)", 400);
  said(R"(,"precision":-1)", 400);
  said(R"(,"precision":"x")", 400);
  said(R"(,"known":3)", 400);
  said(R"(,"selector":"best")", 400);
  checked(client_->post("/v1/tests", R"({"course_id":"x"})"), 404, "Error");
  StoredCourse empty{.id = "empty",
                     .name = same_text("empty"),
                     .simulated = true,
                     .content = {},
                     .skills = {},
                     .items = {}};
  ASSERT_TRUE(store_->courses().add(empty));
  checked(client_->post("/v1/tests", R"({"course_id":"empty"})"), 400, "Error");
}

}  // namespace
}  // namespace meno
