#include "meta/adapt.h"

#include <cstddef>
#include <optional>

#include <fmt/format.h>

#include "meta/bayes/posterior.h"

namespace meno {

Params inner_rates(const ParamLayout& layout, const InnerLoop& inner) {
  Params rates(layout.size(), 0.0);
  for (std::size_t b = 0; b < layout.blocks().size(); ++b) {
    const ParamBlock& block = layout.blocks()[b];
    if (!inner.adapts(block)) continue;
    const std::size_t end = layout.offset(b) + block.size();
    for (std::size_t i = layout.offset(b); i < end; ++i) {
      rates[i] = inner.rates.empty() ? inner.rate * block.rate_scale : inner.rates[i];
    }
  }
  return rates;
}

std::size_t scored_in(Batch batch) {
  std::size_t scored = 0;
  for (const Encoded* window : batch) scored += window->scored();
  return scored;
}

void read_inner_loop(OptionReader& reader, InnerLoop& inner) {
  reader.read("inner_steps", inner.steps);
  reader.read("inner_rate", inner.rate);
  reader.read("inner_pull", inner.pull);
  reader.read("inner_blocks", inner.blocks);
  reader.read("inner_head", inner.head_only);
}

Result<Done> check_inner_loop(const InnerLoop& inner, std::string_view owner) {
  if (inner.steps < 0) {
    return invalid_input(
        fmt::format("{}: inner_steps is {}, expected 0 or more", owner, inner.steps));
  }
  if (!(inner.rate > 0.0)) {
    return invalid_input(fmt::format("{}: inner_rate is {}, expected above 0", owner, inner.rate));
  }
  if (!(inner.pull >= 0.0)) {
    return invalid_input(
        fmt::format("{}: inner_pull is {}, expected 0 or more", owner, inner.pull));
  }
  return Done{};
}

Params adapted(const StudentModel& model, ParamView theta, const InnerLoop& inner, Batch support,
               double* first_loss) {
  Params moved(theta.begin(), theta.end());
  const std::size_t scored = scored_in(support);
  if (scored == 0) return moved;
  if (inner.prior) {
    if (first_loss != nullptr) *first_loss = model.loss(theta, support, {}, std::nullopt);
    return posterior_of(model, theta, inner, support).mean;
  }
  const double pull = inner.pull / static_cast<double>(scored);
  const Params rates = inner_rates(model.layout(), inner);
  Params gradient(theta.size());
  for (int step = 0; step < inner.steps; ++step) {
    gradient.assign(theta.size(), 0.0);
    const double loss = model.loss(moved, support, gradient, std::nullopt);
    if (step == 0 && first_loss != nullptr) *first_loss = loss;
    for (std::size_t i = 0; i < moved.size(); ++i) {
      moved[i] -= rates[i] * (gradient[i] + pull * (moved[i] - theta[i]));
    }
  }
  return moved;
}

}  // namespace meno
