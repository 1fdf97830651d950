// Contestants: everything that a few-shot benchmark compares, each from a support to predictions of
// queries. Learners of meta's registry, and the baselines they have to beat.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "core/result.h"
#include "eval/fewshot/few_shot.h"
#include "eval/fewshot/round.h"
#include "meta/prior/prior.h"
#include "meta/training.h"

namespace meno {

/// Predicts all computed events of a task's query windows, one window after the other, after
/// adapting on its support. Thread-safe.
using Way =
    std::function<Result<std::vector<double>>(const StudentModel& model, const FewShotTask& task)>;

struct Setting {
  std::string label;  // e.g. "inner_rate=0.03"; "" where there is no choice
  Way predict;
};

struct Contestant {
  std::string name;
  std::vector<Setting> settings;  // 1 or more: the best on validation tasks is judged
  bool of_prior = false;          // meets Round::prior, not Round::model
};

/// Learnt from other courses, its statistics those of the round, unadapted. Needs sources.
inline constexpr std::string_view kPriorContestant = "prior";

/// What contestants are made from. Everything must outlive them.
struct Ground {
  const FewShotPlan& plan;
  const ModelEntry& entry;
  const Course& course;
  const TrainingData& data;   // training and validation students, as far as the problem shows them
  const Trained& pretrained;  // the model trained directly on them
  const Prior* prior;         // FewShotBench::prior
  std::string_view sampler;   // of the tasks that learners train on: student, skill or item
};

/// Names that every problem takes: baselines, learners, and `scratch-<model>` of every model.
std::vector<std::string> contestant_names();
/// Those taken when nobody is named, for tasks of this sampler.
std::vector<std::string> usual_contestants(std::string_view sampler);
/// Errors: InvalidInput naming those there are.
Result<Done> check_contestants(const std::vector<std::string>& names);

/// Trains what has to be trained. `pretrained` is the theta that comes without adaptation;
/// `fine-tuned` plain gradient steps from there; `tuned` the most probable read-out under a normal
/// prior around it (meta/prior/tuning.h); `early` the same model trained on over first answers
/// alone, without adaptation: what learners gain by their tasks rather than by adapting; a learner
/// starts its tasks from the pretrained theta and replays its own inner loop; `scratch-<model>`
/// trains on the support alone. Errors: as train().
Result<Contestant> make_contestant(const std::string& name, const Ground& ground);

}  // namespace meno
