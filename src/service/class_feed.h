// ClassFeed: what happens in courses, told to those who listen as it happens: teachers whose class
// page is open. It knows what this server does; what another server over the same store records
// is found by reading the class anew.
#pragma once

#include <atomic>
#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"

namespace meno {

/// How well a student masters a skill after an answer.
struct SkillStanding {
  std::string skill_id;
  double p_mastery = 0.5;
};

struct ClassEvent {
  enum class Kind {
    Answer,   // one answer was recorded
    Refresh,  // much has changed, or events were missed: read the class anew
    Model,    // the course's adaptation got on, or its model changed
  };
  Kind kind = Kind::Refresh;
  std::uint64_t number = 0;  // 1, 2, ... in its course; set by the feed
  // Of an answer.
  std::string student_id = {};
  std::string item_id = {};
  bool correct = false;
  TimePoint answered_at = kNoTime;
  std::vector<SkillStanding> mastery = {};
  // Of a model.
  std::string version = {};
  std::size_t answers = 0;   // that its adaptation has seen
  std::size_t tuned_on = 0;  // answers the challenger knows; 0: there is none
};

/// What one listener has yet to be told. Thread-safe.
class ClassListener {
 public:
  using Events = std::vector<std::shared_ptr<const ClassEvent>>;
  /// More than these wait only for somebody who does not listen.
  static constexpr std::size_t kMostWaiting = 256;

  /// `students` are those within sight; nullopt: all.
  explicit ClassListener(std::optional<std::set<std::string, std::less<>>> students)
      : students_(std::move(students)) {}

  /// Events since the last call, oldest first; nullopt once too many were waiting.
  std::optional<Events> take();
  /// `ready` is called, on any thread, when there is something new. It must not block.
  void on_event(std::function<void()> ready);
  /// Queues the event if its student is within sight.
  void tell(const std::shared_ptr<const ClassEvent>& event);
  /// The id of the event before the first that is told; ids go into `last_event` of listen().
  const std::string& from() const { return from_; }

 private:
  friend class ClassFeed;

  const std::optional<std::set<std::string, std::less<>>> students_;
  std::string from_;
  std::mutex mutex_;
  std::deque<std::shared_ptr<const ClassEvent>> waiting_;  // guarded by mutex_
  bool overflowed_ = false;                                // guarded by mutex_
  std::function<void()> ready_;                            // guarded by mutex_
};

/// Thread-safe.
class ClassFeed {
 public:
  /// Events of a course that are kept for listeners who come back.
  static constexpr std::size_t kKept = 512;

  /// `epoch` tells the ids of this feed from those before a restart.
  explicit ClassFeed(std::string epoch) : epoch_(std::move(epoch)) {}

  /// A listener, told from now on, or from after the event with the id `last_event` on; when that
  /// cannot be, it is told to read the class anew. It listens as long as it lives.
  std::shared_ptr<ClassListener> listen(const std::string& course_id,
                                        std::optional<std::set<std::string, std::less<>>> students,
                                        std::string_view last_event);
  /// Whether anybody has listened to the course: else there is no need to make an event.
  bool is_heard(std::string_view course_id) const;
  /// Tells everybody who listens. It only queues.
  void publish(std::string_view course_id, ClassEvent event);
  /// The id of an event of this feed.
  std::string id_of(std::uint64_t number) const;

 private:
  struct Channel {
    std::mutex mutex;
    std::uint64_t last = 0;                               // guarded by mutex
    std::deque<std::shared_ptr<const ClassEvent>> kept;   // guarded by mutex
    std::vector<std::weak_ptr<ClassListener>> listeners;  // guarded by mutex
  };

  std::shared_ptr<Channel> channel_of(std::string_view course_id) const;
  std::optional<std::uint64_t> number_of(std::string_view id) const;

  const std::string epoch_;
  std::atomic<bool> heard_{false};
  mutable std::shared_mutex mutex_;
  std::map<std::string, std::shared_ptr<Channel>, std::less<>> channels_;  // guarded by mutex_
};

}  // namespace meno
