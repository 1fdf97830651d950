#include "service/course_watch.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "service/learner_state.h"

namespace meno {
namespace {

double p_of(const Tracker& tracker, const Event& event) {
  const Target target{.item = event.item, .skills = event.skills, .at = event.at};
  double p = 0.5;
  tracker.p_correct(std::span(&target, 1), std::span(&p, 1));
  return p;
}

}  // namespace

CourseWatch::CourseWatch(std::shared_ptr<const LiveCourse> course, const SwapRule& rule,
                         std::size_t most_students)
    : course_(std::move(course)), rule_(rule), most_students_(most_students) {}

CourseWatch::Student* CourseWatch::student_of(const StoredAnswer& answer) {
  const auto found = index_.find(answer.student_id);
  if (found != index_.end()) return &students_[found->second];
  if (students_.size() >= most_students_) return nullptr;
  index_.emplace(answer.student_id, students_.size());
  Student& student = students_.emplace_back();
  student.incumbent = course_->served().model->new_student();
  if (challenger_) student.challenger = challenger_->model->new_student();
  return &student;
}

std::unique_ptr<Tracker> CourseWatch::caught_up(const ServedModel& model,
                                                const Student& student) const {
  std::unique_ptr<Tracker> tracker = model.model->new_student();
  const Sequence history = student.history.view();
  for (std::size_t t = 0; t < history.size(); ++t) tracker->observe(history[t]);
  return tracker;
}

void CourseWatch::serve(const std::shared_ptr<const LiveCourse>& course) {
  if (course->served().place == course_->served().place) return;
  const bool same_run = course->served().version == course_->served().version &&
                        course->served().after_seq == course_->served().after_seq;
  course_ = course;
  if (same_run) return withdraw();  // of a candidate: the scores go on
  for (Student& student : students_) student.incumbent = caught_up(course_->served(), student);
  incumbent_score_ = {};
  block_score_ = {};
  blocks_.clear();
  drift_ = DriftWatch();
  withdraw();
}

void CourseWatch::withdraw() {
  challenger_.reset();
  trial_.reset();
  tuned_on_ = 0;
  challenger_score_ = {};
  alongside_score_ = {};
  gain_ = {};
  window_ = {};
  for (Student& student : students_) student.challenger.reset();
}

void CourseWatch::challenge(std::shared_ptr<const ServedModel> challenger) {
  challenger_ = std::move(challenger);
  tuned_on_ = answers_;
  window_ = {};
  for (Student& student : students_) student.challenger = caught_up(*challenger_, student);
}

void CourseWatch::try_out(std::shared_ptr<const ServedModel> candidate, std::size_t number) {
  withdraw();
  challenge(std::move(candidate));
  trial_.emplace(TrialRule(), number);
}

void CourseWatch::score_incumbent(const StoredAnswer& answer, double p_correct) {
  incumbent_score_.add(p_correct, answer.correct);
  block_score_.add(p_correct, answer.correct);
  if (block_score_.answers() == kBlock) {
    blocks_.push_back(block_score_.figures());
    if (blocks_.size() > kKeptBlocks) blocks_.pop_front();
    block_score_ = {};
  }
  if (const std::optional<DriftKind> kind = drift_.add(p_correct, answer.correct)) {
    alarms_.push_back({.kind = *kind, .version = course_->served().version, .seq = answer.seq});
  }
}

void CourseWatch::score(std::size_t student, double p_incumbent, double p_challenger,
                        double correct) {
  const double nats = surprise(p_incumbent, correct) - surprise(p_challenger, correct);
  challenger_score_.add(p_challenger, correct);
  alongside_score_.add(p_incumbent, correct);
  gain_.add(student, nats);
  window_.add(student, nats);
  if (trial_) trial_->add(student, p_incumbent, p_challenger, correct);
}

bool CourseWatch::observe(const StoredAnswer& answer) {
  Student* const student = student_of(answer);
  if (student == nullptr) return false;
  const Event event = event_of(answer, *course_);
  if (answer.seq > course_->served().after_seq) {
    const double p = p_of(*student->incumbent, event);
    score_incumbent(answer, p);
    if (student->challenger && answer.seq > challenger_->after_seq) {
      score(index_.at(answer.student_id), p, p_of(*student->challenger, event), answer.correct);
    }
  }
  student->incumbent->observe(event);
  if (student->challenger) student->challenger->observe(event);
  student->history.push_back(event);
  ++answers_;
  right_ += answer.correct > 0.5 ? 1 : 0;
  const std::size_t point = growth_point(rule_, answers_);
  if (point == point_) return false;
  point_ = point;
  return true;
}

bool CourseWatch::challenger_won() const {
  return challenger_ != nullptr && window_.total() > 0.0 && enough(rule_, point_, gain_.test());
}

bool CourseWatch::can_tune() const {
  return point_ > 0 && students_.size() >= rule_.least_students && right_ > 0 && right_ < answers_;
}

std::vector<Sequence> CourseWatch::students() const {
  std::vector<Sequence> histories;
  histories.reserve(students_.size());
  for (const Student& student : students_) histories.push_back(student.history.view());
  return histories;
}

WatchFigures CourseWatch::figures() const {
  return {.version = course_->served().version,
          .students = students_.size(),
          .answers = answers_,
          .point = point_,
          .incumbent = incumbent_score_.figures(),
          .tuned_on = tuned_on_,
          .challenger = challenger_score_.figures(),
          .incumbent_alongside = alongside_score_.figures(),
          .gain = gain_.test(),
          .next_level = level_of(rule_, point_ + 1),
          .blocks = {blocks_.begin(), blocks_.end()},
          .trial = trial_ ? std::optional(trial_->figures()) : std::nullopt,
          .trial_version = trial_ ? challenger_->version : "",
          .drifting = drift_.raised(),
          .drift_log10 = std::log10(std::max(1.0, drift_.evidence())),
          .drift_needed = std::log10(drift_.run_length())};
}

}  // namespace meno
