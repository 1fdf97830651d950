// DriftWatch: whether a model that foresaw a course well enough still does. The first answers since
// it serves are the reference; from then on three e-detectors (betting.h) look for
//
// - surprise: of its answers it is more surprised than it says it will be: the mean of
//   surprise(p, y) - H(p), H the entropy of its own p, above the reference's by a tolerance.
//   Harder items alone do not raise it;
// - overestimates, underestimates: the mean of p - y, or of y - p, likewise.
//
// An alarm is raised when the mean of the three reaches `run_length`: while nothing changes, that
// takes so many answers in the mean or more, as far as the reference is right to within the
// tolerance. One alarm for a version: what follows is a question for people, or a new run.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "service/betting.h"

namespace meno {

struct DriftRule {
  std::size_t reference = 500;      // answers
  double surprise_tolerance = 0.1;  // nats per answer
  double bias_tolerance = 0.08;     // of p_correct
  double run_length = 100'000.0;    // answers
};

enum class DriftKind { Surprise, Overestimates, Underestimates };

/// The kind's name in replies and in the store, e.g. "surprise".
std::string_view name_of(DriftKind kind);

class DriftWatch {
 public:
  explicit DriftWatch(const DriftRule& rule = {}) : rule_(rule) {}

  /// The next answer; `correct` in [0, 1]. Set when it raises the alarm.
  std::optional<DriftKind> add(double p_correct, double correct);
  bool raised() const { return raised_; }
  /// Whether there is a reference to compare with.
  bool ready() const { return detectors_.has_value(); }
  /// The mean of the three e-detectors; 0 before there is a reference.
  double evidence() const;
  double run_length() const { return rule_.run_length; }

 private:
  struct Detectors {
    ChangeDetector surprise;
    ChangeDetector over;
    ChangeDetector under;
  };
  void begin();

  DriftRule rule_;
  std::size_t answers_ = 0;
  double excess_ = 0.0;  // sums over the reference
  double bias_ = 0.0;
  std::optional<Detectors> detectors_;
  bool raised_ = false;
};

}  // namespace meno
