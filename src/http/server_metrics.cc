#include "http/server_metrics.h"

#include <algorithm>
#include <array>
#include <chrono>

#include "core/process_usage.h"
#include "http/metric_page.h"
#include "http/observer.h"
#include "service/accounts/accounts.h"
#include "service/adaptation.h"
#include "service/course_versions.h"
#include "service/openid/openid_sign_in.h"
#include "store/backup/record.h"

namespace meno {
namespace {

constexpr std::size_t kMostCourses = 200;

template <class Number>
double number(Number value) {
  return static_cast<double>(value);
}

double seconds(TimePoint time) {
  return time == kNoTime ? 0.0 : std::chrono::duration<double>(time.time_since_epoch()).count();
}

void add_versions(MetricPage& page, Services& services) {
  const ServedModel& base = *services.courses.base();
  page.gauge("meno_build_info", "The program that runs; always 1")
      .add(1.0, {{"version", MENO_VERSION}});
  page.gauge("meno_run_info", "The run that the server was given; always 1")
      .add(1.0, {{"model", base.run->model_name},
                 {"learner", base.run->learner_name},
                 {"version", base.version},
                 {"simulated", base.run->simulated ? "yes" : "no"}});
}

void add_requests(MetricPage& page, const Observer& observer) {
  page.counter("meno_http_requests_total", "Requests that were answered");
  for (const RouteCounts& route : observer.counts().routes()) {
    for (std::size_t k = 0; k < route.by_status.size(); ++k) {
      if (const std::uint64_t count = route.by_status[k].load(); count > 0) {
        page.add(number(count), {{"method", std::string(route.method)},
                                 {"route", std::string(route.path)},
                                 {"status", std::to_string(k + 100)}});
      }
    }
  }
  page.histogram("meno_http_request_seconds",
                 "From the whole request read to its reply handed over");
  for (const RouteCounts& route : observer.counts().routes()) {
    const TallyFigures tally = route.seconds.figures();
    const bool used = std::any_of(tally.counts.begin(), tally.counts.end(),
                                  [](std::uint64_t count) { return count > 0; });
    if (used)
      page.add(tally, {{"method", std::string(route.method)}, {"route", std::string(route.path)}});
  }
}

void add_refusals(MetricPage& page, const CredentialCounts& refusals) {
  constexpr std::array<const char*, 3> kCredentials = {"none", "session", "key"};
  page.counter(
      "meno_credentials_refused_total",
      "Requests refused for what they came with: unauthenticated (absent, unknown, expired "
      "or revoked) or forbidden (role, scope, or forged)");
  for (std::size_t k = 0; k < kCredentials.size(); ++k) {
    page.add(number(refusals.unauthenticated[k].load()),
             {{"credential", kCredentials[k]}, {"reason", "unauthenticated"}});
    page.add(number(refusals.forbidden[k].load()),
             {{"credential", kCredentials[k]}, {"reason", "forbidden"}});
  }
}

void add_connections(MetricPage& page, const ServerFigures& server) {
  page.gauge("meno_http_connections", "Open connections").add(number(server.connections));
  page.counter("meno_http_connections_refused_total", "Connections beyond the most there may be")
      .add(number(server.refused_connections));
  page.counter("meno_http_requests_unreadable_total",
               "Requests refused before a route was looked for: malformed, or too long")
      .add(number(server.unreadable));
  page.gauge("meno_draining", "1 from the request to stop until the server has stopped")
      .add(server.draining ? 1.0 : 0.0);
}

void add_answers(MetricPage& page, Services& services) {
  const ServiceActivity& activity = services.activity;
  page.counter("meno_answers_total", "Answers by what became of them")
      .add(number(activity.recorded.load()), {{"outcome", "recorded"}})
      .add(number(activity.repeated.load()), {{"outcome", "repeated"}})
      .add(number(activity.refused.load()), {{"outcome", "refused"}});
  page.histogram("meno_answer_batch_lines", "Answers that came in one batch")
      .add(activity.batch_answers.figures());
  page.gauge("meno_stored_answers", "Answers in the store")
      .add(number(services.store.answers().count()));
  page.gauge("meno_stored_students", "Students in the store")
      .add(number(services.store.students().count()));
}

void add_store(MetricPage& page, const StoreFigures& store) {
  page.histogram("meno_store_commit_jobs", "Writes that shared one commit").add(store.commit_jobs);
  page.histogram("meno_store_commit_seconds", "From a commit's first statement until durable")
      .add(store.commit_seconds);
  page.counter("meno_store_errors_total",
               "Commits that failed, connections for reading that could not be had, and writes "
               "refused because too many waited")
      .add(number(store.failed_commits), {{"kind", "commit"}})
      .add(number(store.failed_reads), {{"kind", "read"}})
      .add(number(store.refused), {{"kind", "queue"}});
}

void add_students(MetricPage& page, const LiveFigures& students) {
  page.gauge("meno_students_kept", "Students whose state is in memory").add(number(students.kept));
  page.counter("meno_students_built_total", "States built from stored answers")
      .add(number(students.built));
  page.counter("meno_students_forgotten_total", "States forgotten to make room")
      .add(number(students.forgotten));
}

void add_queues(MetricPage& page, Services& services, const Observer* observer,
                const StoreFigures& store) {
  page.gauge("meno_queue_waiting", "Pieces of work that wait for their thread")
      .add(number(store.waiting), {{"queue", "store"}});
  if (observer != nullptr) page.add(number(observer->server().waiting), {{"queue", "workers"}});
  if (services.accounts != nullptr)
    page.add(number(services.accounts->lane().waiting()), {{"queue", "passwords"}});
  if (services.openid != nullptr)
    page.add(number(services.openid->waiting()), {{"queue", "provider"}});
}

void add_sign_ins(MetricPage& page, Accounts* accounts) {
  static const SignInCounts none;
  const SignInCounts& counts = accounts != nullptr ? accounts->sign_ins() : none;
  page.counter("meno_sign_ins_total", "Sign-ins by what became of them")
      .add(number(counts.accepted.load()), {{"outcome", "accepted"}})
      .add(number(counts.refused.load()), {{"outcome", "refused"}})
      .add(number(counts.turned_away.load()), {{"outcome", "turned_away"}});
  page.counter("meno_lock_outs_total", "Refused sign-ins that locked an account, or a name")
      .add(number(counts.locked_out.load()));
}

using Watches = std::map<std::string, WatchFigures, std::less<>>;

/// One family over the courses; `value` is std::optional<double>(const WatchFigures&).
template <class Value>
void add_of_courses(MetricPage& page, const Watches& watches, Value value) {
  std::size_t shown = 0;
  for (const auto& [course, figures] : watches) {
    if (++shown > kMostCourses) return;
    if (const std::optional<double> known = value(figures)) page.add(*known, {{"course", course}});
  }
}

void add_adaptation(MetricPage& page, Services& services) {
  Watches watches;
  if (services.adaptation != nullptr) watches = services.adaptation->all_figures();
  const VersionChanges changes =
      services.versions != nullptr ? services.versions->changes() : VersionChanges();
  page.gauge("meno_course_scored_answers", "Answers that the model in service has foreseen");
  add_of_courses(page, watches, [](const WatchFigures& watch) {
    return std::optional(number(watch.incumbent.answers));
  });
  page.gauge("meno_course_log_loss", "Mean surprise of those answers, in nats");
  add_of_courses(page, watches, [](const WatchFigures& watch) { return watch.incumbent.log_loss; });
  page.gauge("meno_course_auc", "How well right answers were told from wrong ones beforehand");
  add_of_courses(page, watches, [](const WatchFigures& watch) { return watch.incumbent.auc; });
  page.gauge("meno_course_calibration_error", "Expected calibration error, 15 bins");
  add_of_courses(page, watches, [](const WatchFigures& watch) { return watch.incumbent.ece; });
  page.gauge("meno_course_bias", "Mean p_correct less the share of right answers");
  add_of_courses(page, watches, [](const WatchFigures& watch) { return watch.incumbent.bias; });
  page.gauge("meno_own_models", "Courses in use that have a model of their own")
      .add(number(services.courses.own_models()));
  page.counter("meno_model_swaps_total", "Models swapped in because they foresaw better")
      .add(number(changes.swaps));
  page.counter("meno_model_rollbacks_total", "Models that people have gone back from")
      .add(number(changes.rollbacks));
}

void add_undertakings(MetricPage& page, const BackupRecord& record) {
  const Undertaking kinds[] = {record.backup.value_or(Undertaking()),
                               record.drill.value_or(Undertaking())};
  constexpr const char* kNames[] = {"backup", "drill"};
  const auto family = [&](const char* name, const char* help, auto value) {
    page.gauge(name, help);
    for (std::size_t k = 0; k < 2; ++k) page.add(value(kinds[k]), {{"kind", kNames[k]}});
  };
  family("meno_backup_last_timestamp_seconds",
         "When the store was last backed up, or a backup of it restored on trial; 0: never",
         [](const Undertaking& what) { return seconds(what.last_at); });
  family("meno_backup_success_timestamp_seconds", "The last time that succeeded; 0: never",
         [](const Undertaking& what) { return seconds(what.good_at); });
  family("meno_backup_good", "1 when the last one succeeded",
         [](const Undertaking& what) { return what.good ? 1.0 : 0.0; });
  family("meno_backup_bytes", "Size of the last backup that was made, or restored on trial",
         [](const Undertaking& what) { return number(what.bytes); });
}

void add_process(MetricPage& page, const Observer* observer) {
  const ProcessUsage usage = process_usage();
  page.counter("process_cpu_seconds_total", "Processor time of the process").add(usage.cpu_seconds);
  page.gauge("process_resident_memory_bytes", "Memory in use").add(number(usage.resident_bytes));
  page.gauge("process_virtual_memory_bytes", "Address space in use")
      .add(number(usage.virtual_bytes));
  page.gauge("process_open_fds", "Open files and connections").add(number(usage.open_files));
  page.gauge("process_max_fds", "The most there may be").add(number(usage.most_files));
  if (observer == nullptr) return;
  page.gauge("process_start_time_seconds", "When the server started")
      .add(std::chrono::duration<double>(observer->started_at().time_since_epoch()).count());
}

}  // namespace

std::string metrics_text(Services& services, const Observer* observer) {
  MetricPage page;
  add_versions(page, services);
  if (observer != nullptr) {
    add_requests(page, *observer);
    add_refusals(page, observer->counts().refusals());
    add_connections(page, observer->server());
  }
  const StoreFigures store = services.store.figures();
  add_answers(page, services);
  add_store(page, store);
  add_students(page, services.students.figures());
  add_queues(page, services, observer, store);
  add_sign_ins(page, services.accounts);
  add_adaptation(page, services);
  if (!services.store_file.empty()) add_undertakings(page, read_backup_record(services.store_file));
  add_process(page, observer);
  return page.text();
}

}  // namespace meno
