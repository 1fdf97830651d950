// Predictions: what a model said about the scored answers of some students, and what they answered.
// What every metric, interval and chart reads.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "core/ids.h"
#include "core/result.h"
#include "domain/task.h"
#include "models/student_model.h"

namespace meno {

/// Columns of [N] scored answers, grouped by student: those of student[u] are [begin[u], begin[u +
/// 1]).
struct Predictions {
  std::vector<double> p_correct;      // in (0, 1)
  std::vector<float> correct;         // in [0, 1]
  std::vector<std::uint32_t> row;     // place in the student's history, from 0
  std::vector<std::uint8_t> repeat;   // 1: the answer just before was on the same item
  std::vector<StudentId> student;     // [U]
  std::vector<std::size_t> begin{0};  // [U + 1]

  std::size_t size() const { return p_correct.size(); }
  std::size_t students() const { return student.size(); }

  /// Starts the next student; add() then appends to him.
  void start(StudentId who);
  void add(double p, float answer, std::uint32_t at, bool is_repeat);
  /// The answers for which keep(index) is true; students left without answers are dropped.
  template <class Keep>
  Predictions where(const Keep& keep) const {
    Predictions kept;
    for (std::size_t u = 0; u < students(); ++u) {
      bool started = false;
      for (std::size_t i = begin[u]; i < begin[u + 1]; ++i) {
        if (!keep(i)) continue;
        if (!started) kept.start(student[u]);
        started = true;
        kept.add(p_correct[i], correct[i], row[i], repeat[i] != 0);
      }
    }
    return kept;
  }
};

/// A student's window, and whose it is.
struct ScoredWindow {
  StudentId student;
  Window window;
};

/// Predicts the scored answers of every window, batched over `threads`. The result does not depend
/// on the threads. Errors: Internal naming the student and answer when the model says anything
/// outside (0, 1).
Result<Predictions> predictions_of(const StudentModel& model, ParamView theta,
                                   std::span<const ScoredWindow> windows, int threads);

}  // namespace meno
