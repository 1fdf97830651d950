#include "models/evidence/course_statistics.h"

#include <algorithm>
#include <array>

#include "core/check.h"

namespace meno::evidence {
namespace {

/// Slots of one answer's keys, found once and used by every pass.
struct RowSlots {
  std::array<std::uint32_t, kCounts> count{};
  std::array<std::uint32_t, kResiduals> residual{};
  std::uint32_t abilities =
      0;  // the four slots of item x ability class follow each other from here
};

}  // namespace

/// Makes a CourseStatistics in passes over the cohort.
class Counter {
 public:
  Counter(const Cohort& cohort, CourseStatistics& made) : cohort_(cohort), made_(made) {}

  void run() {
    intern_all();
    count_answers();
    own_.resize(made_.slots_.size());
    count_residuals(kNoFold, whole_);
    made_.base_ = whole_.base;
    made_.keep_whole(whole_.entries);
    for (int fold = 0; fold < cohort_.folds; ++fold) {
      count_residuals(fold, made_.seen_by_[static_cast<std::size_t>(fold)]);
    }
  }

 private:
  std::uint32_t slot(std::uint64_t key) {
    std::uint32_t& found = made_.slots_[key].slot;
    if (found == 0)
      found = ++slots_used_;  // 0 is "new"; slots count from 1 here and are stored less one
    return found - 1;
  }

  std::uint32_t ability_slots(std::uint64_t item) {
    std::uint32_t& first = abilities_[item];
    if (first != 0) return first - 1;
    first = slots_used_ + 1;
    for (int ability = 0; ability < kAbilityClasses; ++ability)
      slot(item_ability_key(item, ability));
    return first - 1;
  }

  /// Pass 1: finds every key. Keys depend on answers only, but for item x ability class, whose four
  /// slots are reserved.
  void intern_all() {
    const Forecast none;
    for (const Window& window : cohort_.training) {
      StudentState student;
      for (std::size_t t = 0; t < window.events.size(); ++t) {
        const Event event = window.events[t];
        const Situation now = situation_of(student, event.item, event.skills);
        const Keys keys = keys_of(student, now);
        RowSlots row;
        for (std::size_t k = 0; k < kCounts; ++k) row.count[k] = slot(keys.count[k]);
        for (std::size_t k = 0; k < kResiduals; ++k) {
          if (k != kItemAbility) row.residual[k] = slot(keys.residual[k]);
        }
        row.abilities = ability_slots(now.item_key);
        rows_.push_back(row);
        observe(student, event, none);
      }
    }
  }

  struct PerFold {
    std::vector<std::vector<Entry>> in_fold;  // [folds][slots]
    std::vector<Entry> total;                 // [folds]
    Entry all = {};
  };

  /// Pass 2: counts, whole and as each fold sees them.
  void count_answers() {
    const std::size_t slots = slots_used_;
    const auto folds = static_cast<std::size_t>(cohort_.folds);
    whole_.entries.assign(slots, {});
    made_.seen_by_.assign(folds, {});
    PerFold per_fold{.in_fold = {folds, std::vector<Entry>(slots)},
                     .total = std::vector<Entry>(folds)};
    Entry& all = per_fold.all;
    std::size_t r = 0;
    for (const Window& window : cohort_.training) {
      for (std::size_t t = 0; t < window.events.size(); ++t, ++r) {
        const float y = window.events[t].correct;
        add(all, y, 1.0F);
        for (const std::uint32_t s : rows_[r].count) add(whole_.entries[s], y, 1.0F);
        if (window.fold == kNoFold) continue;
        const auto fold = static_cast<std::size_t>(window.fold);
        MENO_CHECK(window.fold < cohort_.folds,
                   "a training window's fold is beyond the cohort's folds");
        add(per_fold.total[fold], y, 1.0F);
        for (const std::uint32_t s : rows_[r].count) add(per_fold.in_fold[fold][s], y, 1.0F);
      }
    }
    whole_.base = rate(all);
    for (int fold = 0; fold < cohort_.folds; ++fold) leave_unseen(fold, per_fold);
  }

