#include <algorithm>

#include "tutor/path/policy.h"

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

}  // namespace

Result<PathWorld> make_path_world(const PracticeData& data, const SkillItems& items,
                                  const FamilyFit& options) {
  MENO_TRY(AdditiveModel model, fit_additive_model(data, options));
  PathWorld world{.course = data.course,
                  .graph = data.graph,
                  .items = items,
                  .model = std::move(model),
                  .engagement = fit_engagement(data.course, data.students),
                  .rate = {},
                  .position = {}};
  count_rates(world, data);
  return world;
}

}  // namespace meno
