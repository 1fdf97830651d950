#include "eval/generative/student_summary.h"

#include <algorithm>
#include <cmath>
#include <set>

#include "core/moments.h"
#include "models/link.h"

namespace meno {
namespace {

constexpr std::size_t kEnds = 10;  // answers at either end
constexpr double kZeros = 2.0;     // that shrink a mean of few values

/// What one pass over the answers gathers.
struct Gathered {
  Moments first, last, alike, after_miss, after_success, ease, ease_squared, slope;
  double right = 0.0;
  double residual = 0.0;
  double again = 0.0;
  double run = 0.0;
  double longest_run = 0.0;
  std::set<std::uint32_t> items, skills;
};

void gather(const CourseCounts& course, const Sequence& student, Gathered& sum) {
  PastAnswers past;
  double before = 0.0;
  bool last_right = false;
  for (std::size_t t = 0; t < student.size(); ++t) {
    const Event event = student[t];
    const EvidenceRow row = past.row(course, event);
    const double ease = course.item_ease(event);
    const bool right = event.correct > 0.5F;
    const double residual = event.correct - sigmoid(ease);
    if (t < kEnds) sum.first.add(residual);
    if (t + kEnds >= student.size()) sum.last.add(residual);
    if (t > 0) sum.alike.add(residual * before);
    if (row[8] < 0.0) sum.after_miss.add(residual);
    if (row[8] > 0.0) sum.after_success.add(residual);
    sum.slope.add(residual * (static_cast<double>(t) / static_cast<double>(student.size()) - 0.5));
    sum.ease.add(ease);
    sum.ease_squared.add(ease * ease);
    sum.right += event.correct;
    sum.residual += residual;
    if (row[8] != 0.0) sum.again += 1.0;
    sum.run = t > 0 && right == last_right ? sum.run + 1.0 : 1.0;
    sum.longest_run = std::max(sum.longest_run, sum.run);
    sum.items.insert(event.item.value);
    for (const SkillId skill : event.skills) sum.skills.insert(skill.value);
    before = residual;
    last_right = right;
    past.observe(course, event);
  }
}

}  // namespace

StudentSummary summary_of(const CourseCounts& course, const Sequence& student) {
  Gathered sum;
  gather(course, student, sum);
  const auto n = static_cast<double>(student.size());
  const double ease = sum.ease.shrunk(kZeros);
  return {std::log(n),
          sum.right / n,
          sum.residual / n,
          sum.residual / std::sqrt(n),
          sum.first.shrunk(kZeros),
          sum.last.shrunk(kZeros),
          sum.alike.shrunk(kZeros),
          std::log(sum.longest_run),
          sum.again / n,
          sum.after_miss.shrunk(kZeros),
          sum.after_success.shrunk(kZeros),
          sum.slope.shrunk(kZeros),
          ease,
          std::sqrt(std::max(0.0, sum.ease_squared.shrunk(kZeros) - ease * ease)),
          static_cast<double>(sum.items.size()) / n,
          std::log(1.0 + static_cast<double>(sum.skills.size()))};
}

}  // namespace meno
