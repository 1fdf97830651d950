#include "tutor/adaptive_test/irt_methods.h"

#include <algorithm>
#include <cmath>

namespace meno {
namespace {

/// How a rule sees one item.
using Rule = double (*)(const ItemCurve&, const AbilityWeights&, const AbilityEstimate&, Rng&);

class IrtExaminee : public Examinee {
 public:
  IrtExaminee(const IrtBank& bank, Rule rule, Rng rng)
      : bank_(bank), rule_(rule), rng_(rng), logs_(ability_grid().log_prior) {
    refresh();
  }

  void worth(std::span<const ItemId> candidates, std::span<double> worth) override {
    for (std::size_t c = 0; c < candidates.size(); ++c)
      worth[c] = rule_(curve(candidates[c]), weights_, estimate_, rng_);
  }
  void observe(ItemId item, bool correct) override {
    for (std::size_t q = 0; q < kAbilityNodes; ++q) {
      const double p = curve(item).p_correct(ability_grid().at[q]);
      logs_[q] += correct ? std::log(p) : std::log1p(-p);
    }
    refresh();
  }
  double p_correct(ItemId item) const override {
    double p = 0.0;
    for (std::size_t q = 0; q < kAbilityNodes; ++q)
      p += weights_[q] * curve(item).p_correct(ability_grid().at[q]);
    return p;
  }
  AbilityEstimate ability() const override { return estimate_; }

 private:
  const ItemCurve& curve(ItemId item) const { return bank_.items[item.value].curve; }
  void refresh() {
    normalise(logs_, weights_);
    estimate_ = estimate_of(weights_);
  }

  const IrtBank& bank_;
  Rule rule_;
  Rng rng_;
  std::array<double, kAbilityNodes> logs_;
  AbilityWeights weights_{};
  AbilityEstimate estimate_;
};

class IrtMethod : public TestMethod {
 public:
  IrtMethod(const IrtBank& bank, Rule rule) : bank_(bank), rule_(rule) {}
  std::unique_ptr<Examinee> begin(std::span<const ItemId>, Rng rng) const override {
    return std::make_unique<IrtExaminee>(bank_, rule_, rng);
  }

 private:
  const IrtBank& bank_;
  Rule rule_;
};

double any(const ItemCurve&, const AbilityWeights&, const AbilityEstimate&, Rng& rng) {
  return rng.uniform();
}

double fisher(const ItemCurve& curve, const AbilityWeights&, const AbilityEstimate& estimate,
              Rng&) {
  return curve.information(estimate.mean);
}

double kl(const ItemCurve& curve, const AbilityWeights& weights, const AbilityEstimate& estimate,
          Rng&) {
  const double here = curve.p_correct(estimate.mean);
  double sum = 0.0;
  for (std::size_t q = 0; q < kAbilityNodes; ++q) {
    const double there = curve.p_correct(ability_grid().at[q]);
    sum += weights[q] *
           (here * std::log(here / there) + (1.0 - here) * std::log((1.0 - here) / (1.0 - there)));
  }
  return sum;
}

}  // namespace

std::unique_ptr<TestMethod> make_random(const Calibrated& calibrated) {
  return std::make_unique<IrtMethod>(calibrated.irt, &any);
}
std::unique_ptr<TestMethod> make_fisher(const Calibrated& calibrated) {
  return std::make_unique<IrtMethod>(calibrated.irt, &fisher);
}
std::unique_ptr<TestMethod> make_kl(const Calibrated& calibrated) {
  return std::make_unique<IrtMethod>(calibrated.irt, &kl);
}

}  // namespace meno
