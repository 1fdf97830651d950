#include "service/live_students.h"

#include <functional>
#include <utility>

#include <fmt/format.h>

namespace meno {

void LiveStudent::committed(std::shared_ptr<Applied> answer) {
  const std::lock_guard lock(pending_mutex_);
  pending_.push_back(std::move(answer));
}

Result<std::vector<MasteryChange>> LiveStudent::changes_of(const StoredAnswer& answer) {
  MENO_TRY(const std::vector<StoredAnswer> history, answers_.history(course_->stored().id, id_));
  LearnerState past(*course_, model_);
  for (const StoredAnswer& earlier : history) {
    if (earlier.seq == answer.seq) break;
    past.observe(earlier, kNoResponseTime);
  }
  return past.observe_change(answer, kNoResponseTime);
}

void LiveStudent::forget() {
  const std::lock_guard lock(mutex_);
  state_.reset();
}

Result<Done> LiveStudent::load() {
  MENO_TRY(const std::vector<StoredAnswer> history, answers_.history(course_->stored().id, id_));
  LearnerState state(*course_, model_);
  for (const StoredAnswer& answer : history)
    state.observe(answer, course_->times().median_then_observe(event_of(answer, *course_)));
  state_ = std::move(state);
  return Done{};
}

/// Holds mutex_. An answer that load() has read already is replayed for what it changed.
Result<Done> LiveStudent::bring_up(const Applied* until) {
  if (!state_) {
    MENO_TRY_DONE(load());
  }
  while (until == nullptr || !until->done) {
    std::shared_ptr<Applied> next;
    {
      const std::lock_guard lock(pending_mutex_);
      if (pending_.empty()) return Done{};
      next = std::move(pending_.front());
      pending_.pop_front();
    }
    next->done = true;
    if (next->answer.seq > state_->last_seq()) {
      next->changes = state_->observe_change(
          next->answer, course_->times().median_then_observe(event_of(next->answer, *course_)));
      continue;
    }
    MENO_TRY(next->changes, changes_of(next->answer));
  }
  return Done{};
}

Result<std::shared_ptr<LiveStudent>> LiveStudents::find(
    const std::shared_ptr<const LiveCourse>& course, std::string_view student_id) {
  std::string key = course->stored().id;
  key.append(1, '\0').append(student_id);
  Shard& shard = shards_[std::hash<std::string>{}(key) % kShards];
  {
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.students.find(key);
    if (found != shard.students.end()) return found->second;
  }
  MENO_TRY(const std::optional<StoredStudent> known,
           store_.students().find(course->stored().id, student_id));
  if (!known) {
    return not_found(
        fmt::format("student \"{}\" is not enrolled in course \"{}\", expected an enrolled student",
                    student_id, course->stored().id));
  }
  auto student =
      std::make_shared<LiveStudent>(course, std::string(student_id), store_.answers(), model_);
  const std::lock_guard lock(shard.mutex);
  return shard.students.emplace(std::move(key), std::move(student)).first->second;
}

}  // namespace meno
