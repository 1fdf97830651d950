// Distillation: what many teachers expect of the training students' answers becomes the label of
// those answers, and one student model learns from it. Students are seen through their answers all
// the while: a label is never evidence (Event::label).
//
//   label = w sigmoid(mean of the teachers' logits / T) + (1 - w) answer
//
// Source: Hinton, Vinyals & Dean 2015, arXiv:1503.02531, section 2. Two departures: the student's
// own logit is not divided by T, so that what it says stays a probability (T = 1 is the calibrated
// choice); and teachers predict by cross-fitting, for what they expect of students that they were
// trained on is nearer to the answers than anything they would expect of new ones.
#pragma once

#include <cstdint>
#include <deque>
#include <filesystem>
#include <string>
#include <vector>

#include "core/options.h"
#include "core/result.h"
#include "meta/training.h"

namespace meno {

/// Who teaches, and how much of what they say counts.
struct Distillation {
  std::string model = {};    // of the teachers, with its default options; empty: the student's own
  int teachers = 3;          // seeds; each is trained `folds` times
  int folds = 4;             // students of a fold are predicted by teachers trained on the others
  double temperature = 1.0;  // T
  double weight = 1.0;       // w, in [0, 1]
  /// Teachers that are there already, instead of training any. They predict every training student,
  /// those they have been trained on as well.
  std::vector<std::filesystem::path> runs = {};
};

/// Options "model", "teachers", "folds", "temperature", "weight" and "runs" (folders, with commas
/// between). Errors: InvalidInput for an unknown or bad one.
Result<Distillation> read_distillation(const Options& options);

/// One line on who teaches, for cards and checkpoints.
std::string described(const Distillation& ask);

/// mean_logit[k] [T] of every answer of students[k], each by teachers that were trained without him
/// (or by the given runs). Errors: those of training and of load_run; InvalidInput for fewer
/// students than folds, or a run with another vocabulary.
Result<std::vector<std::vector<double>>> teachers_logits(const ModelEntry& student,
                                                         const Options& model_options,
                                                         const TrainingData& data,
                                                         const TrainOptions& options,
                                                         const Distillation& distillation);

/// The students' histories with a label at each answer.
std::deque<History> labelled(const std::vector<Sequence>& students,
                             const std::vector<std::vector<double>>& mean_logit,
                             const Distillation& distillation);

/// train() on labels made by the teachers. Resuming trains the teachers again, to the same labels.
/// Errors: those of train and of teachers_logits.
Result<Trained> train_distilled(const ModelEntry& student, const Options& model_options,
                                const TrainingData& data, const TrainOptions& options,
                                const Distillation& distillation);

}  // namespace meno
