// The area under the ROC curve: the one figure by which training keeps its best epoch. Other
// metrics live in eval.
#pragma once

#include <optional>
#include <span>

namespace meno {

/// P(a right answer was given a higher p_correct than a wrong one), ties counting half: the
/// Mann-Whitney statistic. Both spans are [N]; a soft answer above .5 counts as right. Absent when
/// all answers are alike. O(N log N).
std::optional<double> auc(std::span<const double> p_correct, std::span<const float> correct);

}  // namespace meno
