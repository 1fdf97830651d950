#include "service/plan_for_student.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "service/find_skill.h"
#include "tutor/path/planner.h"
#include "tutor/path/policy.h"

namespace meno {

/// How fast skills are learnt, and how long answers take.
struct CoursePace {
  AdditiveModel model;
  Engagement engagement;
  std::size_t students = 0;
};

namespace {

constexpr std::size_t kFitted = 300;     // students at most whose answers are read
constexpr std::size_t kFewest = 30;      // below, general rates
constexpr std::size_t kFarthest = 1000;  // answers that a goal may take at all
// What the fit comes to on the records it was tried on (docs/paths.md).
constexpr double kGeneralGain = 0.2;
constexpr double kGeneralReady = 0.5;

CoursePace general_pace(const Course& course) {
  CoursePace pace;
  pace.model.gain.assign(course.skills.size(), kGeneralGain);
  pace.model.ready_effect = kGeneralReady;
  pace.engagement = fit_engagement(course, {});
  return pace;
}

Result<CoursePace> pace_of(Services& services, const LiveCourse& course) {
  const Course& names = course.tutor().course();
  MENO_TRY(const std::vector<StoredStudent> students,
           services.store.students().of_course(course.stored().id));
  std::vector<std::unique_ptr<History>> histories;
  PracticeData data{.course = names, .graph = course.tutor().graph(), .students = {}};
  const std::size_t stride = std::max<std::size_t>(1, students.size() / kFitted);
  for (std::size_t k = 0; k < students.size() && histories.size() < kFitted; k += stride) {
    if (students[k].answers == 0) continue;
    MENO_TRY(const std::vector<StoredAnswer> answers,
             services.store.answers().history(course.stored().id, students[k].id));
    histories.push_back(std::make_unique<History>());
    for (const StoredAnswer& answer : answers)
      if (course.item(answer.item_id)) histories.back()->push_back(event_of(answer, course));
  }
  for (const auto& history : histories) data.students.push_back(history->view());
  std::erase_if(data.students, [](const Sequence& one) { return one.empty(); });
  if (data.students.size() < kFewest) return general_pace(names);
  const SkillItems items(names);
  MENO_TRY(PathWorld world, make_path_world(data, items, {}));
  return CoursePace{.model = std::move(world.model),
                    .engagement = std::move(world.engagement),
                    .students = data.students.size()};
}

/// The goal and what it rests on, in topological order.
std::vector<SkillId> skills_for(const LiveCourse& course, SkillId goal) {
  std::vector<SkillId> skills = course.tutor().graph().ancestors(goal);
  skills.push_back(goal);
  return skills;
}

/// Normal in logits with the mean and the 80 % band that the mastery page shows.
void set_belief(const SkillMastery& mastery, PlanSkill& skill) {
  const double p = std::clamp(mastery.p_mastery, 0.01, 0.99);
  const double sd = (mastery.high - mastery.low) / (2.0 * 1.2816) / (p * (1.0 - p));
  skill.mean = std::log(p / (1.0 - p));
  skill.variance = std::clamp(sd * sd, 0.01, 4.0);
  skill.answers = mastery.answers;
}

PlanProblem problem_of(const LiveCourse& course, const std::vector<SkillId>& skills,
                       std::span<const SkillMastery> mastery, const CoursePace& pace,
                       const PlanForStudent& ask) {
  const SkillItems items(course.tutor().course());
  PlanProblem problem{.skills = {},
                      .ready_effect = pace.model.ready_effect,
                      .power = pace.model.power,
                      .kept = kKeptOfPractice,
                      .persistence = kPersistencePrior,
                      .mastery_at = ask.mastery_at};
  for (std::size_t k = 0; k < skills.size(); ++k) {
    PlanSkill made{.gain = pace.model.gain[skills[k].value],
                   .seconds = expected_seconds(pace.engagement, skills[k]),
                   .goal = k + 1 == skills.size() ? 1.0 : 0.0,
                   .practisable = !items.all(skills[k]).empty(),
                   .needs = {}};
    set_belief(mastery[k], made);
    for (const SkillId need : course.tutor().graph().prerequisites(skills[k])) {
      const auto at = std::find(skills.begin(), skills.end(), need);
      made.needs.push_back(static_cast<std::uint32_t>(at - skills.begin()));
    }
    problem.skills.push_back(std::move(made));
  }
  return problem;
}

/// The skill of the path that rests on the k-th, which is not the goal; unknown for the goal.
SkillId resting_on(const LiveCourse& course, const std::vector<SkillId>& skills, std::size_t k) {
  for (const SkillId after : course.tutor().graph().dependents(skills[k]))
    if (std::find(skills.begin(), skills.end(), after) != skills.end()) return after;
  return {};
}

/// What could be studied before the first answer on each skill, [skills].
std::vector<std::optional<SuggestedResource>> study(const LiveCourse& course,
                                                    const std::vector<SkillId>& skills,
                                                    std::span<const SkillMastery> mastery,
                                                    const Learner& learner,
                                                    std::span<const Resource> resources) {
  std::vector<std::optional<SuggestedResource>> found;
  for (std::size_t k = 0; k < skills.size(); ++k)
    found.push_back(resource_on_path(learner, course.tutor(), resources, mastery[k],
                                     resting_on(course, skills, k)));
  return found;
}

/// The item of each stop: what the student has met least often, then least recently, the path's own
/// answers counted.
class Choice {
 public:
  Choice(const LiveCourse& course, const LearningRecord& record)
      : items_(course.tutor().course()), record_(record) {}

