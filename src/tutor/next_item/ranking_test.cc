// The lazy ranking against working out every candidate, on courses and students of every kind.
#include "tutor/next_item/ranking.h"

#include <algorithm>
#include <array>
#include <memory>

#include <gtest/gtest.h>

#include "core/rng.h"
#include "tutor/fake_student_for_test.h"
#include "tutor/next_item/eager_ranking_for_test.h"

namespace meno {
namespace {

constexpr TimePoint kNow{std::chrono::milliseconds(1'700'000'000'000)};

/// Counts what it is asked, and otherwise is the tracker that it holds.
class CountingTracker final : public Tracker {
 public:
  CountingTracker(std::unique_ptr<Tracker> inner, std::size_t& asked)
      : inner_(std::move(inner)), asked_(asked) {}
  void observe(const Event& event) override { inner_->observe(event); }
  void p_correct(std::span<const Target> targets, std::span<double> p) const override {
    asked_ += targets.size();
    inner_->p_correct(targets, p);
  }
  std::unique_ptr<Tracker> clone() const override {
    return std::make_unique<CountingTracker>(inner_->clone(), asked_);
  }
  std::string save() const override { return inner_->save(); }
  Result<Done> restore(std::string_view bytes) override { return inner_->restore(bytes); }

 private:
  std::unique_ptr<Tracker> inner_;
  std::size_t& asked_;
};

/// A course of `skills` skills with random prerequisites; every item has one to three of them.
/// Easiness comes in steps, so that scores tie.
struct RandomCourse {
  RandomCourse(std::size_t skills, std::size_t items, Rng& rng) {
    for (std::size_t s = 0; s < skills; ++s) course.skills.intern("s" + std::to_string(s));
    for (std::size_t i = 0; i < items; ++i) {
      course.items.intern("i" + std::to_string(i));
      std::vector<SkillId> of_item;
      for (std::size_t k = rng.below(4) == 0 ? 3 : 1; k > 0; --k)
        of_item.emplace_back(rng.below(skills));
      std::sort(of_item.begin(), of_item.end());
      of_item.erase(std::unique(of_item.begin(), of_item.end()), of_item.end());
      course.item_skills.push_back(std::move(of_item));
      easiness.push_back(0.5 * static_cast<double>(rng.below(5)));
    }
    std::vector<Prerequisite> edges;
    for (std::size_t s = 1; s < skills; ++s) {
      for (std::size_t k = rng.below(3); k > 0; --k) {
        edges.push_back({course.skills.names()[rng.below(s)], course.skills.names()[s]});
      }
    }
    model = std::make_unique<FakeModel>(easiness, skills, 0.3);
    tutor = std::make_unique<TutorCourse>(course, *SkillGraph::make(course.skills, edges),
                                          CourseNames{}, *model);
  }
  Course course;
  std::vector<double> easiness;
  std::unique_ptr<FakeModel> model;
  std::unique_ptr<TutorCourse> tutor;
};

/// Somebody who practised some skills more than others over 60 days, and perhaps was away since.
struct RandomStudent {
  RandomStudent(const RandomCourse& on, Rng& rng) : tracker(on.model->new_student()) {
    const std::size_t items = on.course.items.size();
    const std::size_t range = 1 + rng.below(items);
    const auto away = std::chrono::days(rng.below(2) * rng.below(200));
    const double able = 0.4 + 0.6 * rng.uniform();
    for (std::size_t t = rng.below(160); t > 0; --t) {
      const ItemId item(rng.below(range));
      const Event event{.item = item,
                        .skills = on.course.skills_of(item),
                        .correct = rng.chance(able) ? 1.0F : 0.0F,
                        .at = kNow - away - std::chrono::hours(9 * t)};
      tracker->observe(event);
      record.observe(event, {.event_id = "e"});
    }
  }
  std::unique_ptr<Tracker> tracker;
  LearningRecord record;
};

/// Dates near and far, in the past and to come, for some of the skills.
std::vector<DueDate> random_dates(std::size_t skills, Rng& rng) {
  std::vector<DueDate> dates(skills);
  for (DueDate& date : dates) {
    if (rng.below(3) != 0) continue;
    date = {.at = kNow + std::chrono::hours(rng.below(24 * 80)) - std::chrono::days(30),
            .skill = SkillId(rng.below(skills))};
  }
  return dates;
}

FeedbackRecord random_feedback(const RandomCourse& on, Rng& rng) {
  FeedbackRecord feedback;
  for (std::size_t k = rng.below(30); k > 0; --k) {
    const ItemId item(rng.below(on.course.items.size()));
    feedback.take(static_cast<FeedbackKind>(rng.below(5)), item, on.course.skills_of(item));
    if (rng.below(2) == 0) feedback.answered();
  }
  return feedback;
}

void expect_equal(const std::vector<ScoredItem>& lazy, const std::vector<ScoredItem>& eager,
                  const std::string& where) {
  ASSERT_EQ(lazy.size(), eager.size()) << where;
  for (std::size_t k = 0; k < lazy.size(); ++k) {
    EXPECT_EQ(lazy[k].candidate, eager[k].candidate) << where << ", k=" << k;
    EXPECT_EQ(lazy[k].score, eager[k].score) << where << ", k=" << k;
    EXPECT_EQ(lazy[k].p_correct, eager[k].p_correct) << where << ", k=" << k;
    EXPECT_EQ(lazy[k].focus, eager[k].focus) << where << ", k=" << k;
  }
}

TEST(Ranking, IsWhatWorkingOutEveryCandidateGives) {
  Rng rng(5);
  std::array<int, 6> seen{};
  for (int round = 0; round < 400; ++round) {
    const RandomCourse course(2 + rng.below(14), 3 + rng.below(60), rng);
    const RandomStudent student(course, rng);
    SupposedRecord record(student.record);
    if (round % 3 == 0) {
      const ItemId item(0U);
      record.suppose({.item = item, .skills = course.course.skills_of(item), .correct = 1.0F});
    }
    const Snapshot snapshot{.tracker = *student.tracker, .record = record, .now = kNow};
    const std::vector<DueDate> due =
        round % 4 == 0 ? random_dates(course.course.skills.size(), rng) : std::vector<DueDate>();
    const NextItemRules rules{.due = due};
    const FeedbackRecord feedback =
        round % 2 == 0 ? random_feedback(course, rng) : FeedbackRecord();
    const auto items = course.tutor->practisable();
    const std::size_t count = 1 + rng.below(6);
    const Candidates candidates(items, *course.tutor, student.record, rules, &feedback);
    Ranking lazy(snapshot, *course.tutor, candidates, rules);
    const EagerRanking eager(snapshot, *course.tutor, rules, feedback);
    const auto best = lazy.best(count);
    expect_equal(best, eager.best(items, count), "round " + std::to_string(round));
    for (const ScoredItem& item : best) {
      EXPECT_EQ(lazy.motive(item.focus).code, eager.motive(item.focus).code);
      EXPECT_EQ(lazy.motive(item.focus).unlocks, eager.motive(item.focus).unlocks);
      ++seen[static_cast<std::size_t>(lazy.motive(item.focus).code)];
    }
  }
  for (const int times : seen) EXPECT_GT(times, 20) << "a motive that the rounds hardly meet";
}

TEST(Ranking, PredictsFewOfManyCandidates) {
  constexpr std::size_t kStudents = 20;
  Rng rng(6);
  const RandomCourse course(40, 1000, rng);
  const NextItemRules rules;
  std::size_t asked = 0;
  for (std::size_t k = 0; k < kStudents; ++k) {
    const RandomStudent student(course, rng);
    const CountingTracker tracker(student.tracker->clone(), asked);
    const SupposedRecord record(student.record);
    const Candidates candidates(course.tutor->practisable(), *course.tutor, student.record, rules);
    Ranking({.tracker = tracker, .record = record, .now = kNow}, *course.tutor, candidates, rules)
        .best(1);
  }
  EXPECT_LT(asked / kStudents, 600U) << "of 1,000 candidates and 200 probes";
}

}  // namespace
}  // namespace meno
