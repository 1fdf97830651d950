// The few-shot problems on a small simulated course: what may be known, and what rows come out.
#include "eval/fewshot/few_shot.h"

#include <deque>
#include <functional>
#include <set>

#include <gtest/gtest.h>

#include "core/tensors.h"
#include "eval/fewshot/new_students.h"
#include "eval/fewshot/new_things.h"

namespace meno {
namespace {

constexpr std::size_t kStudents = 40;
constexpr std::size_t kItems = 12;
constexpr std::size_t kSkills = 6;

/// Whether an answer, known by its time, is turned round.
using Turned = std::function<bool(std::int64_t at_ms, const Event& event)>;

/// Students of different ability; every answer of the school has a time of its own.
struct School {
  explicit School(const Turned& turned = nullptr) {
    for (std::size_t s = 0; s < kSkills; ++s) course.skills.intern("skill " + std::to_string(s));
    for (std::size_t i = 0; i < kItems; ++i) {
      course.items.intern("item " + std::to_string(i));
      course.item_skills.push_back({SkillId(i % kSkills)});
    }
    Rng rng(8);
    for (std::size_t s = 0; s < kStudents; ++s) {
      History& history = histories.emplace_back();
      const double ability = rng.uniform();
      const std::size_t answers = 12 + rng.below(50);
      for (std::size_t t = 0; t < answers; ++t) {
        const std::size_t item = rng.below(kItems);
        const auto at_ms = static_cast<std::int64_t>(1'000'000'000 + 1'000'000 * s + 1000 * t);
        const bool right = rng.chance(0.1 + 0.6 * ability + 0.02 * static_cast<double>(item));
        Event event{.item = ItemId(item),
                    .skills = course.item_skills[item],
                    .correct = right ? 1.0F : 0.0F,
                    .at = TimePoint{std::chrono::milliseconds(at_ms)}};
        if (turned && turned(at_ms, event)) event.correct = 1.0F - event.correct;
        history.push_back(event);
      }
    }
    for (const History& history : histories) source.students.push_back(history.view());
    for (std::size_t s = 0; s < kStudents; ++s) {
      auto& role = s % 4 == 0 ? split.test : s % 4 == 1 ? split.valid : split.train;
      role.push_back({StudentId(s), 0, histories[s].size()});
    }
  }

  Course course;
  std::deque<History> histories;
  SplitSource source;
  Split split{.name = "by number"};
};

std::int64_t time_of(const Event& event) { return event.at.time_since_epoch().count(); }

/// Times of all answers that a task adapts on, and of those that it is judged on.
std::set<std::int64_t> supported(const FewShotTask& task) {
  std::set<std::int64_t> times;
  for (const Window& window : task.support) {
    for (std::size_t t = window.from; t < window.events.size(); ++t)
      times.insert(time_of(window.events[t]));
  }
  return times;
}

std::set<std::int64_t> scored(const FewShotTask& task) {
  std::set<std::int64_t> times;
  for (const FewShotQuery& query : task.queries) {
    for (const auto& band : query.rows) {
      for (const std::uint32_t row : band) times.insert(time_of(query.window.events[row]));
    }
  }
  return times;
}

void expect_apart(const std::vector<FewShotTask>& tasks) {
  for (const FewShotTask& task : tasks) {
    const std::set<std::int64_t> given = supported(task);
    for (const std::int64_t at : scored(task)) EXPECT_EQ(given.count(at), 0U) << at;
  }
}

const Options kSmall{{"width", "4"}, {"hidden", "4"}, {"skill_vectors", "false"}};

struct NewSkills {
  explicit NewSkills(std::size_t answers, const Turned& turned = nullptr) : school(turned) {
    held_out = *HeldOut::draw(school.source, school.split, {.count = 2, .answers = 8, .seed = 3});
    std::vector<Window> windows;
    for (const Sequence& history : held_out->training()) windows.push_back({.events = history});
    const ModelEntry& entry = **find_model("evidence");
    const auto trained =
        entry.fit(kSmall, {.items = kItems, .skills = kSkills, .training = windows, .folds = 0});
    round = *held_out->round(entry, kSmall, **trained, answers);
  }
  std::string statistics() const { return encode_safetensors(round.model->statistics()); }
  bool holds_out(const Event& event) const {
    return is_about(event, Thing::Skill, held_out->things()[0]) ||
           is_about(event, Thing::Skill, held_out->things()[1]);
  }
  std::set<std::int64_t> given() const {
    std::set<std::int64_t> times;
    for (const FewShotTask& task : round.test) times.merge(supported(task));
    return times;
  }

