#include "cli/suites.h"

#include <algorithm>
#include <iterator>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "domain/dataset.h"

namespace meno {
namespace {

using Arguments = std::vector<std::string>;

Arguments joined(Arguments first, const Arguments& second) {
  first.insert(first.end(), second.begin(), second.end());
  return first;
}

/// One data set of a suite as the one judged on, and the others.
struct Target {
  std::string name;
  std::string folder;
  std::string others;    // "A,B"; empty: there is no other
  std::string protocol;  // of `meno evaluate`: the source's own split, or a seeded one
  bool timed = false;    // its answers have times
};

std::vector<Target> targets_of(const SuiteRequest& ask) {
  std::vector<Target> targets;
  for (const std::filesystem::path& course : ask.courses) {
    Arguments others;
    for (const std::filesystem::path& other : ask.courses) {
      if (other != course) others.push_back(other.string());
    }
    const auto dataset = Dataset::open(course);
    const bool own_folds = dataset && dataset->split_labels().size() >= 5;
    targets.push_back({.name = course.filename().string(),
                       .folder = course.string(),
                       .others = fmt::format("{}", fmt::join(others, ",")),
                       .protocol = own_folds ? "akt" : "holdout",
                       .timed = dataset && dataset->has_times()});
  }
  return targets;
}

/// Adds what every command of a suite is told.
class Writer {
 public:
  explicit Writer(const SuiteRequest& ask) : ask_(ask) {}

  /// `meno benchmark arguments`; `quick` replaces sizes where only the machinery is tried.
  SuiteCommand benchmark(const Arguments& arguments, const Arguments& quick) const {
    return {.label = "", .arguments = joined({"benchmark"}, seeded(cut(arguments, quick)))};
  }
  /// The same on courses, which take threads too.
  SuiteCommand on_course(const Arguments& arguments, const Arguments& quick) const {
    return benchmark(joined(arguments, {"--threads", std::to_string(ask_.threads)}), quick);
  }
  /// `meno evaluate` of fold 1 of `target`.
  SuiteCommand evaluate(const Target& target, const std::string& protocol, std::string label,
                        const Arguments& arguments, std::string rows) const {
    const Arguments all = joined({"evaluate", target.folder, "--protocol", protocol, "--folds", "1",
                                  "--threads", std::to_string(ask_.threads)},
                                 arguments);
    return {.label = std::move(label),
            .arguments = seeded(cut(all, {"--epochs", "1", "--resamples", "20"})),
            .rows = std::move(rows)};
  }

 private:
  /// With the flags and values of `quick` in place of its own, where only the machinery is tried.
  Arguments cut(Arguments arguments, const Arguments& quick) const {
    for (std::size_t q = 0; ask_.quick && q + 1 < quick.size(); q += 2) {
      const auto flag = std::find(arguments.begin(), arguments.end(), quick[q]);
      if (flag != arguments.end()) {
        *std::next(flag) = quick[q + 1];
      } else {
        arguments = joined(arguments, {quick[q], quick[q + 1]});
      }
    }
    return arguments;
  }
  Arguments seeded(const Arguments& arguments) const {
    return joined(arguments, {"--seed", std::to_string(ask_.seed)});
  }

