// LiveStudents: the students being served, each with the state that his stored answers add up to.
// Built from the store on first use, so a restart needs no warm-up and loses nothing; who has not
// been asked about for longest is forgotten when memory is wanted for others, and built again.
// Where other servers write to the store too, a state is compared with it before it is used and
// catches up from it.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "service/learner_state.h"
#include "service/state_keeper.h"
#include "store/store.h"
#include "tutor/response_times.h"

namespace meno {

/// One committed answer, or feedback, on its way into the state of its student, and what it changed
/// there.
struct Applied {
  StoredAnswer answer;  // unless there is feedback
  std::optional<StoredFeedback> feedback;
  /// What the store had of the student before it; absent where nobody else writes to it.
  std::optional<EnrolmentMark> before;
  bool done = false;
  std::vector<MasteryChange> changes;
  std::shared_ptr<const LiveCourse> course;  // the version that says so
};

/// One student in one course. Thread-safe. What `use` is given is of one version of the model:
/// state.course() says which.
class LiveStudent : public std::enable_shared_from_this<LiveStudent> {
 public:
  /// `counted`: his response times are in the course's already.
  LiveStudent(std::shared_ptr<const LiveCourse> course, std::string id, Store& store,
              StateKeeper& keeper, bool counted)
      : id_(std::move(id)),
        store_(store),
        shared_(store.neighbours().possible()),
        keeper_(keeper),
        course_(std::move(course)),
        counted_(counted),
        place_(course_->served().place) {}

  const std::string& id() const { return id_; }
  /// ServedModel::place of the version that serves him.
  std::uint64_t place() const { return place_; }
  /// Whether his response times are in the course's by now.
  bool counted() const { return counted_; }

  /// Queues a committed answer or feedback. Call it in order of commits, before anybody is told
  /// that it is recorded.
  void committed(std::shared_ptr<Applied> answer);
  /// Applies what is queued up to and including `answer` (or feedback), then calls `use(state)`
  /// under the student's lock. Errors: Unavailable when the history cannot be read.
  template <class Use>
  Result<Done> after(const std::shared_ptr<Applied>& answer, Use use) {
    const std::lock_guard lock(mutex_);
    MENO_TRY_DONE(bring_up(answer.get()));
    use(*state_);
    return Done{};
  }
  /// Calls `use(state)` under the student's lock, all committed answers applied. Errors: as
  /// after().
  template <class Use>
  Result<Done> now(Use use) {
    return after(nullptr, use);
  }
  /// As now(), with a state of exactly this version, made for the occasion when the student has
  /// another by now.
  template <class Use>
  Result<Done> under(const std::shared_ptr<const LiveCourse>& course, Use use) {
    {
      const std::lock_guard lock(mutex_);
      MENO_TRY_DONE(bring_up(nullptr));
      if (course_ == course) {
        use(*state_);
        return Done{};
      }
    }
    MENO_TRY(const LearnerState state, replayed(course, false));
    use(state);
    return Done{};
  }
  /// What the stored answer changed when it came, found by replaying the history before it. Errors:
  /// Unavailable.
  Result<std::vector<MasteryChange>> changes_of(
      const StoredAnswer& answer, const std::shared_ptr<const LiveCourse>& course) const;
  /// Goes over to a later version; an earlier one changes nothing. The new state is built beside
  /// the old one, which goes on serving meanwhile. Errors: Unavailable, and the old state stays.
  Result<Done> move_to(const std::shared_ptr<const LiveCourse>& course);
  /// Puts the state into the store, where it has grown enough to be worth it.
  void keep();

 private:
  /// What came while the student was moving, and the median an answer was taken with.
  struct Arrival {
    std::shared_ptr<const Applied> what;
    std::int32_t item_median_ms = kNoResponseTime;
  };

  Result<Done> bring_up(const Applied* until);
  /// From the store: from a state that was kept, where there is one of this version, and the
  /// answers since. `counting`: the response times count.
  Result<LearnerState> replayed(const std::shared_ptr<const LiveCourse>& course, bool counting,
                                std::size_t* answers_read = nullptr) const;
  LearnerState kept_or_new(const std::shared_ptr<const LiveCourse>& course) const;
  Result<Done> catch_up(const EnrolmentMark& mark);
  void take_in(std::shared_ptr<Applied> missed);
  void unkept(std::size_t answers);
  Result<Done> apply(const std::shared_ptr<Applied>& next);
  bool begin_move(const std::shared_ptr<const LiveCourse>& course);
  void take(const std::shared_ptr<const LiveCourse>& course);

