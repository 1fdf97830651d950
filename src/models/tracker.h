// Tracker: a student model one answer at a time. What the server keeps per student.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "core/result.h"
#include "domain/event.h"

namespace meno {

/// One student's state. Contract: p_correct equals StudentModel::predict on the same history to
/// 1e-6. Not thread-safe: one owner observes; p_correct may run concurrently with itself.
class Tracker {
 public:
  virtual ~Tracker() = default;

  /// Takes one answer into account, in time and memory that do not grow with the history (beyond
  /// one small record per skill and item met).
  virtual void observe(const Event& event) = 0;

  /// p_correct[k] = P(a right answer on targets[k], if it came now), in (0, 1). Both [K]. Batched,
  /// because ranking asks for a thousand at once.
  virtual void p_correct(std::span<const Target> targets, std::span<double> p_correct) const = 0;

  /// The same student once more, who goes on independently: for suppositions.
  virtual std::unique_ptr<Tracker> clone() const = 0;

  /// The state as bytes, for snapshots. restore(save()) on a fresh Tracker of the same model gives
  /// the same predictions.
  virtual std::string save() const = 0;
  /// Errors: InvalidInput when the bytes are not a state of this model.
  virtual Result<Done> restore(std::string_view bytes) = 0;
};

/// A model with its parameters, ready to serve: makes Trackers that share the weights. Thread-safe;
/// must outlive them.
class OnlineModel {
 public:
  virtual ~OnlineModel() = default;
  virtual std::unique_ptr<Tracker> new_student() const = 0;
};

}  // namespace meno
