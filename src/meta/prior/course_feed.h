// CourseFeed: windows of many small courses, drawn anew every epoch.
#pragma once

#include <memory>
#include <span>

#include "meta/feed.h"
#include "meta/prior/prior.h"

namespace meno {

/// A drawn course and its windows, each student's fold dealt.
struct PreparedCourse {
  DrawnCourse course;  // owns what the windows view
  CourseCohort cohort;
};
/// `first_id` is added to all ids of items and skills.
PreparedCourse prepare_course(std::span<const CourseSource> sources, const CoursePlan& plan,
                              std::size_t first_id, Rng& rng);

/// `prior` encodes, moved to each course in turn; it and the sources must outlive the feed. `rows`
/// bounds a batch, `window` the scored rows of a window.
std::unique_ptr<Feed> make_course_feed(const ModelEntry& entry, const Options& model_options,
                                       const StudentModel& prior,
                                       std::span<const CourseSource> sources,
                                       const PriorOptions& options);

}  // namespace meno
