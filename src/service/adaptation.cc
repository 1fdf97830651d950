#include "service/adaptation.h"

#include <chrono>
#include <utility>
#include <vector>

#include <sched.h>
#include <spdlog/spdlog.h>

#include "core/files.h"
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
  return &at->second;
}

void Adaptation::take(const StoredAnswer& answer) {
  CourseWatch* const watch = watch_of(answer.course_id);
  if (watch != nullptr && watch->observe(answer)) at_growth_point(answer.course_id, *watch);
}

/// A challenger that has lost, or not yet won, gives way to one that knows more.
void Adaptation::at_growth_point(const std::string& course_id, CourseWatch& watch) {
  if (!can_adapt_) return;
  if (versions_.paused(course_id)) return watch.withdraw();
  if (watch.challenger_won()) swap_in(course_id, watch);
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
  if (!can_adapt_) return;
  for (auto& [course_id, watch] : watches_) {
    if (const auto course = services_.courses.find(course_id)) watch.serve(*course);
    if (versions_.paused(course_id)) {
      watch.withdraw();
    } else if (watch.challenger() == nullptr) {
      tune(course_id, watch);
    }
  }
}

void Adaptation::show() {
  const std::lock_guard lock(mutex_);
  for (const auto& [course_id, watch] : watches_) figures_[course_id] = watch.figures();
}

std::optional<WatchFigures> Adaptation::figures(std::string_view course_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = figures_.find(course_id);
  return found == figures_.end() ? std::nullopt : std::optional(found->second);
}

std::map<std::string, WatchFigures, std::less<>> Adaptation::all_figures() const {
  const std::lock_guard lock(mutex_);
  return figures_;
}

}  // namespace meno