  School school;
  std::unique_ptr<HeldOut> held_out;
  Round round;
};

TEST(NewStudents, SupportAndQueryNeverShareAScoredAnswer) {
  const School school;
  const auto round = student_round(school.source, school.split, {.answers = 5, .from = 5, .to = 15},
                                   true, nullptr);
  ASSERT_TRUE(round);
  EXPECT_EQ(round->test.size(), school.split.test.size());
  expect_apart(round->test);
  expect_apart(round->valid);
  for (const FewShotTask& task : round->test) {
    EXPECT_EQ(supported(task).size(), 5U);
    EXPECT_EQ(task.queries[0].rows[0].front(), 5U);
    EXPECT_LE(task.queries[0].rows[0].size(), 10U);
    for (const std::uint32_t row : task.queries[0].rows[1]) EXPECT_GE(row, kLate);
  }
}

TEST(NewThings, SupportAndQueryNeverShareAScoredAnswer) {
  const NewSkills skills(8);
  expect_apart(skills.round.test);
  expect_apart(skills.round.valid);
  ASSERT_EQ(skills.round.test.size(), 2U);
  for (const FewShotTask& task : skills.round.test) {
    EXPECT_EQ(supported(task).size(), 8U);
    EXPECT_FALSE(scored(task).empty());
  }
}

TEST(NewThings, AreAbsentFromTrainingAndFromTheContextOfOthers) {
  const NewSkills skills(8);
  for (const Sequence& history : skills.held_out->training()) {
    for (std::size_t t = 0; t < history.size(); ++t) EXPECT_FALSE(skills.holds_out(history[t]));
  }
  for (std::size_t k = 0; k < 2; ++k) {
    for (const FewShotQuery& query : skills.round.test[k].queries) {
      for (std::size_t t = 0; t < query.window.events.size(); ++t) {
        EXPECT_FALSE(
            is_about(query.window.events[t], Thing::Skill, skills.held_out->things()[1 - k]));
      }
    }
  }
}

TEST(NewThings, AreCountedFromTheGivenAnswersAlone) {
  for (const std::size_t answers : {0U, 3U}) {
    const NewSkills skills(answers);
    const std::set<std::int64_t> given = skills.given();
    EXPECT_EQ(given.size(), 2 * answers);
    const NewSkills others(answers, [&](std::int64_t at, const Event& event) {
      return skills.holds_out(event) && given.count(at) == 0;
    });
    ASSERT_EQ(others.held_out->things(), skills.held_out->things());
    EXPECT_EQ(others.statistics(), skills.statistics()) << "an answer that nobody gave is counted";
    if (answers == 0) continue;
    const NewSkills turned(answers,
                           [&](std::int64_t at, const Event&) { return given.count(at) > 0; });
    EXPECT_NE(turned.statistics(), skills.statistics()) << "the given answers are not counted";
  }
}

TEST(NewThings, KeepTheirAnswersWhenMoreAreGiven) {
  const std::set<std::int64_t> few = NewSkills(3).given();
  const std::set<std::int64_t> more = NewSkills(8).given();
  for (const std::int64_t at : few) EXPECT_EQ(more.count(at), 1U);
}

FewShotPlan quick_plan(const std::string& problem) {
  return {.problem = problem,
          .model_options = {{"width", "4"}, {"hidden", "4"}},
          .answers = {0, 4},
          .students = {5},
          .repeats = 1,
          .learners = {"scratch-logistic", "pretrained", "tuned", "fomaml"},
          .things = 2,
          .epochs = 2,
          .meta_epochs = 1,
          .resamples = 20};
}

TEST(FewShot, GivesARowPerContestantAndNumberOfAnswersForEveryProblem) {
  const School school;
  for (const std::string& problem : few_shot_problems()) {
    FewShotPlan plan = quick_plan(problem);
    if (problem == "maml-kt") plan.students = {3};
    const auto rows = run_few_shot(school.course, school.source, plan);
    ASSERT_TRUE(rows) << problem << ": " << rows.error().message;
    EXPECT_EQ(rows->size(), 8U) << problem;
    for (const FewShotRow& row : *rows) {
      ASSERT_TRUE(row.near.log_loss.value) << problem << " " << row.learner;
      EXPECT_GT(row.near.scored, 0U);
      const bool unmoved =
          row.learner == "pretrained" || (row.learner == "tuned" && row.answers == 0);
      EXPECT_TRUE(!unmoved || *row.near.log_loss_gain.value == 0.0) << row.learner;
    }
  }
}

TEST(FewShot, GivesTheSameRowsForTheSameSeed) {
  const School school;
  const auto once = run_few_shot(school.course, school.source, quick_plan("new-skill"));
  const auto again = run_few_shot(school.course, school.source, quick_plan("new-skill"));
  ASSERT_TRUE(once && again);
  for (std::size_t r = 0; r < once->size(); ++r) {
    EXPECT_EQ((*once)[r].near.auc.value, (*again)[r].near.auc.value);
    EXPECT_EQ((*once)[r].near.log_loss.value, (*again)[r].near.log_loss.value);
  }
}

TEST(FewShot, SaysInOneSentenceWhatIsWrong) {
  const School school;
  const auto message = [&](const std::function<void(FewShotPlan&)>& spoil) {
    FewShotPlan plan = quick_plan("new-student");
    spoil(plan);
    const auto rows = run_few_shot(school.course, school.source, plan);
    return rows ? std::string("no error") : rows.error().message;
  };
  EXPECT_EQ(message([](FewShotPlan& plan) {
              plan.answers = {3, -1};
            }),
            "answers -1, expected 0 or more");
  EXPECT_EQ(message([](FewShotPlan& plan) { plan.answers = {500}; }),
            "answers 500: none of 8 test students has more than 500 answers, expected one");
  EXPECT_EQ(message([](FewShotPlan& plan) { plan.repeats = 0; }),
            "repeats is 0, things 2, meta epochs 1, expected 1 or more each");
  EXPECT_NE(message([](FewShotPlan& plan) {
              plan.learners = {"mamal"};
            }).find("learner \"mamal\", expected one of: pretrained, "),
            std::string::npos);
  EXPECT_NE(message([](FewShotPlan& plan) {
              plan.problem = "new-skill";
              plan.things = 6;
            }).find("6 to hold out"),
            std::string::npos);
  EXPECT_EQ(message([](FewShotPlan& plan) {
              plan.problem = "new-item";
              plan.model = "logistic";
              plan.model_options = {};
              plan.things = 1;
              plan.answers = {1};
            }),
            "model \"logistic\" belongs to its course, expected one that counts anew: evidence");
}

}  // namespace
}  // namespace meno
