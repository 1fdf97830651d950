#include "models/evidence/evidence_model.h"

#include <algorithm>
#include <cmath>

#include "models/evidence/adversary.h"
#include "models/evidence/dual.h"
#include "models/evidence/evidence_tracker.h"

namespace meno::evidence {
namespace {

double p_of(double logit) {
  // 30 nats: keeps p inside (0, 1) in double precision.
  return 1.0 / (1.0 + std::exp(-std::clamp(logit, -30.0, 30.0)));
}

/// Nats of answer y at a logit: log(1 + e^z) - y z, without overflow.
double nats_of(double logit, double y) {
  return std::max(logit, 0.0) - y * logit + std::log1p(std::exp(-std::abs(logit)));
}

/// The scored answers' nats, averaged.
template <class S>
double mean_nats(const Packed& packed, std::span<const S> logits) {
  double nats = 0.0;
  packed.for_each([&](std::size_t column, const EncodedWindow& window, std::size_t t) {
    if (t + window.scored_events < window.answers.size()) return;
    nats += nats_of(static_cast<double>(logits[column]), static_cast<double>(window.labels[t]));
  });
  return nats / static_cast<double>(std::max<std::size_t>(1, packed.scored));
}

template <class S>
Aligned<S> converted(ParamView theta) {
  Aligned<S> values(theta.size());
  for (std::size_t i = 0; i < theta.size(); ++i) values[i] = static_cast<S>(theta[i]);
  return values;
}

}  // namespace

EvidenceModel::EvidenceModel(Shape shape, CourseStatistics statistics, Scaling scaling,
                             std::vector<float> trust)
    : shape_(std::move(shape)),
      statistics_(std::move(statistics)),
      scaling_(std::move(scaling)),
      trust_(std::move(trust)) {}

std::unique_ptr<const Encoded> EvidenceModel::encode(const Window& window) const {
  auto encoded = std::make_unique<EncodedWindow>();
  const std::size_t computed = window.events.size() - window.state_from;
  encoded->features.resize(computed * kFeatures);
  encoded->skill_begin.push_back(0);
  encoded->scored_events = window.scored();
  StudentState student;
  for (std::size_t t = 0; t < window.events.size(); ++t) {
    const Event event = window.events[t];
    const Scene scene =
        scene_of(statistics_, student, {.item = event.item, .skills = event.skills, .at = event.at},
                 window.fold);
    if (t >= window.state_from) {
      const std::span<float> x(encoded->features.data() + (t - window.state_from) * kFeatures,
                               kFeatures);
      write_features(student, scene, x);
      scaling_.apply(x);
      encoded->answers.push_back(event.correct);
      encoded->labels.push_back(event.scored_as());
      encoded->item.push_back(event.item.value);
      for (const SkillId skill : event.skills) encoded->skill.push_back(skill.value);
      encoded->skill_begin.push_back(static_cast<std::uint32_t>(encoded->skill.size()));
    }
    observe(student, event, forecast_of(scene.rates));
  }
  return encoded;
}

template <class S>
Aligned<S> EvidenceModel::logits_of(ParamView theta, const Packed& packed) const {
  const Aligned<S> weights = converted<S>(theta);
  Aligned<S> logits(packed.columns);
  run_network<S>(shape_, weights, {.packed = packed, .trust = trust_, .noise = std::nullopt},
                 logits, {});
  return logits;
}

void EvidenceModel::predict(ParamView theta, Batch batch, std::span<double> p_correct) const {
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

double EvidenceModel::loss(ParamView theta, Batch batch, std::span<double> grad,
                           Noise noise) const {
  const Packed packed(batch);
  const auto run = [&]<class S>(S /*scalar*/) {
    const Aligned<S> weights = converted<S>(theta);
    Aligned<S> logits(packed.columns);
    Aligned<S> slopes(grad.size());
    const PassInput input{.packed = packed, .trust = trust_, .noise = noise};
    double nats = 0.0;
    if (noise && shape_.options.adversarial != "none") {
      nats = adversarial_loss(weights, input, slopes);
    } else {
      run_network<S>(shape_, weights, input, logits, slopes);
      nats = mean_nats<S>(packed, logits);
    }
    for (std::size_t i = 0; i < slopes.size(); ++i) grad[i] += static_cast<double>(slopes[i]);
    return nats;
  };
  return shape_.options.precision == "double" ? run(double{}) : run(float{});
}

template <class S>
double EvidenceModel::adversarial_loss(const Aligned<S>& weights, const PassInput& input,
                                       Aligned<S>& slopes) const {
  std::vector<float> reach(shape_.features);
  for (std::size_t k = 0; k < reach.size(); ++k) {  // what is constant in the course cannot move
    if (scaling_.inverse_sd[k] > 0.0F)
      reach[k] = static_cast<float>(shape_.options.adversarial_radius);
  }
  const Moved<S> moved = worst_inputs<S>(shape_, weights, input, reach);
  const auto share = static_cast<S>(shape_.options.adversarial_share);
  Aligned<S> logits(input.packed.columns);
  Aligned<S> worst(slopes.size());
  run_network<S>(shape_, weights, input, logits, worst, {.x = moved.x, .q = moved.q});
  const double worst_nats = mean_nats<S>(input.packed, logits);
  run_network<S>(shape_, weights, input, logits, slopes);
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    slopes[i] += share * (worst[i] - slopes[i]);
  }
  const double nats = mean_nats<S>(input.packed, logits);
  return nats + shape_.options.adversarial_share * (worst_nats - nats);
}

void EvidenceModel::hessian_vector(ParamView theta, Batch batch, ParamView v,
                                   std::span<double> out) const {
  const Packed packed(batch);
  std::vector<Dual> weights(theta.size());
  for (std::size_t i = 0; i < theta.size(); ++i) weights[i] = {theta[i], v[i]};
  std::vector<Dual> logits(packed.columns);
  std::vector<Dual> slopes(theta.size());
  run_network<Dual>(shape_, weights, {.packed = packed, .trust = trust_, .noise = std::nullopt},
                    logits, slopes);
  for (std::size_t i = 0; i < out.size(); ++i) out[i] += slopes[i].slope;
}

std::unique_ptr<const OnlineModel> EvidenceModel::online(ParamView theta) const {
  return make_evidence_online(*this, theta);
}

Tensors EvidenceModel::statistics() const {
  Tensors tensors = statistics_.tensors();
  tensors.emplace("scale.mean", Tensor::of<float>(scaling_.mean));
  tensors.emplace("scale.inverse_sd", Tensor::of<float>(scaling_.inverse_sd));
  tensors.emplace("trust", Tensor::of<float>(trust_));
  const std::uint32_t sizes[] = {static_cast<std::uint32_t>(shape_.skills),
                                 static_cast<std::uint32_t>(shape_.items),
                                 static_cast<std::uint32_t>(shape_.features)};
  tensors.emplace("sizes", Tensor::of<std::uint32_t>(sizes));
  return tensors;
}

}  // namespace meno::evidence
