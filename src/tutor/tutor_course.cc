#include "tutor/tutor_course.h"

#include <algorithm>
#include <utility>

#include "core/check.h"

namespace meno {
namespace {

std::vector<Text> completed(std::vector<Text> names, const std::vector<std::string>& source) {
  names.resize(std::min(names.size(), source.size()));
  for (std::size_t k = names.size(); k < source.size(); ++k) names.push_back(same_text(source[k]));
  return names;
}

}  // namespace

TutorCourse::TutorCourse(Course course, SkillGraph graph, CourseNames names,
                         const OnlineModel& model)
    : course_(std::move(course)),
      graph_(graph.skills() == 0 ? SkillGraph(course_.skills.size()) : std::move(graph)),
      names_{.skills = completed(std::move(names.skills), course_.skills.names()),
             .items = completed(std::move(names.items), course_.items.names())},
      probes_(course_, model) {
  MENO_CHECK(graph_.skills() == course_.skills.size(), "a skill graph of another course");
  for (std::size_t i = 0; i < course_.items.size(); ++i) {
    if (!course_.skills_of(ItemId(i)).empty()) practisable_.emplace_back(i);
  }
}

}  // namespace meno