  const SuiteRequest& ask_;
};

void add_reference_problems(const Writer& write, std::vector<SuiteTable>& tables) {
  for (const std::string shots : {"5", "10"}) {
    tables.push_back({.name = "sinusoid-" + shots,
                      .heading = fmt::format("Sinusoid regression, {} shots", shots),
                      .commands = {write.benchmark({"sinusoid", "--shots", shots},
                                                   {"--steps", "20", "--test-tasks", "20"})},
                      .columns = {{"learner", "learner"},
                                  {"MSE after 1 step", "mse/1"},
                                  {"5 steps", "mse/5"},
                                  {"10 steps", "mse/10"},
                                  {"training tasks/s", "tasks_per_second"}}});
  }
  for (const std::string shots : {"5", "1"}) {
    tables.push_back({.name = "gaussian-" + shots,
                      .heading = fmt::format("Gaussian classes, {} shots", shots),
                      .commands = {write.benchmark({"gaussian", "--shots", shots},
                                                   {"--steps", "20", "--test-tasks", "20"})},
                      .columns = {{"learner", "learner"},
                                  {"accuracy", "accuracy"},
                                  {"nll", "nll"},
                                  {"ECE", "ece"},
                                  {"inner rate", "inner_rate"},
                                  {"λ", "lambda"},
                                  {"training tasks/s", "tasks_per_second"}}});
  }
}

void add_new_courses(const Writer& write, const Target& target, std::vector<SuiteTable>& tables) {
  const Arguments usual = {"new-course", "--sources", target.others, "--target", target.folder,
                           "--repeats",  "3"};
  const Arguments quick = {"--students", "0,5",        "--repeats",
                           "2",          "--priors",   "1",
                           "--epochs",   "1",          "--scored",
                           "20",         "--learners", "scratch-logistic,fine-tuned,hierarchical"};
  const auto add = [&](const std::string& name, const std::string& heading, const Arguments& more) {
    tables.push_back({.name = fmt::format("{}-{}", name, target.name),
                      .heading = fmt::format("{}: {}", heading, target.name),
                      .commands = {write.on_course(joined(usual, more), quick)},
                      .columns = {{"students", "students"},
                                  {"learner", "learner"},
                                  {"AUC", "auc"},
                                  {"log loss", "log_loss"},
                                  {"ECE", "ece"},
                                  {"AUC above fine-tuned", "auc_gain"}}});
  };
  add("new-course", "A new course", {"--students", "0,1,2,3,4,5,10,20,50,100"});
  add("new-course-first-40", "A new course, first 40 answers of its students",
      {"--students", "5,20,100", "--first-answers", "40"});
}

void add_few_shots(const Writer& write, const Target& target, std::vector<SuiteTable>& tables) {
  struct Kind {
    const char* problem;
    const char* heading;
  };
  for (const Kind& kind :
       {Kind{"new-student", "A new student"}, Kind{"new-skill", "A new skill"},
        Kind{"new-item", "A new item"}, Kind{"maml-kt", "Few students to train on (MAML-KT)"}}) {
    Arguments arguments = {kind.problem, "--target", target.folder, "--repeats", "1"};
    if (!target.others.empty()) arguments = joined(arguments, {"--sources", target.others});
    tables.push_back({.name = fmt::format("{}-{}", kind.problem, target.name),
                      .heading = fmt::format("{}: {}", kind.heading, target.name),
                      .commands = {write.on_course(
                          arguments, {"--epochs", "1", "--meta-epochs", "1", "--answers", "0,2",
                                      "--resamples", "20", "--learners", "pretrained,tuned"})},
                      .columns = {{"learner", "learner"},
                                  {"trained on", "trained_on"},
                                  {"answers", "answers"},
                                  {"AUC", "auc"},
                                  {"log loss", "log_loss"},
                                  {"ECE", "ece"},
                                  {"gain in AUC", "auc_gain"},
                                  {"gain in nats", "log_loss_gain"},
                                  {"gain in nats, late", "late_log_loss_gain"}}});
  }
}

/// Settings of docs/benchmarks/meta.md: chosen on validation students.
struct Setting {
  const char* label;
  Arguments arguments;
};

std::vector<SuiteCommand> evaluations(const Writer& write, const Target& target,
                                      const std::string& protocol, const std::string& rows,
                                      const std::vector<Setting>& settings) {
  std::vector<SuiteCommand> commands;
  for (const Setting& setting : settings) {
    commands.push_back(write.evaluate(target, protocol, setting.label, setting.arguments, rows));
  }
  return commands;
}

void add_adapted_students(const Writer& write, const Target& target,
                          std::vector<SuiteTable>& tables) {
  const std::vector<Setting> settings = {
      {"bkt, direct", {"--model", "bkt", "--learner-set", "inner_rate=1"}},
      {"bkt, bayes",
       {"--model", "bkt", "--learner", "bayes", "--learner-set", "query=1000", "--learner-set",
        "lambda=0.7", "--learner-set", "spread=0.3", "--learner-set", "inner_rate=3"}},
      {"logistic, direct", {"--model", "logistic"}},
      {"logistic, maml",
       {"--model", "logistic", "--learner", "maml", "--learner-set", "support=1", "--learner-set",
        "query=1000", "--learner-set", "inner_blocks=bias", "--learner-set", "inner_rate=0.3"}},
      {"logistic, bayes",
       {"--model", "logistic", "--learner", "bayes", "--learner-set", "query=1000", "--learner-set",
        "spread=0.1", "--learner-set", "inner_rate=1"}}};
  tables.push_back(
      {.name = "adapted-" + target.name,
       .heading = "Models adapted to a new student: " + target.name,
       .commands = evaluations(write, target, "new-student", "/folds/0/after", settings),
       .columns = {{"model, learner", "what"},
                   {"answers", "k"},
                   {"log loss", "log_loss"},
                   {"AUC", "auc"},
                   {"log loss, adapted", "adapted/log_loss"},
                   {"AUC, adapted", "adapted/auc"},
                   {"ECE, adapted", "adapted/ece"}}});
}

void add_private(const Writer& write, const Target& target, std::vector<SuiteTable>& tables) {
  std::vector<Setting> settings = {{"not private", {"--model", "logistic"}}};
  for (const char* noise : {"0.000001", "0.9", "1.83", "4.49"}) {
    settings.push_back(
        {noise,
         {"--model", "logistic", "--epochs", "20", "--rate", "0.03", "--private-clip", "0.25",
          "--private-seed", "0", "--private-noise", noise}});
  }
  tables.push_back({.name = "private-" + target.name,
                    .heading = "Private training: " + target.name,
                    .commands = evaluations(write, target, target.protocol, "/folds/0", settings),
                    .columns = {{"noise", "what"},
                                {"ε", "private/epsilon"},
                                {"AUC", "auc"},
                                {"log loss", "log_loss"},
                                {"ECE", "ece"}}});
}

void add_distillation(const Writer& write, const Target& target, std::vector<SuiteTable>& tables) {
  const Arguments cross = {"--distill", "teachers=3", "--distill", "folds=4"};
  const Arguments small = {"--set", "width=16", "--set", "hidden=32"};
  const std::vector<Setting> settings = {
      {"evidence", {}},
      {"distilled from three", cross},
      {"the same, half weight", joined(cross, {"--distill", "weight=0.5"})},
      {"small", small},
      {"small, distilled from three",
       joined(joined(small, cross), {"--distill", "model=evidence"})}};
  tables.push_back({.name = "distillation-" + target.name,
                    .heading = "Distillation: " + target.name,
                    .commands = evaluations(write, target, target.protocol, "/folds/0", settings),
                    .columns = {{"model", "what"},
                                {"parameters", "parameters"},
                                {"AUC", "auc"},
                                {"log loss", "log_loss"},
                                {"ECE", "ece"}}});
}

void add_robustness(const Writer& write, const Target& target, std::vector<SuiteTable>& tables) {
  const std::vector<Setting> settings = {
      {"evidence", {"--robust"}},
      {"FGSM", {"--robust", "--set", "adversarial=fgsm"}},
      {"PGD", {"--robust", "--set", "adversarial=pgd"}},
      {"learnt generator", {"--robust", "--learner", "adversarial"}},
      {"random edits", {"--robust", "--learner", "adversarial", "--learner-set", "learn=false"}},
      {"one bot in ten", {"--robust", "--bots", "0.1"}}};
  tables.push_back(
      {.name = "robust-" + target.name,
       .heading = "Robustness: " + target.name,
       .commands = evaluations(write, target, target.protocol, "/folds/0/robust", settings),
       .columns = {{"training", "what"},
                   {"history", "corruption"},
                   {"AUC", "auc"},
                   {"log loss", "log_loss"},
                   {"ECE", "ece"}}});
}

void add_generators(const Writer& write, const Target& target, std::vector<SuiteTable>& tables) {
  tables.push_back({.name = "generative-" + target.name,
                    .heading = "Made-up students (simulated): " + target.name,
                    .commands = {write.on_course(
                        {"generative", "--target", target.folder, "--repeats", "3"},
                        {"--repeats", "2", "--fractions", "25", "--generators", "irt"})},
                    .columns = {{"judgement", "judgement"},
                                {"generator", "generator"},
                                {"trained on", "trained_on"},
                                {"% of the students", "fraction"},
                                {"students", "students"},
                                {"AUC", "auc"},
                                {"log loss", "log_loss"},
                                {"AUC above real alone", "auc_gain"},
                                {"p", "p_value"}}});
}

std::vector<SuiteTable> meta_tables(const SuiteRequest& ask) {
  const Writer write(ask);
  std::vector<SuiteTable> tables;
  add_reference_problems(write, tables);
  for (const Target& target : targets_of(ask)) {
    if (!target.others.empty()) add_new_courses(write, target, tables);
    add_few_shots(write, target, tables);
    add_adapted_students(write, target, tables);
    add_private(write, target, tables);
    add_distillation(write, target, tables);
    add_robustness(write, target, tables);
    add_generators(write, target, tables);
  }
  return tables;
}

void add_review(const Writer& write, const Target& target, std::vector<SuiteTable>& tables) {
  for (const std::string unit : {"item", "skill"}) {
    tables.push_back({.name = fmt::format("review-{}-{}", unit, target.name),
                      .heading = fmt::format("Forgetting, a card is one {}: {}", unit, target.name),
                      .commands = {write.on_course({"review", "--data", target.folder, "--unit",
                                                    unit, "--least-tests", "20"},
                                                   {"--forgetting", "hlr,leitner,average"})},
                      .columns = {{"model", "model"},
                                  {"log loss", "log_loss"},
                                  {"RMSE (bins)", "rmse_bins"},
                                  {"AUC", "auc"},
                                  {"nats behind the first", "log_loss_gain"}}});
  }
}

std::vector<SuiteTable> tutor_tables(const SuiteRequest& ask) {
  const Writer write(ask);
  std::vector<SuiteTable> tables;
  for (const Target& target : targets_of(ask)) {
    tables.push_back({.name = "adaptive-test-" + target.name,
                      .heading = "Adaptive tests: " + target.name,
                      .commands = {write.on_course(
                          {"adaptive-test", "--data", target.folder},
                          {"--folds", "1", "--questions", "1,3", "--min-answers", "5"})},
                      .columns = {{"selector", "selector"},
                                  {"questions", "questions"},
                                  {"accuracy", "accuracy"},
                                  {"AUC", "auc"},
                                  {"log loss", "log_loss"}}});
    tables.push_back(
        {.name = "paths-" + target.name,
         .heading = "Paths of simulated students: " + target.name,
         .commands = {write.on_course(
             {"paths", "--data", target.folder, "--steps", "5,10,20", "--repeats", "5"},
             {"--steps", "3", "--repeats", "2", "--students", "10", "--fitted", "60", "--epochs",
              "1", "--families", "additive,states", "--longest", "20"})},
         .columns = {{"policy", "policy"},
                     {"learner family", "learner_family"},
                     {"steps", "steps"},
                     {"E_p", "e_p"},
                     {"gain of plan", "plan_gain"},
                     {"s a plan", "seconds_per_plan"}}});
    tables.push_back({.name = "replay-" + target.name,
                      .heading = "Choices of skills replayed on real records: " + target.name,
                      .commands = {write.on_course({"replay", "--data", target.folder},
                                                   {"--students", "60", "--epochs", "1"})},
                      .columns = {{"policy", "policy"},
                                  {"self-normalised", "snips"},
                                  {"doubly robust", "doubly_robust"},
                                  {"above the records", "gain"},
                                  {"effective decisions", "effective_decisions"},
                                  {"mean weight", "mean_weight"}}});
    if (target.timed) add_review(write, target, tables);
  }
  return tables;
}

}  // namespace

const std::vector<Suite>& suites() {
  static const std::vector<Suite> all = {
      {"meta", "every table on learning to learn", &meta_tables},
      {"tutor", "every table on teaching decisions", &tutor_tables}};
  return all;
}

}  // namespace meno
