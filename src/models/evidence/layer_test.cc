// Layers against plain loops, at widths that fill registers and widths that do not.
#include "models/evidence/layer.h"

#include <gtest/gtest.h>

#include "core/rng.h"

namespace meno::evidence {
namespace {

template <class S>
std::vector<S> random_values(std::size_t size, Rng& rng) {
  std::vector<S> values(size);
  for (S& value : values) value = static_cast<S>(rng.normal());
  return values;
}

template <class S>
void expect_sums_of_rows(std::size_t inputs, std::size_t outputs) {
  Rng rng(inputs + outputs);
  const std::vector<S> weights = random_values<S>(inputs * outputs, rng);
  const std::vector<S> x = random_values<S>(inputs, rng);
  const Layer<S> layer(weights.data(), outputs, inputs);
  ASSERT_GE(layer.width(), outputs);
  Entries<S> all;
  Entries<S> positive;
  all.take(x);
  positive.take_positive(x);
  Aligned<S> sum(layer.width(), S(1));
  Aligned<S> rectified(layer.width(), S(0));
  layer.add(all, sum.data());
  layer.add(positive, rectified.data());
  for (std::size_t out = 0; out < outputs; ++out) {
    double expected = 1.0;
    double expected_rectified = 0.0;
    for (std::size_t in = 0; in < inputs; ++in) {
      const double product = static_cast<double>(x[in] * weights[in * outputs + out]);
      expected += product;
      if (x[in] > S(0)) expected_rectified += product;
    }
    EXPECT_NEAR(static_cast<double>(sum[out]), expected, 1e-4) << outputs << ", out " << out;
    EXPECT_NEAR(static_cast<double>(rectified[out]), expected_rectified, 1e-4) << "out " << out;
  }
  for (std::size_t out = outputs; out < layer.width(); ++out) EXPECT_EQ(rectified[out], S(0));
}

TEST(Layer, AddsTheRowsOfItsInputs) {
  for (const std::size_t outputs : {1U, 4U, 7U, 8U, 9U, 63U, 64U, 72U, 128U, 200U}) {
    expect_sums_of_rows<float>(13, outputs);
    expect_sums_of_rows<double>(13, outputs);
  }
  expect_sums_of_rows<float>(0, 8);
}

/// As many vectors as go into one tile, and more.
template <class S>
void expect_the_same_side_by_side(std::size_t inputs, std::size_t outputs) {
  Rng rng(inputs * outputs);
  const Layer<S> layer(random_values<S>(inputs * outputs, rng).data(), outputs, inputs);
  for (std::size_t count = 0; count <= 11; ++count) {
    std::vector<std::vector<S>> x;
    std::vector<Aligned<S>> sums;
    std::vector<const S*> from;
    std::vector<S*> to;
    for (std::size_t v = 0; v < count; ++v) {
      x.push_back(random_values<S>(inputs, rng));
      sums.emplace_back(layer.width(), static_cast<S>(v));
    }
    for (std::size_t v = 0; v < count; ++v) {
      from.push_back(x[v].data());
      to.push_back(sums[v].data());
    }
    layer.add(from, inputs, to);
    for (std::size_t v = 0; v < count; ++v) {
      Entries<S> entries;
      entries.take(x[v]);
      Aligned<S> alone(layer.width(), static_cast<S>(v));
      layer.add(entries, alone.data());
      EXPECT_EQ(sums[v], alone) << outputs << " outputs, vector " << v << " of " << count;
    }
  }
}

TEST(Layer, AddsSeveralVectorsEachAsIfItWereAlone) {
  for (const std::size_t outputs : {1U, 8U, 9U, 17U, 64U, 72U, 128U}) {
    expect_the_same_side_by_side<float>(13, outputs);
    expect_the_same_side_by_side<double>(13, outputs);
  }
}

TEST(Layer, KeepsTheInputsThatItIsGiven) {
  const float weights[] = {1, 2, 3, 4, 5, 6};  // [3, 2]
  const std::size_t inputs[] = {2, 0};
  const Layer<float> layer(weights, 2, inputs);
  EXPECT_EQ(layer.row(0)[0], 5.0F);
  EXPECT_EQ(layer.row(0)[1], 6.0F);
  EXPECT_EQ(layer.row(1)[0], 1.0F);
}

TEST(Layer, DotIsTheSumOfProducts) {
  Rng rng(4);
  for (const std::size_t size : {8U, 16U, 24U, 64U}) {
    const std::vector<float> a = random_values<float>(size, rng);
    const std::vector<float> b = random_values<float>(size, rng);
    double expected = 0.0;
    for (std::size_t k = 0; k < size; ++k) expected += static_cast<double>(a[k] * b[k]);
    EXPECT_NEAR(static_cast<double>(dot<float>(a, b)), expected, 1e-5) << size;
  }
}

}  // namespace
}  // namespace meno::evidence
