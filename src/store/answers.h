// Answers: the events that everything else is derived from. Appended, never changed.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

/// One answer. `seq` is its place in the order of commits, given by the store: whoever sees an
/// answer has seen all answers with smaller ones. Numbers may be left out.
struct StoredAnswer {
  std::uint64_t seq = 0;
  std::string event_id;  // unique over all courses
  std::string course_id;
  std::string student_id;
  std::string item_id;
  std::uint32_t variant = 0;
  std::optional<std::string>
      response;          // as typed or chosen; absent when only its correctness is known
  double correct = 0.0;  // in [0, 1]
  TimePoint answered_at = kNoTime;
  std::optional<std::int32_t> response_ms;
  std::optional<std::int32_t> hints_used;
  std::string
      fingerprint;  // tells whether a second answer under the same event id has the same content
  std::string request_id;  // of the request that brought it; "": none did
};

/// How far one student's answers and feedback in one course go: 0 for none.
struct EnrolmentMark {
  std::uint64_t seq = 0;       // of the last answer
  std::uint64_t feedback = 0;  // `no` of the last feedback

  friend bool operator==(const EnrolmentMark&, const EnrolmentMark&) = default;
};

/// What became of an append. `recorded` is false when the event id with the same fingerprint was
/// there already; `answer` is then the stored one.
struct Appended {
  StoredAnswer answer;
  bool recorded = true;
  /// What the student had before it; absent where nobody else writes to the store.
  std::optional<EnrolmentMark> before = std::nullopt;
};

/// Called exactly once, after the answer is durable, in order of `seq`, on the store's writer
/// thread: keep it short.
using AppendDone = std::function<void(Result<Appended>)>;

/// What became of each answer of a batch, in their order; or why none of them could be written.
/// Called as an AppendDone is.
using BatchDone = std::function<void(Result<std::vector<Result<Appended>>>)>;

/// Thread-safe.
class AnswerStore {
 public:
  virtual ~AnswerStore() = default;
  /// Queues the answer and returns at once. Errors (to `done`): Conflict when the event id was used
  /// for another answer; NotFound when the student is not enrolled in the course; Unavailable when
  /// it cannot be written (disk full, stopping, PostgreSQL gone); InvalidInput for text that the
  /// engine cannot keep (PostgreSQL: a NUL character).
  virtual void append(StoredAnswer answer, AppendDone done) = 0;
  /// append() of many in one transaction: an answer that is refused leaves the others. Errors: of
  /// one answer as append's Conflict and NotFound; of all, Unavailable and append's InvalidInput.
  virtual void append_batch(std::vector<StoredAnswer> answers, BatchDone done) = 0;
  /// All or nothing, durable on return: imports and demo schools. Errors: as append; an event id
  /// that is there already is a Conflict.
  virtual Result<Done> append_many(std::span<const StoredAnswer> answers) = 0;
  /// Answers of one student in one course with `seq` above `after`, in order of `seq`. Errors:
  /// Unavailable.
  virtual Result<std::vector<StoredAnswer>> history_after(std::string_view course_id,
                                                          std::string_view student_id,
                                                          std::uint64_t after) = 0;
  /// All of them. Errors: Unavailable.
  Result<std::vector<StoredAnswer>> history(std::string_view course_id,
                                            std::string_view student_id) {
    return history_after(course_id, student_id, 0);
  }
  /// How far the student has come, as of one moment; zeros for one who is not enrolled. Errors:
  /// Unavailable.
  virtual Result<EnrolmentMark> mark(std::string_view course_id, std::string_view student_id) = 0;
  /// Up to `most` answers of all courses whose `seq` is above `after`, in order of `seq`: how work
  /// in the background follows what arrives. Errors: Unavailable.
  virtual Result<std::vector<StoredAnswer>> since(std::uint64_t after, std::size_t most) = 0;
  /// Number of answers in the store, by whomever; as far as it was known last while the store
  /// cannot be read.
  virtual std::uint64_t count() const = 0;
};

}  // namespace meno
