// AUC: the chance that a right answer was given a higher p_correct than a wrong one, ties counting
// half (Mann-Whitney). Answers are ranked once; a weighting of students is then one pass over the
// ranks.
#include <algorithm>
#include <cstdint>
#include <numeric>

#include "eval/metrics/metric.h"

namespace meno {
namespace {

class PreparedAuc final : public PreparedMetric {
 public:
  explicit PreparedAuc(const Predictions& predictions) {
    std::vector<std::uint32_t> student_of(predictions.size());
    for (std::size_t u = 0; u < predictions.students(); ++u) {
      for (std::size_t i = predictions.begin[u]; i < predictions.begin[u + 1]; ++i) {
        student_of[i] = static_cast<std::uint32_t>(u);
      }
    }
    std::vector<std::size_t> order(predictions.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      return predictions.p_correct[a] < predictions.p_correct[b];
    });
    ranked_.reserve(order.size());
    for (std::size_t k = 0; k < order.size(); ++k) {
      const std::size_t i = order[k];
      const bool ends =
          k + 1 == order.size() || predictions.p_correct[order[k + 1]] != predictions.p_correct[i];
      ranked_.push_back({student_of[i], predictions.correct[i] > kRightAbove, ends});
    }
  }

  std::optional<double> value(std::span<const double> weight) const override {
    double wins = 0.0;
    double right_total = 0.0;
    double wrong_below = 0.0;
    double tied[2] = {0.0, 0.0};  // wrong, right among the equal predictions
    for (const Ranked& answer : ranked_) {
      tied[answer.right ? 1 : 0] += weight[answer.student];
      if (!answer.ends_tie) continue;
      wins += tied[1] * (wrong_below + 0.5 * tied[0]);
      wrong_below += tied[0];
      right_total += tied[1];
      tied[0] = tied[1] = 0.0;
    }
    if (!(right_total > 0.0 && wrong_below > 0.0)) return std::nullopt;
    return wins / (right_total * wrong_below);
  }

 private:
  struct Ranked {
    std::uint32_t student;
    bool right;
    bool ends_tie;  // the next prediction is higher
  };
  std::vector<Ranked> ranked_;  // [N], lowest p_correct first
};

}  // namespace

std::unique_ptr<const PreparedMetric> prepare_auc(const Predictions& predictions) {
  return std::make_unique<PreparedAuc>(predictions);
}

}  // namespace meno
