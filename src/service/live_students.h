// LiveStudents: the students being served, each with the state that his stored answers add up to.
// Built from the store on first use, so a restart needs no warm-up and loses nothing; who has not
// been asked about for longest is forgotten when memory is wanted for others, and built again.
#pragma once

#include <algorithm>
#include <array>
#include <atomic>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/result.h"
#include "service/learner_state.h"
#include "store/store.h"
#include "tutor/response_times.h"

namespace meno {

/// One committed answer, or feedback, on its way into the state of its student, and what it changed
/// there.
struct Applied {
  StoredAnswer answer;  // unless there is feedback
  std::optional<StoredFeedback> feedback;
  bool done = false;
  std::vector<MasteryChange> changes;
  std::shared_ptr<const LiveCourse> course;  // the version that says so
};

/// One student in one course. Thread-safe. What `use` is given is of one version of the model:
/// state.course() says which.
class LiveStudent {
 public:
  /// `counted`: his response times are in the course's already.
  LiveStudent(std::shared_ptr<const LiveCourse> course, std::string id, Store& store, bool counted)
      : id_(std::move(id)),
        answers_(store.answers()),
        feedback_(store.feedback()),
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

 private:
  /// What came while the student was moving, and the median an answer was taken with.
  struct Arrival {
    std::shared_ptr<const Applied> what;
    std::int32_t item_median_ms = kNoResponseTime;
  };

  Result<Done> bring_up(const Applied* until);
  /// From the store. `counting`: the response times count.
  Result<LearnerState> replayed(const std::shared_ptr<const LiveCourse>& course,
                                bool counting) const;
  Result<Done> apply(const std::shared_ptr<Applied>& next);
  bool begin_move(const std::shared_ptr<const LiveCourse>& course);
  void take(const std::shared_ptr<const LiveCourse>& course);

  const std::string id_;
  AnswerStore& answers_;
  FeedbackStore& feedback_;
  std::mutex moving_mutex_;  // one move at a time; taken before mutex_
  std::mutex mutex_;
  std::shared_ptr<const LiveCourse> course_;        // guarded by mutex_
  std::optional<LearnerState> state_;               // guarded by mutex_; of course_
  std::atomic<bool> counted_;                       // written under mutex_
  std::optional<std::vector<Arrival>> since_move_;  // guarded by mutex_; set during a move
  std::atomic<std::uint64_t> place_;                // of course_, for a look without the lock
  std::mutex pending_mutex_;
  std::deque<std::shared_ptr<Applied>> pending_;  // guarded by pending_mutex_
};

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

  /// A student who has an earlier version than `course` goes over to it. Errors: NotFound when the
  /// student is not enrolled in the course; Unavailable.
  Result<std::shared_ptr<LiveStudent>> find(const std::shared_ptr<const LiveCourse>& course,
                                            std::string_view student_id);
  /// The student if he is being served already, else null.
  std::shared_ptr<LiveStudent> served(std::string_view course_id, std::string_view student_id);
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
  Result<std::shared_ptr<LiveStudent>> known(const std::shared_ptr<const LiveCourse>& course,
                                             std::string_view student_id);

  Store& store_;
  const std::size_t most_of_shard_;
  std::array<Shard, kShards> shards_;
  std::atomic<std::uint64_t> built_{0};
  std::atomic<std::uint64_t> forgotten_{0};
};

}  // namespace meno
