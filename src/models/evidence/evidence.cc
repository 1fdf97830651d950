// How an EvidenceModel is made: counted on a cohort, or read from a run.
#include "models/evidence/evidence.h"

#include <cmath>

#include <fmt/format.h>

#include "models/evidence/evidence_model.h"

namespace meno {
namespace evidence {
namespace {

constexpr std::size_t kScaleAnswers =
    2000000;  // enough for means and deviations; keeps memory and time bounded

/// A scaling that leaves features as they are, for measuring them.
Scaling no_scaling() {
  return {.mean = std::vector<float>(kFeatures, 0.0F),
          .inverse_sd = std::vector<float>(kFeatures, 1.0F)};
}

/// Mean and deviation of every feature over the training answers, each student seen with his fold
/// left out.
Scaling measured_scaling(const Cohort& cohort, const CourseStatistics& statistics) {
  std::vector<double> sum(kFeatures);
  std::vector<double> squares(kFeatures);
  std::vector<float> x(kFeatures);
  std::size_t rows = 0;
  for (const Window& window : cohort.training) {
    if (rows >= kScaleAnswers) break;
    StudentState student;
    for (std::size_t t = 0; t < window.events.size(); ++t, ++rows) {
      const Event event = window.events[t];
      const Scene scene =
          scene_of(statistics, student,
                   {.item = event.item, .skills = event.skills, .at = event.at}, window.fold);
      write_features(student, scene, x);
      for (std::size_t k = 0; k < x.size(); ++k) {
        const auto value = static_cast<double>(x[k]);
        sum[k] += value;
        squares[k] += value * value;
      }
      observe(student, event, forecast_of(scene.rates));
    }
  }
  Scaling scaling = no_scaling();
  const auto n = static_cast<double>(std::max<std::size_t>(1, rows));
  for (std::size_t k = 0; k < x.size(); ++k) {
    const double mean = sum[k] / n;
    const double sd = std::sqrt(std::max(0.0, squares[k] / n - mean * mean));
    scaling.mean[k] = static_cast<float>(mean);
    scaling.inverse_sd[k] =
        sd > 1e-6 ? static_cast<float>(1.0 / (sd + 1e-4)) : 0.0F;  // a constant says nothing
  }
  return scaling;
}

constexpr const char* kWhere = "evidence statistics";

Result<Scaling> scaling_from(const Tensors& tensors) {
  Scaling scaling;
  MENO_TRY(scaling.mean, tensor_values<float>(tensors, "scale.mean", kWhere));
  MENO_TRY(scaling.inverse_sd, tensor_values<float>(tensors, "scale.inverse_sd", kWhere));
  if (scaling.mean.size() != kFeatures || scaling.inverse_sd.size() != kFeatures) {
    return invalid_input(fmt::format("{}: scales of {} and {} features, expected {}", kWhere,
                                     scaling.mean.size(), scaling.inverse_sd.size(), kFeatures));
  }
  return scaling;
}

}  // namespace
}  // namespace evidence

Result<std::unique_ptr<const StudentModel>> fit_evidence(const Options& options,
                                                         const Cohort& cohort) {
  MENO_TRY(const evidence::EvidenceOptions chosen, evidence::read_evidence_options(options));
  evidence::Shape shape(chosen, evidence::kFeatures, cohort.skills, cohort.items);
  evidence::CourseStatistics statistics = evidence::CourseStatistics::count(cohort);
  evidence::Scaling scaling = evidence::measured_scaling(cohort, statistics);
  std::vector<float> trust;
  if (chosen.item_vectors) trust = evidence::trust_of(cohort);
  return std::unique_ptr<const StudentModel>(std::make_unique<const evidence::EvidenceModel>(
      std::move(shape), std::move(statistics), std::move(scaling), std::move(trust)));
}

Result<std::unique_ptr<const StudentModel>> load_evidence(const Options& options,
                                                          const Tensors& tensors) {
  using evidence::kWhere;
  MENO_TRY(const evidence::EvidenceOptions chosen, evidence::read_evidence_options(options));
  MENO_TRY(evidence::CourseStatistics statistics,
           evidence::CourseStatistics::from_tensors(tensors));
  MENO_TRY(const auto sizes, tensor_values<std::uint32_t>(tensors, "sizes", kWhere));
  if (sizes.size() != 3 || sizes[2] != evidence::kFeatures) {
    return invalid_input(fmt::format("{}: made with {} features, expected {}", kWhere,
                                     sizes.size() == 3 ? sizes[2] : 0, evidence::kFeatures));
  }
  MENO_TRY(evidence::Scaling scaling, evidence::scaling_from(tensors));
  MENO_TRY(auto trust, tensor_values<float>(tensors, "trust", kWhere));
  if (chosen.item_vectors && trust.size() != sizes[1]) {
    return invalid_input(
        fmt::format("{}: {} trusts of items, expected {}", kWhere, trust.size(), sizes[1]));
  }
  evidence::Shape shape(chosen, sizes[2], sizes[0], sizes[1]);
  return std::unique_ptr<const StudentModel>(std::make_unique<const evidence::EvidenceModel>(
      std::move(shape), std::move(statistics), std::move(scaling), std::move(trust)));
}

Result<std::unique_ptr<const StudentModel>> move_evidence(const Options& options,
                                                          const Tensors& tensors,
                                                          const Cohort& cohort) {
  MENO_TRY(const evidence::EvidenceOptions chosen, evidence::read_evidence_options(options));
  if (chosen.skill_vectors || chosen.item_vectors) {
    return invalid_input(
        "evidence with vectors of skills or items belongs to its course, expected "
        "skill_vectors=false and item_vectors=false for a model that moves to another");
  }
  return grow_evidence(options, tensors, cohort);
}

Result<std::unique_ptr<const StudentModel>> grow_evidence(const Options& options,
                                                          const Tensors& tensors,
                                                          const Cohort& cohort) {
  MENO_TRY(const evidence::EvidenceOptions chosen, evidence::read_evidence_options(options));
  MENO_TRY(evidence::Scaling scaling, evidence::scaling_from(tensors));
  std::vector<float> trust;
  if (chosen.item_vectors) trust = evidence::trust_of(cohort);
  return std::unique_ptr<const StudentModel>(std::make_unique<const evidence::EvidenceModel>(
      evidence::Shape(chosen, evidence::kFeatures, cohort.skills, cohort.items),
      evidence::CourseStatistics::count(cohort), std::move(scaling), std::move(trust)));
}

}  // namespace meno
