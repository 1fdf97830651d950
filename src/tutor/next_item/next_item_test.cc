#include "tutor/next_item/next_item.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <memory>
#include <numeric>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "tutor/fake_student_for_test.h"
#include "tutor/next_item/eager_ranking_for_test.h"
#include "tutor/next_item/ranking.h"

namespace meno {
namespace {

using std::chrono::days;

constexpr TimePoint kNow{std::chrono::milliseconds(1'700'000'000'000)};
constexpr SkillId kAdd{0U};
constexpr SkillId kMultiply{1U};
constexpr SkillId kDivide{2U};
constexpr double kEasiness = 0.9;

// Three skills in a chain, add -> multiply -> divide, four items each; item 4 s + k is on skill s.
class NextItem : public ::testing::Test {
 protected:
  NextItem() {
    Course course;
    for (const char* name : {"add", "multiply", "divide"}) course.skills.intern(name);
    std::vector<double> easiness;
    for (std::size_t s = 0; s < 3; ++s) {
      for (std::size_t k = 0; k < 4; ++k) {
        course.items.intern("item" + std::to_string(4 * s + k));
        course.item_skills.push_back({SkillId(s)});
        easiness.push_back(kEasiness + 0.25 * (static_cast<double>(k) - 1.5));
      }
    }
    model_ = std::make_unique<FakeModel>(easiness, 3);
    const std::vector<Prerequisite> edges{{"add", "multiply"}, {"multiply", "divide"}};
    auto graph = SkillGraph::make(course.skills, edges);
    CourseNames names{
        .skills = {{"Addition", "加法"}, {"Multiplication", "乘法"}, {"Division", "除法"}},
        .items = {}};
    course_ = std::make_unique<TutorCourse>(std::move(course), *std::move(graph), std::move(names),
                                            *model_);
    tracker_ = model_->new_student();
  }

  // `count` answers on the items of `skill` in turn, the first `right` of them right.
  void practise(SkillId skill, int count, int right, TimePoint at = kNow) {
    for (int k = 0; k < count; ++k) {
      const ItemId item(4U * skill.value + static_cast<std::uint32_t>(k) % 4U);
      const Event event{.item = item,
                        .skills = course_->course().skills_of(item),
                        .correct = k < right ? 1.0F : 0.0F,
                        .at = at};
      tracker_->observe(event);
      record_.observe(event, {.event_id = "event" + std::to_string(++events_)});
    }
  }
  // Overrules what the answers came to.
  void set_ability(SkillId skill, double logit) {
    dynamic_cast<FakeTracker&>(*tracker_).set_ability(skill, logit);
  }

  Learner learner() const { return {.tracker = *tracker_, .record = record_, .now = kNow}; }
  Recommendation best(const NextItemRules& rules = {}) const {
    return next_items(learner(), *course_, course_->practisable(), 1, rules).front();
  }

