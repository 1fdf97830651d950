#include "tutor/simulator/recurrent/recurrent.h"

#include <algorithm>
#include <array>

#include "meta/training.h"

namespace meno {
namespace {

/// One student in ten tells when to stop training.
constexpr std::size_t kValidEvery = 10;

class RecurrentLearner final : public SimulatedLearner {
 public:
  RecurrentLearner(const Course& course, std::unique_ptr<Tracker> tracker)
      : course_(&course), tracker_(std::move(tracker)) {}

  double p_correct(ItemId item) const override {
    const std::array target{Target{.item = item, .skills = course_->skills_of(item)}};
    std::array<double, 1> p{};
    tracker_->p_correct(target, p);
    return std::clamp(p[0], 1e-4, 1.0 - 1e-4);
  }

  void practise(ItemId item, bool correct, Rng& /*rng*/) override {
    tracker_->observe(
        {.item = item, .skills = course_->skills_of(item), .correct = correct ? 1.0F : 0.0F});
  }

  std::unique_ptr<SimulatedLearner> clone() const override {
    return std::make_unique<RecurrentLearner>(*course_, tracker_->clone());
  }

 private:
  const Course* course_;
  std::unique_ptr<Tracker> tracker_;
};

class Family final : public LearnerFamily {
 public:
  Family(const Course& course, Trained trained)
      : course_(course),
        trained_(std::move(trained)),
        online_(trained_.model->online(trained_.theta)) {}

  std::unique_ptr<SimulatedLearner> new_learner(Rng& /*rng*/) const override {
    return std::make_unique<RecurrentLearner>(course_, online_->new_student());
  }

 private:
  const Course& course_;
  const Trained trained_;
  const std::unique_ptr<const OnlineModel> online_;
};

Result<std::unique_ptr<const LearnerFamily>> fit_model(std::string_view name,
                                                       const PracticeData& data,
                                                       const FamilyFit& options) {
  MENO_TRY(const ModelEntry* const entry, find_model(name));
  TrainingData training{
      .course = data.course, .training = {}, .validation = {}, .data_hash = "simulator"};
  for (std::size_t k = 0; k < data.students.size(); ++k) {
    const bool valid = k % kValidEvery == kValidEvery - 1;
    (valid ? training.validation : training.training).push_back(data.students[k]);
  }
  TrainOptions train_options{.seed = options.seed, .threads = options.threads};
  train_options.epochs = options.epochs;
  train_options.patience = 3;
  MENO_TRY(Trained trained, train(*entry, {}, training, train_options));
  return std::unique_ptr<const LearnerFamily>(
      std::make_unique<Family>(data.course, std::move(trained)));
}

}  // namespace

Result<std::unique_ptr<const LearnerFamily>> fit_gru_learner(const PracticeData& data,
                                                             const FamilyFit& options) {
  return fit_model("gru", data, options);
}

Result<std::unique_ptr<const LearnerFamily>> fit_evidence_learner(const PracticeData& data,
                                                                  const FamilyFit& options) {
  return fit_model("evidence", data, options);
}

}  // namespace meno
