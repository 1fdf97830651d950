// Course statistics against a slow oracle that recounts the cohort for every student from scratch.
#include "models/evidence/course_statistics.h"

#include <deque>
#include <functional>
#include <map>

#include <gtest/gtest.h>

namespace meno::evidence {
namespace {

constexpr int kFolds = 3;

class Statistics : public testing::Test {
 protected:
  void SetUp() override {
    Rng rng(5);
    for (int student = 0; student < 9; ++student) {
      History& history = histories_.emplace_back();
      for (int t = 0; t < 12; ++t) history.push_back(random_event(rng));
      windows_.push_back({.events = {}, .fold = student % kFolds});
    }
    for (std::size_t k = 0; k < windows_.size(); ++k) windows_[k].events = histories_[k].view();
  }

  Event random_event(Rng& rng) {
    const std::uint64_t item = rng.below(5);
    static const SkillId kSets[][2] = {
        {SkillId(0U), SkillId(1U)}, {SkillId(1U), SkillId(2U)}, {SkillId(2U), SkillId(3U)}};
    return {.item = ItemId(item),
            .skills = std::span(kSets[item % 3]).first(1 + item % 2),
            .correct = rng.chance(.6) ? 1.0F : 0.0F};
  }

  CourseStatistics counted() const {
    return CourseStatistics::count(
        {.items = 5, .skills = 4, .training = windows_, .folds = kFolds});
  }

  /// Counts under every count key met by the students that `keep` accepts, by plain recounting.
  std::map<std::uint64_t, Entry> recounted(const std::function<bool(std::size_t)>& keep) const {
    std::map<std::uint64_t, Entry> counts;
    for (std::size_t k = 0; k < windows_.size(); ++k) {
      if (!keep(k)) continue;
      StudentState student;
      for (std::size_t t = 0; t < windows_[k].events.size(); ++t) {
        const Event event = windows_[k].events[t];
        const Keys keys = keys_of(student, situation_of(student, event.item, event.skills));
        for (const std::uint64_t key : keys.count) {
          counts[key].first += event.correct;
          counts[key].second += 1.0F;
        }
        observe(student, event, {});
      }
    }
    return counts;
  }

