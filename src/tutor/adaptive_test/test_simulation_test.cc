// Exposure control and classification hold what they promise, on simulated students.
#include "tutor/adaptive_test/test_simulation.h"

#include <algorithm>
#include <cmath>

#include <gtest/gtest.h>

#include "tutor/adaptive_test/exposure.h"
#include "tutor/adaptive_test/registry.h"
#include "tutor/irt/simulated_bank_for_test.h"

namespace meno {
namespace {

/// A bank whose curves are known, as if it had been calibrated without error.
class SimulateTestsOf : public testing::Test {
 protected:
  SimulateTestsOf() : school_(simulated_bank(120, 0, 3, 0.0, 5)) {
    for (const ItemCurve& curve : school_.curves) calibrated_.irt.items.push_back({.curve = curve});
    calibrated_.course = &school_.course;
    for (std::size_t i = 0; i < 120; ++i) bank_.emplace_back(i);
    method_ = (*find_test_method("fisher"))->make(calibrated_);
  }

  TestSetting setting(const TestRules& rules) const {
    return {.course = school_.course,
            .method = *method_,
            .irt = calibrated_.irt,
            .bank = bank_,
            .rules = rules};
  }
  static std::vector<double> abilities(std::size_t count, std::uint64_t seed) {
    Rng rng(seed);
    std::vector<double> drawn;
    for (std::size_t u = 0; u < count; ++u) drawn.push_back(rng.normal());
    return drawn;
  }
  /// Share called above the cut at 0 of students of one ability, with mean questions.
  SimulatedTests called(Classify rule, double ability) const {
    const TestRules rules{.shortest = 1,
                          .longest = 100,
                          .cut = 0.0,
                          .classify = rule,
                          .indifference = 0.4,
                          .error_below = 0.05,
                          .error_above = 0.05};
    return *simulate_tests(setting(rules), std::vector<double>(400, ability), Rng(8));
  }

  SimulatedBank school_;
  Calibrated calibrated_;
  std::vector<ItemId> bank_;
  std::unique_ptr<TestMethod> method_;
};

TEST_F(SimulateTestsOf, ExposureStaysWithinItsLimitOnOtherStudents) {
  const TestRules rules{.shortest = 0, .longest = 10};
  const std::vector<double> others = abilities(1000, 77);
  const double before = [&] {
    const auto tests = simulate_tests(setting(rules), others, Rng(2));
    return *std::max_element(tests->asked.begin(), tests->asked.end());
  }();
  EXPECT_NEAR(before, 1.0, 1e-9) << "everybody is asked the same first question";
  for (const double most : {0.2, 0.4}) {
    const auto control = calibrate_exposure(setting(rules), {.most = most}, Rng(1));
    ASSERT_TRUE(control);
    TestSetting limited = setting(rules);
    limited.exposure = &*control;
    const auto tests = simulate_tests(limited, others, Rng(2));
    const double after = *std::max_element(tests->asked.begin(), tests->asked.end());
    EXPECT_LE(after, most + 3.0 * std::sqrt(most * (1.0 - most) / 1000.0));
    EXPECT_NEAR(tests->mean_questions, 10.0, 1e-9) << "nobody's test is cut short";
  }
}

TEST_F(SimulateTestsOf, TheLotteryIsDrawnOnceForAStudentHoweverTheTestIsResumed) {
  const TestRules rules{.shortest = 0, .longest = 6};
  const auto control = calibrate_exposure(setting(rules), {.most = 0.2, .students = 100}, Rng(1));
  const TestAids aids{.irt = &calibrated_.irt, .exposure = &*control};
  std::vector<ItemId> whole;
  auto session = TestSession::begin(school_.course, *method_, bank_, rules, Rng(4), aids);
  while (const auto item = session->next()) {
    auto resumed = TestSession::begin(school_.course, *method_, bank_, rules, Rng(4), aids);
    for (const ItemId earlier : whole)
      ASSERT_TRUE(resumed->resume(earlier, earlier.value % 2 == 0));
    EXPECT_EQ(resumed->next(), item);
    whole.push_back(*item);
    session->answer(item->value % 2 == 0);
  }
  EXPECT_EQ(whole.size(), 6U);
}

TEST_F(SimulateTestsOf, LikelihoodRatiosErrNoMoreThanAllowedAtTheEdgesOfIndifference) {
  const double slack = 3.0 * std::sqrt(0.05 * 0.95 / 400.0);
  for (const Classify rule : {Classify::Sprt, Classify::Glr}) {
    const SimulatedTests above = called(rule, 0.4);
    const SimulatedTests below = called(rule, -0.4);
    EXPECT_LE(1.0 - above.above, 0.05 + slack) << name_of(rule);
    EXPECT_LE(below.above, 0.05 + slack) << name_of(rule);
    EXPECT_GT(above.decided, 0.9) << name_of(rule);
    EXPECT_LT(called(rule, 1.5).mean_questions, above.mean_questions) << "far from the cut, sooner";
  }
  EXPECT_LE(called(Classify::Glr, 1.5).mean_questions, called(Classify::Sprt, 1.5).mean_questions)
      << "glr uses how far away the student is";
}

TEST_F(SimulateTestsOf, TheRatioIsThatOfTheTwoLikelihoods) {
  const TestRules rules{
      .shortest = 3, .longest = 3, .cut = 0.5, .classify = Classify::Sprt, .indifference = 0.25};
  auto session =
      TestSession::begin(school_.course, *method_, bank_, rules, Rng(4), {.irt = &calibrated_.irt});
  double expected = 0.0;
  for (const bool correct : {true, false, true}) {
    const ItemCurve& curve = school_.curves[session->next()->value];
    const auto given = [&](double ability) {
      return correct ? curve.p_correct(ability) : 1.0 - curve.p_correct(ability);
    };
    expected += std::log(given(0.75) / given(0.25));
    session->answer(correct);
  }
  EXPECT_FALSE(session->next());
  EXPECT_NEAR(session->report().log_ratio, expected, 1e-12);
  EXPECT_EQ(session->report().above_cut, expected > 0.0) << "over undecided: the likelier side";
}

TEST_F(SimulateTestsOf, SaysWhatIsWrong) {
  const auto said = [&](const TestRules& rules) {
    return TestSession::begin(school_.course, *method_, bank_, rules, Rng(1),
                              {.irt = &calibrated_.irt})
        .error()
        .message;
  };
  EXPECT_EQ(said({.classify = Classify::Sprt}), "classify is sprt, expected a cut to classify by");
  EXPECT_NE(said({.cut = 0.0, .classify = Classify::Glr, .error_above = 0.5}).find("rates between"),
            std::string::npos);
  EXPECT_NE(said({.exposure = 1.5}).find("a share of students"), std::string::npos);
  const auto tight =
      calibrate_exposure(setting({.shortest = 0, .longest = 20}), {.most = 0.1}, Rng(1));
  ASSERT_FALSE(tight);
  EXPECT_NE(tight.error().message.find("more than 0.167"), std::string::npos)
      << tight.error().message;
}

}  // namespace
}  // namespace meno