  const std::string id_;
  Store& store_;
  const bool shared_;  // others write to the store, too
  StateKeeper& keeper_;
  std::mutex moving_mutex_;  // one move at a time; taken before mutex_
  std::mutex mutex_;
  std::shared_ptr<const LiveCourse> course_;        // guarded by mutex_
  std::optional<LearnerState> state_;               // guarded by mutex_; of course_
  std::size_t unkept_ = 0;                          // guarded by mutex_; answers
  std::atomic<bool> counted_;                       // written under mutex_
  std::optional<std::vector<Arrival>> since_move_;  // guarded by mutex_; set during a move
  std::atomic<std::uint64_t> place_;                // of course_, for a look without the lock
  std::mutex pending_mutex_;
  std::deque<std::shared_ptr<Applied>> pending_;  // guarded by pending_mutex_
};

/// Whether a student is among the `share` of them that a candidate on trial serves: drawn by
/// course, candidate and student, so the same on every server and after every restart.
bool in_trial(std::string_view course_id, std::string_view version, std::string_view student_id,
              double share);

struct LiveFigures {
  std::size_t kept = 0;         // states in memory
  std::uint64_t built = 0;      // states made from stored answers, at first use or again
  std::uint64_t forgotten = 0;  // to make room for others
};

/// Thread-safe.
class LiveStudents {
 public:
  /// Keeps about `most` states, at least one in each of 64 parts: 8 KB each under the shipped
  /// model.
  explicit LiveStudents(Store& store, std::size_t most = 16'384)
      : store_(store), most_of_shard_(std::max<std::size_t>(1, most / kShards)) {}

  /// A student who has an earlier version than `serving`, or than a candidate that is on trial with
  /// him, goes over to it. Errors: NotFound when the
  /// student is not enrolled in the course; Unavailable.
  Result<std::shared_ptr<LiveStudent>> find(const std::shared_ptr<const LiveCourse>& serving,
                                            std::string_view student_id);
  /// The student if he is being served already, else null.
  std::shared_ptr<LiveStudent> served(std::string_view course_id, std::string_view student_id);
  /// `share` of the students of `candidate`'s course, always the same ones, are served by it from
  /// now on, as each is next asked for: as long as it is later than the version that others have.
  void begin_trial(std::shared_ptr<const LiveCourse> candidate, double share);
  /// Nobody goes over to a candidate of the course any more; who has, stays until moved.
  void end_trial(std::string_view course_id);
  /// Those of a course who are being served.
  std::vector<std::shared_ptr<LiveStudent>> of_course(std::string_view course_id);
  LiveFigures figures();

 private:
  static constexpr std::size_t kShards = 64;
  struct Place {
    std::shared_ptr<LiveStudent> student;  // null: forgotten, or not yet there
    bool counted = false;                  // of one who was forgotten
    std::uint64_t used = 0;                // the shard's clock when he was last asked about
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, Place> places;
    std::size_t kept = 0;  // places with a student
    std::uint64_t clock = 0;
  };

  static std::shared_ptr<LiveStudent> ask_for(Shard& shard, const std::string& key);
  void forget_some(Shard& shard);

  static std::string key_of(std::string_view course_id, std::string_view student_id);
  Shard& shard_of(const std::string& key) {
    return shards_[std::hash<std::string>{}(key) % kShards];
  }
  /// `course`, or the candidate on trial for this student.
  std::shared_ptr<const LiveCourse> course_for(const std::shared_ptr<const LiveCourse>& course,
                                               std::string_view student_id) const;
  Result<std::shared_ptr<LiveStudent>> known(const std::shared_ptr<const LiveCourse>& course,
                                             std::string_view student_id);

  struct OnTrial {
    std::shared_ptr<const LiveCourse> candidate;
    double share = 0.0;
  };

  Store& store_;
  mutable std::shared_mutex trials_mutex_;
  std::map<std::string, OnTrial, std::less<>> trials_;  // guarded by trials_mutex_
  const std::size_t most_of_shard_;
  StateKeeper keeper_;  // outlives the students
  std::array<Shard, kShards> shards_;
  std::atomic<std::uint64_t> built_{0};
  std::atomic<std::uint64_t> forgotten_{0};
};

}  // namespace meno
