#include "tutor/replay/replay.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <unordered_set>

#include <fmt/format.h>

#include "core/interrupt.h"
#include "core/progress.h"
#include "core/rng.h"
#include "tutor/replay/logging_policy.h"
#include "tutor/replay/replay_model.h"
#include "tutor/replay/replay_policies.h"
#include "tutor/replay/reward_model.h"

namespace meno {
namespace {

/// What one half of the students says about the other.
struct Knowledge {
  LoggingPolicy logging;
  std::vector<double> rate;  // [S] of right answers
  ReplayModel model;
  std::unique_ptr<const TutorCourse> course;
  RewardModel rewards;
};

std::vector<double> rates_of(std::size_t skills, std::span<const Sequence> students) {
  std::vector<double> right(skills, 2.0);
  std::vector<double> answers(skills, 3.0);
  for (const Sequence& student : students) {
    for (std::size_t t = 0; t < student.size(); ++t) {
      const Event event = student[t];
      const SkillId skill = skill_of(event);
      if (!skill.known()) continue;
      right[skill.value] += event.correct;
      answers[skill.value] += 1.0;
    }
  }
  for (std::size_t s = 0; s < skills; ++s) right[s] /= answers[s];
  return right;
}

/// A student up to a moment, as the features and policies see him.
class Walk {
 public:
  Walk(const Sequence& student, const Knowledge& known)
      : student_(student),
        known_(known),
        tracker_(known.model.online->new_student()),
        met_(known.rate.size(), false),
        excess_(known.rate.size(), 0.0) {}

  void step() {
    const Event event = student_[at_++];
    tracker_->observe(event);
    record_.observe(event, {});
    items_.insert(event.item.value);
    const SkillId skill = skill_of(event);
    if (!skill.known()) return;
    const double excess = event.correct - known_.rate[skill.value];
    met_[skill.value] = true;
    excess_[skill.value] += excess;
    all_ += excess;
    context_ = after(context_, event);
  }
  std::size_t at() const { return at_; }
  SkillId last() const { return context_.last; }
  bool has_met(ItemId item) const { return items_.contains(item.value); }
  const LearningRecord& record() const { return record_; }
  const Tracker& tracker() const { return *tracker_; }

  /// What the records might choose now, their propensities summing to 1.
  std::vector<SkillChoice> choices(double least_propensity) const {
    const std::vector<double> p = known_.logging.next(context_, met_);
    std::vector<SkillChoice> offered;
    double sum = 0.0;
    for (std::size_t s = 0; s < p.size(); ++s) {
      if (p[s] < least_propensity) continue;
      offered.push_back({.skill = SkillId(s), .p_logged = p[s], .rate = known_.rate[s]});
      sum += p[s];
    }
    for (SkillChoice& choice : offered) choice.p_logged /= sum;
    return offered;
  }
  ChoiceFeatures features(SkillId skill) const {
    const SkillRecord& own = record_.skill(skill);
    return {.ability = all_ / (static_cast<double>(at_) + 2.0),
            .own = excess_[skill.value] / (own.answers + 2.0),
            .answers = std::log1p(static_cast<double>(own.answers)),
            .again = skill == context_.last ? 1.0 : 0.0,
            .rate = known_.rate[skill.value]};
  }
  /// Of the answer that comes now; absent when no fresh item follows within the horizon.
  std::optional<double> reward(std::size_t horizon, bool items_say_more) const {
    double sum = 0.0;
    double count = 0.0;
    std::unordered_set<std::uint32_t> later{student_[at_].item.value};
    for (std::size_t t = at_ + 1; t < std::min(student_.size(), at_ + 1 + horizon); ++t) {
      const Event event = student_[t];
      const SkillId skill = skill_of(event);
      const bool fresh = !has_met(event.item) && later.insert(event.item.value).second;
      if (!skill.known() || (items_say_more && !fresh)) continue;
      sum += event.correct - known_.rate[skill.value];
      count += 1.0;
    }
    if (count == 0.0) return std::nullopt;
    return sum / count;
  }

 private:
  const Sequence& student_;
  const Knowledge& known_;
  std::unique_ptr<Tracker> tracker_;
  LearningRecord record_;
  std::unordered_set<std::uint32_t> items_;
  std::vector<bool> met_;
  std::vector<double> excess_;
  double all_ = 0.0;
  ChoiceContext context_;
  std::size_t at_ = 0;
};

/// Calls use(walk, skill, reward) at each decision of the student that is looked at.
template <class Use>
void each_decision(const Sequence& student, const Knowledge& known, const ReplayPlan& plan,
                   bool items_say_more, const Use& use) {
  Walk walk(student, known);
  for (; walk.at() + 1 < student.size(); walk.step()) {
    if (walk.at() < plan.first_answers || walk.at() % plan.stride != 0) continue;
    const SkillId taken = skill_of(student[walk.at()]);
    if (!taken.known() || !walk.last().known()) continue;
    use(walk, taken, walk.reward(plan.horizon, items_say_more));
  }
}

Result<Knowledge> learn(const Course& course, std::span<const Sequence> students,
                        const ReplayPlan& plan, bool items_say_more) {
  MENO_TRY(ReplayModel model,
           train_replay_model(course, students,
                              {.epochs = plan.epochs, .seed = plan.seed, .threads = plan.threads}));
  Knowledge known{.logging = LoggingPolicy(course.skills.size(), students),
                  .rate = rates_of(course.skills.size(), students),
                  .model = std::move(model),
                  .course = nullptr,
                  .rewards = {}};
  known.course = std::make_unique<const TutorCourse>(course, SkillGraph(course.skills.size()),
                                                     CourseNames{}, *known.model.online);
  for (const Sequence& student : students) {
    each_decision(student, known, plan, items_say_more,
                  [&](const Walk& walk, SkillId taken, const std::optional<double>& reward) {
                    if (reward) known.rewards.observe(walk.features(taken), *reward);
                  });
  }
  known.rewards.fit();
  return known;
}

/// Replays one half of the students by what the other half says.
class Replayer {
 public:
  Replayer(const Knowledge& known, const ReplayPlan& plan, ReplayReport& report)
      : known_(known), plan_(plan), report_(report) {}

