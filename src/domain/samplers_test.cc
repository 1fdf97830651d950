#include "domain/samplers.h"

#include <deque>
#include <set>

#include <gtest/gtest.h>

namespace meno {
namespace {

/// Students whose answers can be told apart: student s's answer t has response time 1000 s + t.
struct Crowd {
  std::deque<History> histories;
  TaskPool pool;
};

std::unique_ptr<Crowd> crowd_of(std::uint64_t seed) {
  auto crowd = std::make_unique<Crowd>();
  Rng rng(seed);
  for (std::int32_t s = 0; s < 40; ++s) {
    History& history = crowd->histories.emplace_back();
    const std::size_t answers = 1 + rng.below(80);
    for (std::size_t t = 0; t < answers; ++t) {
      std::vector<SkillId> skills{SkillId(rng.below(4))};
      if (rng.chance(0.3)) skills.emplace_back(4 + rng.below(3));
      history.push_back({.item = ItemId(rng.below(15)),
                         .skills = skills,
                         .correct = 1.0F,
                         .response_ms = 1000 * s + static_cast<std::int32_t>(t)});
    }
    crowd->pool.class_of.emplace_back(rng.below(6));
    crowd->pool.school_of.emplace_back(rng.below(3));
  }
  for (const History& history : crowd->histories)
    crowd->pool.windows.push_back({history.view(), 0, 2});
  return crowd;
}

std::int32_t student_of(const Window& window) { return window.events[0].response_ms / 1000; }

/// What is scored on one side of a task.
std::set<std::int32_t> scored(const std::vector<Window>& side) {
  std::set<std::int32_t> rows;
  for (const Window& window : side) {
    for (std::size_t t = window.from; t < window.events.size(); ++t)
      rows.insert(window.events[t].response_ms);
  }
  return rows;
}

std::set<std::int32_t> students(const std::vector<Window>& side) {
  std::set<std::int32_t> found;
  for (const Window& window : side) found.insert(student_of(window));
  return found;
}

bool disjoint(const std::set<std::int32_t>& a, const std::set<std::int32_t>& b) {
  return std::none_of(a.begin(), a.end(), [&](std::int32_t x) { return b.count(x) > 0; });
}

class EverySampler : public testing::TestWithParam<const char*> {};

void expect_well_formed(const std::vector<Window>& side) {
  ASSERT_FALSE(side.empty());
  for (const Window& window : side) {
    EXPECT_LT(window.from, window.events.size());
    EXPECT_LE(window.events.size(), 30u);
    EXPECT_EQ(window.fold, 2) << "cross-fitting folds travel with the window";
  }
}

TEST_P(EverySampler, NeverScoresASupportAnswerInTheQuery) {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    const auto crowd = crowd_of(seed);
    const auto sampler =
        make_sampler(GetParam(), crowd->pool, {.support = 4, .query = 7, .longest_window = 30});
    ASSERT_TRUE(sampler) << sampler.error().message;
    Rng rng(seed);
    for (int draw = 0; draw < 50; ++draw) {
      const Task task = (*sampler)->sample(rng);
      expect_well_formed(task.support);
      expect_well_formed(task.query);
      EXPECT_TRUE(disjoint(scored(task.support), scored(task.query)));
      const bool one_student = std::string_view(GetParam()) == "student";
      EXPECT_EQ(disjoint(students(task.support), students(task.query)), !one_student);
    }
  }
}

TEST_P(EverySampler, DrawsTheSameTasksForOneSeed) {
  const auto crowd = crowd_of(3);
  const auto sampler = make_sampler(GetParam(), crowd->pool, {});
  ASSERT_TRUE(sampler);
  Rng one(5);
  Rng two(5);
  for (int draw = 0; draw < 10; ++draw) {
    EXPECT_EQ(scored((*sampler)->sample(one).query), scored((*sampler)->sample(two).query));
  }
}

INSTANTIATE_TEST_SUITE_P(Registry, EverySampler,
                         testing::Values("student", "skill", "item", "class", "school", "course"));

TEST(SamplerRegistry, IsCoveredByTheseTests) { EXPECT_EQ(sampler_registry().size(), 6u); }

TEST(StudentSampler, JudgesOnWhatFollowsTheSupport) {
  const auto crowd = crowd_of(1);
  const auto sampler = make_sampler("student", crowd->pool, {.support = 5, .query = 10});
  ASSERT_TRUE(sampler);
  Rng rng(1);
  for (std::size_t i = 0; i < (*sampler)->size(); ++i) {
    const Task task = (*sampler)->task(i, rng);
    EXPECT_EQ(students(task.support), students(task.query));
    EXPECT_EQ(*scored(task.support).rbegin() + 1, *scored(task.query).begin());
    EXPECT_LE(scored(task.query).size(), 10u);
  }
}

bool about(const Window& window, SkillId skill) {
  for (std::size_t t = window.from; t < window.events.size(); ++t) {
    const auto skills = window.events[t].skills;
    if (std::find(skills.begin(), skills.end(), skill) == skills.end()) return false;
  }
  return true;
}

TEST(SkillSampler, ScoresOneSkillOnly) {
  const auto crowd = crowd_of(2);
  const auto sampler = make_sampler("skill", crowd->pool, {});
  ASSERT_TRUE(sampler);
  EXPECT_EQ((*sampler)->size(), 7u);
  Rng rng(2);
  for (std::size_t skill = 0; skill < 7; ++skill) {
    const Task task = (*sampler)->task(skill, rng);
    for (const Window& window : task.support) EXPECT_TRUE(about(window, SkillId(skill)));
    for (const Window& window : task.query) EXPECT_TRUE(about(window, SkillId(skill)));
  }
}

TEST(ClassSampler, StaysInsideOneClass) {
  const auto crowd = crowd_of(4);
  const auto sampler = make_sampler("class", crowd->pool, {.support = 2, .query = 3});
  ASSERT_TRUE(sampler);
  Rng rng(4);
  for (int draw = 0; draw < 40; ++draw) {
    const Task task = (*sampler)->sample(rng);
    std::set<std::uint32_t> classes;
    for (const auto* side : {&task.support, &task.query}) {
      for (const std::int32_t s : students(*side))
        classes.insert(crowd->pool.class_of[static_cast<std::size_t>(s)].value);
    }
    EXPECT_EQ(classes.size(), 1u);
  }
}

TEST(Sampler, SaysWhatItCannotDo) {
  TaskPool nobody;
  EXPECT_EQ(make_sampler("pupil", nobody, {}).error().message,
            "task sampler \"pupil\", expected one of student, skill, item, class, school, course");
  EXPECT_EQ(make_sampler("class", nobody, {}).error().kind, ErrorKind::InvalidInput);
}

}  // namespace
}  // namespace meno
