#include "service/adapt_run.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "core/json.h"
#include "core/parallel.h"
#include "domain/dataset.h"
#include "meta/adapt.h"
#include "meta/histories.h"
#include "meta/registry.h"
#include "meta/run.h"
#include "models/registry.h"
#include "service/tuned_prior.h"

namespace meno {
namespace {

/// As in training: no answer of a student reaches the statistics of his own features.
constexpr int kFolds = 8;

/// Refuses answers that are all alike: they would teach that every answer is.
Result<Done> check_both_kinds(const std::vector<Sequence>& students) {
  std::size_t answers = 0;
  double right = 0.0;
  for (const Sequence& student : students) {
    answers += student.size();
    for (std::size_t t = 0; t < student.size(); ++t)
      right += static_cast<double>(student[t].correct);
  }
  if (right > 0.0 && right < static_cast<double>(answers)) return Done{};
  return invalid_input(
      fmt::format("all {} answers of the {} students drawn are {}, expected both "
                  "right and wrong ones to adapt on",
                  answers, students.size(), right > 0.0 ? "right" : "wrong"));
}

Result<std::vector<Sequence>> drawn_students(const Dataset& dataset, const AdaptRun& ask) {
  std::vector<Sequence> students;
  for (std::size_t s = 0; s < dataset.students(); ++s) {
    const Sequence history = dataset.sequence(StudentId(s));
    if (!history.empty()) students.push_back(history);
  }
  if (ask.students < 1 || students.size() < static_cast<std::size_t>(ask.students)) {
    return invalid_input(
        fmt::format("{} students asked for, expected from 1 to the {} with answers in {}",
                    ask.students, students.size(), ask.data.string()));
  }
  Rng rng(ask.seed);
  rng.shuffle(std::span(students));
  students.resize(static_cast<std::size_t>(ask.students));
  MENO_TRY_DONE(check_both_kinds(students));
  return students;
}

bool same_vocabulary(const Course& a, const Course& b) {
  return a.items.names() == b.items.names() && a.skills.names() == b.skills.names();
}

/// Parameters and what each stretch of them is.
struct Named {
  const ParamLayout& layout;
  ParamView values;
};

/// transplanted();
/// `kept` and `fresh` of the report collect the names.
Params carried_over(const Named& from, const ParamLayout& layout, Rng& rng, Json& report) {
  const std::vector<ParamBlock>& old = from.layout.blocks();
  for (const ParamBlock& block : layout.blocks()) {
    const bool kept = std::any_of(old.begin(), old.end(), [&](const ParamBlock& other) {
      return other.name == block.name && other.shape == block.shape;
    });
    report[kept ? "kept" : "fresh"].push_back(block.name);
  }
  return transplanted(from.layout, from.values, layout, rng);
}

Result<LearnerSetup> learner_of(const Run& run, const Options& over) {
  Options options = run.learner_options;
  for (const auto& [name, value] : over) options[name] = value;
  MENO_TRY(const LearnerEntry* const entry, find_learner(run.learner_name));
  return entry->make(options);
}

/// What the run's learner has learnt besides theta, for a model of another course.
Result<Params> learnt_for(const Run& run, const LearnerSetup& learner, const ParamLayout& layout,
                          Rng& rng, Json& report) {
  MENO_TRY_DONE(inner_loop(learner, run.model->layout(), run.learnt));
  if (run.learnt.empty()) return Params{};
  const ParamLayout old = learner.own(run.model->layout());
  return carried_over({old, run.learnt}, learner.own(layout), rng, report);
}

/// A model of the dataset's course and its own theta.
struct Adapted {
  std::shared_ptr<const StudentModel> model = nullptr;
  Params theta = {};
  Params learnt = {};
  std::vector<std::unique_ptr<const Encoded>> windows = {};  // of the students adapted on
  double loss_before = 0.0;
  double loss_after = 0.0;
  std::string how = {};
  Json blocks = {{"kept", Json::array()}, {"fresh", Json::array()}};  // of parameters, by name
};

/// A run that names no item moves to the course with all of theta, which is then tuned as strongly
/// as the students themselves foresee.
Result<Adapted> moved_and_tuned(const Run& run, const std::vector<Sequence>& students) {
  MENO_TRY(TunedPrior tuned, tuned_prior(run, students, 0));
  Adapted adapted{.model = std::move(tuned.model),
                  .theta = std::move(tuned.theta),
                  .windows = std::move(tuned.windows),
                  .how = "tuned to the course"};
  const std::vector<const Encoded*> support = views_of(adapted.windows);
  for (const ParamBlock& block : adapted.model->layout().blocks())
    adapted.blocks["kept"].push_back(block.name);
  adapted.loss_before = adapted.model->loss(run.theta, support, {}, std::nullopt);
  return adapted;
}

/// The run's own inner loop on the students, from the parameters that are not the old course's.
Result<Adapted> looped(const Run& run, const ModelEntry& entry, const LearnerSetup& learner,
                       const Dataset& dataset, const std::vector<Sequence>& students,
                       std::uint64_t seed) {
  Adapted own{.model = run.model, .how = "the learner's inner loop"};
  std::vector<Window> windows;
  const int folds = students.size() >= kFolds ? kFolds : 0;
  for (std::size_t k = 0; k < students.size(); ++k) {
    windows.push_back(
        {.events = students[k], .fold = folds == 0 ? kNoFold : static_cast<int>(k % kFolds)});
  }
  if (!same_vocabulary(run.course, dataset.course())) {
    MENO_TRY(own.model, entry.fit(run.model_options, {.items = dataset.course().items.size(),
                                                      .skills = dataset.course().skills.size(),
                                                      .training = windows,
                                                      .folds = folds}));
  }
  Rng rng(mix64(seed));
  const ParamLayout& layout = own.model->layout();
  const Params theta = carried_over({run.model->layout(), run.theta}, layout, rng, own.blocks);
  MENO_TRY(own.learnt, learnt_for(run, learner, layout, rng, own.blocks));
  MENO_TRY(const InnerLoop inner, inner_loop(learner, layout, own.learnt));
  own.windows = encode_all(*own.model, windows, thread_count(0));
  const std::vector<const Encoded*> support = views_of(own.windows);
  own.theta = adapted(*own.model, theta, inner, support);
  own.loss_before = own.model->loss(theta, support, {}, std::nullopt);
  return own;
}

}  // namespace

Result<Json> adapt_run(const AdaptRun& ask) {
  MENO_TRY(Run run, load_run(ask.run));
  MENO_TRY(const ModelEntry* const entry, find_model(run.model_name));
  MENO_TRY(const LearnerSetup learner, learner_of(run, ask.learner_options));
  MENO_TRY(const Dataset dataset, Dataset::open(ask.data));
  MENO_TRY(const std::vector<Sequence> students, drawn_students(dataset, ask));
  Json report = {
      {"run", ask.out.string()}, {"from", ask.run.string()}, {"students", students.size()}};
  const bool prior = !learner.tasks && moves(run, *entry);
  MENO_TRY(Adapted own, prior ? moved_and_tuned(run, students)
                              : looped(run, *entry, learner, dataset, students, ask.seed));
  report.update(own.blocks);
  const std::vector<const Encoded*> support = views_of(own.windows);
  std::size_t answers = 0;
  for (const Sequence& student : students) answers += student.size();
  report["answers"] = answers;
  report["how"] = own.how;
  report["loss_before"] = own.loss_before;
  report["loss_after"] = own.model->loss(own.theta, support, {}, std::nullopt);
  run.metrics = {
      {"adapted_on", {{"students", students.size()}, {"answers", answers}, {"seed", ask.seed}}},
      {"support_loss", {{"before", report["loss_before"]}, {"after", report["loss_after"]}}},
      {"before", run.metrics}};
  run.data_hash = dataset.hash();
  run.code_version = MENO_VERSION;
  run.course = dataset.course();
  run.model = std::move(own.model);
  run.theta = std::move(own.theta);
  run.learnt = std::move(own.learnt);
  MENO_TRY_DONE(save_run(run, ask.out));
  return report;
}

}  // namespace meno
