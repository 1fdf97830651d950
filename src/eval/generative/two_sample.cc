#include "eval/generative/two_sample.h"

#include <cmath>

#include "domain/auc.h"
#include "eval/generative/student_summary.h"
#include "meta/generative/cholesky.h"
#include "models/link.h"

namespace meno {
namespace {

constexpr int kRelabellings = 999;
constexpr int kResamples = 500;
constexpr double kPrecision = 1.0;  // of the classifier's weights
constexpr std::size_t kInputs = 2 * kSummary + 1;

struct Labelled {
  std::vector<std::vector<double>> inputs;
  std::vector<float> label;  // 1: real

  void add(const StudentSummary& summary, bool real) {
    inputs.emplace_back(summary.begin(), summary.end());
    label.push_back(real ? 1.0F : 0.0F);
  }
};

/// Standardises summaries by those of `train`, then adds squares and a constant.
void prepare(Labelled& train, Labelled& judged) {
  std::array<double, kSummary> mean{};
  std::array<double, kSummary> spread{};
  const auto n = static_cast<double>(train.inputs.size());
  for (const auto& row : train.inputs) {
    for (std::size_t i = 0; i < kSummary; ++i) mean[i] += row[i] / n;
  }
  for (const auto& row : train.inputs) {
    for (std::size_t i = 0; i < kSummary; ++i)
      spread[i] += (row[i] - mean[i]) * (row[i] - mean[i]) / n;
  }
  for (Labelled* const part : {&train, &judged}) {
    for (auto& row : part->inputs) {
      for (std::size_t i = 0; i < kSummary; ++i)
        row[i] = std::clamp((row[i] - mean[i]) / std::sqrt(spread[i] + 1e-12), -4.0, 4.0);
      for (std::size_t i = 0; i < kSummary; ++i) row.push_back(row[i] * row[i] - 1.0);
      row.push_back(1.0);
    }
  }
}

double score(const std::vector<double>& weights, const std::vector<double>& row) {
  double z = 0.0;
  for (std::size_t i = 0; i < kInputs; ++i) z += weights[i] * row[i];
  return z;
}

/// Newton steps of the penalised likelihood.
std::vector<double> fitted(const Labelled& train) {
  std::vector<double> weights(kInputs, 0.0);
  for (int step = 0; step < 15; ++step) {
    std::vector<double> slope(kInputs);
    std::vector<double> curve(kInputs * kInputs, 0.0);
    for (std::size_t i = 0; i < kInputs; ++i) {
      slope[i] = -kPrecision * weights[i];
      curve[i * kInputs + i] = kPrecision;
    }
    for (std::size_t n = 0; n < train.inputs.size(); ++n) {
      const std::vector<double>& row = train.inputs[n];
      const double p = sigmoid(score(weights, row));
      for (std::size_t i = 0; i < kInputs; ++i) {
        slope[i] += (train.label[n] - p) * row[i];
        for (std::size_t j = 0; j < kInputs; ++j)
          curve[i * kInputs + j] += p * (1.0 - p) * row[i] * row[j];
      }
    }
    const std::vector<double> move = solved(curve, slope);
    for (std::size_t i = 0; i < kInputs; ++i) weights[i] += std::clamp(move[i], -1.0, 1.0);
  }
  return weights;
}

void deal(const CourseCounts& course, const std::vector<Sequence>& students, bool real, Rng& rng,
          Labelled& train, Labelled& judged) {
  std::vector<Sequence> order;
  for (const Sequence& student : students) {
    if (!student.empty()) order.push_back(student);
  }
  rng.shuffle(std::span(order));
  for (std::size_t s = 0; s < order.size(); ++s)
    (s % 2 == 0 ? train : judged).add(summary_of(course, order[s]), real);
}

}  // namespace

Separation separation_of(std::span<const double> score, std::span<const float> label, Rng rng) {
  Separation result{.auc = auc(score, label).value_or(0.5)};
  std::vector<std::size_t> of_class[2];
  for (std::size_t i = 0; i < label.size(); ++i) of_class[label[i] > 0.5F ? 1 : 0].push_back(i);
  std::vector<double> resampled;
  for (int r = 0; r < kResamples; ++r) {
    std::vector<double> s;
    std::vector<float> l;
    for (const auto& members : of_class) {
      for (std::size_t k = 0; k < members.size(); ++k) {
        const std::size_t i = members[rng.below(members.size())];
        s.push_back(score[i]);
        l.push_back(label[i]);
      }
    }
    resampled.push_back(auc(s, l).value_or(0.5));
  }
  result.interval = {.low = quantile(resampled, 0.025), .high = quantile(resampled, 0.975)};
  std::vector<float> relabelled(label.begin(), label.end());
  int as_high = 1;
  for (int r = 0; r < kRelabellings; ++r) {
    rng.shuffle(std::span(relabelled));
    if (auc(score, relabelled).value_or(0.5) >= result.auc) ++as_high;
  }
  result.p_value = as_high / (kRelabellings + 1.0);
  return result;
}

TwoSample two_sample_test(const CourseCounts& course, const std::vector<Sequence>& real,
                          const std::vector<Sequence>& synthetic, std::uint64_t seed) {
  Rng rng(mix64(seed) ^ 0x7473);
  Labelled train;
  Labelled judged;
  deal(course, real, true, rng, train, judged);
  deal(course, synthetic, false, rng, train, judged);
  prepare(train, judged);
  const std::vector<double> weights = fitted(train);
  std::vector<double> scores;
  for (const auto& row : judged.inputs) scores.push_back(score(weights, row));
  const Separation apart = separation_of(scores, judged.label, rng);
  return {.auc = apart.auc,
          .interval = apart.interval,
          .p_value = apart.p_value,
          .students = scores.size()};
}

}  // namespace meno
