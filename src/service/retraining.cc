#include "service/retraining.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <sched.h>
#include <spdlog/spdlog.h>

#include "core/files.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "domain/sequence.h"
#include "service/course_training.h"
#include "service/learner_state.h"

namespace meno {

namespace fs = std::filesystem;

/// What is trained on, and where the work lies until it is done.
struct Retraining::Job {
  fs::path folder;
  /// `seq` of the last answer, of one that was begun before the last stop; of another, all so far.
  std::optional<std::uint64_t> until = {};
  fs::path note() const { return folder / "retrain.json"; }
  fs::path checkpoint() const { return folder / "retrain.partial"; }
};

namespace {

constexpr std::size_t kBatch = 10'000;
constexpr std::chrono::seconds kLookEvery{60};
constexpr const char* kOrigin = "retrained";
/// Fewer teach nothing about students to come.
constexpr std::size_t kLeastStudents = 20;

/// The answers of a course, by student in the order in which they came.
struct Records {
  std::shared_ptr<const LiveCourse> course;
  std::unordered_map<std::string, std::size_t> index;
  std::deque<History> students;
  std::uint64_t answers = 0;
  std::uint64_t until = 0;  // `seq` of the last answer looked at
  std::string seen;         // tells these answers from others
};

Result<Records> read_records(Services& services, const std::string& course_id,
                             std::optional<std::uint64_t> asked) {
  Records records;
  MENO_TRY(records.course, services.courses.find(course_id));
  const std::uint64_t until = asked.value_or(std::numeric_limits<std::uint64_t>::max());
  std::uint64_t seq = 0;
  while (seq < until) {
    MENO_TRY(const std::vector<StoredAnswer> answers, services.store.answers().since(seq, kBatch));
    if (answers.empty()) break;
    seq = answers.back().seq;
    for (const StoredAnswer& answer : answers) {
      if (answer.course_id != course_id || answer.seq > until) continue;
      const auto [at, added] =
          records.index.try_emplace(answer.student_id, records.students.size());
      if (added) records.students.emplace_back();
      records.students[at->second].push_back(event_of(answer, *records.course));
      ++records.answers;
    }
  }
  records.until = asked.value_or(seq);
  records.seen = content_hash(fmt::format("{} {} {}", course_id, records.until, records.answers));
  return records;
}

/// By the latest run that came of this.
Result<std::uint64_t> answers_known(Services& services, const std::string& course_id) {
  MENO_TRY(const std::vector<ModelRun> runs, services.store.model_runs().of_course(course_id));
  std::uint64_t known = 0;
  for (const ModelRun& run : runs) {
    if (run.origin != kOrigin || run.base != services.courses.base()->version) continue;
    MENO_TRY(const Json metrics, parse_json(run.metrics, "metrics of a run"));
    known = metrics.value(Json::json_pointer("/retrained_on/answers"), std::uint64_t{0});
  }
  return known;
}

}  // namespace

void Retraining::start() {
  thread_ = std::jthread([this] { run(); });
}

void Retraining::stop() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_all();
  if (!thread_.joinable()) return;
  set_interrupted(true);  // a training under way looks at this
  thread_.join();
  set_interrupted(false);
}

bool Retraining::stopping() const {
  const std::lock_guard lock(mutex_);
  return stopping_;
}

void Retraining::run() {
  const sched_param none{};
  sched_setscheduler(0, SCHED_IDLE, &none);  // where refused, it competes with requests
  while (!stopping()) {
    try {
      run_due();
    } catch (const std::exception& bug) {
      spdlog::error("retraining ends, a defect of ours: {}", bug.what());
      return;
    }
    std::unique_lock lock(mutex_);
    wake_.wait_for(lock, kLookEvery, [this] { return stopping_; });
  }
}

