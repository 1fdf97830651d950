// Adaptation: follows the answers of all courses in the background, tunes a challenger for each as
// it grows, and swaps it in once it has foreseen new answers better than the model in service
// (docs/adapting.md). Never on the way of a request: it reads what is durable from the store.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "service/course_versions.h"
#include "service/course_watch.h"
#include "service/services.h"

namespace meno {

struct AdaptationOptions {
  SwapRule rule = {};
  int threads = 1;  // of tuning
  /// Students of a course that are followed: as many as a prior is tuned to (prior_candidate.h).
  std::size_t most_students = 300;
  /// Of the students whom a challenger that has won serves at first, on trial (trial_rule.h); 0: it
  /// serves all at once.
  double trial_share = 0.0;
};

/// Thread-safe. The services and versions must outlive it. Of several servers over one store only
/// the leading one (store/neighbours.h) follows and tunes; the others take over what it swaps in.
class Adaptation {
 public:
  Adaptation(Services& services, CourseVersions& versions, const AdaptationOptions& options);
  Adaptation(const Adaptation&) = delete;
  Adaptation& operator=(const Adaptation&) = delete;
  Adaptation(Adaptation&&) = delete;
  Adaptation& operator=(Adaptation&&) = delete;
  ~Adaptation();

  /// Begins to follow, on a thread that runs when no other wants to.
  void start();
  /// Ends it; a tuning under way stops at its next step.
  void stop();
  /// Takes in all that is stored, on this thread, in place of start(). For tests and commands.
  void catch_up();
  /// Whether the run that the server was given can be tuned to courses; where not, they are watched
  /// only.
  bool can_adapt() const { return can_adapt_; }
  /// Nullopt for a course without answers so far, and on a server that does not lead.
  std::optional<WatchFigures> figures(std::string_view course_id) const;
  /// Those of all courses with answers, by id.
  std::map<std::string, WatchFigures, std::less<>> all_figures() const;

 private:
  void run();
  bool stopping() const;
  /// False when there was nothing to take in.
  bool take_some();
  void take(const StoredAnswer& answer);
  CourseWatch* watch_of(const std::string& course_id);
  void at_growth_point(const std::string& course_id, CourseWatch& watch);
  void swap_in(const std::string& course_id, CourseWatch& watch);
  void try_out(const std::string& course_id, CourseWatch& watch);
  void follow_trial(const std::string& course_id, CourseWatch& watch);
  void judge_trial(const std::string& course_id, CourseWatch& watch);
  void keep_alarms(const StoredAnswer& answer, CourseWatch& watch);
  void tune(const std::string& course_id, CourseWatch& watch);
  void tune_where_none();
  void show();

  Services& services_;
  CourseVersions& versions_;
  const AdaptationOptions options_;
  const bool can_adapt_;
  std::uint64_t last_seq_ = 0;
  std::uint64_t taken_ = 0;
  std::map<std::string, CourseWatch, std::less<>> watches_;
  mutable std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;                                     // guarded by mutex_
  std::map<std::string, WatchFigures, std::less<>> figures_;  // guarded by mutex_
  std::jthread thread_;                                       // last: it uses the others
};

}  // namespace meno
