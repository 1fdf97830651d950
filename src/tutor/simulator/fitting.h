// What families of learners share that are fitted step by step, student after student.
#pragma once

#include <algorithm>
#include <cmath>
#include <memory>
#include <numeric>
#include <utility>
#include <vector>

#include "core/interrupt.h"
#include "tutor/simulator/learner_family.h"

namespace meno {

/// Errors: InvalidInput when nobody has answered anything.
inline Result<Done> check_practice(const PracticeData& data) {
  const bool any = std::any_of(data.students.begin(), data.students.end(),
                               [](const Sequence& student) { return !student.empty(); });
  if (any) return Done{};
  return invalid_input("no answers to fit learners on, expected at least one");
}

/// One step uphill; `square` is the running sum of squared gradients, above 0 from the start.
/// Source: AdaGrad, Duchi, Hazan & Singer 2011.
inline void ascend(double& value, double& square, double gradient, double rate) {
  square += gradient * gradient;
  value += rate * gradient / std::sqrt(square);
}

/// options.epochs times: `learn(student)` for every student, in an order drawn anew, then
/// `finish()`. Errors: Unavailable on Ctrl-C.
template <class Learn, class Finish>
Result<Done> fit_in_epochs(const PracticeData& data, const FamilyFit& options, Rng& rng,
                           Learn learn, Finish finish) {
  std::vector<std::size_t> order(data.students.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  for (int epoch = 0; epoch < options.epochs; ++epoch) {
    if (interrupted()) return unavailable("interrupted while the learners were fitted");
    rng.shuffle(std::span(order));
    for (const std::size_t student : order) learn(student);
    finish();
  }
  return Done{};
}

/// A family whose learners begin from what was fitted and a draw: Learner(const Fitted&, Rng&).
template <class Learner, class Fitted>
class DrawnFamily final : public LearnerFamily {
 public:
  explicit DrawnFamily(Fitted fitted) : fitted_(std::move(fitted)) {}
  std::unique_ptr<SimulatedLearner> new_learner(Rng& rng) const override {
    return std::make_unique<Learner>(fitted_, rng);
  }

 private:
  const Fitted fitted_;
};

template <class Learner, class Fitted>
std::unique_ptr<const LearnerFamily> drawn_family(Fitted fitted) {
  return std::make_unique<DrawnFamily<Learner, Fitted>>(std::move(fitted));
}

}  // namespace meno
