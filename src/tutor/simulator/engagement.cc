#include "tutor/simulator/engagement.h"

#include <algorithm>
#include <cmath>

#include "core/moments.h"

namespace meno {
namespace {

constexpr double kAssumedSeconds = 30.0;
constexpr double kShrink = 20.0;  // answers of the overall mean that every skill gets

double log_seconds(const Event& event) {
  return std::log(std::clamp(event.response_ms / 1000.0, 0.5, 600.0));
}

void fit_times(std::span<const Sequence> students, Engagement& engagement) {
  Moments all;
  Moments wrong;
  Moments right;
  std::vector<Moments> skills(engagement.log_s.size());
  for (const Sequence& student : students) {
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student[t];
      if (event.response_ms == kNoResponseTime) continue;
      const double log_s = log_seconds(event);
      all.add(log_s);
      (event.correct >= 0.5F ? right : wrong).add(log_s);
      for (const SkillId skill : event.skills) skills[skill.value].add(log_s);
    }
  }
  if (all.count < 100.0) return;
  engagement.timed = true;
  engagement.wrong = wrong.mean_or(0.0) - right.mean_or(wrong.mean_or(0.0));
  const double mean = all.mean_or(0.0);
  for (std::size_t s = 0; s < skills.size(); ++s)
    engagement.log_s[s] = (skills[s].sum + kShrink * mean) / (skills[s].count + kShrink);
}

/// The spread of students' mean residuals, and of answers around them.
void fit_spread(std::span<const Sequence> students, Engagement& engagement) {
  Moments between;
  Moments within;
  for (const Sequence& student : students) {
    Moments pace;
    Moments squares;
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student[t];
      if (event.response_ms == kNoResponseTime || event.skills.empty()) continue;
      const double off = log_seconds(event) - engagement.log_s[event.skills.front().value];
      pace.add(off);
      squares.add(off * off);
    }
    if (pace.count < 5.0) continue;
    const double mean = pace.mean_or(0.0);
    between.add(mean * mean);
    within.add(squares.mean_or(0.0) - mean * mean);
  }
  engagement.pace_sd = std::sqrt(std::max(0.0, between.mean_or(0.09)));
  engagement.noise_sd = std::sqrt(std::max(0.0, within.mean_or(0.25)));
}

void fit_stops(std::span<const Sequence> students, Engagement& engagement) {
  double right = 1.0;
  double wrong = 1.0;
  double right_stops = 0.01;
  double wrong_stops = 0.01;
  for (const Sequence& student : students) {
    for (std::size_t t = 0; t < student.size(); ++t) {
      const bool was_right = student[t].correct >= 0.5F;
      (was_right ? right : wrong) += 1.0;
      if (t + 1 == student.size()) (was_right ? right_stops : wrong_stops) += 1.0;
    }
  }
  engagement.stop_after_right = right_stops / right;
  engagement.stop_after_wrong = wrong_stops / wrong;
}

}  // namespace

Engagement fit_engagement(const Course& course, std::span<const Sequence> students) {
  Engagement engagement;
  engagement.log_s.assign(course.skills.size(), std::log(kAssumedSeconds));
  fit_times(students, engagement);
  if (engagement.timed) fit_spread(students, engagement);
  fit_stops(students, engagement);
  return engagement;
}

double expected_seconds(const Engagement& engagement, SkillId skill) {
  const double spread =
      engagement.pace_sd * engagement.pace_sd + engagement.noise_sd * engagement.noise_sd;
  // Of a log-normal; without times the assumed seconds are the mean already.
  return std::exp(engagement.log_s[skill.value] + (engagement.timed ? 0.5 * spread : 0.0));
}

}  // namespace meno
