// LiveCourse: a course of the store in the numbers of the run that serves it, ready for trackers
// and policies. Another version of the model is another LiveCourse.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "service/course_times.h"
#include "service/served_model.h"
#include "store/courses.h"
#include "teach/bank/bank.h"
#include "tutor/tutor_course.h"

namespace meno {

/// Immutable (but for the response times) and thread-safe. Items and skills have the run's ids
/// where the run knows their names; what it does not know gets ids beyond the run's vocabulary,
/// where models fall back on the skill, or on nothing.
class LiveCourse {
 public:
  /// `times` are those of the course under an earlier version, null for fresh ones.
  /// Errors: InvalidInput when the content does not fit the item bank's schema or the prerequisites
  /// run in a circle.
  static Result<std::unique_ptr<const LiveCourse>> make(StoredCourse stored,
                                                        std::shared_ptr<const ServedModel> served,
                                                        std::shared_ptr<CourseTimes> times);

  const std::string& id() const { return stored_.id; }
  const ServedModel& served() const { return *served_; }

  /// Of the names behind the ids of items and skills: the same one, the same numbers.
  const std::string& fingerprint() const { return fingerprint_; }
  /// Changes with anything of the course that a recommendation depends on, texts and all.
  const std::string& content_version() const { return content_version_; }

  const StoredCourse& stored() const { return stored_; }
  const TutorCourse& tutor() const { return *tutor_; }
  /// Set when the items have text: they can be shown and graded.
  const std::optional<ItemBank>& bank() const { return bank_; }
  /// The course's own skills, in the store's order.
  std::span<const SkillId> skills() const { return skills_; }
  CourseTimes& times() const { return *times_; }
  const std::shared_ptr<CourseTimes>& shared_times() const { return times_; }
  /// nullopt when the course has no such item (the run may).
  std::optional<ItemId> item(std::string_view id) const;
  /// The same; NotFound for an item that the course does not have.
  Result<ItemId> find_item(std::string_view id) const;
  std::optional<SkillId> skill(std::string_view id) const;
  /// [skills()] p_mastery of a student of whom nothing is known; empty without prerequisites.
  std::span<const double> p_unknown() const { return p_unknown_; }
  const std::string& item_name(ItemId item) const { return tutor_->course().items.name(item); }
  const std::string& skill_name(SkillId skill) const { return tutor_->course().skills.name(skill); }
  std::span<const SkillId> skills_of(ItemId item) const { return tutor_->course().skills_of(item); }

 private:
  LiveCourse() = default;

  std::shared_ptr<const ServedModel> served_;
  std::string fingerprint_;
  std::string content_version_;
  StoredCourse stored_;  // without the content, which the bank holds
  std::optional<ItemBank> bank_;
  std::unique_ptr<const TutorCourse> tutor_;
  std::shared_ptr<CourseTimes> times_;
  std::vector<SkillId> skills_;
  std::vector<double> p_unknown_;
  std::vector<bool> own_item_;   // [items of the joined vocabulary]
  std::vector<bool> own_skill_;  // [skills of the joined vocabulary]
};

}  // namespace meno
