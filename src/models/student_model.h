// StudentModel: all that a learner, a metric or a policy may know about a student model.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>

#include "core/tensors.h"
#include "domain/task.h"
#include "models/params.h"
#include "models/tracker.h"

namespace meno {

/// A Window in a model's own numbers, so that epochs and inner steps need not derive them again.
/// Read only by the model that made it, or by it moved to another course (ModelEntry::move).
class Encoded {
 public:
  virtual ~Encoded() = default;
  /// How many events are computed (T - state_from of the window), and how many of them are scored
  /// (the last `scored()`).
  virtual std::size_t size() const = 0;
  virtual std::size_t scored() const = 0;
};

/// Encoded windows that are computed together. The pointees must outlive the call.
using Batch = std::span<const Encoded* const>;

/// A batch of them all, in their order.
inline std::vector<const Encoded*> views_of(
    std::span<const std::unique_ptr<const Encoded>> windows) {
  std::vector<const Encoded*> views;
  views.reserve(windows.size());
  for (const auto& window : windows) views.push_back(window.get());
  return views;
}

/// The seed of this call's stochastic regularisation (dropout); nullopt switches it off. The same
/// seed gives the same loss and gradient.
using Noise = std::optional<std::uint64_t>;

/// What every model can do with its parameters outside of training: serve, and be written to a run.
class Deployable {
 public:
  virtual ~Deployable() = default;
  /// A server of this model with these parameters. The model must outlive it.
  virtual std::unique_ptr<const OnlineModel> online(ParamView theta) const = 0;
  /// Course statistics (counts per item and skill, vocabulary sizes, feature scales) as the
  /// registry's `load` reads them.
  virtual Tensors statistics() const = 0;
};

/// An immutable description: architecture, options and course statistics; whatever is learnt by
/// gradients lives in `theta` [P], which callers own. Thread-safe. Every registered model must pass
/// models/contract_test.cc.
class StudentModel : public Deployable {
 public:
  /// Names, shapes and initial distribution of theta.
  virtual const ParamLayout& layout() const = 0;

  virtual std::unique_ptr<const Encoded> encode(const Window& window) const = 0;

  /// p_correct[t] = P(events[t].correct | events[0..t)), in (0, 1), for every computed event of
  /// every window, one window after the other: [sum of size()]. Never depends on later events, on
  /// which other windows are in the batch, or on who the student is.
  virtual void predict(ParamView theta, Batch batch, std::span<double> p_correct) const = 0;

  /// Mean negative log likelihood of the batch's scored events, in nats (cross entropy for soft
  /// answers), against their labels where they have any (Event::label); labels touch nothing else.
  /// Adds its gradient to `grad` [P]; an empty `grad` asks for the loss alone.
  virtual double loss(ParamView theta, Batch batch, std::span<double> grad, Noise noise) const = 0;

  /// Adds H v to `out` [P], where H is the Hessian of loss(theta, batch, ., nullopt) and v is [P].
  /// Exact.
  virtual void hessian_vector(ParamView theta, Batch batch, ParamView v,
                              std::span<double> out) const = 0;
};

/// predict() for one history: p_correct is [sequence.size()].
void predict(const StudentModel& model, ParamView theta, const Sequence& sequence,
             std::span<double> p_correct);

}  // namespace meno
