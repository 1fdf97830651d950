#include "tutor/simulator/realism.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "domain/auc.h"

namespace meno {
namespace {

constexpr std::size_t kCurve = 8;

/// Simulated students who might be one real one.
class Particles {
 public:
  Particles(const LearnerFamily& family, std::size_t count, Rng& rng) : rng_(rng) {
    for (std::size_t k = 0; k < count; ++k) drawn_.push_back(family.new_learner(rng));
    weight_.assign(count, 1.0 / static_cast<double>(count));
    p_.resize(count);
  }

  double foresee(ItemId item) {
    double mean = 0.0;
    for (std::size_t k = 0; k < drawn_.size(); ++k)
      mean += weight_[k] * (p_[k] = drawn_[k]->p_correct(item));
    return std::clamp(mean, 1e-6, 1.0 - 1e-6);
  }

  void observe(ItemId item, bool correct) {
    double sum = 0.0;
    for (std::size_t k = 0; k < drawn_.size(); ++k)
      sum += weight_[k] *= correct ? p_[k] : 1.0 - p_[k];
    double squares = 0.0;
    for (double& weight : weight_) {
      weight /= sum;
      squares += weight * weight;
    }
    if (squares * static_cast<double>(drawn_.size()) > 2.0) resample();
    for (const auto& particle : drawn_) particle->practise(item, correct, rng_);
  }

 private:
  void resample() {
    std::vector<std::unique_ptr<SimulatedLearner>> chosen;
    const auto count = static_cast<double>(drawn_.size());
    double mark = rng_.uniform() / count;
    double sum = 0.0;
    for (std::size_t k = 0; k < drawn_.size(); ++k) {
      sum += weight_[k];
      for (; mark < sum && chosen.size() < drawn_.size(); mark += 1.0 / count)
        chosen.push_back(drawn_[k]->clone());
    }
    while (chosen.size() < drawn_.size()) chosen.push_back(drawn_.back()->clone());
    drawn_ = std::move(chosen);
    std::fill(weight_.begin(), weight_.end(), 1.0 / count);
  }

  Rng& rng_;
  std::vector<std::unique_ptr<SimulatedLearner>> drawn_;
  std::vector<double> weight_;
  std::vector<double> p_;
};

struct Tally {
  std::vector<double> p;
  std::vector<float> y;
  std::vector<double> real = std::vector<double>(kCurve, 0.0);
  std::vector<double> simulated = std::vector<double>(kCurve, 0.0);
  std::vector<double> count = std::vector<double>(kCurve, 0.0);
};

void follow(const LearnerFamily& family, const Sequence& student, const RealismPlan& plan, Rng& rng,
            Tally& tally) {
  Particles particles(family, plan.particles, rng);
  const std::unique_ptr<SimulatedLearner> free = family.new_learner(rng);
  std::unordered_map<std::uint32_t, std::size_t> met;
  for (std::size_t t = 0; t < std::min(plan.longest, student.size()); ++t) {
    const Event event = student[t];
    const bool correct = event.correct >= 0.5F;
    tally.p.push_back(particles.foresee(event.item));
    tally.y.push_back(correct ? 1.0F : 0.0F);
    particles.observe(event.item, correct);
    const double p_free = free->p_correct(event.item);
    free->practise(event.item, rng.chance(p_free), rng);
    for (const SkillId skill : event.skills) {
      const std::size_t n = met[skill.value]++;
      if (n >= kCurve) continue;
      tally.real[n] += correct ? 1.0 : 0.0;
      tally.simulated[n] += p_free;
      tally.count[n] += 1.0;
    }
  }
}

}  // namespace

Realism realism_of(const LearnerFamily& family, std::span<const Sequence> held_out,
                   const RealismPlan& plan) {
  Tally tally;
  Realism realism;
  realism.students = held_out.size();
  for (std::size_t k = 0; k < held_out.size(); ++k) {
    Rng rng = Rng(plan.seed ^ 0x7265616cULL).fork(k);
    follow(family, held_out[k], plan, rng, tally);
  }
  realism.answers = tally.p.size();
  if (tally.p.empty()) return realism;
  double rate = 0.0;
  for (const float y : tally.y) rate += y;
  rate /= static_cast<double>(tally.y.size());
  for (std::size_t k = 0; k < tally.p.size(); ++k) {
    const double p = tally.p[k];
    realism.log_loss -= std::log(tally.y[k] > 0.5F ? p : 1.0 - p);
  }
  realism.log_loss /= static_cast<double>(tally.p.size());
  if (rate > 0.0 && rate < 1.0)
    realism.base_log_loss = -rate * std::log(rate) - (1.0 - rate) * std::log(1.0 - rate);
  realism.auc = auc(tally.p, tally.y);
  for (std::size_t n = 0; n < kCurve; ++n) {
    if (tally.count[n] < 20.0) break;
    realism.real_curve.push_back(tally.real[n] / tally.count[n]);
    realism.simulated_curve.push_back(tally.simulated[n] / tally.count[n]);
  }
  return realism;
}

}  // namespace meno
