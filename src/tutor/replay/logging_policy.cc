#include "tutor/replay/logging_policy.h"

#include <algorithm>

namespace meno {
namespace {

constexpr int kRounds = 10;
// What follows a skill rarely seen is pulled towards popularity by so many imagined transitions.
constexpr double kPrior = 5.0;

/// Calls use(last, next, met, met_count) for each answer but the first.
template <class Use>
void each_choice(const Sequence& student, std::size_t skills, const Use& use) {
  std::vector<bool> met(skills, false);
  double met_count = 0.0;
  SkillId last;
  for (std::size_t t = 0; t < student.size(); ++t) {
    const SkillId next = skill_of(student[t]);
    if (!next.known()) continue;
    if (last.known()) use(last.value, next.value, met, met_count);
    if (!met[next.value]) met_count += 1.0;
    met[next.value] = true;
    last = next;
  }
}

}  // namespace

LoggingPolicy::LoggingPolicy(std::size_t skills, std::span<const Sequence> students)
    : skills_(skills),
      follows_(skills, std::vector<double>(skills, 0.0)),
      left_(skills, 0.0),
      popular_(skills, 1.0),
      answers_(static_cast<double>(skills)) {
  std::vector<Sequence> kept;
  for (std::size_t k = 0; k < students.size(); ++k) {
    if (k % 5 == 4) {
      kept.push_back(students[k]);
    } else {
      count(students[k]);
    }
  }
  fit_weights(kept);
}

void LoggingPolicy::count(const Sequence& student) {
  for (std::size_t t = 0; t < student.size(); ++t) {
    const SkillId skill = skill_of(student[t]);
    if (!skill.known()) continue;
    popular_[skill.value] += 1.0;
    answers_ += 1.0;
  }
  each_choice(student, skills_,
              [&](std::size_t last, std::size_t next, const std::vector<bool>&, double) {
                if (last == next) return;
                follows_[last][next] += 1.0;
                left_[last] += 1.0;
              });
}

LoggingPolicy::Parts LoggingPolicy::parts(std::size_t skill, std::size_t last,
                                          const std::vector<bool>& met, double met_count) const {
  const double popular = popular_[skill] / answers_;
  return {skill == last ? 1.0 : 0.0,
          (follows_[last][skill] + kPrior * popular) / (left_[last] + kPrior),
          met[skill] ? 1.0 / met_count : 0.0, popular};
}

void LoggingPolicy::fit_weights(std::span<const Sequence> students) {
  for (int round = 0; round < kRounds; ++round) {
    Parts share{1.0, 1.0, 1.0, 1.0};
    for (const Sequence& student : students) {
      each_choice(
          student, skills_,
          [&](std::size_t last, std::size_t next, const std::vector<bool>& met, double met_count) {
            const Parts part = parts(next, last, met, met_count);
            double sum = 0.0;
            for (std::size_t k = 0; k < part.size(); ++k) sum += weights_[k] * part[k];
            for (std::size_t k = 0; k < part.size(); ++k) {
              share[k] += weights_[k] * part[k] / sum;
            }
          });
    }
    const double total = share[0] + share[1] + share[2] + share[3];
    for (std::size_t k = 0; k < share.size(); ++k) weights_[k] = share[k] / total;
  }
}

std::vector<double> LoggingPolicy::next(SkillId last, const std::vector<bool>& met) const {
  const auto met_count = static_cast<double>(std::count(met.begin(), met.end(), true));
  std::vector<double> p(skills_, 0.0);
  for (std::size_t s = 0; s < skills_; ++s) {
    const Parts part = parts(s, last.value, met, met_count);
    for (std::size_t k = 0; k < part.size(); ++k) p[s] += weights_[k] * part[k];
  }
  return p;
}

}  // namespace meno
