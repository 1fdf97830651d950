#include "tutor/replay/logging_policy.h"

#include <algorithm>
#include <numeric>

namespace meno {
namespace {

constexpr int kRounds = 10;
// What follows a skill rarely seen is pulled towards popularity by so many imagined transitions.
constexpr double kPrior = 5.0;

/// Calls use(context, next, met, met_count) for each answer but the first.
template <class Use>
void each_choice(const Sequence& student, std::size_t skills, const Use& use) {
  std::vector<bool> met(skills, false);
  double met_count = 0.0;
  ChoiceContext context;
  for (std::size_t t = 0; t < student.size(); ++t) {
    const Event event = student[t];
    const SkillId next = skill_of(event);
    if (!next.known()) continue;
    if (context.last.known()) use(context, next.value, met, met_count);
    if (!met[next.value]) met_count += 1.0;
    met[next.value] = true;
    context = after(context, event);
  }
}

}  // namespace

LoggingPolicy::LoggingPolicy(std::size_t skills, std::span<const Sequence> students)
    : skills_(skills),
      follows_(skills, std::vector<double>(skills, 0.0)),
      left_(skills, 0.0),
      popular_(skills, 1.0),
      answers_(static_cast<double>(skills)) {
  weights_.fill({0.4, 0.4, 0.1, 0.1});
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
  each_choice(
      student, skills_,
      [&](const ChoiceContext& context, std::size_t next, const std::vector<bool>&, double) {
        const std::size_t last = context.last.value;
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

/// Right or wrong, times 1, 2, 3 to 5 or more answers in a row.
std::size_t LoggingPolicy::number_of(const ChoiceContext& context) {
  const std::size_t run = context.run >= 6 ? 3 : context.run >= 3 ? 2 : context.run >= 2 ? 1 : 0;
  return 2 * run + (context.right ? 1 : 0);
}

void LoggingPolicy::fit_weights(std::span<const Sequence> students) {
  for (int round = 0; round < kRounds; ++round) {
    std::array<Parts, kContexts> shares;
    shares.fill({1.0, 1.0, 1.0, 1.0});
    const auto add = [&](const ChoiceContext& context, std::size_t next,
                         const std::vector<bool>& met, double met_count) {
      const std::size_t number = number_of(context);
      Parts part = parts(next, context.last.value, met, met_count);
      double sum = 0.0;
      for (std::size_t k = 0; k < part.size(); ++k) sum += part[k] *= weights_[number][k];
      for (std::size_t k = 0; k < part.size(); ++k) shares[number][k] += part[k] / sum;
    };
    for (const Sequence& student : students) each_choice(student, skills_, add);
    for (std::size_t number = 0; number < kContexts; ++number) {
      const Parts& share = shares[number];
      const double total = std::accumulate(share.begin(), share.end(), 0.0);
      for (std::size_t k = 0; k < share.size(); ++k) weights_[number][k] = share[k] / total;
    }
  }
}

std::vector<double> LoggingPolicy::next(const ChoiceContext& context,
                                        const std::vector<bool>& met) const {
  const auto met_count = static_cast<double>(std::count(met.begin(), met.end(), true));
  const Parts& weights = weights_[number_of(context)];
  std::vector<double> p(skills_, 0.0);
  for (std::size_t s = 0; s < skills_; ++s) {
    const Parts part = parts(s, context.last.value, met, met_count);
    for (std::size_t k = 0; k < part.size(); ++k) p[s] += weights[k] * part[k];
  }
  return p;
}

}  // namespace meno
