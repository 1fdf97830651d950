#include "meta/distillation/distillation.h"

#include <cmath>
#include <numeric>
#include <sstream>

#include <fmt/format.h>

#include "core/parallel.h"
#include "meta/run.h"
#include "models/link.h"

namespace meno {
namespace {

using Logits = std::vector<std::vector<double>>;

/// One stream per teacher, none of them the student's.
std::uint64_t teacher_seed(std::uint64_t seed, int teacher, int fold) {
  return mix64(mix64(seed ^ 0x7eac4e5ULL) + static_cast<std::uint64_t>(1000 * teacher + fold));
}

/// Which fold holds each student: [students], dealt in a seeded order.
std::vector<int> dealt(std::size_t students, int folds, std::uint64_t seed) {
  std::vector<std::size_t> order(students);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Rng rng(teacher_seed(seed, -1, 0));
  rng.shuffle(std::span(order));
  std::vector<int> fold_of(students);
  for (std::size_t k = 0; k < students; ++k) {
    fold_of[order[k]] = static_cast<int>(k % static_cast<std::size_t>(folds));
  }
  return fold_of;
}

/// Whom a teacher labels, and for how much of a label he stands.
struct Class {
  const std::vector<Sequence>& students;
  double share;
  int threads;
};

/// Adds share x logit of each answer of the students for whom `is_pupil(k)`.
template <class IsPupil>
void add_logits(const StudentModel& model, ParamView theta, const Class& taught,
                const IsPupil& is_pupil, Logits& logits) {
  parallel_for(taught.students.size(), thread_count(taught.threads), [&](std::size_t k) {
    if (!is_pupil(k)) return;
    std::vector<double> p(taught.students[k].size());
    predict(model, theta, taught.students[k], p);
    for (std::size_t t = 0; t < p.size(); ++t) {
      logits[k][t] += taught.share * std::log(p[t] / (1.0 - p[t]));
    }
  });
}

Logits zeros_for(const std::vector<Sequence>& students) {
  Logits logits;
  logits.reserve(students.size());
  for (const Sequence& student : students) logits.emplace_back(student.size(), 0.0);
  return logits;
}

Result<Logits> logits_of_runs(const TrainingData& data, const TrainOptions& options,
                              const Distillation& distillation) {
  Logits logits = zeros_for(data.training);
  const Class taught{data.training, 1.0 / static_cast<double>(distillation.runs.size()),
                     options.threads};
  for (const std::filesystem::path& folder : distillation.runs) {
    MENO_TRY(const Run run, load_run(folder));
    if (run.course.items.names() != data.course.items.names() ||
        run.course.skills.names() != data.course.skills.names()) {
      return invalid_input(
          fmt::format("teacher {}: its items and skills are not the dataset's, expected the same",
                      folder.string()));
    }
    add_logits(
        *run.model, run.theta, taught, [](std::size_t) { return true; }, logits);
  }
  return logits;
}

}  // namespace

Result<Distillation> read_distillation(const Options& options) {
  Distillation ask;
  std::string runs;
  OptionReader reader(options);
  reader.read("model", ask.model);
  reader.read("teachers", ask.teachers);
  reader.read("folds", ask.folds);
  reader.read("temperature", ask.temperature);
  reader.read("weight", ask.weight);
  reader.read("runs", runs);
  MENO_TRY_DONE(reader.finish("distillation"));
  std::istringstream list(runs);
  for (std::string run; std::getline(list, run, ',');) ask.runs.emplace_back(run);
  if (ask.teachers < 1 || ask.folds < 2) {
    return invalid_input(
        fmt::format("distillation: {} teachers in {} folds, expected 1 or more in 2 or more",
                    ask.teachers, ask.folds));
  }
  if (!(ask.temperature > 0.0) || !std::isfinite(ask.temperature)) {
    return invalid_input(
        fmt::format("distillation: temperature is {}, expected above 0", ask.temperature));
  }
  if (!(ask.weight >= 0.0 && ask.weight <= 1.0)) {
    return invalid_input(fmt::format("distillation: weight is {}, expected 0 to 1", ask.weight));
  }
  return ask;
}

std::string described(const Distillation& ask) {
  std::string who = fmt::format("{} cross-fitted teachers ({}) in {} folds", ask.teachers,
                                ask.model.empty() ? "the same model" : ask.model, ask.folds);
  if (!ask.runs.empty()) who = "the runs";
  for (const std::filesystem::path& run : ask.runs) who += " " + run.filename().string();
  return fmt::format("{}, temperature {}, weight {}", who, ask.temperature, ask.weight);
}

Result<Logits> teachers_logits(const ModelEntry& student, const Options& model_options,
                               const TrainingData& data, const TrainOptions& options,
                               const Distillation& distillation) {
  if (!distillation.runs.empty()) return logits_of_runs(data, options, distillation);
  if (data.training.size() < static_cast<std::size_t>(distillation.folds)) {
    return invalid_input(
        fmt::format("distillation: {} training students, expected one per fold, {}",
                    data.training.size(), distillation.folds));
  }
  const ModelEntry* entry = &student;
  if (!distillation.model.empty()) {
    MENO_TRY(entry, find_model(distillation.model));
  }
  const Options& set = distillation.model.empty() ? model_options : Options{};
  const std::vector<int> fold_of = dealt(data.training.size(), distillation.folds, options.seed);
  Logits logits = zeros_for(data.training);
  const Class taught{data.training, 1.0 / distillation.teachers, options.threads};
  for (int teacher = 0; teacher < distillation.teachers; ++teacher) {
    for (int fold = 0; fold < distillation.folds; ++fold) {
      TrainingData others{data.course, {}, data.validation, data.data_hash};
      for (std::size_t k = 0; k < fold_of.size(); ++k) {
        if (fold_of[k] != fold) others.training.push_back(data.training[k]);
      }
      MENO_TRY(const Trained trained, train(*entry, set, others,
                                            {.seed = teacher_seed(options.seed, teacher, fold),
                                             .threads = options.threads,
                                             .epochs = options.epochs,
                                             .patience = options.patience}));
      add_logits(
          *trained.model, trained.theta, taught, [&](std::size_t k) { return fold_of[k] == fold; },
          logits);
    }
  }
  return logits;
}

std::deque<History> labelled(const std::vector<Sequence>& students, const Logits& mean_logit,
                             const Distillation& distillation) {
  std::deque<History> histories;
  for (std::size_t k = 0; k < students.size(); ++k) {
    History& history = histories.emplace_back();
    for (std::size_t t = 0; t < students[k].size(); ++t) {
      Event event = students[k][t];
      const double soft = sigmoid(mean_logit[k][t] / distillation.temperature);
      event.label =
          static_cast<float>(distillation.weight * soft +
                             (1.0 - distillation.weight) * static_cast<double>(event.scored_as()));
      history.push_back(event);
    }
  }
  return histories;
}

Result<Trained> train_distilled(const ModelEntry& student, const Options& model_options,
                                const TrainingData& data, const TrainOptions& options,
                                const Distillation& distillation) {
  MENO_TRY(const Logits logits,
           teachers_logits(student, model_options, data, options, distillation));
  const std::deque<History> histories = labelled(data.training, logits, distillation);
  TrainingData taught{data.course, views_of(histories), data.validation,
                      fmt::format("{} labelled by {}", data.data_hash, described(distillation))};
  return train(student, model_options, taught, options);
}

}  // namespace meno
