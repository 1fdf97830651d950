// TutorCourse: what the tutor knows of a course, shared by all its students: vocabulary,
// prerequisites, names in both languages, and the items that stand for each skill.
#pragma once

#include <vector>

#include "core/text.h"
#include "domain/course.h"
#include "domain/skill_graph.h"
#include "models/tracker.h"
#include "tutor/mastery/probes.h"

namespace meno {

/// Names shown to people. A shorter list than the vocabulary is completed with the source's own
/// names.
struct CourseNames {
  std::vector<Text> skills;  // [S]
  std::vector<Text> items;   // [I]
};

/// Immutable after construction; thread-safe. Views point into it, so it neither moves nor copies:
/// keep it in a unique_ptr.
class TutorCourse {
 public:
  /// `graph` may be SkillGraph() where a course names no prerequisites. `model` is asked how hard
  /// each item is.
  TutorCourse(Course course, SkillGraph graph, CourseNames names, const OnlineModel& model);
  TutorCourse(const TutorCourse&) = delete;
  TutorCourse& operator=(const TutorCourse&) = delete;

  const Course& course() const { return course_; }
  const SkillGraph& graph() const { return graph_; }
  const Probes& probes() const { return probes_; }
  const Text& skill_name(SkillId skill) const { return names_.skills[skill.value]; }
  const Text& item_name(ItemId item) const { return names_.items[item.value]; }
  std::span<const Text> skill_names() const { return names_.skills; }
  /// Every item that has a skill, ascending: the usual candidates.
  std::span<const ItemId> practisable() const { return practisable_; }

 private:
  Course course_;
  SkillGraph graph_;
  CourseNames names_;
  Probes probes_;
  std::vector<ItemId> practisable_;
};

}  // namespace meno
