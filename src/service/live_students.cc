#include "service/live_students.h"

#include <algorithm>
#include <functional>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "core/files.h"

namespace meno {
namespace {

/// A state is kept once this many answers would have to be replayed: fewer take less time than the
/// look-up of what was kept saves (docs/stores.md).
constexpr std::size_t kWorthKeeping = 256;

}  // namespace

void LiveStudent::committed(std::shared_ptr<Applied> answer) {
  const std::lock_guard lock(pending_mutex_);
  pending_.push_back(std::move(answer));
}

Result<std::vector<MasteryChange>> LiveStudent::changes_of(
    const StoredAnswer& answer, const std::shared_ptr<const LiveCourse>& course) const {
  MENO_TRY(const std::vector<StoredAnswer> history, store_.answers().history(course->id(), id_));
  LearnerState past(course);
  for (const StoredAnswer& earlier : history) {
    if (earlier.seq == answer.seq) break;
    past.observe(earlier, kNoResponseTime);
  }
  return past.observe_change(answer, kNoResponseTime);
}

/// What cannot be used costs a replay, and nothing else.
LearnerState LiveStudent::kept_or_new(const std::shared_ptr<const LiveCourse>& course) const {
  const Result<std::optional<StoredState>> kept = store_.states().find(course->id(), id_);
  if (kept && *kept) {
    LearnerState state(course);
    if (state.restore(**kept)) return state;
  }
  return LearnerState(course);
}

void LiveStudent::keep() {
  std::optional<StoredState> state;
  std::string course_id;
  {
    const std::lock_guard lock(mutex_);
    if (!state_ || unkept_ < kWorthKeeping) return;
    unkept_ = 0;
    state = state_->saved();
    course_id = course_->id();
  }
  if (state) store_.states().keep(std::move(course_id), id_, *std::move(state));
}

/// Holds mutex_. So many answers more would have to be replayed.
void LiveStudent::unkept(std::size_t answers) {
  const std::size_t before = unkept_ / kWorthKeeping;
  unkept_ += answers;
  if (unkept_ / kWorthKeeping > before) keeper_.ask(weak_from_this());
}

Result<LearnerState> LiveStudent::replayed(const std::shared_ptr<const LiveCourse>& course,
                                           bool counting, std::size_t* answers_read) const {
  // In this order: feedback that was given after an answer that is not read yet is left to the
  // queue, where both are.
  LearnerState state = kept_or_new(course);
  MENO_TRY(const std::vector<StoredAnswer> history,
           store_.answers().history_after(course->id(), id_, state.last_seq()));
  MENO_TRY(const std::vector<StoredFeedback> said,
           store_.feedback().of_student_after(course->id(), id_, state.last_feedback()));
  if (answers_read != nullptr) *answers_read = history.size();
  const auto observe = [&](const StoredAnswer& answer) {
    const Event event = event_of(answer, *course);
    state.observe(answer, counting ? course->times().median_then_observe(event)
                                   : course->times().median(event));
  };
  in_their_order(history, said, state.last_seq(), observe,
                 [&state](const StoredFeedback& feedback) { state.take(feedback); });
  return state;
}

/// Holds mutex_. What was read from the store already is not taken again; such an answer is
/// replayed for what it changed.
Result<Done> LiveStudent::apply(const std::shared_ptr<Applied>& next) {
  if (next->before) {
    MENO_TRY_DONE(catch_up(*next->before));
  }
  next->course = course_;
  if (next->feedback) {
    if (next->feedback->no <= state_->last_feedback()) return Done{};
    state_->take(*next->feedback);
    if (since_move_) since_move_->push_back({.what = next});
    return Done{};
  }
  if (next->answer.seq <= state_->last_seq()) {
    MENO_TRY(next->changes, changes_of(next->answer, course_));
    return Done{};
  }
  const std::int32_t median =
      course_->times().median_then_observe(event_of(next->answer, *course_));
  next->changes = state_->observe_change(next->answer, median);
  if (since_move_) since_move_->push_back({.what = next, .item_median_ms = median});
  unkept(1);
  return Done{};
}

/// Holds mutex_. What another server has recorded, in its place.
void LiveStudent::take_in(std::shared_ptr<Applied> missed) {
  std::int32_t median = kNoResponseTime;
  if (missed->feedback) {
    state_->take(*missed->feedback);
  } else {
    median = course_->times().median_then_observe(event_of(missed->answer, *course_));
    state_->observe(missed->answer, median);
    unkept(1);
  }
  if (since_move_) since_move_->push_back({.what = std::move(missed), .item_median_ms = median});
}

/// Holds mutex_. Takes in what the store has up to `mark` and the state has not: other servers'
/// answers and feedback, and ours that are still on their way here.
Result<Done> LiveStudent::catch_up(const EnrolmentMark& mark) {
  const EnrolmentMark have = state_->mark();
  if (have.seq >= mark.seq && have.feedback >= mark.feedback) return Done{};
  MENO_TRY(std::vector<StoredAnswer> answers,
           store_.answers().history_after(course_->id(), id_, have.seq));
  MENO_TRY(std::vector<StoredFeedback> said,
           store_.feedback().of_student_after(course_->id(), id_, have.feedback));
  std::erase_if(answers, [&mark](const StoredAnswer& later) { return later.seq > mark.seq; });
  std::erase_if(said, [&mark](const StoredFeedback& later) { return later.no > mark.feedback; });
  const auto observe = [this](const StoredAnswer& answer) {
    auto missed = std::make_shared<Applied>();
    missed->answer = answer;
    take_in(std::move(missed));
  };
  const auto take = [this](const StoredFeedback& feedback) {
    auto missed = std::make_shared<Applied>();
    missed->feedback = feedback;
    take_in(std::move(missed));
  };
  in_their_order(answers, said, have.seq, observe, take);
  return Done{};
}

/// Holds mutex_.
Result<Done> LiveStudent::bring_up(const Applied* until) {
  if (!state_) {
    std::size_t read = 0;
    MENO_TRY(LearnerState state, replayed(course_, !counted_, &read));
    state_.emplace(std::move(state));
    counted_ = true;
    unkept(read);
  }
  while (until == nullptr || !until->done) {
    std::shared_ptr<Applied> next;
    {
      const std::lock_guard lock(pending_mutex_);
      if (pending_.empty()) break;
      next = pending_.front();
    }
    MENO_TRY_DONE(apply(next));  // else it stays where it is, for the next time
    next->done = true;
    const std::lock_guard lock(pending_mutex_);
    pending_.pop_front();
  }
  if (until != nullptr || !shared_) return Done{};
  MENO_TRY(const EnrolmentMark mark, store_.answers().mark(course_->id(), id_));
  return catch_up(mark);
}

/// Holds mutex_.
void LiveStudent::take(const std::shared_ptr<const LiveCourse>& course) {
  course_ = course;
  place_ = course->served().place;
}

/// False when there is nothing to build: the student has this version or a later one, or no state
/// yet.
bool LiveStudent::begin_move(const std::shared_ptr<const LiveCourse>& course) {
  const std::lock_guard lock(mutex_);
  if (course_->served().place >= course->served().place) return false;
  if (!state_) {
    take(course);
    return false;
  }
  since_move_.emplace();
  return true;
}

Result<Done> LiveStudent::move_to(const std::shared_ptr<const LiveCourse>& course) {
  const std::lock_guard one_at_a_time(moving_mutex_);
  if (!begin_move(course)) return Done{};
  std::size_t read = 0;
  Result<LearnerState> fresh = replayed(course, false, &read);
  const std::lock_guard lock(mutex_);
  const std::vector<Arrival> arrived = *std::exchange(since_move_, std::nullopt);
  if (!fresh) return fresh.error();
  for (const Arrival& arrival : arrived) {
    const Applied& what = *arrival.what;
    if (what.feedback) {
      if (what.feedback->no > fresh->last_feedback()) fresh->take(*what.feedback);
    } else if (what.answer.seq > fresh->last_seq()) {
      fresh->observe(what.answer, arrival.item_median_ms);
    }
  }
  state_.emplace(*std::move(fresh));
  take(course);
  unkept_ = 0;
  unkept(read + arrived.size());
  return Done{};
}

std::string LiveStudents::key_of(std::string_view course_id, std::string_view student_id) {
  std::string key(course_id);
  key.append(1, '\0').append(student_id);
  return key;
}

/// Holds the shard's mutex. Null when he is not kept.
std::shared_ptr<LiveStudent> LiveStudents::ask_for(Shard& shard, const std::string& key) {
  const auto found = shard.places.find(key);
  if (found == shard.places.end()) return nullptr;
  found->second.used = ++shard.clock;
  return found->second.student;
}

/// Holds the shard's mutex. Forgets a quarter of the students, those asked about longest ago; who
/// is in somebody's hands stays. What was queued for them is in the store.
void LiveStudents::forget_some(Shard& shard) {
  std::vector<Place*> kept;
  for (auto& [key, place] : shard.places) {
    if (place.student != nullptr) kept.push_back(&place);
  }
  const auto quarter = kept.begin() + static_cast<std::ptrdiff_t>((kept.size() + 3) / 4);
  std::nth_element(kept.begin(), quarter - 1, kept.end(),
                   [](const Place* a, const Place* b) { return a->used < b->used; });
  for (auto place = kept.begin(); place != quarter; ++place) {
    if ((*place)->student.use_count() > 1) continue;
    (*place)->counted = (*place)->student->counted();
    (*place)->student.reset();
    --shard.kept;
    ++forgotten_;
  }
}

std::shared_ptr<LiveStudent> LiveStudents::served(std::string_view course_id,
                                                  std::string_view student_id) {
  const std::string key = key_of(course_id, student_id);
  Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  return ask_for(shard, key);
}

Result<std::shared_ptr<LiveStudent>> LiveStudents::known(
    const std::shared_ptr<const LiveCourse>& course, std::string_view student_id) {
  if (auto student = served(course->id(), student_id)) return student;
  MENO_TRY(const std::optional<StoredStudent> enrolled,
           store_.students().find(course->id(), student_id));
  if (!enrolled) return not_enrolled(student_id, course->id());
  const std::string key = key_of(course->id(), student_id);
  Shard& shard = shard_of(key);
  const std::lock_guard lock(shard.mutex);
  if (auto student = ask_for(shard, key)) return student;  // another thread was faster
  if (shard.kept >= most_of_shard_) forget_some(shard);
  Place& place = shard.places[key];
  place.student = std::make_shared<LiveStudent>(course, std::string(student_id), store_, keeper_,
                                                place.counted);
  place.used = ++shard.clock;
  ++shard.kept;
  ++built_;
  return place.student;
}

bool in_trial(std::string_view course_id, std::string_view version, std::string_view student_id,
              double share) {
  constexpr std::size_t kDigits = 8;  // of a hash: 32 bits
  const std::string hash =
      content_hash(fmt::format("{}\n{}\n{}", course_id, version, student_id)).substr(0, kDigits);
  const auto drawn = static_cast<double>(std::stoul(hash, nullptr, 16));
  return drawn < share * 4294967296.0;
}

void LiveStudents::begin_trial(std::shared_ptr<const LiveCourse> candidate, double share) {
  const std::lock_guard lock(trials_mutex_);
  OnTrial& trial = trials_[candidate->id()];
  trial = {.candidate = std::move(candidate), .share = share};
}

void LiveStudents::end_trial(std::string_view course_id) {
  const std::lock_guard lock(trials_mutex_);
  const auto found = trials_.find(course_id);
  if (found != trials_.end()) trials_.erase(found);
}

std::shared_ptr<const LiveCourse> LiveStudents::course_for(
    const std::shared_ptr<const LiveCourse>& course, std::string_view student_id) const {
  const std::shared_lock lock(trials_mutex_);
  const auto found = trials_.find(course->id());
  if (found == trials_.end()) return course;
  const ServedModel& candidate = found->second.candidate->served();
  const bool his = candidate.place > course->served().place &&
                   in_trial(course->id(), candidate.version, student_id, found->second.share);
  return his ? found->second.candidate : course;
}

Result<std::shared_ptr<LiveStudent>> LiveStudents::find(
    const std::shared_ptr<const LiveCourse>& serving, std::string_view student_id) {
  const std::shared_ptr<const LiveCourse> course = course_for(serving, student_id);
  MENO_TRY(std::shared_ptr<LiveStudent> student, known(course, student_id));
  if (student->place() >= course->served().place) return student;
  if (const Result<Done> moved = student->move_to(course); !moved) {
    spdlog::warn("a student goes on with the model before: {}", moved.error().message);
  }
  return student;
}

LiveFigures LiveStudents::figures() {
  LiveFigures figures{.built = built_, .forgotten = forgotten_};
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    figures.kept += shard.kept;
  }
  return figures;
}

std::vector<std::shared_ptr<LiveStudent>> LiveStudents::of_course(std::string_view course_id) {
  std::string prefix(course_id);
  prefix.append(1, '\0');
  std::vector<std::shared_ptr<LiveStudent>> students;
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    for (const auto& [key, place] : shard.places) {
      if (place.student != nullptr && key.starts_with(prefix)) students.push_back(place.student);
    }
  }
  return students;
}

}  // namespace meno