  /// The counts that students of `fold` may see: the whole less what they may not.
  void leave_unseen(int fold, const PerFold& per_fold) {
    CourseStatistics::Version& version = made_.seen_by_[static_cast<std::size_t>(fold)];
    version.entries = whole_.entries;
    Entry left = per_fold.all;
    for (int other = 0; other < cohort_.folds; ++other) {
      if (seen(other, fold)) continue;
      const auto o = static_cast<std::size_t>(other);
      add(left, -per_fold.total[o].first, -per_fold.total[o].second);
      const std::vector<Entry>& counted = per_fold.in_fold[o];
      for (std::size_t s = 0; s < counted.size(); ++s)
        add(version.entries[s], -counted[s].first, -counted[s].second);
    }
    version.base = rate(left);
  }

  /// Whether the statistics for students of fold `by` count students of `fold`.
  bool seen(int fold, int by) const {
    if (fold == kNoFold || by == kNoFold) return true;
    return cohort_.fitting == Fitting::Cross ? fold != by : fold < by;
  }

  /// Pass 3, once per version: replays every student seen by `fold`, each against the counts of
  /// the others.
  void count_residuals(int fold, CourseStatistics::Version& version) {
    std::size_t r = 0;
    for (const Window& window : cohort_.training) {
      if (seen(window.fold, fold)) replay(window.events, r, version);
      r += window.events.size();
    }
  }

  void replay(const Sequence& events, std::size_t first_row, CourseStatistics::Version& version) {
    for (std::size_t t = 0; t < events.size(); ++t) {
      for (const std::uint32_t s : rows_[first_row + t].count)
        add(own_[s], events[t].correct, 1.0F);
    }
    StudentState student;
    Lookups found;
    found.base = version.base;
    for (std::size_t t = 0; t < events.size(); ++t) {
      const RowSlots& row = rows_[first_row + t];
      const Event event = events[t];
      const Situation now = situation_of(student, event.item, event.skills);
      for (std::size_t k = 0; k < kCounts; ++k) {
        const std::uint32_t s = row.count[k];
        found.right[k] = version.entries[s].first - own_[s].first;
        found.all[k] = version.entries[s].second - own_[s].second;
      }
      const Forecast forecast = forecast_of(rates_of(student, now, found));
      const float p = forecast.elo_fast;
      for (std::size_t k = 0; k < kResiduals; ++k) {
        const auto ability = static_cast<std::uint32_t>(ability_class(student, now));
        const std::uint32_t s = k == kItemAbility ? row.abilities + ability : row.residual[k];
        add(version.entries[s], event.correct - p, p * (1.0F - p));
      }
      observe(student, event, forecast);
    }
    for (std::size_t t = 0; t < events.size(); ++t) {
      for (const std::uint32_t s : rows_[first_row + t].count) own_[s] = {};
    }
  }

  static void add(Entry& entry, float first, float second) {
    entry.first += first;
    entry.second += second;
  }
  static float rate(const Entry& entry) {
    return entry.second > 0.0F ? entry.first / entry.second : .5F;
  }

