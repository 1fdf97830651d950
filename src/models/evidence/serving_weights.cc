#include "models/evidence/serving_weights.h"

#include <algorithm>

namespace meno::evidence {
namespace {

template <class S>
Aligned<S> padded_copy(const S* from, std::size_t size) {
  Aligned<S> copy(padded<S>(size), S(0));
  std::copy_n(from, size, copy.begin());
  return copy;
}

/// to += factor * from.
template <class S>
void add(const Aligned<S>& from, S factor, Aligned<S>& to) {
  for (std::size_t k = 0; k < from.size(); ++k) to[k] += factor * from[k];
}

Scaling selected(const Scaling& all, const std::vector<std::size_t>& features) {
  Scaling some;
  for (const std::size_t k : features) {
    some.mean.push_back(all.mean[k]);
    some.inverse_sd.push_back(all.inverse_sd[k]);
  }
  return some;
}

}  // namespace

template <class S>
ServingWeights<S>::ServingWeights(const EvidenceModel& model, ParamView theta) : model_(model) {
  std::vector<S> values(theta.size());
  std::transform(theta.begin(), theta.end(), values.begin(),
                 [](double v) { return static_cast<S>(v); });
  if (shape().options.recurrence) read_recurrence(values.data());
  read_readout(values.data());
  if (shape().vectors()) read_vectors(values.data());
}

template <class S>
void ServingWeights<S>::read_recurrence(const S* theta) {
  in_x = Layer<S>(theta + shape().in_x, d(), shape().features);
  in_answer = padded_copy(theta + shape().in_answer, d());
  in_bias = padded_copy(theta + shape().in_bias, d());
  gru_in = Layer<S>(theta + shape().gru_in, 3 * d(), d());
  gru_bias = padded_copy(theta + shape().gru_bias, 3 * d());
  gru_state = Layer<S>(theta + shape().gru_state, 3 * d(), d());
  gru_state_bias = padded_copy(theta + shape().gru_state_bias, d());
  out1_state = Layer<S>(theta + shape().out1_state, hidden(), d());
}

template <class S>
void ServingWeights<S>::read_readout(const S* theta) {
  for (const Part part : kParts) {
    OfPart& made = parts_[static_cast<std::size_t>(part)];
    const std::vector<std::size_t>& features = features_of(part);
    made.scaling = selected(model_.scaling(), features);
    made.out1 = Layer<S>(theta + shape().out1_x, hidden(), features);
    made.linear.assign(padded<S>(features.size()), S(0));
    for (std::size_t k = 0; k < features.size(); ++k)
      made.linear[k] = theta[shape().linear + features[k]];
  }
  const std::size_t half = hidden() / 2;
  out1_bias = padded_copy(theta + shape().out1_bias, hidden());
  out2 = Layer<S>(theta + shape().out2, half, hidden());
  out2_bias = padded_copy(theta + shape().out2_bias, half);
  out3 = padded_copy(theta + shape().out3, half);
  bias = theta[shape().bias];
}

template <class S>
void ServingWeights<S>::read_vectors(const S* theta) {
  if (shape().options.recurrence) in_vector_ = Layer<S>(theta + shape().in_vector, d(), d());
  out1_vector_ = Layer<S>(theta + shape().out1_vector, hidden(), d());
  if (product()) {
    gate_ = Layer<S>(theta + shape().gate, d(), d());
    gate_bias_ = padded_copy(theta + shape().gate_bias, d());
    out1_product = Layer<S>(theta + shape().out1_product, hidden(), d());
  }
  if (shape().options.item_vectors) {
    const S* const from = theta + shape().item_vector;
    item_vectors_.assign(from, from + shape().items * d());
  }
  if (!shape().options.skill_vectors) return;
  for (std::size_t skill = 0; skill < shape().skills; ++skill) {
    VectorShares<S>& shares = of_skill_.emplace_back();
    shares.in.assign(in_vector_.width(), S(0));
    shares.out1.assign(out1_vector_.width(), S(0));
    shares.gate.assign(gate_.width(), S(0));
    add_vector({theta + shape().skill_vector + skill * d(), d()}, shares);
  }
}

template <class S>
void ServingWeights<S>::add_vector(std::span<const S> q, VectorShares<S>& shares) const {
  Entries<S> entries;
  entries.take(q);
  in_vector_.add(entries, shares.in.data());
  out1_vector_.add(entries, shares.out1.data());
  gate_.add(entries, shares.gate.data());
}

/// Every share is linear in q, and q is the mean of the skills' vectors plus the item's: so are the
/// shares.
template <class S>
void ServingWeights<S>::share_vector(ItemId item, std::span<const SkillId> skills,
                                     VectorShares<S>& shares) const {
  shares.in.assign(in_vector_.width(), S(0));
  shares.out1.assign(out1_vector_.width(), S(0));
  shares.gate = gate_bias_;
  const S share = S(1) / static_cast<S>(std::max<std::size_t>(1, skills.size()));
  for (const SkillId skill : skills) {
    if (skill.value >= of_skill_.size()) continue;
    const VectorShares<S>& own = of_skill_[skill.value];
    add(own.in, share, shares.in);
    add(own.out1, share, shares.out1);
    add(own.gate, share, shares.gate);
  }
  if (item_vectors_.empty() || item.value >= shape().items) return;
  std::vector<S> q(item_vectors_.begin() + static_cast<std::ptrdiff_t>(item.value * d()),
                   item_vectors_.begin() + static_cast<std::ptrdiff_t>((item.value + 1) * d()));
  for (S& value : q) value *= static_cast<S>(model_.trust()[item.value]);
  add_vector(q, shares);
}

template class ServingWeights<float>;
template class ServingWeights<double>;

}  // namespace meno::evidence