  ItemId next(SkillId skill) {
    const auto all = items_.all(skill);
    const ItemId item = *std::min_element(all.begin(), all.end(), [this](ItemId a, ItemId b) {
      const std::uint32_t met_a = times(a);
      const std::uint32_t met_b = times(b);
      if (met_a != met_b) return met_a < met_b;
      return record_.item(a).last_answer < record_.item(b).last_answer;
    });
    ++added_[item];
    return item;
  }

 private:
  std::uint32_t times(ItemId item) const {
    const auto added = added_.find(item);
    return record_.item(item).times + (added == added_.end() ? 0 : added->second);
  }
  const SkillItems items_;
  const LearningRecord& record_;
  std::unordered_map<ItemId, std::uint32_t> added_;
};

Result<Done> check(const PlanForStudent& ask) {
  if (!(ask.minutes >= 0.0) || ask.minutes > 100000.0)
    return invalid_input(fmt::format("{} minutes, expected 0 (no limit) to 100000", ask.minutes));
  if (ask.steps < 1 || ask.steps > 1000)
    return invalid_input(fmt::format("{} steps, expected 1 to 1000", ask.steps));
  if (!(ask.mastery_at > 0.0 && ask.mastery_at < 1.0))
    return invalid_input(
        fmt::format("mastery at {}, expected a probability between 0 and 1", ask.mastery_at));
  return Done{};
}

Result<Done> check_reachable(const LiveCourse& course, const std::vector<SkillId>& skills,
                             const PlanProblem& problem) {
  if (problem.skills.back().practisable) return Done{};
  return invalid_input(fmt::format(
      "skill \"{}\" has no item in course {}, so nothing can be practised for it and the goal is "
      "out of reach; expected a skill with items{}",
      course.skill_name(skills.back()), course.stored().id,
      skills.size() > 1 ? fmt::format(", e.g. its prerequisite \"{}\"",
                                      course.skill_name(skills[skills.size() - 2]))
                        : ""));
}

void set_reach(const PlanProblem& problem, StudentPath& path) {
  path.reached = path.planned.reached > 0;
  if (path.reached) {
    path.minutes_needed = path.planned.seconds / 60.0;
    return;
  }
  const PlannedPath whole = plan_path(problem, {.steps = kFarthest}, {.beam = 1, .candidates = 4});
  if (whole.reached > 0) path.minutes_needed = whole.seconds / 60.0;
}

}  // namespace

Result<StudentPath> plan_for_student(Services& services, const PlanForStudent& ask) {
  MENO_TRY_DONE(check(ask));
  StudentPath path;
  MENO_TRY(path.course, services.courses.find(ask.course_id));
  MENO_TRY(path.goal, find_skill(*path.course, ask.goal));
  MENO_TRY(const std::shared_ptr<LiveStudent> student,
           services.students.find(path.course, ask.student_id));
  MENO_TRY(const std::shared_ptr<const CoursePace> pace,
           services.paces.find(*path.course, services.store.answers().count(),
                               [&] { return pace_of(services, *path.course); }));
  path.fitted_on = pace->students;
  // Rules that leave nothing to recommend leave no resource either; the path itself is planned.
  const Result<StudentGuidance> guided = services.guidance.of(path.course, ask.student_id);
  if (!guided && guided.error().kind != ErrorKind::Conflict) return guided.error();
  const StudentGuidance guidance =
      guided ? *guided
             : StudentGuidance{
                   .rules = std::make_shared<const WorkRules>(), .target = {}, .context = {}};
  const std::vector<SkillId> skills = skills_for(*path.course, path.goal);
  Result<Done> reachable = Done{};
  MENO_TRY_DONE(student->under(path.course, [&](const LearnerState& state) {
    path.answers = state.record().answers();
    const std::vector<SkillMastery> mastery =
        mastery_of(skills, state.tracker(), state.record(), path.course->tutor().probes(),
                   services.clock.now());
    PlanProblem problem = problem_of(*path.course, skills, mastery, *pace, ask);
    const Learner learner{.tracker = state.tracker(),
                          .record = state.record(),
                          .now = services.clock.now(),
                          .feedback = &state.feedback()};
    const auto resources = study(*path.course, skills, mastery, learner, guidance.rules->resources);
    for (std::size_t k = 0; k < skills.size(); ++k)
      if (resources[k]) problem.skills[k].study_seconds = 60.0 * resources[k]->resource.minutes;
    reachable = check_reachable(*path.course, skills, problem);
    if (!reachable) return;
    path.planned = plan_path(
        problem, {.steps = static_cast<std::size_t>(ask.steps), .seconds = 60.0 * ask.minutes});
    Choice choice(*path.course, state.record());
    for (const PlannedStep& step : path.planned.steps) {
      const SkillId skill = skills[step.skill];
      path.stops.push_back({.skill = skill, .item = choice.next(skill), .expected = step});
      if (step.study_seconds > 0.0) path.stops.back().resource = resources[step.skill];
    }
    for (std::size_t k = 0; k < skills.size(); ++k)
      if (!problem.skills[k].practisable) path.missing.push_back(skills[k]);
    set_reach(problem, path);
  }));
  if (!reachable) return reachable.error();
  return path;
}

}  // namespace meno
