#include "eval/reference/lane_network.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "eval/reference/lane_kernels.h"

namespace meno {
namespace {

using lanes::Eight;
using lanes::Into;
using lanes::load;
using lanes::store;
constexpr std::size_t kLanes = LaneNetwork::kLanes;

/// out [outputs, samples, 8] = bias.
void spread(const float* bias, std::size_t outputs, std::size_t samples, float* out) {
  for (std::size_t o = 0; o < outputs; ++o) {
    const Eight b = load(bias + o * kLanes);
    for (std::size_t s = 0; s < samples; ++s) store(out + (o * samples + s) * kLanes, b);
  }
}

/// bias_gradient [outputs, 8] = or += sums of slope over samples.
template <Into I>
void sums(const float* slope, std::size_t outputs, std::size_t samples, float* bias_gradient) {
  for (std::size_t o = 0; o < outputs; ++o) {
    Eight sum = I == Into::Sum ? load(bias_gradient + o * kLanes) : Eight{};
    for (std::size_t s = 0; s < samples; ++s) sum += load(slope + (o * samples + s) * kLanes);
    store(bias_gradient + o * kLanes, sum);
  }
}

/// values = 0 wherever the relu's output is.
void mask(const std::vector<float>& active, std::vector<float>& values) {
  for (std::size_t i = 0; i < values.size(); ++i) {
    values[i] = active[i] > 0.0F ? values[i] : 0.0F;
  }
}

/// Softmax of z [classes, samples, 8], over the classes, into p.
void softmax(const std::vector<float>& z, std::size_t classes, std::vector<float>& p) {
  const std::size_t stride = z.size() / classes;
  p.resize(z.size());
  for (std::size_t k = 0; k < stride; ++k) {
    float highest = z[k];
    for (std::size_t c = 1; c < classes; ++c) highest = std::max(highest, z[c * stride + k]);
    float sum = 0.0F;
    for (std::size_t c = 0; c < classes; ++c) {
      p[c * stride + k] = std::exp(z[c * stride + k] - highest);
      sum += p[c * stride + k];
    }
    for (std::size_t c = 0; c < classes; ++c) p[c * stride + k] /= sum;
  }
}

/// d loss / d z and the loss of each lane, for (z - y)^2.
void squared_error(const std::vector<float>& z, const LaneSamples& data, std::vector<float>& slope,
                   std::span<double> losses) {
  const double per_sample = 1.0 / static_cast<double>(data.samples);
  slope.resize(z.size());
  for (std::size_t k = 0; k < z.size(); ++k) {
    const float error = z[k] - data.y[k];
    slope[k] = static_cast<float>(2.0 * per_sample) * error;
    losses[k % kLanes] += per_sample * static_cast<double>(error) * static_cast<double>(error);
  }
}

/// The same for -log softmax(z)[y].
void cross_entropy(const std::vector<float>& z, const LaneSamples& data, std::size_t classes,
                   std::vector<float>& slope, std::span<double> losses) {
  const double per_sample = 1.0 / static_cast<double>(data.samples);
  softmax(z, classes, slope);
  const std::size_t stride = data.samples * kLanes;
  for (std::size_t k = 0; k < stride; ++k) {
    float& of_class = slope[static_cast<std::size_t>(data.y[k]) * stride + k];
    losses[k % kLanes] -= per_sample * std::log(std::max(static_cast<double>(of_class), 1e-30));
    of_class -= 1.0F;
  }
  for (float& value : slope) value *= static_cast<float>(per_sample);
}

/// dot_slope = (d^2 loss / d z^2) dot_z, per sample.
void curve(OutputLoss kind, const std::vector<float>& z, std::size_t samples,
           const std::vector<float>& dot_z, std::vector<float>& dot_slope) {
  const auto per_sample = 1.0F / static_cast<float>(samples);
  dot_slope.resize(z.size());
  if (kind == OutputLoss::SquaredError) {
    for (std::size_t k = 0; k < z.size(); ++k) dot_slope[k] = 2.0F * per_sample * dot_z[k];
    return;
  }
  const std::size_t stride = samples * kLanes;
  const std::size_t classes = z.size() / stride;
  std::vector<float> p;
  softmax(z, classes, p);
  for (std::size_t k = 0; k < stride; ++k) {
    float mean = 0.0F;
    for (std::size_t c = 0; c < classes; ++c) mean += p[c * stride + k] * dot_z[c * stride + k];
    for (std::size_t c = 0; c < classes; ++c) {
      const std::size_t i = c * stride + k;
      dot_slope[i] = per_sample * p[i] * (dot_z[i] - mean);
    }
  }
}

}  // namespace

LaneNetwork::LaneNetwork(std::vector<std::size_t> sizes, OutputLoss kind)
    : sizes_(std::move(sizes)), kind_(kind) {
  for (std::size_t k = 0; k < layers(); ++k) {
    const std::size_t in = sizes_[k];
    layout_.add({.name = fmt::format("layer{}.weight", k),
                 .shape = {sizes_[k + 1], in},
                 .start = ParamBlock::Start::Uniform,
                 .scale = std::sqrt(1.0 / static_cast<double>(in))});
    layout_.add({.name = fmt::format("layer{}.bias", k), .shape = {sizes_[k + 1]}});
  }
}

void LaneNetwork::output(std::span<const float> theta, const LaneSamples& data,
                         Trace& trace) const {
  trace.active.resize(layers());
  trace.active[0] = data.x;
  for (std::size_t k = 0; k < layers(); ++k) {
    const std::size_t in = sizes_[k];
    const std::size_t out = sizes_[k + 1];
    const bool last = k + 1 == layers();
    std::vector<float>& z = last ? trace.output : trace.active[k + 1];
    z.resize(out * data.samples * kLanes);
    spread(&theta[bias_at(k)], out, data.samples, z.data());
    lanes::add_product(lanes::forward(&theta[weight_at(k)], out, in), trace.active[k].data(),
                       z.data(), data.samples);
    if (last) continue;
    for (float& value : z) value = std::max(value, 0.0F);
  }
}

void LaneNetwork::loss(std::span<const float> theta, const LaneSamples& data,
                       std::span<float> gradient, Trace& trace, std::span<double> losses) const {
  output(theta, data, trace);
  trace.slope.resize(layers());
  std::fill(losses.begin(), losses.end(), 0.0);
  if (kind_ == OutputLoss::SquaredError) {
    squared_error(trace.output, data, trace.slope.back(), losses);
  } else {
    cross_entropy(trace.output, data, sizes_.back(), trace.slope.back(), losses);
  }
  if (gradient.empty()) return;
  for (std::size_t k = layers(); k-- > 0;) {
    const std::size_t in = sizes_[k];
    const std::size_t out = sizes_[k + 1];
    const float* slope = trace.slope[k].data();
    lanes::outer<Into::Place>(slope, out, trace.active[k].data(), in, &gradient[weight_at(k)],
                              data.samples);
    sums<Into::Place>(slope, out, data.samples, &gradient[bias_at(k)]);
    if (k == 0) break;
    trace.slope[k - 1].assign(in * data.samples * kLanes, 0.0F);
    lanes::add_product(lanes::transposed(&theta[weight_at(k)], out, in), slope,
                       trace.slope[k - 1].data(), data.samples);
    mask(trace.active[k], trace.slope[k - 1]);
  }
}

void LaneNetwork::hessian_vector(std::span<const float> theta, const LaneSamples& data,
                                 const Trace& trace, std::span<const float> v,
                                 std::span<float> out_v) const {
  // Tangents of the forward pass, then of the backward pass: Pearlmutter 1994.
  thread_local std::vector<std::vector<float>> dot_active;
  dot_active.resize(layers() + 1);
  for (std::size_t k = 0; k < layers(); ++k) {
    const std::size_t in = sizes_[k];
    const std::size_t out = sizes_[k + 1];
    std::vector<float>& dot_z = dot_active[k + 1];
    dot_z.resize(out * data.samples * kLanes);
    spread(&v[bias_at(k)], out, data.samples, dot_z.data());
    lanes::add_product(lanes::forward(&v[weight_at(k)], out, in), trace.active[k].data(),
                       dot_z.data(), data.samples);
    if (k > 0) {
      lanes::add_product(lanes::forward(&theta[weight_at(k)], out, in), dot_active[k].data(),
                         dot_z.data(), data.samples);
    }
    if (k + 1 < layers()) mask(trace.active[k + 1], dot_z);
  }
  thread_local std::vector<float> dot_slope;
  thread_local std::vector<float> below;
  curve(kind_, trace.output, data.samples, dot_active.back(), dot_slope);
  for (std::size_t k = layers(); k-- > 0;) {
    const std::size_t in = sizes_[k];
    const std::size_t out = sizes_[k + 1];
    if (k > 0) {
      lanes::add_two_outers({dot_slope.data(), trace.active[k].data()},
                            {trace.slope[k].data(), dot_active[k].data()}, out, in,
                            &out_v[weight_at(k)], data.samples);
    } else {
      lanes::outer<Into::Sum>(dot_slope.data(), out, trace.active[0].data(), in,
                              &out_v[weight_at(0)], data.samples);
    }
    sums<Into::Sum>(dot_slope.data(), out, data.samples, &out_v[bias_at(k)]);
    if (k == 0) break;
    below.assign(in * data.samples * kLanes, 0.0F);
    lanes::add_product(lanes::transposed(&theta[weight_at(k)], out, in), dot_slope.data(),
                       below.data(), data.samples);
    lanes::add_product(lanes::transposed(&v[weight_at(k)], out, in), trace.slope[k].data(),
                       below.data(), data.samples);
    mask(trace.active[k], below);
    std::swap(dot_slope, below);
  }
}

}  // namespace meno
