#include "service/review_queue.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

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

}  // namespace

Result<ReviewQueue> review_queue(Services& services, const ReviewQueueAsk& ask) {
  MENO_TRY_DONE(check_rules(ask.rules));
  ReviewQueue queue;
  MENO_TRY(queue.course, services.courses.find(ask.course_id));
  MENO_TRY_DONE(services.students.find(queue.course, ask.student_id));
  MENO_TRY(const ReviewLog log, stored_log(services, *queue.course, ask.student_id));
  MENO_TRY(const ForgettingEntry* const curve, find_forgetting("curve"));
  const std::unique_ptr<Memory> memory = curve->begin(adapted_theta(*curve, log));
  std::unordered_map<std::uint32_t, double> ends;
  for (const CardReview& review : log.reviews) {
    memory->observe(review.card, review.review);
    ends[review.card] = review.review.end;
  }
  std::vector<ReviewedCard> cards;
  for (const auto& [card, end] : ends) cards.push_back({.card = card, .end = end});
  std::sort(cards.begin(), cards.end(),
            [](const ReviewedCard& a, const ReviewedCard& b) { return a.card < b.card; });
  const double now = days_of(services.clock.now());
  queue.today = std::floor(now);
  queue.tests = tests_in(log);
  queue.schedule = schedule_reviews(*memory, cards, now, ask.rules);
  return queue;
}

}  // namespace meno
