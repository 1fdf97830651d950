#include "eval/fewshot/contestants.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "meta/adapt.h"
#include "meta/prior/tuning.h"
#include "meta/registry.h"

namespace meno {
namespace {

constexpr std::string_view kScratch = "scratch-";

/// Encoded windows and views of them.
struct Encodings {
  std::vector<std::unique_ptr<const Encoded>> owned;
  std::vector<const Encoded*> views;

  void add(const StudentModel& model, const Window& window) {
    owned.push_back(model.encode(window));
    views.push_back(owned.back().get());
  }
};

std::vector<double> predicted(const StudentModel& model, ParamView theta, const FewShotTask& task) {
  Encodings queries;
  std::size_t rows = 0;
  for (const FewShotQuery& query : task.queries) {
    queries.add(model, query.window);
    rows += queries.views.back()->size();
  }
  std::vector<double> p_correct(rows);
  if (rows > 0) model.predict(theta, queries.views, p_correct);
  return p_correct;
}

using Adapting = std::function<Params(const StudentModel&, ParamView, Batch)>;

/// From theta, adapted by `adapting` where there is a support.
Way from_theta(Params theta, Adapting adapting) {
  return [theta = std::move(theta), adapting = std::move(adapting)](
             const StudentModel& model, const FewShotTask& task) -> Result<std::vector<double>> {
    if (adapting == nullptr || task.support.empty()) return predicted(model, theta, task);
    Encodings support;
    for (const Window& window : task.support) support.add(model, window);
    return predicted(model, adapting(model, theta, support.views), task);
  };
}

Way by_inner_loop(Params theta, InnerLoop inner) {
  return from_theta(std::move(theta), [inner = std::move(inner)](const StudentModel& model,
                                                                 ParamView at, Batch support) {
    return adapted(model, at, inner, support);
  });
}

Contestant pretrained(const Ground& ground) {
  return {"pretrained", {{"", from_theta(ground.pretrained.theta, nullptr)}}};
}

/// Five steps at one of four rates: a range over which the loss on the support goes from hardly
/// moved to almost fitted.
Contestant fine_tuned(const Ground& ground) {
  Contestant contestant{"fine-tuned", {}};
  for (const double rate : {0.003, 0.01, 0.03, 0.1}) {
    contestant.settings.push_back(
        {fmt::format("inner_rate={}", rate),
         by_inner_loop(ground.pretrained.theta, {.steps = 5, .rate = rate})});
  }
  return contestant;
}

Contestant map_tuned(const Ground& ground) {
  Contestant contestant{"tuned", {}};
  for (const double precision : {30.0, 300.0}) {
    // A student's few answers are fitted in a few iterations; the rest costs time alone.
    const MapTuning tuning{.precision = precision, .iterations = 6};
    contestant.settings.push_back(
        {fmt::format("precision={}", precision),
         from_theta(ground.pretrained.theta,
                    [tuning](const StudentModel& model, ParamView theta, Batch support) {
                      return tuned(model, theta, tuning, support);
                    })});
  }
  return contestant;
}

/// Further training from the pretrained theta on a learner's tasks. The last epoch is kept:
/// training would choose by whole histories without adaptation, which is not what is asked here.
Result<Trained> trained_on(const Ground& ground, std::string_view learner, Options options) {
  options.emplace("tasks", ground.sampler);
  const TrainingData data{.course = ground.course,
                          .training = ground.data.training,
                          .validation = {},
                          .data_hash = ground.data.data_hash};
  return train(ground.entry, ground.plan.model_options, data,
               {.learner = std::string(learner),
                .learner_options = std::move(options),
                .seed = ground.plan.seed,
                .threads = ground.plan.threads,
                .epochs = ground.plan.meta_epochs,
                .rate = 0.25 * ground.entry.training.rate,  // on from where training ended low
                .start = ground.pretrained.theta});
}

/// Tasks whose inner loop does not move: what is left is training on their queries.
Result<Contestant> early(const Ground& ground) {
  MENO_TRY(Trained trained,
           trained_on(
               ground, "fomaml",
               {{"inner_rate", "1e-12"}, {"inner_steps", "1"}, {"support", "1"}, {"query", "30"}}));
  return Contestant{"early", {{"", from_theta(std::move(trained.theta), nullptr)}}};
}

Result<Contestant> learner(const std::string& name, const Ground& ground) {
  MENO_TRY(const LearnerEntry* const entry, find_learner(name));
  Options options = ground.plan.learner_options;
  options.merge(Options{{"support", "5"}, {"query", "15"}, {"inner_rate", "0.02"}});
  MENO_TRY(const LearnerSetup setup, entry->make(options));
  MENO_TRY(const Trained trained, trained_on(ground, name, options));
  MENO_TRY(const InnerLoop inner, inner_loop(setup, trained.model->layout(), trained.learnt));
  return Contestant{name, {{"", by_inner_loop(trained.theta, inner)}}};
}

/// A model that has seen the support's scored answers and nothing else.
Result<std::vector<double>> from_scratch(const ModelEntry& entry, const Ground& ground,
                                         const FewShotTask& task) {
  TrainingData data{.course = ground.course, .training = {}, .validation = {}, .data_hash = ""};
  for (const Window& window : task.support) {
    data.training.push_back(window.events.part(window.from, window.scored()));
  }
  if (data.training.empty()) {
    MENO_TRY(const auto model, entry.fit({}, {.items = ground.course.items.size(),
                                              .skills = ground.course.skills.size(),
                                              .training = {},
                                              .folds = 0}));
    Rng rng(ground.plan.seed);
    return predicted(*model, model->layout().initial(rng), task);
  }
  MENO_TRY(const Trained trained, train(entry, {}, data, {.seed = ground.plan.seed}));
  return predicted(*trained.model, trained.theta, task);
}

Result<Contestant> scratch(const std::string& name, const Ground& ground) {
  MENO_TRY(const ModelEntry* const entry, find_model(name.substr(kScratch.size())));
  const Way way = [entry, &ground](const StudentModel& /*model*/, const FewShotTask& task) {
    return from_scratch(*entry, ground, task);
  };
  return Contestant{name, {{"", way}}};
}

}  // namespace

std::vector<std::string> contestant_names() {
  std::vector<std::string> names{"pretrained", "fine-tuned", "tuned", "early",
                                 std::string(kPriorContestant)};
  for (const LearnerEntry& entry : learner_registry()) {
    const auto setup = entry.make({});
    if (setup && setup->tasks) names.emplace_back(entry.name);
  }
  for (const ModelEntry& entry : model_registry()) {
    names.push_back(std::string(kScratch) + std::string(entry.name));
  }
  return names;
}

std::vector<std::string> usual_contestants(std::string_view sampler) {
  std::vector<std::string> names{"scratch-logistic", "pretrained", "fine-tuned", "tuned"};
  if (sampler == "student") names.emplace_back("early");
  names.insert(names.end(), {"reptile", "fomaml", "anil"});
  return names;
}

Result<Done> check_contestants(const std::vector<std::string>& names) {
  const std::vector<std::string> known = contestant_names();
  for (const std::string& name : names) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return invalid_input(
          fmt::format("learner \"{}\", expected one of: {}", name, fmt::join(known, ", ")));
    }
  }
  return Done{};
}

Result<Contestant> make_contestant(const std::string& name, const Ground& ground) {
  if (name == "pretrained") return pretrained(ground);
  if (name == "fine-tuned") return fine_tuned(ground);
  if (name == "tuned") return map_tuned(ground);
  if (name == "early") return early(ground);
  if (name == kPriorContestant) {
    return Contestant{name, {{"", from_theta(ground.prior->theta, nullptr)}}, /*of_prior=*/true};
  }
  if (name.starts_with(kScratch)) return scratch(name, ground);
  return learner(name, ground);
}

}  // namespace meno
