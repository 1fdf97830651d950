#include "meta/generative/irt.h"

#include <algorithm>
#include <cmath>

#include "meta/generative/cholesky.h"
#include "meta/generative/simulated_walk.h"
#include "models/link.h"

namespace meno {
namespace {

constexpr int kRounds = 12;
constexpr double kRidge = 1.0;          // prior precision of the weights
constexpr double kPriorStudents = 4.0;  // of variance kPriorVariance
constexpr double kPriorVariance = 0.5;
constexpr std::size_t kLongest = 400;

double score(const AbilityModel& model, const EvidenceRow& row) {
  double z = 0.0;
  for (std::size_t i = 0; i < kOwnEvidence; ++i) z += model.weights[i] * row[i];
  return z;
}

/// A student's ability: mode and variance about it.
struct Ability {
  double mode = 0.0;
  double variance = 0.0;
};

Ability ability_of(const AbilityModel& model, const EncodedStudent& student) {
  const double precision = 1.0 / (model.ability_sd * model.ability_sd);
  Ability ability;
  for (int step = 0; step < 4; ++step) {
    double slope = -precision * ability.mode;
    double curve = precision;
    for (std::size_t t = 0; t < student.rows.size(); ++t) {
      const double p = sigmoid(ability.mode + score(model, student.rows[t]));
      slope += student.correct[t] - p;
      curve += p * (1.0 - p);
    }
    ability.mode += std::clamp(slope / curve, -2.0, 2.0);
    ability.variance = 1.0 / curve;
  }
  return ability;
}

/// One Newton step of the weights, abilities given.
void step_weights(std::span<const EncodedStudent> students, std::span<const Ability> abilities,
                  AbilityModel& model) {
  constexpr std::size_t kN = kOwnEvidence;
  std::vector<double> slope(kN);
  std::vector<double> curve(kN * kN);
  for (std::size_t i = 0; i < kN; ++i) {
    slope[i] = -kRidge * (model.weights[i] - (i == 1 ? 2.0 : 0.0));  // the ease as it was counted
    curve[i * kN + i] = kRidge;
  }
  for (std::size_t s = 0; s < students.size(); ++s) {
    for (std::size_t t = 0; t < students[s].rows.size(); ++t) {
      const EvidenceRow& row = students[s].rows[t];
      const double p = sigmoid(abilities[s].mode + score(model, row));
      for (std::size_t i = 0; i < kN; ++i) {
        slope[i] += (students[s].correct[t] - p) * row[i];
        for (std::size_t j = 0; j < kN; ++j) curve[i * kN + j] += p * (1.0 - p) * row[i] * row[j];
      }
    }
  }
  const std::vector<double> step = solved(curve, slope);
  for (std::size_t i = 0; i < kN; ++i) model.weights[i] += std::clamp(step[i], -2.0, 2.0);
}

class AbilityGenerator final : public StudentGenerator {
 public:
  AbilityGenerator(SimulatedCourse course, const AbilityModel& model)
      : course_(std::move(course)), model_(model) {}

  void draw(Rng& rng, History& student) const override {
    const double ability = model_.ability_sd * rng.normal();
    walk_student(
        course_, [&](const EvidenceRow& row) { return ability + score(model_, row); }, 0, rng,
        &student);
  }

 private:
  SimulatedCourse course_;
  AbilityModel model_;
};

}  // namespace

AbilityModel fitted_abilities(std::span<const EncodedStudent> students) {
  AbilityModel model;
  model.weights[1] = 2.0;  // rows hold half the logit
  std::vector<Ability> abilities(students.size());
  for (int round = 0; round < kRounds; ++round) {
    double mean = 0.0;  // moved to the constant at once, which EM alone would take many rounds for
    for (std::size_t s = 0; s < students.size(); ++s) {
      abilities[s] = ability_of(model, students[s]);
      mean += abilities[s].mode / (static_cast<double>(students.size()) + kPriorStudents);
    }
    model.weights[0] += mean;
    double squares = kPriorStudents * kPriorVariance;
    for (std::size_t s = 0; s < students.size(); ++s) {
      abilities[s].mode -= mean;
      squares += abilities[s].mode * abilities[s].mode + abilities[s].variance;
    }
    model.ability_sd = std::sqrt(squares / (static_cast<double>(students.size()) + kPriorStudents));
    step_weights(students, abilities, model);
  }
  return model;
}

Result<std::unique_ptr<const StudentGenerator>> fit_irt(const Options& options,
                                                        const GenerativeCohort& cohort) {
  double leave = 0.1;
  OptionReader reader(options);
  reader.read("leave", leave);
  MENO_TRY_DONE(reader.finish("irt"));
  MENO_TRY_DONE(check_leave(leave, "irt"));
  MENO_TRY_DONE(check_cohort(cohort));
  const AbilityModel model = fitted_abilities(encoded_in_turn(cohort.students, kLongest));
  return std::unique_ptr<const StudentGenerator>(
      std::make_unique<const AbilityGenerator>(SimulatedCourse(cohort.students, leave), model));
}

}  // namespace meno
