// meno benchmark PROBLEM: learners and baselines side by side on a problem of the field.
#include <algorithm>
#include <functional>
#include <optional>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/arguments.h"
#include "cli/benchmark_text.h"
#include "cli/paths_text.h"
#include "cli/review_text.h"
#include "cli/suites.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "service/benchmark_adaptive.h"
#include "service/benchmark_few_shot.h"
#include "service/benchmark_gaussian.h"
#include "service/benchmark_generative.h"
#include "service/benchmark_new_course.h"
#include "service/benchmark_paths.h"
#include "service/benchmark_replay.h"
#include "service/benchmark_review.h"
#include "service/benchmark_sinusoid.h"

namespace meno {
namespace {

/// What was typed; a problem reads what concerns it, and what was not typed is its own.
struct Arguments {
  std::string problem;
  std::vector<std::string> learners;
  std::uint64_t seed = 0;
  int threads = 0;
  int repeats = 0;
  std::filesystem::path target;
  std::vector<int> students;
  int epochs = 0;
  // sinusoid, gaussian
  std::optional<int> shots, tasks, test_tasks;
  std::vector<int> steps;  // paths takes several
  std::optional<double> rate;
  std::vector<double> lambdas;
  // those on courses
  BenchmarkNewCourse new_course;
  BenchmarkFewShot few_shot;
  BenchmarkGenerative generative;
  std::vector<std::string> generator_settings;
  BenchmarkPaths paths;
  BenchmarkAdaptiveTest adaptive_test;
  BenchmarkReview review;
  BenchmarkReplay replay;
  std::vector<std::string> model_settings;
  std::vector<std::string> learner_settings;
  SuiteRequest suite;
};

template <class Plan>
Plan plan_of(const Arguments& ask) {
  Plan plan;
  plan.learners = ask.learners;
  plan.seed = ask.seed;
  plan.shots = ask.shots.value_or(plan.shots);
  if (!ask.steps.empty()) plan.steps = ask.steps.front();
  plan.tasks = ask.tasks.value_or(plan.tasks);
  plan.test_tasks = ask.test_tasks.value_or(plan.test_tasks);
  plan.rate = ask.rate.value_or(plan.rate);
  return plan;
}

Result<Json> sinusoid(Arguments& ask) {
  if (!ask.lambdas.empty()) return invalid_input("sinusoid: --lambdas, expected none");
  return benchmark_sinusoid(plan_of<SinusoidPlan>(ask));
}

Result<Json> gaussian(Arguments& ask) {
  auto plan = plan_of<GaussianPlan>(ask);
  if (!ask.lambdas.empty()) plan.lambdas = ask.lambdas;
  return benchmark_gaussian(plan);
}

Result<Done> need_target(const Arguments& ask) {
  if (!ask.target.empty()) return Done{};
  return invalid_input(fmt::format("{} without --data, expected a dataset folder", ask.problem));
}

/// What new-course and the few-shot problems share.
template <class Plan>
void read_common(const Arguments& ask, Plan& plan) {
  plan.learners = ask.learners;
  plan.seed = ask.seed;
  plan.threads = ask.threads;
  if (ask.repeats != 0) plan.repeats = ask.repeats;
}

Result<Json> new_course(Arguments& ask) {
  MENO_TRY_DONE(need_target(ask));
  NewCoursePlan& plan = ask.new_course.plan;
  read_common(ask, plan);
  ask.new_course.target = ask.target;
  if (!ask.students.empty()) plan.students.assign(ask.students.begin(), ask.students.end());
  if (ask.epochs != 0) plan.prior.training.epochs = ask.epochs;
  return benchmark_new_course(ask.new_course);
}

Result<Json> few_shot(Arguments& ask) {
  MENO_TRY_DONE(need_target(ask));
  FewShotPlan& plan = ask.few_shot.plan;
  MENO_TRY(plan.model_options, parse_options(ask.model_settings));
  MENO_TRY(plan.learner_options, parse_options(ask.learner_settings));
  read_common(ask, plan);
  plan.problem = ask.problem;
  ask.few_shot.target = ask.target;
  ask.few_shot.sources = ask.new_course.sources;
  if (!ask.students.empty()) plan.students = ask.students;
  plan.epochs = ask.epochs;
  return benchmark_few_shot(ask.few_shot);
}

Result<Json> generative(Arguments& ask) {
  GenerativePlan& plan = ask.generative.plan;
  MENO_TRY_DONE(need_target(ask));
  MENO_TRY(plan.generator_options, parse_options(ask.generator_settings));
  plan.seed = ask.seed;
  plan.threads = ask.threads;
  if (ask.repeats != 0) plan.repeats = ask.repeats;
  ask.generative.target = ask.target;
  ask.generative.sources = ask.new_course.sources;
  return benchmark_generative(ask.generative);
}

Result<Json> paths(Arguments& ask) {
  MENO_TRY_DONE(need_target(ask));
  ask.paths.data = ask.target;
  ContestPlan& plan = ask.paths.plan;
  if (!ask.steps.empty()) plan.steps.assign(ask.steps.begin(), ask.steps.end());
  if (ask.repeats != 0) plan.repeats = ask.repeats;
  if (!ask.students.empty()) plan.students = static_cast<std::size_t>(ask.students.front());
  if (ask.epochs != 0) plan.epochs = ask.epochs;
  plan.seed = ask.seed;
  plan.threads = ask.threads;
  return benchmark_paths(ask.paths);
}

Result<Json> adaptive_test(Arguments& ask) {
  MENO_TRY_DONE(need_target(ask));
  BenchmarkAdaptiveTest& test = ask.adaptive_test;
  test.data = ask.target;
  test.plan.seed = ask.seed;
  test.plan.threads = ask.threads;
  if (ask.repeats != 0) test.plan.repeats = ask.repeats;
  return benchmark_adaptive_test(test);
}

Result<Json> review(Arguments& ask) {
  MENO_TRY_DONE(need_target(ask));
  ask.review.data = ask.target;
  ask.review.plan.on_valid = ask.adaptive_test.plan.on_valid;
  ask.review.bootstrap.seed = ask.seed;
  ask.review.bootstrap.threads = ask.threads;
  return benchmark_review(ask.review);
}

Result<Json> replay_records(Arguments& ask) {
  MENO_TRY_DONE(need_target(ask));
  ask.replay.data = ask.target;
  if (!ask.students.empty()) {
    ask.replay.plan.most_students = static_cast<std::size_t>(ask.students.front());
  }
  if (ask.epochs != 0) ask.replay.plan.epochs = ask.epochs;
  ask.replay.plan.seed = ask.seed;
  ask.replay.plan.threads = ask.threads;
  ask.replay.bootstrap.seed = ask.seed;
  ask.replay.bootstrap.threads = ask.threads;
  return benchmark_replay(ask.replay);
}

struct Problem {
  std::string name;
  std::function<Result<Json>(Arguments&)> run;
  std::function<std::string(const Json&)> text;
};

std::vector<Problem> problems() {
  std::vector<Problem> all{{"sinusoid", &sinusoid, &sinusoid_text},
                           {"gaussian", &gaussian, &gaussian_text},
                           {"new-course", &new_course, &new_course_text},
                           {"generative", &generative, &generative_text},
                           {"paths", &paths, &paths_text},
                           {"adaptive-test", &adaptive_test, &adaptive_test_text},
                           {"review", &review, &review_text},
                           {"replay", &replay_records, &replay_text}};
  for (const std::string& name : few_shot_problems())
    all.push_back({name, &few_shot, &few_shot_text});
  for (const Suite& suite : suites()) {
    all.push_back({std::string(suite.name),
                   [&suite](Arguments& ask) -> Result<Json> {
                     ask.suite.seed = ask.seed;
                     ask.suite.threads = ask.threads;
                     return run_suite(suite.tables(ask.suite), ask.suite);
                   },
                   &suite_text});
  }
  return all;
}

void add_suite_options(CLI::App& app, SuiteRequest& ask) {
  std::vector<std::string> names;
  for (const Suite& suite : suites())
    names.push_back(fmt::format("{}: {}", suite.name, suite.summary));
  CLI::App& group = *app.add_option_group(fmt::format("{}", fmt::join(names, "; ")));
  group.add_option("--courses", ask.courses, "dataset folders, each to be judged on in turn")
      ->delimiter(',');
  group.add_option("--into", ask.into, "the folder of the tables");
  group.add_option("--only", ask.only, "tables whose name starts so")->delimiter(',');
  group.add_flag("--quick", ask.quick, "try the machinery with sizes too small for results");
  group.add_flag("--again", ask.again, "also the tables that are there already");
}

void add_reference_options(CLI::App& app, Arguments& ask) {
  CLI::App& group = *app.add_option_group("sinusoid, gaussian");
  group.add_option("--shots", ask.shots,
                   "points of a task's support, of each class where there are some; 5 if absent");
  group
      .add_option("--steps", ask.steps,
                  "of the outer loop; if absent 70000 for sinusoid, 6000 for gaussian; "
                  "paths: answers, may be several, e.g. 5,10,20")
      ->check(CLI::PositiveNumber)
      ->delimiter(',');
  group.add_option("--tasks", ask.tasks, "per step; 32 if absent");
  group.add_option("--rate", ask.rate, "of the outer loop; the problem's own if absent");
  group.add_option("--test-tasks", ask.test_tasks, "new tasks to be judged on; 1000 if absent");
  group
      .add_option("--lambdas", ask.lambdas,
                  "gaussian: weights of the divergence that validation tasks choose from")
      ->delimiter(',');
}

void add_new_course_options(CLI::App& app, BenchmarkNewCourse& ask) {
  NewCoursePlan& plan = ask.plan;
  CLI::App& group = *app.add_option_group("new-course");
  group.add_option("--scored", plan.scored, "other students judged on, at most")
      ->capture_default_str();
  group
      .add_option("--first-answers", plan.first_answers,
                  "adapt on so many first answers of a student alone; 0: all")
      ->capture_default_str();
  group.add_option("--priors", plan.priors, "networks averaged")->capture_default_str();
  group.add_option("--report", ask.report, "write an HTML report with a map of the courses here");
  group.add_option("--language", ask.language, "of the report: en or zh-CN")->capture_default_str();
}

void add_few_shot_options(CLI::App& app, Arguments& ask) {
  FewShotPlan& plan = ask.few_shot.plan;
  CLI::App& group = *app.add_option_group("new-student, new-skill, new-item, maml-kt");
  group.add_option("--answers", plan.answers, "k, given of a student, a skill or an item")
      ->delimiter(',')
      ->capture_default_str();
  group.add_option("--things", plan.things, "skills or items held out at once")
      ->capture_default_str();
  group.add_option("--model", plan.model, "the student model")->capture_default_str();
  group.add_option("--set", ask.model_settings, "model option name=value, may repeat");
  group.add_option("--learner-set", ask.learner_settings,
                   "option name=value of every learner, may repeat");
  group.add_option("--meta-epochs", plan.meta_epochs, "of training a learner from there")
      ->capture_default_str();
  group.add_option("--resamples", plan.resamples, "of students, for intervals")
      ->capture_default_str();
}

void add_generative_options(CLI::App& app, Arguments& ask) {
  GenerativePlan& plan = ask.generative.plan;
  CLI::App& group = *app.add_option_group("generative");
  group.add_option("--generators", plan.generators, "e.g. vae,gan; all if absent")->delimiter(',');
  group.add_option("--fractions", plan.fractions, "per cent of the training students")
      ->delimiter(',')
      ->capture_default_str();
  group.add_option("--models", plan.models, "student models trained on made-up students")
      ->delimiter(',')
      ->capture_default_str();
  group.add_option("--pool", plan.pool, "training students at most; 0: all")->capture_default_str();
  group
      .add_option("--synthetic", plan.synthetic,
                  "made-up students; 0: as many as real ones, at least 200")
      ->capture_default_str();
  group.add_option("--test-students", plan.scored, "at most, and at most a fifth")
      ->capture_default_str();
  group.add_option("--generator-set", ask.generator_settings,
                   "option name=value of every generator, may repeat");
}

void add_paths_options(CLI::App& app, BenchmarkPaths& ask) {
  ContestPlan& plan = ask.plan;
  CLI::App& group = *app.add_option_group("paths");
  group.add_option("--graph", ask.graph,
                   "prerequisites, a file that meno graph import accepts; if absent those that "
                   "records suggest");
  group.add_option("--policies", plan.policies, "all if absent")->delimiter(',');
  group.add_option("--families", plan.families, "additive, states, memory and gru if absent")
      ->delimiter(',');
  group.add_option("--fitted", plan.fitted, "real students that learners are fitted on, at most")
      ->capture_default_str();
  group.add_option("--goals", plan.errands.goals, "skills of a student's goal")
      ->capture_default_str();
  group.add_option("--longest", plan.longest, "answers in the race to mastery")
      ->capture_default_str();
}

void add_adaptive_test_options(CLI::App& app, BenchmarkAdaptiveTest& ask) {
  AdaptiveProtocol& plan = ask.plan;
  CLI::App& group = *app.add_option_group("adaptive-test");
  group.add_option("--questions", plan.questions, "asked of each test student")
      ->delimiter(',')
      ->capture_default_str();
  group.add_option("--selectors", plan.selectors, "e.g. random,fisher; all if absent")
      ->delimiter(',');
  group.add_option("--folds", plan.folds, "of five, how many are run")->capture_default_str();
  SimulateTests& simulate = ask.simulate;
  group.add_option("--exposure", simulate.exposure,
                   "also simulate: no item asked of a larger share of students (Sympson-Hetter)");
  group.add_option("--cut", simulate.cut,
                   "also simulate: errors of deciding on which side of this ability students are");
  group.add_option("--indifference", simulate.indifference, "of --cut, half the region's width")
      ->capture_default_str();
  group.add_option("--error", simulate.error, "of --cut, the rate allowed either way")
      ->capture_default_str();
  group.add_option("--test-length", simulate.longest, "of simulated tests, questions at most")
      ->capture_default_str();
  group.add_option("--test-items", simulate.bank, "of simulated tests, in the bank")
      ->capture_default_str();
  group.add_flag("--on-valid", plan.on_valid,
                 "judge validation students (review: the second stretch), to choose settings by");
  group
      .add_option("--min-answers", plan.min_answers, "different items of a student who takes part")
      ->capture_default_str();
}

void add_review_options(CLI::App& app, BenchmarkReview& ask) {
  CLI::App& group = *app.add_option_group("review");
  group.add_option("--forgetting", ask.plan.models, "models, e.g. curve,hlr; all if absent")
      ->delimiter(',');
  group.add_option("--unit", ask.unit, "what counts as one card: item or skill")
      ->capture_default_str();
  group.add_option("--least-tests", ask.plan.least_tests, "of memory, of a learner who is judged")
      ->capture_default_str();
}

void add_replay_options(CLI::App& app, ReplayPlan& plan) {
  CLI::App& group = *app.add_option_group("replay");
  group.add_option("--horizon", plan.horizon, "answers after a decision that its reward looks at")
      ->check(CLI::PositiveNumber)
      ->capture_default_str();
  group
      .add_option("--least-propensity", plan.least_propensity,
                  "choices that the records make more rarely are not judged")
      ->check(CLI::Range(0.0, 0.5))
      ->capture_default_str();
}

void add_course_options(CLI::App& app, Arguments& ask) {
  CLI::App& group = *app.add_option_group("on courses");
  group.add_option("--target,--data,data", ask.target, "a dataset folder made by meno import");
  group.add_option("--sources", ask.new_course.sources, "other datasets, to learn a prior from")
      ->delimiter(',');
  group
      .add_option("--students", ask.students,
                  "new-course: how many of the target's students to adapt on; maml-kt: to train "
                  "on; paths: simulated of each family and repeat; replay: real ones at most")
      ->check(CLI::NonNegativeNumber)
      ->delimiter(',');
  group.add_option("--repeats", ask.repeats, "draws of students; the problem's own if absent");
  group.add_option("--epochs", ask.epochs, "of training what is adapted; 0: its own number");
  group.add_option("--threads", ask.threads, "0: all cores")->capture_default_str();
  add_new_course_options(app, ask.new_course);
  add_few_shot_options(app, ask);
  add_generative_options(app, ask);
  add_paths_options(app, ask.paths);
  add_adaptive_test_options(app, ask.adaptive_test);
  add_review_options(app, ask.review);
  add_replay_options(app, ask.replay.plan);
}

}  // namespace

int benchmark_command(int argc, const char* const* argv) {
  Invocation call("benchmark", "Learners and baselines side by side on a problem of the field.");
  const std::vector<Problem> all = problems();
  std::vector<std::string> names;
  for (const Problem& problem : all) names.push_back(problem.name);
  Arguments ask;
  CLI::App& app = call.app();
  app.add_option("problem", ask.problem, fmt::format("{}", fmt::join(names, ", ")))->required();
  app.add_option("--learners", ask.learners, "e.g. maml,meta-sgd; the usual if absent")
      ->delimiter(',');
  app.add_option("--seed", ask.seed, "of everything random")->capture_default_str();
  add_reference_options(app, ask);
  add_course_options(app, ask);
  add_suite_options(app, ask.suite);
  catch_interrupts();
  const auto chosen = [&] {
    return std::find_if(all.begin(), all.end(),
                        [&](const Problem& problem) { return problem.name == ask.problem; });
  };
  return call.run(
      argc, argv,
      [&]() -> Result<Json> {
        if (chosen() != all.end()) return chosen()->run(ask);
        return invalid_input(fmt::format("benchmark \"{}\", expected one of: {}", ask.problem,
                                         fmt::join(names, ", ")));
      },
      [&](const Json& document) { return chosen()->text(document); });
}

}  // namespace meno
