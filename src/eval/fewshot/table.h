// Table: the scores of every repeat, gathered into rows.
#pragma once

#include <string>
#include <vector>

#include "eval/fewshot/few_shot.h"
#include "eval/fewshot/scoring.h"

namespace meno {

/// Rows under way, in order of coming.
class FewShotTable {
 public:
  /// A repeat of (trained on, k, contestant).
  void add(std::size_t trained_on, std::size_t answers, const std::string& learner,
           RoundScores scores);
  /// The mean of each row's repeats, with gains over the row of `pretrained` beside it.
  std::vector<FewShotRow> rows() const;

 private:
  struct Cell {
    std::size_t trained_on = 0;
    std::size_t answers = 0;
    std::string learner;
    std::vector<RoundScores> repeats = {};
  };
  static std::vector<const BandScores*> band(const Cell* cell, std::size_t index);
  const Cell* reference_of(const Cell& cell) const;

  std::vector<Cell> cells_;
};

}  // namespace meno
