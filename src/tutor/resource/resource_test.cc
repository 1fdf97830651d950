#include "tutor/resource/resource.h"

#include <memory>

#include <gtest/gtest.h>

#include "tutor/fake_student_for_test.h"

namespace meno {
namespace {

constexpr TimePoint kNow{std::chrono::milliseconds(1'700'000'000'000)};
constexpr SkillId kAdd{0U};
constexpr SkillId kMultiply{1U};

// add -> multiply, four items each.
class SuggestResource : public ::testing::Test {
 protected:
  SuggestResource() {
    Course course;
    for (const char* name : {"add", "multiply"}) course.skills.intern(name);
    for (std::size_t k = 0; k < 8; ++k) {
      course.items.intern("item" + std::to_string(k));
      course.item_skills.push_back({SkillId(k / 4)});
    }
    model_ = std::make_unique<FakeModel>(std::vector<double>(8, 0.0), 2);
    const std::vector<Prerequisite> edges{{"add", "multiply"}};
    auto graph = SkillGraph::make(course.skills, edges);
    CourseNames names{.skills = {{"Addition", "加法"}, {"Multiplication", "乘法"}}, .items = {}};
    course_ = std::make_unique<TutorCourse>(std::move(course), *std::move(graph), std::move(names),
                                            *model_);
    tracker_ = model_->new_student();
  }

  static Resource resource(const std::string& id, ResourceKind kind, SkillId skill) {
    return {.id = id, .kind = kind, .title = same_text(id), .skills = {skill}, .minutes = 4.0};
  }
  void practise(SkillId skill, int right, int wrong) {
    for (int k = 0; k < right + wrong; ++k) {
      const ItemId item(4U * skill.value + static_cast<std::uint32_t>(k) % 4U);
      const Event event{.item = item,
                        .skills = course_->course().skills_of(item),
                        .correct = k < right ? 1.0F : 0.0F,
                        .at = kNow};
      tracker_->observe(event);
      record_.observe(event, {});
    }
  }
  Learner learner() const {
    return {.tracker = *tracker_, .record = record_, .now = kNow, .feedback = &feedback_};
  }
  std::optional<SuggestedResource> suggest(SkillId skill,
                                           ReasonCode code = ReasonCode::PracticeZone,
                                           SkillId unlocks = {}) const {
    const Reason reason{
        .code = code,
        .mastery =
            mastery_of(std::span(&skill, 1), *tracker_, record_, course_->probes(), kNow).front(),
        .unlocks = unlocks};
    return suggest_resource(learner(), *course_, shelf_, reason);
  }

  std::unique_ptr<FakeModel> model_;
  std::unique_ptr<TutorCourse> course_;
  std::unique_ptr<Tracker> tracker_;
  LearningRecord record_;
  FeedbackRecord feedback_;
  std::vector<Resource> shelf_{
      resource("read add", ResourceKind::Reading, kAdd),
      resource("add solved", ResourceKind::WorkedExample, kAdd),
      resource("build with add", ResourceKind::Project, kAdd),
      resource("film of multiply", ResourceKind::Video, kMultiply),
  };
};

TEST_F(SuggestResource, ANewSkillBeginsWithAWorkedExample) {
  const auto made = suggest(kAdd);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->resource.id, "add solved");
  EXPECT_EQ(made->need, ResourceNeed::NewSkill);
  EXPECT_NE(made->text.en.find("“Addition” is new to you"), std::string::npos) << made->text.en;
  EXPECT_NE(made->text.en.find("(about 4 min)"), std::string::npos);
  EXPECT_NE(made->text.en.find("has not been measured"), std::string::npos);
  EXPECT_NE(made->text.zh_cn.find("“加法”对你来说是新内容"), std::string::npos);
  practise(kAdd, 2, 0);
  EXPECT_FALSE(suggest(kAdd)) << "begun, and going well: exercises teach better";
}

TEST_F(SuggestResource, TwoWrongInARowAreRepeatedFailureAndOneIsNot) {
  practise(kAdd, 3, 1);
  EXPECT_FALSE(suggest(kAdd));
  practise(kAdd, 0, 1);
  const auto made = suggest(kAdd);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->need, ResourceNeed::RepeatedFailure);
  EXPECT_NE(made->text.en.find("Your last 2 answers on “Addition” were wrong"), std::string::npos);
}

TEST_F(SuggestResource, AThinPrerequisiteIsReadBeforeTheSkillThatNeedsIt) {
  practise(kMultiply, 1, 1);
  const auto made = suggest(kMultiply);
  ASSERT_TRUE(made);
  EXPECT_EQ(made->need, ResourceNeed::ThinPrerequisite);
  EXPECT_EQ(made->skill, kAdd);
  EXPECT_EQ(made->unlocks, kMultiply);
  EXPECT_EQ(made->resource.id, "read add");
  practise(kMultiply, 3, 0);
  EXPECT_FALSE(suggest(kMultiply)) << "the student copes without it";
  const auto gap = suggest(kAdd, ReasonCode::PrerequisiteGap, kMultiply);
  ASSERT_TRUE(gap);
  EXPECT_EQ(gap->need, ResourceNeed::ThinPrerequisite);
}

TEST_F(SuggestResource, AProjectComesOnlyOnceAllItsSkillsAreMastered) {
  practise(kAdd, 60, 0);
  EXPECT_EQ(suggest(kAdd, ReasonCode::Stretch)->resource.id, "build with add");
  shelf_[2].skills.push_back(kMultiply);
  EXPECT_FALSE(suggest(kAdd, ReasonCode::Stretch));
}

TEST_F(SuggestResource, WhatWasStudiedOrPutOffWaits) {
  feedback_.take_resource(FeedbackKind::Swap, "add solved");
  EXPECT_EQ(suggest(kAdd)->resource.id, "read add") << "another one at once";
  feedback_.take_resource(FeedbackKind::Accept, "read add");
  EXPECT_FALSE(suggest(kAdd)) << "exercises come first after a resource";
  for (int k = 0; k < 3; ++k) feedback_.answered();
  EXPECT_FALSE(suggest(kAdd)) << "both are put off, and a project is not for beginners";
  for (int k = 0; k < 12; ++k) feedback_.answered();
  EXPECT_EQ(suggest(kAdd)->resource.id, "add solved") << "15 steps after the swap";
  for (int k = 0; k < 60; ++k) feedback_.answered();
  EXPECT_FALSE(feedback_.puts_off("read add"));
}

TEST_F(SuggestResource, OnAPathOnlyWhatIsNewOrFailingOrWeakGetsOne) {
  const auto on_path = [&](SkillId skill, SkillId unlocks) {
    const auto mastery =
        mastery_of(std::span(&skill, 1), *tracker_, record_, course_->probes(), kNow).front();
    return resource_on_path(learner(), *course_, shelf_, mastery, unlocks);
  };
  EXPECT_EQ(on_path(kAdd, kMultiply)->need, ResourceNeed::NewSkill);
  practise(kAdd, 0, 2);
  EXPECT_EQ(on_path(kAdd, kMultiply)->need, ResourceNeed::RepeatedFailure);
  practise(kAdd, 0, 3);
  practise(kAdd, 1, 0);
  EXPECT_EQ(on_path(kAdd, kMultiply)->need, ResourceNeed::ThinPrerequisite);
  EXPECT_FALSE(on_path(kAdd, {})) << "the goal itself is practised";
}

}  // namespace
}  // namespace meno