void Retraining::run_due() {
  if (!services_.store.neighbours().leading()) return;
  const Result<std::vector<CourseSummary>> courses = services_.store.courses().list();
  if (!courses) return;
  for (const CourseSummary& course : *courses) {
    if (stopping()) return;
    const Result<Done> attended = attend(course.id);
    if (attended) continue;
    show(course.id, stopping() ? "stopped" : "failed", 0, "", attended.error().message);
    if (!stopping())
      spdlog::warn("course {} is not retrained: {}", course.id, attended.error().message);
  }
}

Result<Done> Retraining::attend(const std::string& course_id) {
  Job job{.folder = versions_.folder_of_course(course_id)};
  if (const Result<std::string> note = read_file(job.note()); note) {
    MENO_TRY(const Json begun, parse_json(*note, job.note().string()));
    job.until = begun.value("until_seq", std::uint64_t{0});
    return retrain(course_id, job);
  }
  MENO_TRY(const bool is_due, due(course_id));
  if (!is_due) return Done{};
  return retrain(course_id, job);
}

/// By the clock, and only where a run that comes of it could be tried.
Result<bool> Retraining::due(const std::string& course_id) const {
  if (versions_.paused(course_id) || versions_.trial(course_id).model != nullptr) return false;
  MENO_TRY(const std::vector<ModelRun> runs, services_.store.model_runs().of_course(course_id));
  TimePoint last = kNoTime;
  for (const ModelRun& run : runs) {
    if (run.origin == kOrigin && run.base == services_.courses.base()->version)
      last = std::max(last, run.made_at);
  }
  const RetrainingState before = state(course_id);
  if (before.since != kNoTime) last = std::max(last, before.since);  // looked at, or failed
  return last == kNoTime || services_.clock.now() - last >= options_.every;
}

Result<Done> Retraining::retrain(const std::string& course_id, const Job& job) {
  show(course_id, "reading", 0);
  MENO_TRY(const Records records, read_records(services_, course_id, job.until));
  MENO_TRY(const std::uint64_t known, answers_known(services_, course_id));
  const bool enough = records.students.size() >= kLeastStudents &&
                      records.answers >= known + options_.least_answers;
  if (!job.until && !enough) {
    show(course_id, "waiting", records.answers);
    return Done{};
  }
  std::error_code ignored;
  fs::create_directories(job.folder, ignored);
  MENO_TRY_DONE(write_file_atomically(job.note(), Json{{"until_seq", records.until}}.dump()));
  show(course_id, "training", records.answers);
  const Run& given = *services_.courses.base()->run;
  std::vector<Sequence> students;
  for (const History& student : records.students) students.push_back(student.view());
  Result<Run> run = trained_on_course(given, records.course->tutor().course(), students,
                                      {.data_hash = records.seen,
                                       .threads = options_.threads,
                                       .epochs = options_.epochs,
                                       .checkpoint = job.checkpoint()});
  if (!run && stopping()) return run.error();  // to go on with at the next start
  fs::remove_all(job.checkpoint(), ignored);
  fs::remove(job.note(), ignored);
  if (!run) return run.error();
  run->simulated = records.course->stored().simulated;
  run->metrics["retrained_on"] = {{"students", records.students.size()},
                                  {"answers", records.answers},
                                  {"until_seq", records.until},
                                  {"course", course_id}};
  MENO_TRY(const std::string version, versions_.register_run(course_id, *run, kOrigin));
  show(course_id, "done", records.answers, version);
  MENO_TRY_DONE(versions_.begin_trial(course_id, version, options_.trial_share, run->metrics));
  return Done{};
}

void Retraining::show(const std::string& course_id, std::string phase, std::uint64_t answers,
                      const std::string& version, const std::string& error) {
  const std::lock_guard lock(mutex_);
  RetrainingState& state = states_[course_id];
  state.phase = std::move(phase);
  state.since = services_.clock.now();
  if (answers > 0) state.answers = answers;
  if (!version.empty()) state.version = version;
  state.error = error;
}

RetrainingState Retraining::state(std::string_view course_id) const {
  const std::lock_guard lock(mutex_);
  const auto found = states_.find(course_id);
  return found == states_.end() ? RetrainingState() : found->second;
}

}  // namespace meno
