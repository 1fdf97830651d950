// Replay: makes a recommendation of the past again, from the stored answers, feedback and rules and
// the run that was kept, and says whether anything differs.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "service/recommend_next.h"
#include "store/recommendations.h"

namespace meno {

struct ReplayedRecommendation {
  std::shared_ptr<const LiveCourse> course;  // under the version that made it
  StoredRecommendation again;                // `no` is 0
  std::vector<NextItem> items;
  bool identical = false;  // items, p_correct and all that was said of them, bit for bit
  std::string difference;  // what differs, one sentence; "" when identical
};

/// Keeps the courses it has used, so that many can be made again one after the other. Not
/// thread-safe. The services must outlive it.
class RecommendationReplay {
 public:
  explicit RecommendationReplay(Services& services) : services_(services) {}

  /// Errors: NotFound (course, run); Conflict when the course, or the answers it was made from, are
  /// no longer what they were; InvalidInput for a damaged run or context; Unavailable.
  Result<ReplayedRecommendation> replay(const StoredRecommendation& stored);

 private:
  Result<std::shared_ptr<const LiveCourse>> course_of(const StoredRecommendation& stored,
                                                      const std::string& version);

  Services& services_;
  std::map<std::pair<std::string, std::string>, std::shared_ptr<const LiveCourse>> courses_;
};

/// The latest `most` recommendations to a student with numbers below `before`, the latest first.
/// What was recommended before the call is among them. Errors: NotFound (course, student);
/// Unavailable.
Result<std::vector<StoredRecommendation>> recommendation_history(Services& services,
                                                                 std::string_view course_id,
                                                                 std::string_view student_id,
                                                                 std::uint64_t before,
                                                                 std::size_t most);

/// One of a student's. Errors: NotFound, also for one of somebody else; Unavailable.
Result<StoredRecommendation> find_recommendation(Services& services, std::string_view course_id,
                                                 std::string_view student_id, std::uint64_t no);

}  // namespace meno
