#include "service/adaptation.h"

#include <chrono>
#include <utility>
#include <vector>

#include <sched.h>
#include <spdlog/spdlog.h>

#include "core/files.h"
#include "core/json.h"
#include "service/tuned_prior.h"

namespace meno {
namespace {

/// Answers read at a time.
constexpr std::size_t kBatch = 1000;
/// How long nothing new may stay unseen.
constexpr std::chrono::milliseconds kPause{250};

bool run_moves(const Run& run) {
  const Result<const ModelEntry*> entry = find_model(run.model_name);
  return entry && moves(run, **entry);
}

/// Tells the answers a run was tuned on from others.
std::string hash_of(std::span<const Sequence> students) {
  std::string text;
  for (const Sequence& student : students) {
    for (std::size_t t = 0; t < student.size(); ++t) {
      text += std::to_string(student[t].item.value);
      text += student[t].correct > 0.5F ? '+' : '-';
    }
    text += '\n';
  }
  return content_hash(text);
}

/// The base run moved to the course of the watch.
Run run_of(const Run& base, const CourseWatch& watch, std::span<const Sequence> students,
           TunedPrior tuned) {
  Run run = base;
  run.metrics = {{"adapted_on",
                  {{"students", students.size()},
                   {"answers", watch.answers()},
                   {"course", watch.course().id()}}},
                 {"before", base.metrics}};
  run.data_hash = hash_of(students);
  run.code_version = MENO_VERSION;
  run.simulated = base.simulated || watch.course().stored().simulated;
  run.course = watch.course().tutor().course();
  run.model = std::move(tuned.model);
  run.theta = std::move(tuned.theta);
  run.learnt = {};
  return run;
}

Json figures_json(const WatchFigures& seen) {
  return {{"students", seen.gain.students},
          {"answers", seen.gain.answers},
          {"gain_nats", seen.gain.mean},
          {"p_value", seen.gain.p_value},
          {"growth_point", seen.point},
          {"tuned_on", seen.tuned_on},
          {"log_loss", seen.challenger.log_loss.value_or(0.0)},
          {"log_loss_before", seen.incumbent_alongside.log_loss.value_or(0.0)}};
}

bool got_on(const WatchFigures& before, const WatchFigures& now) {
  return before.answers != now.answers || before.tuned_on != now.tuned_on ||
         before.version != now.version;
}

/// Tells those who watch the class.
void tell(ClassFeed& feed, const std::string& course_id, const WatchFigures& figures) {
  if (!feed.is_heard(course_id)) return;
  ClassEvent event{.kind = ClassEvent::Kind::Model};
  event.version = figures.version;
  event.answers = figures.answers;
  event.tuned_on = figures.tuned_on;
  feed.publish(course_id, std::move(event));
}

Json foresight_json(const PrequentialFigures& figures) {
  const auto number = [](const std::optional<double>& value) {
    return value ? Json(*value) : Json();
  };
  return {{"log_loss", number(figures.log_loss)},
          {"auc", number(figures.auc)},
          {"ece", number(figures.ece)}};
}

Json trial_json(const WatchFigures& seen) {
  const TrialFigures trial = seen.trial.value_or(TrialFigures());
  return {{"students", trial.students},
          {"answers", trial.candidate.answers},
          {"gain_nats", trial.gain},
          {"log_better", trial.log_better},
          {"log_worse", trial.log_worse},
          {"needed", trial.needed},
          {"candidate", foresight_json(trial.candidate)},
          {"serving", foresight_json(trial.serving)}};
}

}  // namespace

Adaptation::Adaptation(Services& services, CourseVersions& versions,
                       const AdaptationOptions& options)
    : services_(services),
      versions_(versions),
      options_(options),
      can_adapt_(run_moves(*services.courses.base()->run)) {}

Adaptation::~Adaptation() { stop(); }

void Adaptation::start() {
  thread_ = std::jthread([this] { run(); });
}

void Adaptation::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (thread_.joinable()) thread_.join();
}

bool Adaptation::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Adaptation::run() {
  // This thread and those it starts run when nobody else wants to. Where the system refuses, they
  // compete with requests, and everything else is as it was.
  const sched_param none{};
  sched_setscheduler(0, SCHED_IDLE, &none);
  while (!stopping()) {
    try {
      if (take_some()) continue;
      tune_where_none();
    } catch (const std::exception& bug) {
      spdlog::error("adaptation ends, a defect of ours: {}", bug.what());
      return;
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kPause, [this] { return stopping_; });
  }
}

void Adaptation::catch_up() {
  while (take_some()) {
  }
  tune_where_none();
}

bool Adaptation::take_some() {
  if (!services_.store.neighbours().leading()) return false;
  if (services_.store.answers().count() == taken_) {
    show();
    return false;
  }
  const Result<std::vector<StoredAnswer>> answers =
      services_.store.answers().since(last_seq_, kBatch);
  if (!answers || answers->empty()) return false;
  for (const StoredAnswer& answer : *answers) {
    if (stopping()) return false;
    take(answer);
    last_seq_ = answer.seq;
    ++taken_;
  }
  show();
  return true;
}

CourseWatch* Adaptation::watch_of(const std::string& course_id) {
  const Result<std::shared_ptr<const LiveCourse>> course = services_.courses.find(course_id);
  if (!course) return nullptr;
  const auto at =
      watches_.try_emplace(course_id, *course, options_.rule, options_.most_students).first;
  at->second.serve(*course);
  follow_trial(course_id, at->second);
  return &at->second;
}

void Adaptation::take(const StoredAnswer& answer) {
  CourseWatch* const watch = watch_of(answer.course_id);
  if (watch == nullptr) return;
  const bool grown = watch->observe(answer);
  keep_alarms(answer, *watch);
  if (watch->on_trial()) return judge_trial(answer.course_id, *watch);
  if (grown) at_growth_point(answer.course_id, *watch);
}

