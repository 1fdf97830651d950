#include "models/evidence/evidence_model.h"

#include <utility>

#include "models/evidence/adversary.h"
#include "models/evidence/evidence_tracker.h"

namespace meno::evidence {
EvidenceModel::EvidenceModel(Shape shape, CourseStatistics statistics, Scaling scaling,
                             std::vector<float> trust)
    : NetworkModel(std::move(shape), std::move(trust)),
      statistics_(std::move(statistics)),
      scaling_(std::move(scaling)) {}

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
      add_ids(event, *encoded);
    }
    observe(student, event, forecast_of(scene.rates));
  }
  return encoded;
}

double EvidenceModel::loss(ParamView theta, Batch batch, std::span<double> grad,
                           Noise noise) const {
  if (!noise || shape().options.adversarial == "none")
    return NetworkModel::loss(theta, batch, grad, noise);
  const Packed packed(batch);
  const auto run = [&]<class S>(S /*scalar*/) {
    const Aligned<S> weights = converted<S>(theta);
    Aligned<S> slopes(grad.size());
    const double nats =
        adversarial_loss(weights, {.packed = packed, .trust = trust(), .noise = noise}, slopes);
    for (std::size_t i = 0; i < slopes.size(); ++i) grad[i] += static_cast<double>(slopes[i]);
    return nats;
  };
  return shape().options.precision == "double" ? run(double{}) : run(float{});
}

template <class S>
double EvidenceModel::adversarial_loss(const Aligned<S>& weights, const PassInput& input,
                                       Aligned<S>& slopes) const {
  std::vector<float> reach(shape().features);
  for (std::size_t k = 0; k < reach.size(); ++k) {  // what is constant in the course cannot move
    if (scaling_.inverse_sd[k] > 0.0F)
      reach[k] = static_cast<float>(shape().options.adversarial_radius);
  }
  const Moved<S> moved = worst_inputs<S>(shape(), weights, input, reach);
  const auto share = static_cast<S>(shape().options.adversarial_share);
  Aligned<S> logits(input.packed.columns);
  Aligned<S> worst(slopes.size());
  run_network<S>(shape(), weights, input, logits, worst, {.x = moved.x, .q = moved.q});
  const double worst_nats = mean_nats<S>(input.packed, logits);
  run_network<S>(shape(), weights, input, logits, slopes);
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    slopes[i] += share * (worst[i] - slopes[i]);
  }
  const double nats = mean_nats<S>(input.packed, logits);
  return nats + shape().options.adversarial_share * (worst_nats - nats);
}

std::unique_ptr<const OnlineModel> EvidenceModel::online(ParamView theta) const {
  return make_evidence_online(*this, theta);
}

Tensors EvidenceModel::statistics() const {
  Tensors tensors = statistics_.tensors();
  tensors.emplace("scale.mean", Tensor::of<float>(scaling_.mean));
  tensors.emplace("scale.inverse_sd", Tensor::of<float>(scaling_.inverse_sd));
  tensors.emplace("trust", Tensor::of<float>(trust()));
  const std::uint32_t sizes[] = {static_cast<std::uint32_t>(shape().skills),
                                 static_cast<std::uint32_t>(shape().items),
                                 static_cast<std::uint32_t>(shape().features)};
  tensors.emplace("sizes", Tensor::of<std::uint32_t>(sizes));
  return tensors;
}

}  // namespace meno::evidence
