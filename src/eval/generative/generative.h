// Are made-up students of use, can they be told from real ones, and do they give real ones away?
// Course -> test students nobody learns from, training students -> generators -> models trained on
// real, made-up and both -> rows.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "core/options.h"
#include "domain/course.h"
#include "eval/generative/privacy_audit.h"
#include "eval/generative/two_sample.h"
#include "eval/spread.h"
#include "meta/generative/generator.h"

namespace meno {

struct GenerativePlan {
  std::vector<std::string> generators = {};         // rows of generator_registry(); empty: all
  Options generator_options = {};                   // of every generator
  std::vector<double> fractions = {1, 5, 25, 100};  // of the training students, per cent
  std::vector<std::string> models = {"logistic"};   // trained on what was made up
  int repeats = 5;                                  // draws of test and training students
  std::size_t scored = 400;   // test students at most, and at most a fifth of all
  std::size_t pool = 0;       // training students at most, what 100 % is; 0: all others
  std::size_t synthetic = 0;  // made-up students; 0: as many as real ones, at least 200
  std::uint64_t seed = 0;
  int threads = 0;  // 0: all cores
};

/// What a model was trained on.
enum class TrainedOn { Real, Synthetic, Both };

/// One model on the test students, over the repeats.
struct UtilityRow {
  std::string generator;  // "real" where nothing was made up
  std::string model = {};
  TrainedOn trained_on = TrainedOn::Real;
  double fraction = 100.0;    // per cent
  std::size_t students = 0;   // real ones that the generator, or the model, learnt from
  std::size_t synthetic = 0;  // made-up ones
  Spread auc = {}, log_loss = {}, ece = {};
  /// Repeat by repeat above the same model trained on the same real students.
  Spread auc_gain = {}, log_loss_gain = {}, ece_gain = {};
};

/// A generator fitted to all training students of the first draw.
struct JudgementRow {
  std::string generator;
  TwoSample two_sample = {};  // against the test students
  PrivacyAudit privacy = {};  // training against test students
  double fit_seconds = 0.0;
  double draw_seconds = 0.0;
  std::size_t synthetic = 0;
};

struct GenerativeResult {
  std::vector<UtilityRow> utility = {};
  std::vector<JudgementRow> judgement = {};
  /// The two-sample test of training against test students: what a perfect generator would reach.
  TwoSample real_against_real = {};
  std::size_t scored_students = 0;
  std::size_t training_students = 0;
};

/// Test students are the same for every row of a repeat and nobody learns from them, generators
/// included. `sources` are other courses' students, for generators that can use them.
/// Errors: InvalidInput for an unknown generator or model, a fraction outside (0, 100], no repeats,
/// or fewer than 20 students with answers; as the generators and train; Unavailable on Ctrl-C.
Result<GenerativeResult> judge_generators(const Course& course,
                                          const std::vector<Sequence>& students,
                                          const std::vector<std::vector<Sequence>>& sources,
                                          const GenerativePlan& plan);

}  // namespace meno
