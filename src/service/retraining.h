// Retraining: trains a new run for each course from its stored answers, now and then, in the
// background. What comes of it is registered and put on trial, never in service (trial_rule.h).
//
// What is trained on is fixed when it begins: the answers up to a number that is written beside the
// run to be made. A stop leaves a checkpoint there, and the next start goes on to the same bytes.
#pragma once

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <map>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "core/result.h"
#include "service/course_versions.h"
#include "service/services.h"

namespace meno {

struct RetrainingOptions {
  /// From one run of a course to the next at the earliest.
  std::chrono::seconds every = std::chrono::hours(24);
  /// Answers that are new since the last one.
  std::uint64_t least_answers = 1000;
  double trial_share = 0.2;  // as AdaptationOptions
  int threads = 1;
  int epochs = 0;  // 0: the model's
};

/// What retraining is doing with a course.
struct RetrainingState {
  std::string phase = "waiting";  // or "reading", "training", "stopped", "failed", "done"
  TimePoint since = kNoTime;      // of the phase
  std::uint64_t answers = 0;      // that the latest run knows, or the one being made will
  std::string version;            // the latest run made; "" before the first
  std::string error;              // of the last that failed
};

/// Thread-safe. The services and versions must outlive it.
class Retraining {
 public:
  Retraining(Services& services, CourseVersions& versions, const RetrainingOptions& options)
      : services_(services), versions_(versions), options_(options) {}
  Retraining(const Retraining&) = delete;
  Retraining& operator=(const Retraining&) = delete;
  Retraining(Retraining&&) = delete;
  Retraining& operator=(Retraining&&) = delete;
  ~Retraining() { stop(); }

  /// Begins, on a thread that runs when no other wants to.
  void start();
  /// Ends it; a training under way writes its checkpoint.
  void stop();
  /// Trains for every course that is due, on this thread; nothing where another server of the store
  /// leads. For tests and commands.
  void run_due();
  RetrainingState state(std::string_view course_id) const;

 private:
  struct Job;

  void run();
  bool stopping() const;
  Result<Done> attend(const std::string& course_id);
  Result<bool> due(const std::string& course_id) const;
  Result<Done> retrain(const std::string& course_id, const Job& job);
  void show(const std::string& course_id, std::string phase, std::uint64_t answers,
            const std::string& version = "", const std::string& error = "");

  Services& services_;
  CourseVersions& versions_;
  const RetrainingOptions options_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;                                       // guarded by mutex_
  std::map<std::string, RetrainingState, std::less<>> states_;  // guarded by mutex_
  std::jthread thread_;                                         // last: it uses the others
};

}  // namespace meno