  std::deque<History> histories_;
  std::vector<Window> windows_;
};

TEST_F(Statistics, CountsOfAFoldAreThoseOfTheOtherStudents) {
  const CourseStatistics statistics = counted();
  for (const int fold : {kNoFold, 0, 1, 2}) {
    const auto oracle =
        recounted([&](std::size_t k) { return fold == kNoFold || windows_[k].fold != fold; });
    StudentState student;
    for (std::size_t t = 0; t < windows_[0].events.size(); ++t) {
      const Event event = windows_[0].events[t];
      const Keys keys = keys_of(student, situation_of(student, event.item, event.skills));
      Lookups found;
      statistics.look_up(keys, fold, found);
      for (std::size_t k = 0; k < kCounts; ++k) {
        const auto expected = oracle.find(keys.count[k]);
        const Entry entry = expected == oracle.end() ? Entry{} : expected->second;
        EXPECT_EQ(found.right[k], entry.first) << "fold " << fold << " t " << t << " table " << k;
        EXPECT_EQ(found.all[k], entry.second) << "fold " << fold << " t " << t << " table " << k;
      }
      observe(student, event, {});
    }
  }
}

TEST_F(Statistics, NothingOfAFoldReachesItsOwnStudents) {
  const CourseStatistics before = counted();
  // Turn every answer of fold 1 round: what its students look up must not move at all.
  for (std::size_t k = 0; k < histories_.size(); ++k) {
    if (windows_[k].fold != 1) continue;
    History turned;
    for (std::size_t t = 0; t < histories_[k].size(); ++t) {
      Event event = histories_[k].view()[t];
      event.correct = 1.0F - event.correct;
      turned.push_back(event);
    }
    histories_[k] = turned;
    windows_[k].events = histories_[k].view();
  }
  const CourseStatistics after = counted();
  StudentState student;
  for (std::size_t t = 0; t < windows_[1].events.size(); ++t) {
    const Event event = windows_[1].events[t];
    const Target target{.item = event.item, .skills = event.skills};
    const Scene old_scene = scene_of(before, student, target, 1);
    const Scene new_scene = scene_of(after, student, target, 1);
    EXPECT_EQ(old_scene.lookups.base, new_scene.lookups.base);
    EXPECT_EQ(old_scene.lookups.right, new_scene.lookups.right) << t;
    EXPECT_EQ(old_scene.lookups.residual, new_scene.lookups.residual) << t;
    EXPECT_EQ(old_scene.lookups.variance, new_scene.lookups.variance) << t;
    // Against the whole, the turn does show: the test would notice a leak.
    if (t == 0) {
      const Scene whole_before = scene_of(before, student, target, kNoFold);
      const Scene whole_after = scene_of(after, student, target, kNoFold);
      EXPECT_NE(whole_before.lookups.base, whole_after.lookups.base);
    }
    observe(student, event, forecast_of(new_scene.rates));
  }
}

TEST_F(Statistics, SurviveTheirFile) {
  const CourseStatistics statistics = counted();
  const Result<CourseStatistics> read = CourseStatistics::from_tensors(statistics.tensors());
  ASSERT_TRUE(read);
  StudentState student;
  for (std::size_t t = 0; t < windows_[2].events.size(); ++t) {
    const Event event = windows_[2].events[t];
    const Target target{.item = event.item, .skills = event.skills};
    const Scene first = scene_of(statistics, student, target, kNoFold);
    const Scene second = scene_of(*read, student, target, kNoFold);
    EXPECT_EQ(first.lookups.right, second.lookups.right);
    EXPECT_EQ(first.lookups.residual, second.lookups.residual);
    observe(student, event, forecast_of(first.rates));
  }
}

TEST_F(Statistics, RefusesTensorsOfAnotherModel) {
  Tensors tensors = counted().tensors();
  tensors.erase("table.values");
  const Result<CourseStatistics> read = CourseStatistics::from_tensors(tensors);
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().kind, ErrorKind::InvalidInput);
}

TEST_F(Statistics, PrequentialCountsAreThoseOfEarlierFolds) {
  const CourseStatistics statistics = CourseStatistics::count({.items = 5,
                                                               .skills = 4,
                                                               .training = windows_,
                                                               .folds = kFolds,
                                                               .fitting = Fitting::Prequential});
  for (const int fold : {kNoFold, 0, 1, 2}) {
    const auto oracle =
        recounted([&](std::size_t k) { return fold == kNoFold || windows_[k].fold < fold; });
    StudentState student;
    for (std::size_t t = 0; t < windows_[0].events.size(); ++t) {
      const Event event = windows_[0].events[t];
      const Keys keys = keys_of(student, situation_of(student, event.item, event.skills));
      Lookups found;
      statistics.look_up(keys, fold, found);
      for (std::size_t k = 0; k < kCounts; ++k) {
        const auto expected = oracle.find(keys.count[k]);
        const Entry entry = expected == oracle.end() ? Entry{} : expected->second;
        EXPECT_EQ(found.right[k], entry.first) << "fold " << fold << " t " << t << " table " << k;
        EXPECT_EQ(found.all[k], entry.second) << "fold " << fold << " t " << t << " table " << k;
      }
      observe(student, event, {});
    }
  }
}

/// The features of a student must not move when he, or anyone in his fold or after it, answers
/// otherwise.
TEST_F(Statistics, PrequentialFeaturesDoNotKnowWhoCameLater) {
  const auto features = [&](std::size_t k) {
    const CourseStatistics statistics = CourseStatistics::count({.items = 5,
                                                                 .skills = 4,
                                                                 .training = windows_,
                                                                 .folds = kFolds,
                                                                 .fitting = Fitting::Prequential});
    std::vector<float> all;
    std::vector<float> x(kFeatures);
    StudentState student;
    const Sequence events = histories_[k].view();
    const Event first = events[0];
    write_features(student,
                   scene_of(statistics, student, {.item = first.item, .skills = first.skills},
                            windows_[k].fold),
                   x);
    all.insert(all.end(), x.begin(), x.end());
    return all;
  };
  const std::vector<float> before_1 = features(1);  // fold 1: sees fold 0 alone
  const std::vector<float> before_2 = features(2);  // fold 2: sees folds 0 and 1
  History flipped;
  for (std::size_t t = 0; t < histories_[4].size(); ++t) {  // of fold 1
    Event event = histories_[4].view()[t];
    event.correct = 1.0F - event.correct;
    flipped.push_back(event);
  }
  windows_[4].events = flipped.view();
  EXPECT_EQ(features(1), before_1) << "his own fold";
  EXPECT_NE(features(2), before_2) << "a later fold sees it";
}

}  // namespace
}  // namespace meno::evidence
