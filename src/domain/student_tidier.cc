#include "domain/student_tidier.h"

#include <algorithm>
#include <tuple>

namespace meno {
namespace {

constexpr std::int64_t kNoMoment = kNoTime.time_since_epoch().count();

auto content_of(const SpooledAnswer& row) {
  return std::tie(row.item, row.skill_set, row.correct, row.at_ms, row.order, row.response_ms);
}

/// A row that says when it happened can be told from an honest repeat of the same answer.
bool dated(const SpooledAnswer& row) { return row.order != kNoOrder || row.at_ms != kNoMoment; }

bool one_answer(const SpooledAnswer& a, const SpooledAnswer& b) {
  return a.item == b.item && a.correct == b.correct && a.order == b.order &&
         (a.order != kNoOrder || a.at_ms == b.at_ms);
}

}  // namespace

std::span<const SpooledAnswer> StudentTidier::tidied(
    std::span<const SpooledAnswer* const> arrived) {
  out_.clear();
  sort(arrived);
  std::size_t begin = 0;
  while (begin < placed_.size()) {
    std::size_t end = begin + 1;
    while (end < placed_.size() && placed_[end].moment == placed_[begin].moment &&
           placed_[end].row->order == placed_[begin].row->order) {
      ++end;
    }
    if (tidying_.drop_duplicates && end - begin > 1) drop_duplicates(begin, end);
    emit(begin, end);
    begin = end;
  }
  return out_;
}

void StudentTidier::sort(std::span<const SpooledAnswer* const> arrived) {
  placed_.clear();
  std::int64_t moment = kNoMoment;
  for (const SpooledAnswer* row : arrived) {
    if (row->at_ms != kNoMoment) moment = row->at_ms;
    placed_.push_back({.moment = moment, .row = row});
  }
  const auto earlier = [](const Placed& a, const Placed& b) {
    return std::tie(a.moment, a.row->order) < std::tie(b.moment, b.row->order);
  };
  if (!std::is_sorted(placed_.begin(), placed_.end(), earlier)) {
    std::stable_sort(placed_.begin(), placed_.end(), earlier);
  }
}

/// Marks all but the first of the rows in [begin, end) that agree in everything.
void StudentTidier::drop_duplicates(std::size_t begin, std::size_t end) {
  by_content_.clear();
  for (std::size_t i = begin; i < end; ++i) {
    if (dated(*placed_[i].row)) by_content_.push_back(i);
  }
  std::stable_sort(by_content_.begin(), by_content_.end(), [&](std::size_t a, std::size_t b) {
    return content_of(*placed_[a].row) < content_of(*placed_[b].row);
  });
  for (std::size_t k = 1; k < by_content_.size(); ++k) {
    Placed& later = placed_[by_content_[k]];
    later.repeated = content_of(*placed_[by_content_[k - 1]].row) == content_of(*later.row);
    duplicates_dropped_ += later.repeated ? 1 : 0;
  }
}

/// Appends the rows of one moment, united where they are one answer to several skills.
void StudentTidier::emit(std::size_t begin, std::size_t end) {
  for (std::size_t i = begin; i < end; ++i) {
    const Placed& placed = placed_[i];
    if (placed.repeated) continue;
    const bool joins = tidying_.merge_skills && i > begin && dated(*placed.row) &&
                       one_answer(out_.back(), *placed.row) &&
                       out_.back().skill_set != placed.row->skill_set;
    if (!joins) {
      out_.push_back(*placed.row);
      continue;
    }
    out_.back().skill_set = sets_.united(out_.back().skill_set, placed.row->skill_set);
    ++rows_merged_;
  }
}

}  // namespace meno
