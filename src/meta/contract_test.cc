// What every row of the registry of learners must obey, on tasks of a small cohort. The slow
// oracle, central differences of the query loss after adapted(), lives here alone. Those of
// exactness have failed on bugs planted in maml and imaml.
#include <algorithm>
#include <cmath>
#include <deque>
#include <filesystem>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "meta/registry.h"
#include "meta/run.h"
#include "meta/training.h"
#include "models/link.h"
#include "models/registry.h"

namespace meno {
namespace {

constexpr std::uint32_t kItems = 9;
constexpr std::uint32_t kSkills = 3;
constexpr int kFolds = 4;

/// Of differences: so small that hardly a rectifier changes sides within it, so large that rounding
/// stays below 1e-8.
constexpr double kStep = 1e-7;

/// Students of different ability on items of different difficulty: there is something to learn, and
/// something to adapt to.
std::deque<History> simulated_students(std::size_t students, std::size_t answers,
                                       std::uint64_t seed) {
  std::deque<History> all;
  Rng rng(seed);
  for (std::size_t k = 0; k < students; ++k) {
    History& history = all.emplace_back();
    const double ability = 1.5 * rng.normal();
    for (std::size_t t = 0; t < answers; ++t) {
      const std::size_t item = rng.below(kItems);
      const SkillId skills[] = {SkillId(item % kSkills)};
      const double z = ability + 0.5 * static_cast<double>(item) - 2.0;
      history.push_back({.item = ItemId(item),
                         .skills = skills,
                         .correct = rng.chance(sigmoid(z)) ? 1.0F : 0.0F});
    }
  }
  return all;
}

std::vector<Window> windows_of(const std::deque<History>& students) {
  std::vector<Window> all;
  for (std::size_t k = 0; k < students.size(); ++k) {
    all.push_back({.events = students[k].view(), .fold = static_cast<int>(k % kFolds)});
  }
  return all;
}

/// Tasks of one student each, and who owns their windows. The first answers are the support.
struct Tasks {
  std::vector<std::unique_ptr<const Encoded>> owned;
  std::vector<EncodedTask> tasks;

