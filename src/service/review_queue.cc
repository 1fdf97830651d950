#include "service/review_queue.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

namespace meno {
namespace {

/// Of the student's own parameters around the model's neutral start, in place of a population:
/// some tens of tests move them. Chosen among 1 and 10 where a prior from cards did worse
/// (docs/review.md).
constexpr double kPrecision = 10.0;

/// Reviews that the student's own curve is fitted to, the latest: a second's work at most.
constexpr std::size_t kFittedReviews = 1000;

double days_of(TimePoint at) {
  return std::chrono::duration<double, std::ratio<86400>>(at.time_since_epoch()).count();
}

std::size_t tests_in(const ReviewLog& log) {
  std::unordered_set<std::uint32_t> cards;
  for (const CardReview& review : log.reviews) cards.insert(review.card);
  return log.reviews.size() - cards.size();
}

/// The curve as it is believed of this student.
std::vector<double> adapted_theta(const ForgettingEntry& curve, const ReviewLog& log) {
  const std::size_t count = log.reviews.size();
  const ReviewSpan span{
      .log = &log, .from = count > kFittedReviews ? count - kFittedReviews : 0, .to = count};
  return fit_forgetting(curve, std::span(&span, 1), curve.start, kPrecision);
}

Result<ReviewLog> stored_log(Services& services, const LiveCourse& course,
                             std::string_view student_id) {
  MENO_TRY(const std::vector<StoredAnswer> answers,
           services.store.answers().history(course.id(), student_id));
  History history;
  for (const StoredAnswer& answer : answers) {
    if (course.item(answer.item_id)) history.push_back(event_of(answer, course));
  }
  return review_log_of(history.view(), ReviewUnit::Skill);
}

Result<StudentMemory> remembered(Services& services, const LiveCourse& course,
                                 std::string_view student_id) {
  MENO_TRY(const ReviewLog log, stored_log(services, course, student_id));
  MENO_TRY(const ForgettingEntry* const curve, find_forgetting("curve"));
  std::unique_ptr<Memory> memory = curve->begin(adapted_theta(*curve, log));
  std::unordered_map<std::uint32_t, double> ends;
  for (const CardReview& review : log.reviews) {
    memory->observe(review.card, review.review);
    ends[review.card] = review.review.end;
  }
  StudentMemory made{.memory = std::move(memory), .cards = {}, .tests = tests_in(log)};
  for (const auto& [card, end] : ends) made.cards.push_back({.card = card, .end = end});
  std::sort(made.cards.begin(), made.cards.end(),
            [](const ReviewedCard& a, const ReviewedCard& b) { return a.card < b.card; });
  return made;
}

}  // namespace

Result<ReviewQueue> review_queue(Services& services, const ReviewQueueAsk& ask) {
  MENO_TRY_DONE(check_rules(ask.rules));
  ReviewQueue queue;
  MENO_TRY(queue.course, services.courses.find(ask.course_id));
  MENO_TRY(const std::shared_ptr<LiveStudent> student,
           services.students.find(queue.course, ask.student_id));
  std::uint64_t seq = 0;
  MENO_TRY_DONE(
      student->under(queue.course, [&seq](const LearnerState& state) { seq = state.last_seq(); }));
  MENO_TRY(const std::shared_ptr<const StudentMemory> kept,
           services.memories.find(ask.course_id, ask.student_id,
                                  fmt::format("{} {}", queue.course->served().version, seq), [&] {
                                    return remembered(services, *queue.course, ask.student_id);
                                  }));
  const double now = days_of(services.clock.now());
  queue.today = std::floor(now);
  queue.tests = kept->tests;
  queue.schedule = schedule_reviews(*kept->memory, kept->cards, now, ask.rules);
  return queue;
}

}  // namespace meno
