// The evidence for one target before its answer: what the course knows of the context, what the
// student has shown, and how the two differ. Everything is O(1) in the history. Derivation and
// ablation: docs/evidence.md.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "models/evidence/rates.h"

namespace meno::evidence {

/// A stretch of the feature vector with a meaning of its own, for explanations.
struct FeatureGroup {
  const char* name;
  int count;
};

inline constexpr FeatureGroup kFeatureGroups[] = {
    {"course", 10},    // what the training students did in this context
    {"student", 12},   // the student overall
    {"skill", 19},     // the student on this skill
    {"item", 6},       // the student on this item
    {"recent", 16},    // the last few answers
    {"variety", 3},    // how varied the practice was
    {"contrast", 19},  // differences between the above
    {"residual",
     2 * static_cast<int>(kResiduals)},  // corrections learnt from the training students' residuals
    {"elo", 4},                          // residuals against the Elo forecast
    {"run", 2},                          // place in a run of the same item
    {"time", 8},  // gaps, sessions and response times; zero where the source has no times
};

inline constexpr int kFeatures = [] {
  int sum = 0;
  for (const FeatureGroup& group : kFeatureGroups) sum += group.count;
  return sum;
}();

/// Everything but the student that a target's features depend on.
struct Scene {
  Situation situation;
  Lookups lookups;
  Rates rates{};
  TimePoint at = kNoTime;  // of the answer to come
};

/// What a feature depends on, beside the time of the answer to come: the student alone; the
/// target's skills too (and whether its item was the last answered); its item too.
enum class Part { Student, Skill, Item };
inline constexpr std::array kParts{Part::Student, Part::Skill, Part::Item};

/// Which of the kFeatures are of a part, ascending.
const std::vector<std::size_t>& features_of(Part part);
/// Fills x [features_of(part)], unscaled.
void write_part(Part part, const StudentState& student, const Scene& scene, std::span<float> x);

/// Fills x [kFeatures], unscaled.
void write_features(const StudentState& student, const Scene& scene, std::span<float> x);

}  // namespace meno::evidence
