#include "service/guidance.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/json.h"
#include "service/decision_context.h"

namespace meno {
namespace {

constexpr std::string_view kRules = "rules";
constexpr std::string_view kPreferences = "preferences";

Result<std::optional<double>> target_in(const std::string& document) {
  MENO_TRY(const Json json, parse_json(document, "stored preferences"));
  const auto found = json.find("target");
  if (found == json.end() || !found->is_number()) return std::optional<double>();
  return std::optional<double>(found->get<double>());
}

}  // namespace

/// Holds mutex_. A course without settings is remembered too.
Result<Guidance::OfCourse*> Guidance::loaded(std::string_view course_id) {
  const auto found = courses_.find(course_id);
  if (found != courses_.end()) return &found->second;
  MENO_TRY(const std::vector<StoredSetting> settings, store_.of_course(course_id));
  OfCourse made;
  for (const StoredSetting& setting : settings) {
    if (setting.name == kPreferences) {
      MENO_TRY(made.students[setting.student_id].target, target_in(setting.document));
    } else if (setting.name == kResourcesSetting) {
      MENO_TRY(made.resources, parse_resources(setting.document));
    } else if (setting.name == kRules) {
      MENO_TRY(TeachingRules rules, parse_rules(setting.document));
      if (setting.student_id.empty()) {
        made.rules = std::move(rules);
      } else {
        made.students[setting.student_id].rules = std::move(rules);
      }
    }
  }
  return &courses_.emplace(std::string(course_id), std::move(made)).first->second;
}

Guidance::OfVersion& Guidance::version_of(OfCourse& all,
                                          const std::shared_ptr<const LiveCourse>& course) {
  constexpr std::size_t kMost = 3;
  const auto found = std::find_if(all.versions.begin(), all.versions.end(),
                                  [&](const OfVersion& one) { return one.course == course; });
  if (found != all.versions.end()) return *found;
  if (all.versions.size() >= kMost) all.versions.erase(all.versions.begin());
  return all.versions.emplace_back(OfVersion{.course = course, .ready = {}});
}

Guidance::Ready Guidance::ready_for(const Taught& taught, const LiveCourse& course) {
  Result<WorkRules> work = work_rules(taught, course);
  if (!work) return {.rules = conflict(work.error().message), .context = nullptr};
  std::shared_ptr<const DecisionContext> context = decision_context(taught, *work, course);
  return {.rules = std::make_shared<const WorkRules>(*std::move(work)),
          .context = std::move(context)};
}

Result<StudentGuidance> Guidance::of(const std::shared_ptr<const LiveCourse>& course,
                                     std::string_view student_id) {
  const std::lock_guard lock(mutex_);
  MENO_TRY(OfCourse* const all, loaded(course->id()));
  OfVersion& version = version_of(*all, course);
  const auto student = all->students.find(student_id);
  const bool own = student != all->students.end() && student->second.rules.has_value();
  const std::string_view key = own ? student_id : std::string_view();
  auto ready = version.ready.find(key);
  if (ready == version.ready.end()) {
    const TeachingRules of_student = own ? *student->second.rules : TeachingRules();
    Ready made = ready_for({all->rules, of_student, all->resources}, *course);
    ready = version.ready.emplace(std::string(key), std::move(made)).first;
  }
  MENO_TRY(std::shared_ptr<const WorkRules> rules, ready->second.rules);
  return StudentGuidance{
      .rules = std::move(rules),
      .target = student == all->students.end() ? std::nullopt : student->second.target,
      .context = ready->second.context};
}

Result<TeachingRules> Guidance::rules(std::string_view course_id, std::string_view student_id) {
  const std::lock_guard lock(mutex_);
  MENO_TRY(OfCourse* const all, loaded(course_id));
  if (student_id.empty()) return all->rules;
  const auto student = all->students.find(student_id);
  if (student == all->students.end()) return TeachingRules();
  return student->second.rules.value_or(TeachingRules());
}

Result<std::optional<double>> Guidance::target(std::string_view course_id,
                                               std::string_view student_id) {
  const std::lock_guard lock(mutex_);
  MENO_TRY(OfCourse* const all, loaded(course_id));
  const auto student = all->students.find(student_id);
  return student == all->students.end() ? std::optional<double>() : student->second.target;
}

void Guidance::forget(std::string_view course_id) {
  const std::lock_guard lock(mutex_);
  if (course_id.empty()) return courses_.clear();
  const auto found = courses_.find(course_id);
  if (found != courses_.end()) courses_.erase(found);
}

/// Holds mutex_: what is stored last is what is kept last.
Result<Done> Guidance::put(std::string_view course_id, std::string_view student_id,
                           std::string name, std::string document, TimePoint now) {
  return store_.put({.course_id = std::string(course_id),
                     .student_id = std::string(student_id),
                     .name = std::move(name),
                     .document = std::move(document),
                     .changed_at = now});
}

Result<Done> Guidance::set_rules(const std::shared_ptr<const LiveCourse>& course,
                                 std::string_view student_id, const TeachingRules& rules,
                                 TimePoint now) {
  const std::lock_guard lock(mutex_);
  MENO_TRY(OfCourse* const all, loaded(course->id()));
  const bool whole = student_id.empty();
  MENO_TRY_DONE(work_rules(whole ? rules : all->rules, whole ? TeachingRules() : rules, *course));
  MENO_TRY_DONE(put(course->id(), student_id, std::string(kRules), rules_json(rules).dump(), now));
  if (whole) {
    all->rules = rules;
  } else {
    all->students[std::string(student_id)].rules = rules;
  }
  all->versions.clear();
  return Done{};
}

Result<std::vector<CourseResource>> Guidance::resources(std::string_view course_id) {
  const std::lock_guard lock(mutex_);
  MENO_TRY(const OfCourse* const all, loaded(course_id));
  return all->resources;
}

Result<Done> Guidance::set_resources(const std::shared_ptr<const LiveCourse>& course,
                                     const std::vector<CourseResource>& resources, TimePoint now) {
  const std::lock_guard lock(mutex_);
  MENO_TRY(OfCourse* const all, loaded(course->id()));
  MENO_TRY_DONE(work_resources(resources, *course));
  MENO_TRY_DONE(
      put(course->id(), "", std::string(kResourcesSetting), resources_json(resources).dump(), now));
  all->resources = resources;
  all->versions.clear();
  return Done{};
}

Result<Done> Guidance::set_target(std::string_view course_id, std::string_view student_id,
                                  std::optional<double> target, TimePoint now) {
  if (target && !(*target >= kLeastTarget && *target <= kMostTarget)) {
    return invalid_input(fmt::format("\"target\" is {}, expected a success rate from {} to {}",
                                     *target, kLeastTarget, kMostTarget));
  }
  const std::lock_guard lock(mutex_);
  MENO_TRY(OfCourse* const all, loaded(course_id));
  const Json document{{"target", target ? Json(*target) : Json()}};
  MENO_TRY_DONE(put(course_id, student_id, std::string(kPreferences), document.dump(), now));
  all->students[std::string(student_id)].target = target;
  return Done{};
}

}  // namespace meno