  void replay(const Sequence& student, bool items_say_more) {
    each_decision(student, known_, plan_, items_say_more,
                  [&](const Walk& walk, SkillId taken, const std::optional<double>& reward) {
                    decide(walk, taken, reward);
                  });
    ++report_.students;
  }

 private:
  void decide(const Walk& walk, SkillId taken, const std::optional<double>& reward) {
    ++report_.choices;
    const std::vector<SkillChoice> choices = walk.choices(plan_.least_propensity);
    const auto found = std::find_if(choices.begin(), choices.end(), [&](const SkillChoice& choice) {
      return choice.skill == taken;
    });
    if (found == choices.end()) {
      ++report_.unsupported;
      return;
    }
    if (!reward) {
      ++report_.unrewarded;
      return;
    }
    std::vector<double> foreseen;
    for (const SkillChoice& choice : choices) {
      foreseen.push_back(known_.rewards.foreseen(walk.features(choice.skill)));
    }
    const auto at = static_cast<std::size_t>(found - choices.begin());
    const ReplayMoment moment{.record = walk.record(),
                              .tracker = walk.tracker(),
                              .course = *known_.course,
                              .choices = choices};
    for (std::size_t p = 0; p < replay_policies().size(); ++p) {
      const std::vector<double> chosen = replay_policies()[p].choose(moment);
      LoggedDecision decision{.student = report_.students,
                              .reward = *reward,
                              .p_logged = found->p_logged,
                              .p_policy = chosen[at],
                              .foreseen = foreseen[at]};
      for (std::size_t k = 0; k < choices.size(); ++k) decision.expected += chosen[k] * foreseen[k];
      report_.policies[p].decisions.push_back(decision);
    }
    report_.mean_choices += static_cast<double>(choices.size());
    report_.surprise -= std::log(found->p_logged);
    report_.propensities.push_back(found->p_logged);
  }

  const Knowledge& known_;
  const ReplayPlan& plan_;
  ReplayReport& report_;
};

std::vector<Sequence> drawn_students(const Dataset& dataset, const ReplayPlan& plan) {
  std::vector<Sequence> students;
  for (std::size_t s = 0; s < dataset.students(); ++s) {
    const Sequence student = dataset.sequence(StudentId(s));
    if (student.size() > plan.first_answers + 1) students.push_back(student);
  }
  Rng rng(plan.seed);
  rng.shuffle(std::span(students));
  if (plan.most_students != 0 && students.size() > plan.most_students) {
    students.resize(plan.most_students);
  }
  return students;
}

}  // namespace

Result<ReplayReport> replay(const Dataset& dataset, const ReplayPlan& plan) {
  const Course& course = dataset.course();
  if (course.skills.size() < 2) {
    return invalid_input(fmt::format("{}: {} skills, expected at least two to choose among",
                                     course.name, course.skills.size()));
  }
  const std::vector<Sequence> students = drawn_students(dataset, plan);
  const std::size_t half = students.size() / 2;
  if (half == 0) {
    return invalid_input(fmt::format("{}: {} students with more than {} answers, expected two",
                                     course.name, students.size(), plan.first_answers + 1));
  }
  const std::span<const Sequence> all(students);
  const bool items_say_more = course.items.size() > course.skills.size();
  ReplayReport report;
  for (const ReplayPolicyEntry& entry : replay_policies()) {
    report.policies.push_back({std::string(entry.name), std::string(entry.summary), {}});
  }
  Progress progress("replay", students.size(), "students");
  for (const bool first : {true, false}) {
    const auto from = first ? all.subspan(half) : all.first(half);
    MENO_TRY(const Knowledge known, learn(course, from, plan, items_say_more));
    Replayer replayer(known, plan, report);
    for (const Sequence& student : first ? all.first(half) : all.subspan(half)) {
      if (interrupted()) return unavailable("interrupted while students were replayed");
      replayer.replay(student, items_say_more);
      progress.advance();
    }
  }
  if (report.propensities.empty()) {
    return invalid_input(fmt::format(
        "{}: none of {} decisions can be replayed ({} too unlikely, {} with no fresh item after)",
        course.name, report.choices, report.unsupported, report.unrewarded));
  }
  report.fresh_items_only = items_say_more;
  const auto count = static_cast<double>(report.propensities.size());
  report.mean_choices /= count;
  report.surprise /= count;
  return report;
}

}  // namespace meno