  const Cohort& cohort_;
  CourseStatistics& made_;
  CourseStatistics::Version whole_;
  std::uint32_t slots_used_ = 0;
  std::vector<RowSlots> rows_;
  FlatMap<std::uint64_t, std::uint32_t> abilities_;
  std::vector<Entry> own_;  // the replayed student's own counts, by slot
};

CourseStatistics CourseStatistics::count(const Cohort& cohort) {
  CourseStatistics made;
  Counter(cohort, made).run();
  return made;
}

void CourseStatistics::keep_whole(const std::vector<Entry>& entries) {
  slots_.for_each(
      [&](std::uint64_t /*key*/, Known& known) { known.whole = entries[known.slot - 1]; });
}

Entry CourseStatistics::whole(std::uint64_t key) const {
  const Known* const known = slots_.find(key);
  return known == nullptr ? Entry{} : known->whole;
}

void CourseStatistics::look_up(const Keys& keys, int fold, Lookups& found) const {
  if (fold == kNoFold || seen_by_.empty()) {
    look_up_item(keys, found);
    look_up_skill(keys, found);
    return;
  }
  const Version& from = seen_by_[static_cast<std::size_t>(fold)];
  const auto entry = [&](std::uint64_t key) {
    const Known* const known = slots_.find(key);
    return known == nullptr ? Entry{} : from.entries[known->slot - 1];
  };
  found.base = from.base;
  for (std::size_t k = 0; k < kCounts; ++k) found.set_count(k, entry(keys.count[k]));
  for (std::size_t k = 0; k < kResiduals; ++k) found.set_residual(k, entry(keys.residual[k]));
}

void CourseStatistics::look_up_item(const Keys& keys, Lookups& found) const {
  for (const std::size_t k : kItemCounts) found.set_count(k, whole(keys.count[k]));
  for (const std::size_t k : kItemResiduals) found.set_residual(k, whole(keys.residual[k]));
}

void CourseStatistics::look_up_skill(const Keys& keys, Lookups& found) const {
  found.base = base_;
  for (const std::size_t k : kSkillCounts) found.set_count(k, whole(keys.count[k]));
  for (const std::size_t k : kSkillResiduals) found.set_residual(k, whole(keys.residual[k]));
}

void CourseStatistics::prefetch_item(const Keys& keys) const {
  for (const std::size_t k : kItemCounts) slots_.prefetch(keys.count[k]);
  for (const std::size_t k : kItemResiduals) slots_.prefetch(keys.residual[k]);
}

void CourseStatistics::prefetch_skill(const Keys& keys) const {
  for (const std::size_t k : kSkillCounts) slots_.prefetch(keys.count[k]);
  for (const std::size_t k : kSkillResiduals) slots_.prefetch(keys.residual[k]);
}

Scene scene_of(const CourseStatistics& statistics, const StudentState& student,
               const Target& target, int fold) {
  Scene scene;
  scene.situation = situation_of(student, target.item, target.skills);
  scene.at = target.at;
  statistics.look_up(keys_of(student, scene.situation), fold, scene.lookups);
  scene.rates = rates_of(student, scene.situation, scene.lookups);
  return scene;
}

Tensors CourseStatistics::tensors() const {
  std::vector<std::pair<std::uint64_t, Entry>> order;
  slots_.for_each(
      [&](std::uint64_t key, const Known& known) { order.emplace_back(key, known.whole); });
  std::sort(order.begin(), order.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::uint64_t> keys;
  std::vector<float> values;
  for (const auto& [key, entry] : order) {
    if (entry.second == 0.0F) continue;
    keys.push_back(key);
    values.push_back(entry.first);
    values.push_back(entry.second);
  }
  Tensors tensors;
  tensors.emplace("table.keys", Tensor::of<std::uint64_t>(keys));
  tensors.emplace("table.values", Tensor::of<float>(values, {keys.size(), 2}));
  const float base[] = {base_};
  tensors.emplace("base", Tensor::of<float>(base));
  return tensors;
}

Result<CourseStatistics> CourseStatistics::from_tensors(const Tensors& tensors) {
  MENO_TRY(const auto keys,
           tensor_values<std::uint64_t>(tensors, "table.keys", "evidence statistics"));
  MENO_TRY(const auto values, tensor_values<float>(tensors, "table.values", "evidence statistics"));
  MENO_TRY(const auto base, tensor_values<float>(tensors, "base", "evidence statistics"));
  if (values.size() != 2 * keys.size() || base.size() != 1) {
    return invalid_input(
        "evidence statistics: keys and values differ in length, expected two values a key");
  }
  CourseStatistics made;
  made.base_ = base[0];
  for (std::size_t k = 0; k < keys.size(); ++k) {
    made.slots_[keys[k]] = {.slot = static_cast<std::uint32_t>(k + 1),
                            .whole = {values[2 * k], values[2 * k + 1]}};
  }
  return made;
}

}  // namespace meno::evidence
