// Private feed: each step a Poisson sample of students, one task per student with all that training
// may know of him.
#pragma once

#include "meta/feed.h"

namespace meno {

/// Everything that training looks at of one student, as one task.
using StudentTask = std::function<EncodedTask(std::size_t student, Rng& rng, Share& share)>;

/// Feeds `students` students, each with probability `sampling` in a step, independently of each
/// other and of other steps, as the accountant assumes. An epoch is as many steps as it takes to
/// expect each of them once. `task` must be thread-safe.
std::unique_ptr<Feed> make_private_feed(std::size_t students, double sampling, std::uint64_t seed,
                                        StudentTask task);

}  // namespace meno
