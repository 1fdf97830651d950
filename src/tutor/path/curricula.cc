#include "tutor/path/curricula.h"

#include <algorithm>

#include "core/rng.h"

namespace meno {
namespace {

class Random final : public PathPolicy {
 public:
  explicit Random(const PathTask& task) : task_(task), rng_(task.seed) {}
  SkillId next(std::size_t /*left*/) override {
    return task_.candidates[rng_.below(task_.candidates.size())];
  }
  void observe(ItemId /*item*/, bool /*correct*/) override {}

 private:
  const PathTask& task_;
  Rng rng_;
};

class Fixed final : public PathPolicy {
 public:
  explicit Fixed(const PathTask& task) : order_(task.candidates) {
    std::stable_sort(order_.begin(), order_.end(), [&](SkillId a, SkillId b) {
      return task.world.position[a.value] < task.world.position[b.value];
    });
    block_ = std::clamp<std::size_t>(task.steps / order_.size(), 1, 5);
  }
  SkillId next(std::size_t /*left*/) override { return order_[asked_++ / block_ % order_.size()]; }
  void observe(ItemId /*item*/, bool /*correct*/) override {}

 private:
  std::vector<SkillId> order_;
  std::size_t block_ = 1;
  std::size_t asked_ = 0;
};

class Topological final : public PathPolicy {
 public:
  explicit Topological(const PathTask& task) : task_(task) {}
  SkillId next(std::size_t /*left*/) override {
    asking_ = true;
    return task_.candidates[at_];
  }
  void observe(ItemId /*item*/, bool correct) override {
    if (!asking_) return;
    asking_ = false;
    streak_ = correct ? streak_ + 1 : 0;
    if (streak_ < 2) return;
    streak_ = 0;
    at_ = (at_ + 1) % task_.candidates.size();
  }

 private:
  const PathTask& task_;
  std::size_t at_ = 0;
  int streak_ = 0;
  bool asking_ = false;
};

class Greedy final : public PathPolicy {
 public:
  explicit Greedy(const PathTask& task)
      : task_(task), right_(task.world.rate.size(), 0.0), answers_(right_) {}
  SkillId next(std::size_t /*left*/) override {
    return *std::min_element(task_.goals.begin(), task_.goals.end(),
                             [this](SkillId a, SkillId b) { return rate(a) < rate(b); });
  }
  void observe(ItemId item, bool correct) override {
    for (const SkillId skill : task_.world.course.skills_of(item)) {
      right_[skill.value] += correct ? 1.0 : 0.0;
      answers_[skill.value] += 1.0;
    }
  }

 private:
  double rate(SkillId skill) const {
    return (right_[skill.value] + 2.0 * task_.world.rate[skill.value]) /
           (answers_[skill.value] + 2.0);
  }
  const PathTask& task_;
  std::vector<double> right_;
  std::vector<double> answers_;
};

}  // namespace

std::unique_ptr<PathPolicy> make_random_policy(const PathTask& task) {
  return std::make_unique<Random>(task);
}
std::unique_ptr<PathPolicy> make_fixed_policy(const PathTask& task) {
  return std::make_unique<Fixed>(task);
}
std::unique_ptr<PathPolicy> make_topological_policy(const PathTask& task) {
  return std::make_unique<Topological>(task);
}
std::unique_ptr<PathPolicy> make_greedy_policy(const PathTask& task) {
  return std::make_unique<Greedy>(task);
}

}  // namespace meno
