// Swap rule: when a course's challenger has proved better than the model in service. Pure
// arithmetic.
//
// Every answer is foreseen by both before it is known, and the challenger was tuned on earlier
// answers alone (prequential scores: Dawid 1984). Of each student s the gain is
//
//   D_s = sum over his answers of (surprise of the incumbent - surprise of the challenger), nats,
//
// and students, not answers, are taken as independent: a one-sided t-test of mean D_s > 0. It is
// looked at when the course has grown by a quarter, at growth points k = 1, 2, ..., each of which
// may err with
//
//   alpha_k = alpha / ((k - 1) k),   k >= 2,   sum over all k = alpha,
//
// so that however often it is looked at, a course that nothing can help is swapped with
// probability alpha at most (Bonferroni; the t-test is itself an approximation with few students).
#pragma once

#include <cstddef>
#include <vector>

namespace meno {

struct SwapRule {
  double alpha = 0.05;
  std::size_t least_students = 5;   // before anything is tuned, and with a gain before a swap
  std::size_t first_answers = 100;  // the first growth point
  double growth = 1.25;             // from one to the next
};

/// k of the last growth point at or below so many answers, 0 before the first: first_answers
/// growth^(k - 1).
std::size_t growth_point(const SwapRule& rule, std::size_t answers);

/// alpha_k.
double level_of(const SwapRule& rule, std::size_t point);

/// P(T > t), T of Student's t distribution with `freedom` >= 1 degrees of freedom.
/// Source: Abramowitz & Stegun 1964, 26.7.3 and 26.7.4 (finite series for whole degrees).
double t_tail(double t, std::size_t freedom);

/// A gain and how surely it is one.
struct GainTest {
  std::size_t students = 0;
  std::size_t answers = 0;
  double mean = 0.0;     // nats per answer
  double p_value = 1.0;  // one-sided
};

/// Gains by student, added up as answers come.
class PairedGain {
 public:
  /// `nats`: the incumbent's surprise at the answer less the challenger's.
  void add(std::size_t student, double nats);
  double total() const { return total_; }
  GainTest test() const;

 private:
  std::vector<double> by_student_;       // D_s, of all students so far
  std::vector<std::size_t> answers_of_;  // [students]
  std::size_t answers_ = 0;
  double total_ = 0.0;
};

/// Whether the gain is enough at this growth point.
bool enough(const SwapRule& rule, std::size_t point, const GainTest& gain);

}  // namespace meno