  std::unique_ptr<FakeModel> model_;
  std::unique_ptr<TutorCourse> course_;
  std::unique_ptr<Tracker> tracker_;
  LearningRecord record_;
  int events_ = 0;
};

TEST_F(NextItem, ExploresFromTheRootWhenNothingIsKnown) {
  const Recommendation first = best();
  EXPECT_EQ(first.reason.code, ReasonCode::ExploreNotEnoughEvidence);
  EXPECT_EQ(first.reason.mastery.skill, kAdd);
  EXPECT_TRUE(first.reason.evidence.empty());
  EXPECT_NE(first.reason.text.en.find("not answered anything"), std::string::npos);
  EXPECT_NE(first.reason.text.zh_cn.find("加法"), std::string::npos);
}

TEST_F(NextItem, SaysThatEvidenceIsTooLittle) {
  practise(kAdd, 2, 1);
  const Recommendation next = best();
  ASSERT_EQ(next.reason.code, ReasonCode::ExploreNotEnoughEvidence);
  EXPECT_EQ(next.reason.mastery.skill, kAdd);
  EXPECT_NE(next.reason.text.en.find("Only 2 answers"), std::string::npos) << next.reason.text.en;
  EXPECT_NE(next.reason.text.en.find("at least 3"), std::string::npos);
  EXPECT_NE(next.reason.text.zh_cn.find("2 次作答"), std::string::npos);
}

TEST_F(NextItem, PractisesWhatIsBeingLearnt) {
  practise(kAdd, 4, 2);
  practise(kMultiply, 2, 2);
  practise(kAdd, 1, 1);
  const Recommendation next = best({.repeat_gap = 1});
  EXPECT_EQ(next.reason.code, ReasonCode::PracticeZone);
  EXPECT_EQ(next.reason.mastery.skill, kAdd);
  EXPECT_EQ(next.reason.mastery.answers, 5U);
  EXPECT_NE(next.reason.text.en.find("from 5 answers"), std::string::npos) << next.reason.text.en;
  ASSERT_EQ(next.reason.evidence.size(), 3U);
  EXPECT_EQ(next.reason.evidence[0].event_id, "event7");
}

TEST_F(NextItem, ClosesAGapBeforeWhatNeedsIt) {
  practise(kAdd, 6, 6);
  practise(kMultiply, 6, 2);
  set_ability(kMultiply, -1.2);
  practise(kDivide, 4, 1);
  set_ability(kDivide, 0.0);
  const Recommendation next = best();
  EXPECT_EQ(next.reason.code, ReasonCode::PrerequisiteGap);
  EXPECT_EQ(next.reason.mastery.skill, kMultiply);
  EXPECT_EQ(next.reason.unlocks, kDivide);
  EXPECT_NE(next.reason.text.en.find("comes before “Division”"), std::string::npos);
  EXPECT_NE(next.reason.text.zh_cn.find("是学习“除法”的基础"), std::string::npos);
}

TEST_F(NextItem, ReviewsWhatHasFaded) {
  practise(kAdd, 8, 7, kNow - days(40));
  set_ability(kAdd, 0.8);
  practise(kMultiply, 12, 12);
  practise(kDivide, 12, 12);
  set_ability(kMultiply, 2.5);
  set_ability(kDivide, 2.5);
  const Recommendation next = best();
  EXPECT_EQ(next.reason.code, ReasonCode::ReviewForgetting);
  EXPECT_EQ(next.reason.mastery.skill, kAdd);
  EXPECT_NE(next.reason.text.en.find("40 days ago"), std::string::npos) << next.reason.text.en;
  EXPECT_NE(next.reason.text.zh_cn.find("40 天前"), std::string::npos);
}

TEST_F(NextItem, StretchesWhoHasMasteredEverything) {
  for (const SkillId skill : {kAdd, kMultiply, kDivide}) {
    practise(skill, 20, 20);
    set_ability(skill, 2.0);
  }
  const Recommendation next = best();
  EXPECT_EQ(next.reason.code, ReasonCode::Stretch);
  EXPECT_EQ(next.reason.mastery.state, MasteryState::Mastered);
  EXPECT_EQ(next.item.value % 4, 0U) << "the hardest item of a skill";
}

TEST_F(NextItem, AimsAtTheTarget) {
  practise(kAdd, 8, 4);
  practise(kMultiply, 3, 2);
  const std::array<ItemId, 4> items{ItemId(0U), ItemId(1U), ItemId(2U), ItemId(3U)};
  const auto chosen = [&](double target) {
    return next_items(learner(), *course_, items, 1, {.target = target, .repeat_gap = 1})
        .front()
        .p_correct;
  };
  EXPECT_GT(chosen(0.78), chosen(0.7));
  EXPECT_GT(chosen(0.7), chosen(0.6));
}

TEST_F(NextItem, DoesNotRepeatAnItemTooSoon) {
  practise(kAdd, 4, 2);
  std::vector<ItemId> given;
  for (int k = 0; k < 6; ++k) {
    const ItemId item = best().item;
    EXPECT_EQ(std::count(given.begin(), given.end(), item), 0) << "k=" << k;
    given.push_back(item);
    const Event event{.item = item, .skills = course_->course().skills_of(item), .at = kNow};
    tracker_->observe(event);
    record_.observe(event, {.event_id = "e"});
  }
}

TEST_F(NextItem, LeavesASkillAfterALongRun) {
  practise(kAdd, 6, 3);
  practise(kMultiply, 6, 3);  // the run
  practise(kMultiply, 6, 3);
  EXPECT_EQ(best().reason.mastery.skill, kAdd);
}

TEST_F(NextItem, ListsSeveralSkillsBestFirst) {
  practise(kAdd, 4, 2);
  const auto list = next_items(learner(), *course_, course_->practisable(), 4);
  ASSERT_EQ(list.size(), 4U);
  EXPECT_TRUE(std::is_sorted(list.begin(), list.end(),
                             [](const auto& a, const auto& b) { return a.score > b.score; }));
  EXPECT_NE(list[0].reason.mastery.skill, list[1].reason.mastery.skill);
  EXPECT_FALSE(list[0].reason.counterfactual.en.empty());
  EXPECT_TRUE(list[1].reason.counterfactual.en.empty());
}

TEST_F(NextItem, GivesWhatThereIs) {
  EXPECT_EQ(next_items(learner(), *course_, course_->practisable(), 99).size(), 12U);
  EXPECT_TRUE(next_items(learner(), *course_, {}, 3).empty());
  EXPECT_TRUE(next_items(learner(), *course_, course_->practisable(), 0).empty());
}

TEST_F(NextItem, ChoosesTheSameTwice) {
  practise(kAdd, 5, 3);
  const auto once = next_items(learner(), *course_, course_->practisable(), 5);
  const auto again = next_items(learner(), *course_, course_->practisable(), 5);
  for (std::size_t k = 0; k < once.size(); ++k) {
    EXPECT_EQ(once[k].item, again[k].item);
    EXPECT_EQ(once[k].reason.text, again[k].reason.text);
  }
  EXPECT_EQ(once[0].reason.counterfactual, again[0].reason.counterfactual);
}

TEST_F(NextItem, SurvivesAHundredThousandAnswers) {
  practise(kAdd, 100'000, 50'000);
  const Recommendation next = best();
  EXPECT_GT(next.p_correct, 0.0);
  EXPECT_LT(next.p_correct, 1.0);
  EXPECT_TRUE(std::isfinite(next.score));
}

// Oracle: what the counterfactual says, done by hand on the student himself.
TEST_F(NextItem, CounterfactualIsWhatHappensWhenItIsTried) {
  Rng rng(3);
  int changed = 0;
  for (int round = 0; round < 30; ++round) {
    record_ = LearningRecord();
    tracker_ = model_->new_student();
    for (const SkillId skill : {kAdd, kMultiply, kDivide}) {
      const int count = static_cast<int>(rng.below(8));
      practise(skill, count, static_cast<int>(rng.below(static_cast<std::uint64_t>(count) + 1)));
    }
    const Recommendation next = best();
    const std::string& said = next.reason.counterfactual.en;
    const SkillId skill = next.reason.mastery.skill;
    std::string expected = "Up to 3 more right or wrong answers on “" +
                           course_->skill_name(skill).en + "” would not have changed the choice.";
    bool found = false;
    for (int n = 1; n <= 3 && !found; ++n) {
      for (const bool correct : {true, false}) {
        const auto clone = model_->new_student();
        ASSERT_TRUE(clone->restore(tracker_->save()));
        SupposedRecord record(record_);
        std::vector<Target> items;
        for (const Target& t : course_->probes().of(skill)) {
          if (t.item != next.item) items.push_back(t);
        }
        for (int k = 0; k < n; ++k) {
          const Target& t = items[static_cast<std::size_t>(k) % items.size()];
          const Event event{
              .item = t.item, .skills = t.skills, .correct = correct ? 1.0F : 0.0F, .at = kNow};
          clone->observe(event);
          record.suppose(event);
        }
        const NextItemRules rules;
        const EagerRanking other({.tracker = *clone, .record = record, .now = kNow}, *course_,
                                 rules);
        const ScoredItem choice = other.best(course_->practisable(), 1).front();
        const ItemId item = course_->practisable()[choice.candidate];
        if (item == next.item) continue;
        expected = "Had there been " + std::to_string(n) + " more " +
                   (correct ? "right" : "wrong") + (n == 1 ? " answer" : " answers") + " on “" +
                   course_->skill_name(skill).en + "”, the choice would have been “" +
                   course_->item_name(item).en + "” (" + course_->skill_name(choice.focus).en +
                   ").";
        found = true;
        ++changed;
        break;
      }
    }
    EXPECT_EQ(said, expected) << "round " << round;
  }
  EXPECT_GT(changed, 5);
  EXPECT_LT(changed, 30);
}

TEST_F(NextItem, SparesTheCounterfactualWhenAsked) {
  EXPECT_TRUE(best({.most_trials = 0}).reason.counterfactual.en.empty());
}

// Oracle: the formula of the header, written out for single-skill items without runs or repeats.
TEST_F(NextItem, ScoreIsTheFormula) {
  practise(kAdd, 4, 2, kNow - days(1));
  practise(kMultiply, 1, 1);
  const NextItemRules rules{.repeat_gap = 1};
  const auto list = next_items(learner(), *course_, course_->practisable(), 1, rules);
  const Recommendation& top = list.front();
  ASSERT_EQ(top.reason.code, ReasonCode::PracticeZone);
  const double off = (top.p_correct - 0.78) / 0.12;
  EXPECT_NEAR(top.score, (0.6 + 0.3 * (1.0 - top.reason.mastery.p_mastery)) / (1.0 + off * off),
              1e-12);
}

TEST_F(NextItem, DiscountsALongRunAndASkillThatIsNotReady) {
  const NextItemRules rules{.repeat_gap = 1};
  const std::array<ItemId, 3> items{ItemId(4U), ItemId(5U), ItemId(6U)};  // on multiplication
  const auto expected = [](const Recommendation& top, double factor) {
    const double off = (top.p_correct - 0.78) / 0.12;
    return factor * (0.6 + 0.3 * (1.0 - top.reason.mastery.p_mastery)) / (1.0 + off * off);
  };
  struct Case {
    const char* why;
    double add_ability;
    int run;
    double factor;
  };
  const Case cases[] = {
      {"ready, run of two", 0.0, 2, 1.0},
      {"ready, run of four", 0.0, 4, 0.64},
      {"not ready", -2.0, 2, 0.25},
      {"neither", -2.0, 4, 0.16},
  };
  for (const Case& c : cases) {
    record_ = LearningRecord();
    tracker_ = model_->new_student();
    practise(kMultiply, 4, 2);
    practise(kAdd, 4, 2);
    practise(kMultiply, c.run, c.run / 2);
    set_ability(kAdd, c.add_ability);
    const auto top = next_items(learner(), *course_, items, 1, rules).front();
    ASSERT_EQ(top.reason.code, ReasonCode::PracticeZone) << c.why;
    EXPECT_NEAR(top.score, expected(top, c.factor), 1e-12) << c.why;
  }
}

TEST(Recall, HalvesPerHalfLife) {
  struct Case {
    const char* why;
    std::uint32_t right;
    std::uint32_t wrong;
    int days_ago;
    double recall;
  };
  const Case cases[] = {
      {"just now", 3, 0, 0, 1.0},
      {"h = 2^(1 + 2 - 1) = 4 days", 3, 0, 4, 0.5},
      {"h = 2^(1 + 3 - 1) = 8 days", 8, 0, 8, 0.5},
      {"more wrong than right: one day at least", 0, 24, 1, 0.5},
      {"never above 270 days", 10'000, 0, 270, 0.5},
  };
  for (const Case& c : cases) {
    SkillRecord record;
    record.answers = c.right + c.wrong;
    record.right = c.right;
    record.last_at = kNow - days(c.days_ago);
    EXPECT_NEAR(recall(record, kNow), c.recall, 1e-12) << c.why;
  }
  EXPECT_EQ(recall(SkillRecord(), kNow), 1.0) << "without times";
}

TEST_F(NextItem, WhatIsDueSoonComesFirstAndNamesItsDate) {
  for (int k = 0; k < 6; ++k)
    for (const SkillId skill : {kAdd, kMultiply, kDivide}) practise(skill, 1, k % 3 == 0 ? 0 : 1);
  for (const SkillId skill : {kAdd, kMultiply, kDivide}) set_ability(skill, 0.0);
  std::vector<DueDate> due(3);
  for (const SkillId skill : {kAdd, kMultiply, kDivide}) {
    std::fill(due.begin(), due.end(), DueDate());
    due[skill.value] = {.at = kNow + days(2), .skill = skill};
    const Recommendation next = best({.due = due});
    EXPECT_EQ(next.reason.mastery.skill, skill);
    EXPECT_EQ(next.reason.code, ReasonCode::DueSoon);
    EXPECT_EQ(next.reason.due, kNow + days(2));
    EXPECT_NE(next.reason.text.en.find("is due in 2 days (on 2023-11-16)"), std::string::npos)
        << next.reason.text.en;
  }
  due.assign(3, {.at = kNow + days(15), .skill = kDivide});
  EXPECT_NE(best({.due = due}).reason.code, ReasonCode::DueSoon) << "beyond two weeks";
  due.assign(3, {.at = kNow - days(15), .skill = kDivide});
  EXPECT_NE(best({.due = due}).reason.code, ReasonCode::DueSoon) << "long past";
}

TEST_F(NextItem, AMasteredSkillIsNotPractisedForItsDate) {
  practise(kAdd, 50, 50);
  std::vector<DueDate> due(3);
  due[kAdd.value] = {.at = kNow + days(1), .skill = kAdd};
  for (const Recommendation& one :
       next_items(learner(), *course_, course_->practisable(), 12, {.due = due}))
    EXPECT_NE(one.reason.code, ReasonCode::DueSoon);
}

TEST_F(NextItem, TheTeachersOrderBeatsTheScores) {
  const std::vector<SkillId> order{kDivide, kAdd};
  for (const Recommendation& one :
       next_items(learner(), *course_, course_->practisable(), 12, {.order = order})) {
    EXPECT_EQ(one.reason.code, ReasonCode::TeacherOrder);
    EXPECT_EQ(one.reason.mastery.skill, kDivide);
    EXPECT_EQ(one.item.value / 4, kDivide.value);
  }
  practise(kDivide, 50, 50);
  EXPECT_EQ(best({.order = order}).reason.mastery.skill, kAdd) << "mastered, so the next one";
  practise(kAdd, 50, 50);
  EXPECT_NE(best({.order = order}).reason.code, ReasonCode::TeacherOrder);
  const std::vector<ItemId> without{ItemId(0U), ItemId(1U)};
  const auto rest = next_items(learner(), *course_, without, 2, {.order = {order.data(), 1}});
  EXPECT_EQ(rest.size(), 2U) << "a skill without candidates holds nothing up";
}

TEST_F(NextItem, ASkillThatIsNeverMasteredDoesNotHoldUpTheOrder) {
  const std::vector<SkillId> order{kAdd, kMultiply};
  practise(kAdd, 20, 4);
  const NextItemRules patient{.order = order, .order_attempts = 21};
  EXPECT_EQ(best(patient).reason.mastery.skill, kAdd);
  EXPECT_FALSE(best(patient).reason.passed_over.known());
  const Reason next = best({.order = order, .order_attempts = 20}).reason;
  EXPECT_EQ(next.code, ReasonCode::TeacherOrder);
  EXPECT_EQ(next.mastery.skill, kMultiply);
  EXPECT_EQ(next.passed_over, kAdd);
  EXPECT_NE(next.text.en.find("“Addition” is not mastered yet, but has had its turn"),
            std::string::npos)
      << next.text.en;
  EXPECT_NE(next.text.zh_cn.find("“加法”尚未掌握"), std::string::npos);
  std::vector<DueDate> due(3);
  due[kAdd.value] = {.at = kNow - days(1), .skill = kAdd};
  EXPECT_EQ(best({.due = due, .order = order}).reason.mastery.skill, kMultiply) << "past its date";
  due[kAdd.value] = {.at = kNow - days(1), .skill = kDivide};
  EXPECT_EQ(best({.due = due, .order = order}).reason.mastery.skill, kAdd)
      << "the date is another skill's";
}

TEST_F(NextItem, WhatWasPutOffIsNotNextAndASwapLeavesTheSkill) {
  for (const SkillId skill : {kAdd, kMultiply, kDivide}) {
    practise(skill, 6, 4);
    set_ability(skill, 0.3);
  }
  const auto after = [&](FeedbackKind kind, const Recommendation& first) {
    FeedbackRecord feedback;
    feedback.take(kind, first.item, course_->course().skills_of(first.item));
    Learner one = learner();
    one.feedback = &feedback;
    return next_items(one, *course_, course_->practisable(), 1).front();
  };
  const Recommendation first = best();
  EXPECT_EQ(after(FeedbackKind::Accept, first).item, first.item);
  for (const FeedbackKind kind : {FeedbackKind::Dismiss, FeedbackKind::TooHard})
    EXPECT_NE(after(kind, first).item, first.item);
  EXPECT_NE(after(FeedbackKind::Swap, first).reason.mastery.skill, first.reason.mastery.skill);
}

TEST_F(NextItem, ExplorationSaysSoAndKeepsTheUsualEstimates) {
  for (const SkillId skill : {kAdd, kMultiply, kDivide}) practise(skill, 6, 4);
  const Recommendation usual = best();
  FakeTracker other(dynamic_cast<const FakeTracker&>(*tracker_));
  other.set_ability(usual.reason.mastery.skill, 6.0);  // as if that skill were safe
  Learner one = learner();
  one.sampled = &other;
  const Recommendation drawn = next_items(one, *course_, course_->practisable(), 1).front();
  ASSERT_NE(drawn.item, usual.item);
  EXPECT_EQ(drawn.reason.code, ReasonCode::ExploreUncertain);
  const auto mastery = mastery_of(std::span(&drawn.reason.mastery.skill, 1), *tracker_, record_,
                                  course_->probes(), kNow);
  EXPECT_EQ(drawn.reason.mastery.p_mastery, mastery.front().p_mastery);
  one.sampled = tracker_.get();
  EXPECT_EQ(next_items(one, *course_, course_->practisable(), 1).front().reason.code,
            usual.reason.code)
      << "a draw that agrees explores nothing";
}

}  // namespace
}  // namespace meno
