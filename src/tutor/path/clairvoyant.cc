#include "tutor/path/clairvoyant.h"

#include <algorithm>

namespace meno {
namespace {

constexpr std::uint64_t kDraws = 8;

class Clairvoyant final : public PathPolicy {
 public:
  Clairvoyant(const PathTask& task, const PracticeEnvironment& environment)
      : task_(task), environment_(environment) {}

  SkillId next(std::size_t /*left*/) override {
    const SimulatedLearner& now = environment_.learner();
    SkillId best = task_.goals.front();
    double most = -1.0;
    for (const SkillId skill : task_.candidates) {
      const auto exam = task_.world.items.exam(skill);
      if (exam.empty()) continue;
      const double p = now.p_correct(exam.front());
      const double value =
          p * after(now, exam.front(), true) + (1.0 - p) * after(now, exam.front(), false);
      if (value > most) {
        most = value;
        best = skill;
      }
    }
    return best;
  }
  void observe(ItemId, bool) override {}

 private:
  /// min(P, mastery_at) over the goals once he has answered, summed over draws of what he learns.
  double after(const SimulatedLearner& now, ItemId item, bool correct) const {
    double sum = 0.0;
    for (std::uint64_t draw = 0; draw < kDraws; ++draw) {
      const std::unique_ptr<SimulatedLearner> then = now.clone();
      Rng rng = Rng(task_.seed).fork(draw);
      then->practise(item, correct, rng);
      for (const SkillId goal : task_.goals) sum += std::min(known(*then, goal), task_.mastery_at);
    }
    return sum;
  }

  double known(const SimulatedLearner& learner, SkillId skill) const {
    const auto exam = task_.world.items.exam(skill);
    double sum = 0.0;
    for (const ItemId item : exam) sum += learner.p_correct(item);
    return sum / static_cast<double>(std::max<std::size_t>(exam.size(), 1));
  }

  const PathTask& task_;
  const PracticeEnvironment& environment_;
};

}  // namespace

std::unique_ptr<PathPolicy> make_clairvoyant(const PathTask& task,
                                             const PracticeEnvironment& environment) {
  return std::make_unique<Clairvoyant>(task, environment);
}

}  // namespace meno
