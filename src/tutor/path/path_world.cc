#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "tutor/path/policy.h"
#include "tutor/path/practice_belief.h"

namespace meno {
namespace {

void count_rates(PathWorld& world, const PracticeData& data) {
  const std::size_t skills = data.course.skills.size();
  std::vector<double> right(skills, 2.0);
  std::vector<double> answers(skills, 3.0);
  std::vector<double> place(skills, 0.5);
  std::vector<double> met(skills, 1.0);
  for (const Sequence& student : data.students) {
    std::vector<SkillId> order;
    std::vector<bool> seen(skills, false);
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student[t];
      for (const SkillId skill : event.skills) {
        right[skill.value] += event.correct;
        answers[skill.value] += 1.0;
        if (seen[skill.value]) continue;
        seen[skill.value] = true;
        order.push_back(skill);
      }
    }
    if (order.size() < 2) continue;
    for (std::size_t k = 0; k < order.size(); ++k) {
      place[order[k].value] += static_cast<double>(k) / static_cast<double>(order.size() - 1);
      met[order[k].value] += 1.0;
    }
  }
  for (std::size_t s = 0; s < skills; ++s) {
    world.rate.push_back(right[s] / answers[s]);
    world.position.push_back(place[s] / met[s]);
  }
}

constexpr std::array kPowers{0.0, 0.5, 1.0};
constexpr std::array kKeeps{1.0, 0.95, 0.9, 0.8, 0.65, 0.5};
constexpr std::size_t kLongest = 100;  // answers of a student that is foreseen

/// Mean nats of the belief's surprise at students it has not been fitted on.
double surprise_of(const AdditiveModel& model, double keep, const PracticeData& data) {
  double sum = 0.0;
  double count = 0.0;
  for (const Sequence& student : data.students) {
    PracticeBelief belief(model, data.course, data.graph, keep);
    for (std::size_t t = 0; t < std::min(student.size(), kLongest); ++t) {
      const Event event = student[t];
      const double p = std::clamp(belief.p_correct(event.item), 1e-6, 1.0 - 1e-6);
      const bool correct = event.correct >= 0.5F;
      sum -= std::log(correct ? p : 1.0 - p);
      count += 1.0;
      belief.observe(event.item, correct);
    }
  }
  return sum / std::max(count, 1.0);
}

struct Choice {
  double power = 1.0;
  double keep = 1.0;
  double surprise = std::numeric_limits<double>::infinity();
};

Result<Choice> choose(const PracticeData& data, const FamilyFit& options) {
  PracticeData train{.course = data.course, .graph = data.graph, .students = {}};
  PracticeData valid{.course = data.course, .graph = data.graph, .students = {}};
  for (std::size_t k = 0; k < data.students.size(); ++k)
    (k % 5 == 4 ? valid : train).students.push_back(data.students[k]);
  Choice best;
  for (const double power : kPowers) {
    MENO_TRY(const AdditiveModel model, fit_additive_model(train, options, power));
    for (const double keep : kKeeps) {
      const double surprise = surprise_of(model, keep, valid);
      if (surprise < best.surprise) best = {.power = power, .keep = keep, .surprise = surprise};
    }
  }
  return best;
}

}  // namespace

Result<PathWorld> make_path_world(const PracticeData& data, const SkillItems& items,
                                  const FamilyFit& options) {
  MENO_TRY(const Choice choice, choose(data, options));
  MENO_TRY(AdditiveModel model, fit_additive_model(data, options, choice.power));
  PathWorld world{.course = data.course,
                  .graph = data.graph,
                  .items = items,
                  .model = std::move(model),
                  .keep = choice.keep,
                  .foreseen = choice.surprise,
                  .engagement = fit_engagement(data.course, data.students),
                  .rate = {},
                  .position = {}};
  count_rates(world, data);
  return world;
}

}  // namespace meno