/// Whoever is on trial is who is judged, also one that was there before a restart.
void Adaptation::follow_trial(const std::string& course_id, CourseWatch& watch) {
  const CourseTrial trial = versions_.trial(course_id);
  if (trial.model == nullptr) {
    if (watch.on_trial()) watch.withdraw();
  } else if (!watch.on_trial() || watch.challenger()->place != trial.model->place) {
    watch.try_out(trial.model, trial.number);
  }
}

void Adaptation::judge_trial(const std::string& course_id, CourseWatch& watch) {
  const Verdict verdict = watch.verdict();
  if (verdict == Verdict::Open) return;
  const std::string version = watch.challenger()->version;
  const Json why = trial_json(watch.figures());
  const Result<ServedRun> done = verdict == Verdict::Promote
                                     ? versions_.promote(course_id, version, why)
                                     : versions_.withdraw(course_id, version, why);
  if (!done) spdlog::warn("the trial in course {} goes on: {}", course_id, done.error().message);
  if (const auto course = services_.courses.find(course_id)) watch.serve(*course);
  follow_trial(course_id, watch);
}

void Adaptation::keep_alarms(const StoredAnswer& answer, CourseWatch& watch) {
  for (const DriftAlarm& alarm : watch.take_alarms()) {
    const Json figures = {{"kind", name_of(alarm.kind)}, {"answers", watch.answers()}};
    const Result<bool> added =
        services_.store.model_runs().add_alarm({.course_id = answer.course_id,
                                                .kind = std::string(name_of(alarm.kind)),
                                                .version = alarm.version,
                                                .seq = alarm.seq,
                                                .at = services_.clock.now(),
                                                .figures = figures.dump()});
    if (added && *added)
      spdlog::warn("course {} is no longer foreseen as it was: {}", answer.course_id,
                   name_of(alarm.kind));
  }
}

/// A challenger that has lost, or not yet won, gives way to one that knows more.
void Adaptation::at_growth_point(const std::string& course_id, CourseWatch& watch) {
  if (!can_adapt_) return;
  if (versions_.paused(course_id)) return watch.withdraw();
  if (watch.challenger_won()) {
    options_.trial_share > 0.0 ? try_out(course_id, watch) : swap_in(course_id, watch);
    if (watch.on_trial()) return;
  }
  // Where the next growth point is stored already, tuning would only fall further behind.
  const auto waiting = static_cast<double>(services_.store.answers().count() - taken_);
  if (waiting > (options_.rule.growth - 1.0) * static_cast<double>(watch.answers())) return;
  tune(course_id, watch);
}

void Adaptation::swap_in(const std::string& course_id, CourseWatch& watch) {
  Run run = *watch.challenger()->run;
  const Json why = figures_json(watch.figures());
  run.metrics["prequential"] = why;
  const Result<ServedRun> done = versions_.swap(course_id, run, watch.course().served().place, why);
  if (!done) {
    spdlog::warn("course {} stays with its run: {}", course_id, done.error().message);
    return;
  }
  if (const auto course = services_.courses.find(course_id)) watch.serve(*course);
}

/// It has won by what it would have foreseen; whether that holds while it serves is for a trial.
void Adaptation::try_out(const std::string& course_id, CourseWatch& watch) {
  Run run = *watch.challenger()->run;
  const Json why = figures_json(watch.figures());
  run.metrics["prequential"] = why;
  Result<std::string> version = versions_.register_run(course_id, run, "adapted");
  const Result<ServedRun> done =
      version ? versions_.begin_trial(course_id, *version, options_.trial_share, why)
              : Result<ServedRun>(version.error());
  if (!done) spdlog::warn("course {} tries nothing out: {}", course_id, done.error().message);
  follow_trial(course_id, watch);
}

void Adaptation::tune(const std::string& course_id, CourseWatch& watch) {
  if (!watch.can_tune() || stopping()) return;
  const Run& base = *services_.courses.base()->run;
  const std::vector<Sequence> students = watch.students();
  Result<TunedPrior> tuned =
      tuned_prior(base, students, options_.threads, [this] { return stopping(); });
  if (!tuned) {
    spdlog::warn("course {} cannot be tuned to: {}", course_id, tuned.error().message);
    return;
  }
  if (stopping()) return;
  watch.challenge(
      served_model(std::make_shared<const Run>(run_of(base, watch, students, *std::move(tuned)))));
  show();
}

/// After a restart, a swap or a rush that went too fast to tune.
void Adaptation::tune_where_none() {
  if (!can_adapt_ || !services_.store.neighbours().leading()) return;
  for (auto& [course_id, watch] : watches_) {
    if (const auto course = services_.courses.find(course_id)) watch.serve(*course);
    follow_trial(course_id, watch);
    if (versions_.paused(course_id)) {
      watch.withdraw();
    } else if (!watch.on_trial() && watch.challenger() == nullptr) {
      tune(course_id, watch);
    }
  }
}

void Adaptation::show() {
  const std::lock_guard lock(mutex_);
  for (const auto& [course_id, watch] : watches_) {
    WatchFigures now = watch.figures();
    WatchFigures& before = figures_[course_id];
    if (got_on(before, now)) tell(services_.feed, course_id, now);
    before = std::move(now);
  }
}

std::optional<WatchFigures> Adaptation::figures(std::string_view course_id) const {
  if (!services_.store.neighbours().leading()) return std::nullopt;
  const std::lock_guard lock(mutex_);
  const auto found = figures_.find(course_id);
  return found == figures_.end() ? std::nullopt : std::optional(found->second);
}

std::map<std::string, WatchFigures, std::less<>> Adaptation::all_figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

}  // namespace meno
