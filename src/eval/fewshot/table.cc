#include "eval/fewshot/table.h"

#include <algorithm>
#include <utility>

namespace meno {

void FewShotTable::add(std::size_t trained_on, std::size_t answers, const std::string& learner,
                       RoundScores scores) {
  const auto found = std::find_if(cells_.begin(), cells_.end(), [&](const Cell& cell) {
    return cell.trained_on == trained_on && cell.answers == answers && cell.learner == learner;
  });
  if (found != cells_.end()) return found->repeats.push_back(std::move(scores));
  cells_.push_back({trained_on, answers, learner, {}});
  cells_.back().repeats.push_back(std::move(scores));
}

std::vector<const BandScores*> FewShotTable::band(const Cell* cell, std::size_t index) {
  std::vector<const BandScores*> bands;
  if (cell == nullptr) return bands;
  for (const RoundScores& repeat : cell->repeats) bands.push_back(&repeat.bands[index]);
  return bands;
}

const FewShotTable::Cell* FewShotTable::reference_of(const Cell& cell) const {
  const auto found = std::find_if(cells_.begin(), cells_.end(), [&](const Cell& other) {
    return other.learner == "pretrained" && other.answers == cell.answers &&
           other.trained_on == cell.trained_on;
  });
  return found == cells_.end() ? nullptr : &*found;
}

std::vector<FewShotRow> FewShotTable::rows() const {
  std::vector<FewShotRow> all;
  for (const Cell& cell : cells_) {
    const Cell* const beside = reference_of(cell);
    FewShotRow row{.learner = cell.learner,
                   .answers = cell.answers,
                   .trained_on = cell.trained_on,
                   .near = summed_up(band(&cell, 0), band(beside, 0))};
    if (cell.repeats.front().bands.size() > 1)
      row.late = summed_up(band(&cell, 1), band(beside, 1));
    for (const RoundScores& repeat : cell.repeats) {
      row.seconds += repeat.seconds;
      if (!repeat.setting.empty()) row.setting += (row.setting.empty() ? "" : " ") + repeat.setting;
    }
    all.push_back(std::move(row));
  }
  return all;
}

}  // namespace meno
