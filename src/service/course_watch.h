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
#include <utility>
#include <vector>

#include "domain/sequence.h"
#include "service/drift_watch.h"
#include "service/live_course.h"
#include "service/prequential.h"
#include "service/swap_rule.h"
#include "service/trial_rule.h"
#include "store/answers.h"

namespace meno {

/// That a course is no longer foreseen as it was.
struct DriftAlarm {
  DriftKind kind = DriftKind::Surprise;
  std::string version;
  std::uint64_t seq = 0;  // the answer that raised it
};

/// What a watch has seen.
struct WatchFigures {
  std::string version;                       // in service, as far as the watch has got
  std::size_t students = 0;                  // watched
  std::size_t answers = 0;                   // of theirs
  std::size_t point = 0;                     // growth points so far
  PrequentialFigures incumbent;              // since it serves
  std::size_t tuned_on = 0;                  // answers the challenger knows; 0: there is none
  PrequentialFigures challenger;             // all challengers of this incumbent
  PrequentialFigures incumbent_alongside;    // on the very same answers
  GainTest gain;                             // of those over these
  double next_level = 0.0;                   // of its p_value, for a swap at the next growth point
  std::vector<PrequentialFigures> blocks{};  // of the incumbent, by kBlock answers, oldest first
  std::optional<TrialFigures> trial{};       // of a candidate that serves some students
  std::string trial_version{};
  bool drifting = false;      // an alarm was raised against the incumbent
  double drift_log10 = 0.0;   // evidence of a change, and at which an alarm is raised
  double drift_needed = 0.0;  // likewise
};

/// Answers of one block, and blocks that are kept.
inline constexpr std::size_t kBlock = 200;
inline constexpr std::size_t kKeptBlocks = 30;

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
  /// Ends the challenge or the trial and forgets the evidence.
  void withdraw();
  /// A candidate that serves some students since its ServedModel::after_seq: judged in place of any
  /// challenger, by the answers after that one. `number` as Trial.
  void try_out(std::shared_ptr<const ServedModel> candidate, std::size_t number);
  bool on_trial() const { return trial_.has_value(); }
  /// Open without a trial.
  Verdict verdict() const { return trial_ ? trial_->verdict() : Verdict::Open; }
  /// Alarms raised since the last call.
  std::vector<DriftAlarm> take_alarms() { return std::exchange(alarms_, {}); }

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
  void score_incumbent(const StoredAnswer& answer, double p_correct);
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
  PrequentialScore block_score_;
  std::deque<PrequentialFigures> blocks_;
  DriftWatch drift_;
  std::vector<DriftAlarm> alarms_;
  std::optional<Trial> trial_;
  PrequentialScore challenger_score_;
  PrequentialScore alongside_score_;
  PairedGain gain_;    // of all challengers of this incumbent
  PairedGain window_;  // of the present one
};

}  // namespace meno