  void add(const StudentModel& model, const Sequence& history, std::size_t support) {
    EncodedTask task;
    if (support > 0) {
      owned.push_back(model.encode({.events = history.part(0, support)}));
      task.support.push_back(owned.back().get());
    }
    owned.push_back(model.encode({.events = history, .from = support}));
    task.query.push_back(owned.back().get());
    tasks.push_back(std::move(task));
  }
};

Tasks tasks_of(const StudentModel& model, const std::deque<History>& students,
               std::span<const std::size_t> supports) {
  Tasks all;
  for (std::size_t k = 0; k < supports.size(); ++k) {
    all.add(model, students[k].view(), supports[k]);
  }
  return all;
}

/// The contract's models: one without hidden layers, one with them, which computes in double.
std::unique_ptr<const StudentModel> fitted(const char* name, const std::deque<History>& students) {
  const ModelEntry& entry = **find_model(name);
  std::vector<std::string> settings;
  if (!entry.exact.empty()) settings = {std::string(entry.exact), "width=3", "hidden=6"};
  const std::vector<Window> training = windows_of(students);
  auto model =
      entry.fit(*parse_options(settings),
                {.items = kItems, .skills = kSkills, .training = training, .folds = kFolds});
  EXPECT_TRUE(model) << (model ? "" : model.error().message);
  return std::move(*model);
}

/// "a=1 b=2", over `base`.
Options with(Options base, std::string_view settings) {
  while (!settings.empty()) {
    const std::size_t end = std::min(settings.find(' '), settings.size());
    const std::size_t equals = settings.find('=');
    base[std::string(settings.substr(0, equals))] = settings.substr(equals + 1, end - equals - 1);
    settings.remove_prefix(std::min(end + 1, settings.size()));
  }
  return base;
}

double dot(ParamView a, ParamView b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

bool all_finite(const MetaStep& step) {
  return std::isfinite(step.loss) && std::all_of(step.direction.begin(), step.direction.end(),
                                                 [](double value) { return std::isfinite(value); });
}

/// Theta of the model with the learner's own behind it.
ParamLayout whole_layout(const LearnerSetup& learner, const StudentModel& model) {
  ParamLayout layout = model.layout();
  if (!learner.own) return layout;
  const ParamLayout own = learner.own(model.layout());
  for (const ParamBlock& block : own.blocks()) layout.add(block);
  return layout;
}

/// Away from the start, where zero blocks would hide a wrong derivative.
Params random_theta(const ParamLayout& layout) {
  Rng rng(5);
  Params theta = layout.initial(rng);
  for (double& value : theta) value += 0.1 * rng.normal();
  return theta;
}

/// The tasks' mean query loss after adapted(), as a function of theta [P + E].
double query_loss(const LearnerSetup& learner, const StudentModel& model, ParamView theta,
                  std::span<const EncodedTask> tasks) {
  const std::size_t size = model.layout().size();
  const InnerLoop inner = *inner_loop(learner, model.layout(), theta.subspan(size));
  double sum = 0.0;
  for (const EncodedTask& task : tasks) {
    const Params own = adapted(model, theta.first(size), inner, task.support);
    sum += model.loss(own, task.query, {}, std::nullopt);
  }
  return sum / static_cast<double>(tasks.size());
}

class EveryLearner : public ::testing::TestWithParam<LearnerEntry> {
 protected:
  EveryLearner() : students_(simulated_students(16, 18, 3)), many_(simulated_students(64, 24, 4)) {
    for (const char* name : {"logistic", "evidence"}) models_.push_back(fitted(name, students_));
    for (std::size_t i = 0; i < kItems; ++i) {
      course_.items.intern(fmt::format("item {}", i));
      course_.item_skills.push_back({SkillId(i % kSkills)});
    }
    for (std::size_t s = 0; s < kSkills; ++s) course_.skills.intern(fmt::format("skill {}", s));
  }

  static LearnerSetup learner(const Options& options = {}) {
    auto made = GetParam().make(options);
    EXPECT_TRUE(made) << (made ? "" : made.error().message);
    return *std::move(made);
  }

  void expect_direction_is_differences(const StudentModel& model, const Options& options) const;

  /// Of more students than the tasks of other contracts need.
  TrainingData data() const {
    TrainingData data{.course = course_, .training = {}, .validation = {}, .data_hash = "test"};
    for (const History& student : many_) data.training.push_back(student.view());
    return data;
  }

  TrainOptions training(const Options& options = {}) const {
    return {.learner = std::string(GetParam().name),
            .learner_options = options,
            .epochs = 15,
            .batch_rows = 100};
  }

  std::deque<History> students_;
  std::deque<History> many_;
  std::vector<std::unique_ptr<const StudentModel>> models_;
  Course course_;
};

void EveryLearner::expect_direction_is_differences(const StudentModel& model,
                                                   const Options& options) const {
  const LearnerSetup learner = this->learner(options);
  const std::size_t supports[] = {3, 7, 12};
  const Tasks tasks = tasks_of(model, students_, supports);
  const ParamLayout layout = whole_layout(learner, model);
  const Params theta = random_theta(layout);
  const MetaStep step = learner.step(model, theta, tasks.tasks, 1);
  ASSERT_EQ(step.direction.size(), theta.size());
  EXPECT_NEAR(step.loss, query_loss(learner, model, theta, tasks.tasks), 1e-12);
  Rng rng(17);
  for (std::size_t b = 0; b < layout.blocks().size(); ++b) {
    const ParamBlock& block = layout.blocks()[b];
    Params up = theta;
    Params down = theta;
    double slope = 0.0;
    for (std::size_t i = layout.offset(b); i < layout.offset(b) + block.size(); ++i) {
      const double v = rng.normal();
      up[i] += kStep * v;
      down[i] -= kStep * v;
      slope += step.direction[i] * v;
    }
    const double expected = (query_loss(learner, model, up, tasks.tasks) -
                             query_loss(learner, model, down, tasks.tasks)) /
                            (2.0 * kStep);
    EXPECT_NEAR(slope, expected, 1e-6 * std::max(0.1, std::abs(expected)))
        << block.name << " of " << layout.size();
  }
}

TEST_P(EveryLearner, WhereExactItsDirectionIsTheDifferencesOfTheQueryLossAfterAdaptation) {
  if (GetParam().exact.empty()) GTEST_SKIP() << "never exact";
  for (const char* loop : {"inner_steps=1", "inner_steps=3", "inner_steps=1 inner_pull=4",
                           "inner_steps=3 inner_pull=4"}) {
    for (const auto& model : models_) {
      SCOPED_TRACE(fmt::format("{}, {} parameters", loop, model->layout().size()));
      expect_direction_is_differences(*model, with(with({}, loop), GetParam().exact));
    }
  }
}

TEST_P(EveryLearner, WhereExactItsDirectionIsExactForPartsOfTheModelToo) {
  if (GetParam().exact.empty()) GTEST_SKIP() << "never exact";
  const Options options = with(with({}, "inner_steps=2 inner_pull=2"), GetParam().exact);
  expect_direction_is_differences(*models_[0], with(options, "inner_blocks=skill"));
  expect_direction_is_differences(*models_[1], with(options, "inner_head=true"));
  expect_direction_is_differences(*models_[1], with(options, "inner_head=true inner_blocks=out"));
}

TEST_P(EveryLearner, GivesTheSameForTheSameSeedWhateverTheOrderOfTasks) {
  const std::size_t supports[] = {3, 7, 12, 5};
  const LearnerSetup learner = this->learner();
  for (const auto& model : models_) {
    Tasks tasks = tasks_of(*model, students_, supports);
    const Params theta = random_theta(whole_layout(learner, *model));
    const MetaStep first = learner.step(*model, theta, tasks.tasks, 9);
    EXPECT_TRUE(all_finite(first));
    EXPECT_GT(dot(first.direction, first.direction), 0.0);
    EXPECT_GT(first.weight, 0.0);
    // Nearly, for Eigen's sums may begin elsewhere in a vector that lies elsewhere in memory.
    const MetaStep again = learner.step(*model, theta, tasks.tasks, 9);
    EXPECT_NEAR(again.loss, first.loss, 1e-14);
    for (std::size_t i = 0; i < theta.size(); ++i) {
      ASSERT_NEAR(again.direction[i], first.direction[i], 1e-12) << i;
    }
    if (!learner.tasks) continue;  // noise goes by position in the batch
    std::reverse(tasks.tasks.begin(), tasks.tasks.end());
    const MetaStep turned = learner.step(*model, theta, tasks.tasks, 9);
    EXPECT_NEAR(turned.loss, first.loss, 1e-12);
    for (std::size_t i = 0; i < theta.size(); ++i) {
      ASSERT_NEAR(turned.direction[i], first.direction[i], 1e-10) << i;
    }
  }
}

TEST_P(EveryLearner, LeavesThetaWhereItIsWithoutASupport) {
  const std::size_t supports[] = {0, 0, 0};
  const LearnerSetup learner = this->learner();
  for (const auto& model : models_) {
    const std::size_t size = model->layout().size();
    const Tasks tasks = tasks_of(*model, students_, supports);
    const Params theta = random_theta(whole_layout(learner, *model));
    const ParamView start = ParamView(theta).first(size);
    const InnerLoop inner = *inner_loop(learner, model->layout(), ParamView(theta).subspan(size));
    EXPECT_EQ(adapted(*model, start, inner, {}), Params(start.begin(), start.end()));
    const MetaStep step = learner.step(*model, theta, tasks.tasks, 1);
    EXPECT_TRUE(all_finite(step));
    if (GetParam().exact.empty()) continue;
    Params plain(theta.size(), 0.0);  // there is nothing to adapt to: the query's own gradient
    for (const EncodedTask& task : tasks.tasks) {
      model->loss(start, task.query, std::span(plain).first(size), std::nullopt);
    }
    for (std::size_t i = 0; i < plain.size(); ++i) {
      EXPECT_NEAR(step.direction[i], plain[i] / 3.0, 1e-12) << i;
    }
  }
}

TEST_P(EveryLearner, StaysFiniteWhereAllAnswersAreAlike) {
  const LearnerSetup learner = this->learner();
  for (const float correct : {0.0F, 1.0F}) {
    History history;
    for (std::size_t t = 0; t < 4; ++t) {
      Event alike = students_[0].view()[t];
      alike.correct = correct;
      history.push_back(alike);
    }
    for (const auto& model : models_) {
      Tasks tasks;
      tasks.add(*model, history.view(), 2);
      const Params theta = random_theta(whole_layout(learner, *model));
      EXPECT_TRUE(all_finite(learner.step(*model, theta, tasks.tasks, 1))) << correct;
    }
  }
}

TEST_P(EveryLearner, LowersTheQueryLossAfterAdaptationWhenTrained) {
  const auto result = train(**find_model("logistic"), {}, data(), training());
  ASSERT_TRUE(result) << result.error().message;
  const LearnerSetup learner = this->learner();
  const std::deque<History> others = simulated_students(12, 18, 44);
  const std::size_t supports[] = {5, 8, 10, 6, 9, 7, 5, 8, 10, 6, 9, 7};
  const Tasks tasks = tasks_of(*result->model, others, supports);
  Rng rng(1);
  const Params before = whole_layout(learner, *result->model).initial(rng);
  Params after = result->theta;
  after.insert(after.end(), result->learnt.begin(), result->learnt.end());
  ASSERT_EQ(after.size(), before.size());
  EXPECT_LT(query_loss(learner, *result->model, after, tasks.tasks),
            query_loss(learner, *result->model, before, tasks.tasks) - 0.02);
}

TEST_P(EveryLearner, TrainsToTheSameBytesForTheSameSeed) {
  TrainOptions options = training();
  options.epochs = 3;
  const auto first = train(**find_model("logistic"), {}, data(), options);
  const auto second = train(**find_model("logistic"), {}, data(), options);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->theta, second->theta);
  EXPECT_EQ(first->learnt, second->learnt);
}

TEST_P(EveryLearner, SaysSoWhenTheInnerLoopDivergesAndKeepsTheLastGoodRun) {
  if (!learner().tasks) GTEST_SKIP() << "takes no inner steps in training";
  const std::filesystem::path folder = std::filesystem::path(::testing::TempDir()) /
                                       fmt::format("meno_diverging_{}", GetParam().name);
  std::filesystem::remove_all(folder);
  TrainOptions options = training();
  options.checkpoint = folder.string() + ".partial";
  const auto good = train(**find_model("logistic"), {}, data(), options);
  ASSERT_TRUE(good) << good.error().message;
  meno::Run run;
  run.model_name = "logistic";
  run.learner_name = GetParam().name;
  run.course = course_;
  run.model = good->model;
  run.theta = good->theta;
  run.learnt = good->learnt;
  ASSERT_TRUE(save_run(run, folder));
  options.learner_options = with({}, "inner_rate=1000000 inner_pull=1000000 inner_steps=80");
  const auto bad = train(**find_model("logistic"), {}, data(), options);
  ASSERT_FALSE(bad);
  EXPECT_EQ(bad.error().kind, ErrorKind::InvalidInput);
  for (const char* part : {"at step 1 of epoch 1, expected finite", "inner_rate than 1000000"}) {
    EXPECT_NE(bad.error().message.find(part), std::string::npos) << bad.error().message;
  }
  EXPECT_FALSE(std::filesystem::exists(options.checkpoint));
  const auto kept = load_run(folder);
  ASSERT_TRUE(kept) << kept.error().message;
  EXPECT_EQ(kept->theta, good->theta);
  EXPECT_EQ(kept->learnt, good->learnt);
  std::filesystem::remove_all(folder);
}

TEST_P(EveryLearner, RefusesAnUnknownOptionByName) {
  const auto made = GetParam().make({{"no_such_option", "1"}});
  ASSERT_FALSE(made);
  EXPECT_EQ(made.error().kind, ErrorKind::InvalidInput);
  EXPECT_NE(made.error().message.find("no_such_option"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryLearner,
                         ::testing::ValuesIn(learner_registry().begin(), learner_registry().end()),
                         [](const auto& row) {
                           std::string name(row.param.name);
                           std::replace(name.begin(), name.end(), '-', '_');
                           return name;
                         });

}  // namespace
}  // namespace meno
