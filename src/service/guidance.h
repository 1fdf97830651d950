// Guidance: what teachers and students have set for recommendations, kept ready for every course in
// use. The store has it (settings "rules", "preferences" and "resources"); this reads it once and
// follows what is set through it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "service/course_resources.h"
#include "service/teaching_rules.h"
#include "store/recommendations.h"
#include "store/settings.h"

namespace meno {

/// What counts for one student now.
struct StudentGuidance {
  std::shared_ptr<const WorkRules> rules;
  std::optional<double> target;  // the student's own
  /// What the rules were made of, and for which version (service/decision_context.h).
  std::shared_ptr<const DecisionContext> context;
};

/// Thread-safe. The store must outlive it.
class Guidance {
 public:
  explicit Guidance(SettingStore& store) : store_(store) {}

  /// Of an enrolled student. Errors: Conflict when the rules of course and student together leave
  /// nothing to recommend, in the words of work_rules(); Unavailable.
  Result<StudentGuidance> of(const std::shared_ptr<const LiveCourse>& course,
                             std::string_view student_id);
  /// As set for the course (student ""), or for a student in it. Errors: Unavailable.
  Result<TeachingRules> rules(std::string_view course_id, std::string_view student_id);
  /// Reads the settings of the course again when asked next: somebody else has changed them. "": of
  /// all courses.
  void forget(std::string_view course_id);
  /// Durable on return. Errors: InvalidInput as work_rules(), for a student with those of the
  /// course; NotFound for one who is not enrolled; Unavailable.
  Result<Done> set_rules(const std::shared_ptr<const LiveCourse>& course,
                         std::string_view student_id, const TeachingRules& rules, TimePoint now);
  /// The success rate that a student aims at; nullopt where he has set none. Errors: Unavailable.
  Result<std::optional<double>> target(std::string_view course_id, std::string_view student_id);
  /// Durable on return. Errors: InvalidInput outside of kLeastTarget to kMostTarget; NotFound for a
  /// student who is not enrolled; Unavailable.
  Result<Done> set_target(std::string_view course_id, std::string_view student_id,
                          std::optional<double> target, TimePoint now);

  /// Those of a course, as listed. Errors: Unavailable.
  Result<std::vector<CourseResource>> resources(std::string_view course_id);
  /// Replaces those of the course, durable on return. Errors: InvalidInput as work_resources();
  /// Unavailable.
  Result<Done> set_resources(const std::shared_ptr<const LiveCourse>& course,
                             const std::vector<CourseResource>& resources, TimePoint now);

 private:
  struct OfStudent {
    std::optional<TeachingRules> rules;
    std::optional<double> target;
  };
  struct Ready {
    Result<std::shared_ptr<const WorkRules>> rules;
    std::shared_ptr<const DecisionContext> context;
  };
  struct OfVersion {
    std::shared_ptr<const LiveCourse> course;
    std::map<std::string, Ready, std::less<>> ready;  // by student with rules of his own, else ""
  };
  struct OfCourse {
    TeachingRules rules;
    std::vector<CourseResource> resources;
    std::map<std::string, OfStudent, std::less<>> students;  // those with something set
    /// By version of the course: at a change, and with a candidate on trial, there are two.
    std::vector<OfVersion> versions;
  };

  static OfVersion& version_of(OfCourse& all, const std::shared_ptr<const LiveCourse>& course);
  static Ready ready_for(const Taught& taught, const LiveCourse& course);
  Result<OfCourse*> loaded(std::string_view course_id);
  Result<Done> put(std::string_view course_id, std::string_view student_id, std::string name,
                   std::string document, TimePoint now);

  SettingStore& store_;
  std::mutex mutex_;
  std::map<std::string, OfCourse, std::less<>> courses_;  // guarded by mutex_
};

}  // namespace meno
