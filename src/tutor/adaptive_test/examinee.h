// Examinee: one student in one test, as a response model sees him. TestMethod: a response model and
// a rule of what to ask next, learnt from other students' answers.
#pragma once

#include <memory>
#include <span>

#include "core/ids.h"
#include "core/rng.h"
#include "tutor/irt/ability_grid.h"

namespace meno {

/// Not thread-safe. What it was begun with must outlive it.
class Examinee {
 public:
  virtual ~Examinee() = default;
  /// What asking each candidate now is worth, in the rule's own unit; the largest is asked. Both
  /// spans are [C]; candidates belong to the bank the examinee was begun with.
  virtual void worth(std::span<const ItemId> candidates, std::span<double> worth) = 0;
  /// Takes an answer into account.
  virtual void observe(ItemId item, bool correct) = 0;
  /// Predictive probability of a right answer to any item of the course, in (0, 1).
  virtual double p_correct(ItemId item) const = 0;
  /// General ability: 0 is the calibration's average student, 1 its standard deviation.
  virtual AbilityEstimate ability() const = 0;
};

/// Immutable and thread-safe.
class TestMethod {
 public:
  virtual ~TestMethod() = default;
  /// A student of whom nothing is known, and the items he may be asked, which are also what the
  /// test is about. `bank` is copied if needed.
  virtual std::unique_ptr<Examinee> begin(std::span<const ItemId> bank, Rng rng) const = 0;
};

}  // namespace meno
