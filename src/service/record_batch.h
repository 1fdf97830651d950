// Record many answers of one course at once: a platform's catching up, a day's log. Each is checked
// and recorded, or refused, by itself; all that are recorded share one commit.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "service/accounts/principal.h"
#include "service/record_answer.h"

namespace meno {

/// An answer of the batch that was not recorded, and why.
struct RefusedAnswer {
  std::size_t line = 0;  // of the batch, from 1
  Error error;
};

struct RecordBatch {
  std::string course_id;
  /// With the line each came from; `next` is ignored.
  std::vector<std::pair<std::size_t, RecordAnswer>> answers;
  std::vector<RefusedAnswer> refused;  // before, while the lines were read
  std::string request_id = {};         // kept with each answer; that of the answers is ignored
};

struct BatchOutcome {
  std::uint64_t recorded = 0;
  std::uint64_t repeated = 0;          // they were there already
  std::vector<RefusedAnswer> refused;  // by line
};

using RecordBatchDone = std::function<void(Result<BatchOutcome>)>;

/// Returns at once; `done` is called exactly once, when the answers are durable, as in
/// record_answer(). Errors, of one answer: those of record_answer(), and InvalidInput for one of
/// another course; NotFound for a student whom the caller does not see. Of all: NotFound (course);
/// Unavailable.
void record_batch(Services& services, const Principal& caller, RecordBatch batch,
                  RecordBatchDone done);

}  // namespace meno
