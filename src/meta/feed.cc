#include "meta/feed.h"

#include <algorithm>
#include <numeric>

namespace meno {
namespace {

/// Lengths within this factor may share a batch, so that batches differ from epoch to epoch.
constexpr double kLengthJitter = 0.15;

class WindowFeed final : public Feed {
 public:
  WindowFeed(std::vector<std::unique_ptr<const Encoded>> windows, std::vector<Window> origin,
             std::size_t rows, std::uint64_t seed)
      : windows_(std::move(windows)), origin_(std::move(origin)), rows_(rows), seed_(seed) {
    for (const auto& window : windows_) lengths_.push_back(window->size());
  }

  std::size_t begin_epoch(std::size_t epoch) override {
    Rng rng = Rng(seed_).fork(epoch);
    std::vector<double> keys;
    keys.reserve(lengths_.size());
    for (const std::size_t length : lengths_) {
      keys.push_back(static_cast<double>(length) * (1.0 + kLengthJitter * rng.uniform()));
    }
    batches_ = group_by_length(keys, lengths_, rows_);
    rng.shuffle(std::span(batches_));
    return batches_.size();
  }

  Share share(std::size_t step, std::size_t part, std::size_t parts) const override {
    Share share;
    const auto& batch = batches_[step];
    EncodedTask task;
    for (std::size_t i = part; i < batch.size();
         i += parts) {  // every part gets long and short ones
      task.support.push_back(windows_[batch[i]].get());
      task.origin.push_back(origin_[batch[i]]);
    }
    if (!task.support.empty()) share.tasks.push_back(std::move(task));
    return share;
  }

 private:
  std::vector<std::unique_ptr<const Encoded>> windows_;
  std::vector<Window> origin_;
  std::size_t rows_;
  std::uint64_t seed_;
  std::vector<std::size_t> lengths_;
  std::vector<std::vector<std::size_t>> batches_;
};

class TaskFeed final : public Feed {
 public:
  TaskFeed(const StudentModel& model, std::unique_ptr<const TaskSampler> sampler,
           std::size_t per_step, std::uint64_t seed)
      : model_(model),
        sampler_(std::move(sampler)),
        per_step_(per_step),
        seed_(seed),
        order_(sampler_->size()) {}

  std::size_t begin_epoch(std::size_t epoch) override {
    epoch_rng_ = Rng(seed_).fork(epoch);
    std::iota(order_.begin(), order_.end(), std::size_t{0});
    Rng rng = epoch_rng_.fork(order_.size());
    rng.shuffle(std::span(order_));
    return (order_.size() + per_step_ - 1) / per_step_;
  }

  Share share(std::size_t step, std::size_t part, std::size_t parts) const override {
    Share share;
    const std::size_t end = std::min(order_.size(), (step + 1) * per_step_);
    for (std::size_t i = step * per_step_ + part; i < end; i += parts) {
      Rng rng = epoch_rng_.fork(i);
      share.tasks.push_back(encode_task(model_, sampler_->task(order_[i], rng), share));
    }
    return share;
  }

 private:
  const StudentModel& model_;
  std::unique_ptr<const TaskSampler> sampler_;
  std::size_t per_step_;
  std::uint64_t seed_;
  std::vector<std::size_t> order_;
  Rng epoch_rng_{0};
};

}  // namespace

EncodedTask encode_task(const StudentModel& model, const Task& task, Share& share) {
  EncodedTask encoded;
  const auto encode_all = [&](const std::vector<Window>& windows,
                              std::vector<const Encoded*>& into) {
    for (const Window& window : windows) {
      share.owned.push_back(model.encode(window));
      into.push_back(share.owned.back().get());
    }
  };
  encode_all(task.support, encoded.support);
  encode_all(task.query, encoded.query);
  return encoded;
}

std::vector<std::vector<std::size_t>> group_by_length(const std::vector<double>& keys,
                                                      const std::vector<std::size_t>& lengths,
                                                      std::size_t rows) {
  std::vector<std::size_t> order(keys.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return keys[a] < keys[b]; });
  std::vector<std::vector<std::size_t>> groups;
  std::size_t longest = 0;
  for (const std::size_t index : order) {
    const std::size_t with = std::max(longest, lengths[index]);
    if (groups.empty() || with * (groups.back().size() + 1) > rows) {
      groups.emplace_back();
      longest = lengths[index];
    } else {
      longest = with;
    }
    groups.back().push_back(index);
  }
  return groups;
}

std::unique_ptr<Feed> make_window_feed(std::vector<std::unique_ptr<const Encoded>> windows,
                                       std::vector<Window> origin, std::size_t rows,
                                       std::uint64_t seed) {
  return std::make_unique<WindowFeed>(std::move(windows), std::move(origin), rows, seed);
}

Result<std::unique_ptr<Feed>> make_task_feed(const StudentModel& model, const TaskPool& pool,
                                             const TaskPlan& plan, std::uint64_t seed) {
  MENO_TRY(auto sampler, make_sampler(plan.sampler, pool, plan.shape));
  return std::unique_ptr<Feed>(std::make_unique<TaskFeed>(
      model, std::move(sampler), static_cast<std::size_t>(plan.per_step), seed));
}

}  // namespace meno
