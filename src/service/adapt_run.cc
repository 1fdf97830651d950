#include "service/adapt_run.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <vector>

#include <fmt/format.h>

#include "domain/dataset.h"
#include "meta/adapt.h"
#include "meta/registry.h"
#include "meta/run.h"
#include "models/registry.h"

namespace meno {
namespace {

/// As in training: no answer of a student reaches the statistics of his own features.
constexpr int kFolds = 8;

Result<std::vector<Window>> drawn_students(const Dataset& dataset, const AdaptRun& ask) {
  std::vector<Window> students;
  for (std::size_t s = 0; s < dataset.students(); ++s) {
    const Sequence history = dataset.sequence(StudentId(s));
    if (!history.empty()) students.push_back({.events = history});
  }
  if (ask.students < 1 || students.size() < static_cast<std::size_t>(ask.students)) {
    return invalid_input(
        fmt::format("{} students asked for, expected from 1 to the {} with answers in {}",
                    ask.students, students.size(), ask.data.string()));
  }
  Rng rng(ask.seed);
  rng.shuffle(std::span(students));
  students.resize(static_cast<std::size_t>(ask.students));
  if (ask.students >= kFolds) {
    for (std::size_t k = 0; k < students.size(); ++k)
      students[k].fold = static_cast<int>(k % kFolds);
  }
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

/// `from` wherever a block of the same name has the same shape in `layout`, a start elsewhere.
/// `kept` and `fresh` of the report collect the names.
Params carried_over(const Named& from, const ParamLayout& layout, Rng& rng, Json& report) {
  Params theta = layout.initial(rng);
  const ParamLayout& old = from.layout;
  for (std::size_t b = 0; b < layout.blocks().size(); ++b) {
    const ParamBlock& block = layout.blocks()[b];
    const auto same =
        std::find_if(old.blocks().begin(), old.blocks().end(), [&](const ParamBlock& other) {
          return other.name == block.name && other.shape == block.shape;
        });
    report[same == old.blocks().end() ? "fresh" : "kept"].push_back(block.name);
    if (same == old.blocks().end()) continue;
    const std::size_t at = old.offset(static_cast<std::size_t>(same - old.blocks().begin()));
    std::copy_n(from.values.begin() + static_cast<std::ptrdiff_t>(at), block.size(),
                theta.begin() + static_cast<std::ptrdiff_t>(layout.offset(b)));
  }
  return theta;
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

}  // namespace

Result<Json> adapt_run(const AdaptRun& ask) {
  MENO_TRY(Run run, load_run(ask.run));
  MENO_TRY(const LearnerSetup learner, learner_of(run, ask.learner_options));
  MENO_TRY(const Dataset dataset, Dataset::open(ask.data));
  MENO_TRY(const std::vector<Window> students, drawn_students(dataset, ask));
  Json report = {
      {"run", ask.out.string()}, {"from", ask.run.string()}, {"students", students.size()}};
  report["kept"] = Json::array();
  report["fresh"] = Json::array();
  std::shared_ptr<const StudentModel> model = run.model;
  if (!same_vocabulary(run.course, dataset.course())) {
    MENO_TRY(const ModelEntry* const entry, find_model(run.model_name));
    MENO_TRY(model, entry->fit(run.model_options, {.items = dataset.course().items.size(),
                                                   .skills = dataset.course().skills.size(),
                                                   .training = students,
                                                   .folds = ask.students >= kFolds ? kFolds : 0}));
  }
  Rng rng(mix64(ask.seed));
  const Params theta = carried_over({run.model->layout(), run.theta}, model->layout(), rng, report);
  MENO_TRY(run.learnt, learnt_for(run, learner, model->layout(), rng, report));
  MENO_TRY(const InnerLoop inner, inner_loop(learner, model->layout(), run.learnt));
  std::vector<std::unique_ptr<const Encoded>> windows;
  std::vector<const Encoded*> support;
  std::size_t answers = 0;
  for (const Window& student : students) {
    windows.push_back(model->encode(student));
    support.push_back(windows.back().get());
    answers += student.events.size();
  }
  Params moved = adapted(*model, theta, inner, support);
  report["answers"] = answers;
  report["loss_before"] = model->loss(theta, support, {}, std::nullopt);
  report["loss_after"] = model->loss(moved, support, {}, std::nullopt);
  run.metrics = {
      {"adapted_on", {{"students", students.size()}, {"answers", answers}, {"seed", ask.seed}}},
      {"support_loss", {{"before", report["loss_before"]}, {"after", report["loss_after"]}}},
      {"before", run.metrics}};
  run.data_hash = dataset.hash();
  run.code_version = MENO_VERSION;
  run.course = dataset.course();
  run.model = std::move(model);
  run.theta = std::move(moved);
  MENO_TRY_DONE(save_run(run, ask.out));
  return report;
}

}  // namespace meno
