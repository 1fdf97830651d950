// Recommendations: what was recommended to whom, and what it was made from: enough to make it again
// (service/replay_recommendation.h). Appended, never changed; they go when their student goes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.h"
#include "core/result.h"

namespace meno {

/// What many recommendations share: the model's version, rules, candidates. JSON, opaque to the
/// store.
struct DecisionContext {
  std::string hash;  // content_hash(document)
  std::string document;
};

struct StoredRecommendation {
  std::uint64_t no = 0;  // given by the store
  std::string course_id;
  std::string student_id;
  std::shared_ptr<const DecisionContext> context;
  TimePoint made_at = kNoTime;  // the time that it was made for
  std::uint64_t answers = 0;    // of the student's, in order of `seq`, that it knew
  std::uint64_t feedback = 0;   // of the student's, in order of `no`, that it knew
  /// `no` of the last of that feedback, from which the store counts `feedback` when it is appended;
  /// 0: `feedback` is right as it is.
  std::uint64_t last_feedback = 0;
  std::uint32_t wanted = 1;  // items asked for
  bool counterfactual = false;
  std::optional<double> asked_target;  // asked for this once
  std::optional<double> own_target;    // that the student had set
  std::optional<std::int64_t> seed;    // of the draw, where it explored
  std::string chosen;                  // JSON, opaque to the store
  std::string digest;                  // of all that was said of `chosen`
  std::string request_id;              // of the request that asked for it; "": none did
};

/// How often a run gave a reason for the first item, and what students said of it.
struct Uptake {
  std::string run;
  std::string reason;
  std::string said;  // a kind of feedback; "": the recommendations themselves
  std::uint64_t count = 0;
};

/// Thread-safe.
class RecommendationStore {
 public:
  virtual ~RecommendationStore() = default;
  /// Keeps it, soon: it rides with the next commit and nobody waits for it. What cannot be written
  /// counts as lost.
  virtual void append(StoredRecommendation recommendation) = 0;
  /// Waits until what was appended before is durable or lost. Errors: Unavailable.
  virtual Result<Done> flush() = 0;
  /// How many could not be written since the store was opened.
  virtual std::uint64_t lost() const = 0;
  /// Errors: NotFound, Unavailable.
  virtual Result<StoredRecommendation> find(std::uint64_t no) = 0;
  /// Up to `most` of one student in one course with numbers below `before`, the latest first.
  /// Errors: Unavailable.
  virtual Result<std::vector<StoredRecommendation>> of_student(std::string_view course_id,
                                                               std::string_view student_id,
                                                               std::uint64_t before,
                                                               std::size_t most) = 0;
  /// Up to `most` of all courses with numbers above `after`, in their order. Errors: Unavailable.
  virtual Result<std::vector<StoredRecommendation>> since(std::uint64_t after,
                                                          std::size_t most) = 0;
  /// Of a course, by run, reason and kind of feedback: feedback counts for the recommendation that
  /// the student had before him. Reads all of the course's: seconds for a million. Errors:
  /// Unavailable.
  virtual Result<std::vector<Uptake>> uptake(std::string_view course_id) = 0;
};

}  // namespace meno
