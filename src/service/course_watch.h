// CourseWatch: one course as its answers come, in the order of their commits. The model in service
// foresees each, and beside it a challenger that was tuned on earlier answers; whether that is
// better is a question for swap_rule.h. Nothing here waits for anything or knows of threads.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "domain/sequence.h"
#include "service/live_course.h"
#include "service/prequential.h"
#include "service/swap_rule.h"
#include "store/answers.h"

namespace meno {

/// What a watch has seen.
struct WatchFigures {
  std::string version;                     // in service, as far as the watch has got
  std::size_t students = 0;                // watched
  std::size_t answers = 0;                 // of theirs
  std::size_t point = 0;                   // growth points so far
  PrequentialFigures incumbent;            // since it serves
  std::size_t tuned_on = 0;                // answers the challenger knows; 0: there is none
  PrequentialFigures challenger;           // all challengers of this incumbent
  PrequentialFigures incumbent_alongside;  // on the very same answers
  GainTest gain;                           // of those over these
  double next_level = 0.0;                 // of its p_value, for a swap at the next growth point
};

/// Watches the first students of a course, at most `most_students`: enough to judge by, and no
/// memory without end. Not thread-safe.
class CourseWatch {
 public:
  CourseWatch(std::shared_ptr<const LiveCourse> course, const SwapRule& rule,
              std::size_t most_students);

  /// The model that serves from now on, where it is another one. Its own score and the evidence
  /// against it begin with the answers above its ServedModel::after_seq.
  void serve(const std::shared_ptr<const LiveCourse>& course);
  /// The next answer. True at a growth point.
  bool observe(const StoredAnswer& answer);

  /// Whether the challenger has proved better: at a growth point, by all evidence against the model
  /// in service, and on its own answers.
  bool challenger_won() const;
  /// Enough students to tune on, and both right and wrong answers.
  bool can_tune() const;
  /// A run tuned on the answers so far; its evidence comes on top of its predecessors'.
  void challenge(std::shared_ptr<const ServedModel> challenger);
  /// Ends the challenge and forgets the evidence.
  void withdraw();

  const std::shared_ptr<const ServedModel>& challenger() const { return challenger_; }
  const LiveCourse& course() const { return *course_; }
  std::size_t answers() const { return answers_; }
  /// Histories in the order in which the students came. Valid until the next answer.
  std::vector<Sequence> students() const;
  WatchFigures figures() const;

 private:
  struct Student {
    History history;
    std::unique_ptr<Tracker> incumbent;
    std::unique_ptr<Tracker> challenger;
  };

  Student* student_of(const StoredAnswer& answer);
  std::unique_ptr<Tracker> caught_up(const ServedModel& model, const Student& student) const;
  void score(std::size_t student, double p_incumbent, double p_challenger, double correct);

  std::shared_ptr<const LiveCourse> course_;
  SwapRule rule_;
  std::size_t most_students_;
  std::shared_ptr<const ServedModel> challenger_;
  std::unordered_map<std::string, std::size_t> index_;
  std::deque<Student> students_;
  std::size_t answers_ = 0;
  std::size_t right_ = 0;
  std::size_t point_ = 0;
  std::size_t tuned_on_ = 0;
  PrequentialScore incumbent_score_;
  PrequentialScore challenger_score_;
  PrequentialScore alongside_score_;
  PairedGain gain_;    // of all challengers of this incumbent
  PairedGain window_;  // of the present one
};

}  // namespace meno
