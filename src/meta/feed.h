// Feed: what each step of training is computed on. Students' histories -> windows or tasks, encoded
// once where they can be.
#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "core/result.h"
#include "meta/learner.h"
#include "meta/registry.h"

namespace meno {

/// Tasks of one thread's share of one step, and the windows that were encoded for them alone.
struct Share {
  std::vector<EncodedTask> tasks;  // empty when there are fewer tasks than shares
  std::vector<std::unique_ptr<const Encoded>> owned;
};

/// Encodes a task's windows into `share.owned`.
EncodedTask encode_task(const StudentModel& model, const Task& task, Share& share);

/// A plan of epochs. Everything random in it is a function of (seed, epoch, step), so that training
/// can stop and go on. Thread-safe.
class Feed {
 public:
  virtual ~Feed() = default;
  /// Draws the order of an epoch (from 0) and returns its number of steps. Not while share() runs.
  virtual std::size_t begin_epoch(std::size_t epoch) = 0;
  /// Part `part` of `parts` of step `step` of the epoch begun last.
  virtual Share share(std::size_t step, std::size_t part, std::size_t parts) const = 0;
};

/// Mini-batches of windows of similar length. `rows` bounds longest window x windows of a batch.
/// `origin` [W] are the windows that were encoded; their events must outlive the feed.
std::unique_ptr<Feed> make_window_feed(std::vector<std::unique_ptr<const Encoded>> windows,
                                       std::vector<Window> origin, std::size_t rows,
                                       std::uint64_t seed);

/// Tasks drawn by a sampler from `pool`, which must outlive the feed, as must the model that
/// encodes them. An epoch is as many tasks as there are things to sample. Errors: as make_sampler.
Result<std::unique_ptr<Feed>> make_task_feed(const StudentModel& model, const TaskPool& pool,
                                             const TaskPlan& plan, std::uint64_t seed);

/// Groups of indices whose windows are computed together: sorted by `keys`, longest x count <= rows
/// (or one window).
std::vector<std::vector<std::size_t>> group_by_length(const std::vector<double>& keys,
                                                      const std::vector<std::size_t>& lengths,
                                                      std::size_t rows);

}  // namespace meno
