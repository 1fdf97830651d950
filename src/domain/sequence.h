// Sequence: a view of one student's answers, oldest first, over columns that a Dataset or a History
// owns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <map>
#include <span>
#include <vector>

#include "domain/event.h"

namespace meno {

/// Interned sets of skills: set k is members[begin[k] .. begin[k + 1]).
struct SkillSets {
  std::span<const std::uint32_t> begin;  // [K + 1]
  std::span<const SkillId> members;

  std::size_t size() const { return begin.empty() ? 0 : begin.size() - 1; }
  std::span<const SkillId> operator[](std::uint32_t set) const {
    return members.subspan(begin[set], begin[set + 1] - begin[set]);
  }
};

/// Columns of answers, [N] each; `at_ms`, `response_ms` and `label` may be empty when the source
/// has none.
struct EventColumns {
  std::span<const ItemId> item;
  std::span<const std::uint32_t> skill_set;
  std::span<const float> correct;
  std::span<const std::int64_t> at_ms;  // kNoTime's count where a row has none
  std::span<const std::int32_t> response_ms;
  SkillSets sets;
  std::span<const float> label = {};

  Event event(std::size_t row) const {
    return {.item = item[row],
            .skills = sets[skill_set[row]],
            .correct = correct[row],
            .at = at_ms.empty() ? kNoTime : TimePoint{std::chrono::milliseconds(at_ms[row])},
            .response_ms = response_ms.empty() ? kNoResponseTime : response_ms[row],
            .label = label.empty() ? std::nullopt : std::optional(label[row])};
  }
};

/// A view of [T] answers. Cheap to copy; the owner of the columns must outlive it.
class Sequence {
 public:
  Sequence() = default;
  Sequence(const EventColumns& columns, std::size_t begin, std::size_t size)
      : columns_(&columns), begin_(begin), size_(size) {}

  std::size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }
  Event operator[](std::size_t t) const { return columns_->event(begin_ + t); }
  /// The part [from, from + count).
  Sequence part(std::size_t from, std::size_t count) const {
    return {*columns_, begin_ + from, count};
  }

 private:
  const EventColumns* columns_ = nullptr;
  std::size_t begin_ = 0;
  std::size_t size_ = 0;
};

/// A growable Sequence of one student: tests, the server, simulated students, edited histories.
/// Where one event has a label, those without are scored as they were answered.
class History {
 public:
  History() = default;
  History(const History& other);
  History& operator=(const History& other);
  History(History&&) = delete;  // views point into it
  History& operator=(History&&) = delete;
  ~History() = default;

  void push_back(const Event& event);
  std::size_t size() const { return item_.size(); }
  /// A view of everything so far; invalidated by push_back.
  Sequence view() const;

 private:
  void refresh();

  std::vector<ItemId> item_;
  std::vector<std::uint32_t> skill_set_;
  std::vector<float> correct_;
  std::vector<std::int64_t> at_ms_;
  std::vector<std::int32_t> response_ms_;
  std::vector<float> label_;  // [T]; shown once an event has brought one
  bool labelled_ = false;
  std::vector<std::uint32_t> set_begin_{0};
  std::vector<SkillId> set_members_;
  std::map<std::vector<SkillId>, std::uint32_t> set_ids_;
  EventColumns columns_;
};

/// One view each, valid as long as the histories are and do not grow.
std::vector<Sequence> views_of(const std::deque<History>& histories);

}  // namespace meno
