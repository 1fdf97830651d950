// LiveStudents: the students being served, each with the state that his stored answers add up to.
// Built from the store on first use, so a restart needs no warm-up and loses nothing.
#pragma once

#include <array>
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

/// One committed answer on its way into the state of its student, and what it changed there.
struct Applied {
  StoredAnswer answer;
  bool done = false;
  std::vector<MasteryChange> changes;
};

/// One student in one course. Thread-safe.
class LiveStudent {
 public:
  LiveStudent(std::shared_ptr<const LiveCourse> course, std::string id, AnswerStore& answers,
              const OnlineModel& model)
      : course_(std::move(course)), id_(std::move(id)), answers_(answers), model_(model) {}

  const std::shared_ptr<const LiveCourse>& course() const { return course_; }
  const std::string& id() const { return id_; }

  /// Queues a committed answer. Call it in order of `seq`, before anybody is told that the answer
  /// is recorded.
  void committed(std::shared_ptr<Applied> answer);
  /// Applies what is queued up to and including `answer`, then calls `use(state)` under the
  /// student's lock. Errors: Unavailable when the history cannot be read.
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
  /// What the stored answer changed when it came, found by replaying the history before it. Errors:
  /// Unavailable.
  Result<std::vector<MasteryChange>> changes_of(const StoredAnswer& answer);
  /// Forgets the state; it is rebuilt on the next use.
  void forget();

 private:
  Result<Done> bring_up(const Applied* until);
  Result<Done> load();
  void apply(Applied& answer);

  const std::shared_ptr<const LiveCourse> course_;
  const std::string id_;
  AnswerStore& answers_;
  const OnlineModel& model_;
  std::mutex mutex_;
  std::optional<LearnerState> state_;  // guarded by mutex_
  std::mutex pending_mutex_;
  std::deque<std::shared_ptr<Applied>> pending_;  // guarded by pending_mutex_
};

/// Thread-safe.
class LiveStudents {
 public:
  LiveStudents(Store& store, const OnlineModel& model) : store_(store), model_(model) {}

  /// Errors: NotFound when the student is not enrolled in the course; Unavailable.
  Result<std::shared_ptr<LiveStudent>> find(const std::shared_ptr<const LiveCourse>& course,
                                            std::string_view student_id);

 private:
  static constexpr std::size_t kShards = 64;
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::string, std::shared_ptr<LiveStudent>> students;
  };

  Store& store_;
  const OnlineModel& model_;
  std::array<Shard, kShards> shards_;
};

}  // namespace meno
