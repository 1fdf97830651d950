// Known courses: small courses drawn from each source and made up, embedded by halves. What a new
// course's embedding is compared to.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "meta/embedding/course_embedding.h"
#include "meta/prior/prior.h"

namespace meno {

/// The raw embedding of the course of these students, in the order in which they came, under a
/// prior that is moved to it (prequential features). Errors: as moved_to.
Result<Embedding> embedded(const ModelEntry& entry, const Options& model_options,
                           const Prior& prior, std::span<const Sequence> students);

/// Courses of one kind.
struct KnownCourses {
  std::string name;        // of the source; kMadeUp for simulated ones
  std::size_t source = 0;  // its place among the sources; their number for made-up ones
  std::vector<EmbeddedHalves> courses;
};
inline constexpr std::string_view kMadeUp = "made up";

struct EmbeddingPlan {
  std::size_t courses = 16;  // of each kind
  std::size_t fewest = 8;    // students of a course, uniform in the logarithm
  std::size_t most = 60;
  std::size_t longest = 200;  // answers of a student at most
  std::uint64_t seed = 0;
};

/// A kind for each source and one of made-up courses. A source of fewer than 2 students has courses
/// of 1 and an empty half. Errors: as embedded.
Result<std::vector<KnownCourses>> embed_known_courses(const ModelEntry& entry,
                                                      const Options& model_options,
                                                      const Prior& prior,
                                                      std::span<const CourseSource> sources,
                                                      const EmbeddingPlan& plan);

/// The space over all kinds' courses.
EmbeddingSpace space_of(std::span<const KnownCourses> kinds);

/// Where a course of a kind lies: between its halves.
std::vector<Embedding> placed(const EmbeddingSpace& space, const KnownCourses& kind);

}  // namespace meno
