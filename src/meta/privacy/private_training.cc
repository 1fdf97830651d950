#include "meta/privacy/private_training.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "meta/privacy/private_feed.h"

namespace meno {
namespace {

bool are_alike(const Tensors& one, const Tensors& other) {
  return encode_safetensors(one) == encode_safetensors(other);
}

Result<Done> check_one_student(const TaskPlan& plan) {
  for (const SamplerEntry& entry : sampler_registry()) {
    if (entry.name != plan.sampler || entry.of_one_student) continue;
    return invalid_input(fmt::format(
        "private training: tasks by {} mix students, expected tasks of one student each",
        plan.sampler));
  }
  return Done{};
}

/// All windows of a student, encoded once.
StudentTask whole_students(const StudentModel& model, const TaskPool& pool,
                           const std::function<std::vector<Window>(const Window&)>& windows_of) {
  using Owned = std::vector<std::vector<std::unique_ptr<const Encoded>>>;
  const auto owned = std::make_shared<Owned>(pool.windows.size());
  for (std::size_t k = 0; k < pool.windows.size(); ++k) {
    for (const Window& window : windows_of(pool.windows[k]))
      (*owned)[k].push_back(model.encode(window));
  }
  return [owned](std::size_t student, Rng& /*rng*/, Share& /*share*/) {
    EncodedTask task;
    for (const auto& window : (*owned)[student]) task.support.push_back(window.get());
    return task;
  };
}

}  // namespace

Result<std::unique_ptr<const StudentModel>> fit_private(const ModelEntry& entry,
                                                        const Options& options,
                                                        const Cohort& cohort) {
  const Cohort nobody{.items = cohort.items, .skills = cohort.skills, .training = {}};
  MENO_TRY(std::unique_ptr<const StudentModel> blind, entry.fit(options, nobody));
  MENO_TRY(const std::unique_ptr<const StudentModel> counted, entry.fit(options, cohort));
  if (!are_alike(blind->statistics(), counted->statistics())) {
    return invalid_input(
        fmt::format("private training: {} counts the training students' answers and would store "
                    "the counts without noise, expected a model that learns from gradients alone",
                    entry.name));
  }
  return blind;
}

Result<PrivateTraining> make_private_training(
    const Privacy& options, const StudentModel& model, const LearnerSetup& learner,
    const TaskPool& pool, const std::function<std::vector<Window>(const Window&)>& windows_of,
    Ranks& ranks) {
  std::size_t students = pool.windows.size();
  StudentTask task;
  if (learner.tasks) {
    MENO_TRY_DONE(check_one_student(*learner.tasks));
    MENO_TRY(auto made, make_sampler(learner.tasks->sampler, pool, learner.tasks->shape));
    const std::shared_ptr<const TaskSampler> sampler = std::move(made);
    students = sampler->size();
    task = [sampler, &model](std::size_t student, Rng& rng, Share& share) {
      return encode_task(model, sampler->task(student, rng), share);
    };
  } else {
    task = whole_students(model, pool, windows_of);
  }
  MENO_TRY(PrivateSteps steps, PrivateSteps::make(options, students, ranks));
  return PrivateTraining{
      .steps = steps,
      .feed = make_private_feed(students, steps.sampling(), steps.sample_seed(), std::move(task))};
}

}  // namespace meno
