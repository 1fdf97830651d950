#include "models/evidence/network_model.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "models/evidence/dual.h"
#include "models/evidence/network.h"

namespace meno::evidence {
namespace {

constexpr float kTrustHalf = 30.0F;  // answers at which an item's vector counts half

double p_of(double logit) {
  // 30 nats: keeps p inside (0, 1) in double precision.
  return 1.0 / (1.0 + std::exp(-std::clamp(logit, -30.0, 30.0)));
}

}  // namespace

NetworkModel::NetworkModel(Shape shape, std::vector<float> trust)
    : shape_(std::move(shape)), trust_(std::move(trust)) {}

template <class S>
Aligned<S> NetworkModel::logits_of(ParamView theta, const Packed& packed) const {
  const Aligned<S> weights = converted<S>(theta);
  Aligned<S> logits(packed.columns);
  run_network<S>(shape_, weights, {.packed = packed, .trust = trust_, .noise = std::nullopt},
                 logits, {});
  return logits;
}

void NetworkModel::predict(ParamView theta, Batch batch, std::span<double> p_correct) const {
  const Packed packed(batch);
  std::vector<std::size_t> begin(batch.size());
  for (std::size_t k = 1; k < batch.size(); ++k) begin[k] = begin[k - 1] + batch[k - 1]->size();
  const auto spread = [&](const auto& logits) {
    for (std::size_t step = 0; step < packed.steps(); ++step) {
      for (std::size_t w = 0; w < packed.active(step); ++w) {
        p_correct[begin[packed.position[w]] + step] =
            p_of(static_cast<double>(logits[packed.step_begin[step] + w]));
      }
    }
  };
  if (shape_.options.precision == "double") return spread(logits_of<double>(theta, packed));
  spread(logits_of<float>(theta, packed));
}

double NetworkModel::loss(ParamView theta, Batch batch, std::span<double> grad, Noise noise) const {
  const Packed packed(batch);
  const auto run = [&]<class S>(S /*scalar*/) {
    const Aligned<S> weights = converted<S>(theta);
    Aligned<S> logits(packed.columns);
    Aligned<S> slopes(grad.size());
    run_network<S>(shape_, weights, {.packed = packed, .trust = trust_, .noise = noise}, logits,
                   slopes);
    for (std::size_t i = 0; i < slopes.size(); ++i) grad[i] += static_cast<double>(slopes[i]);
    return mean_nats<S>(packed, logits);
  };
  return shape_.options.precision == "double" ? run(double{}) : run(float{});
}

void NetworkModel::hessian_vector(ParamView theta, Batch batch, ParamView v,
                                  std::span<double> out) const {
  const Packed packed(batch);
  Aligned<Dual> weights(theta.size());
  for (std::size_t i = 0; i < theta.size(); ++i) weights[i] = {theta[i], v[i]};
  std::vector<Dual> logits(packed.columns);
  Aligned<Dual> slopes(theta.size());
  run_network<Dual>(shape_, weights, {.packed = packed, .trust = trust_, .noise = std::nullopt},
                    logits, slopes);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += slopes[i].slope;
}

void add_ids(const Event& event, EncodedWindow& window) {
  window.answers.push_back(event.correct);
  window.labels.push_back(event.scored_as());
  window.item.push_back(event.item.value);
  for (const SkillId skill : event.skills) window.skill.push_back(skill.value);
  window.skill_begin.push_back(static_cast<std::uint32_t>(window.skill.size()));
}

std::vector<float> trust_of(const Cohort& cohort) {
  std::vector<float> trust(cohort.items);
  for (const Window& window : cohort.training) {
    for (std::size_t t = 0; t < window.events.size(); ++t) {
      const ItemId item = window.events[t].item;
      if (item.value < trust.size()) trust[item.value] += 1.0F;
    }
  }
  for (float& n : trust) n /= n + kTrustHalf;
  return trust;
}

}  // namespace meno::evidence
