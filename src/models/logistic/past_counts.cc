#include "models/logistic/past_counts.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include <fmt/format.h>

#include "models/bytes.h"

namespace meno {

void PastCounts::observe(const Event& event) {
  const double y = event.correct;
  const auto count = [y](Counts& counts) {
    counts.wins += y;
    counts.fails += 1.0 - y;
  };
  count(total_);
  if (event.item.value < layout_.items) count(items_[event.item.value]);
  for (const SkillId skill : event.skills) {
    if (skill.value < layout_.skills) count(skills_[skill.value]);
  }
}

void PastCounts::features(ItemId item, std::span<const SkillId> skills,
                          std::vector<Feature>& out) const {
  out.push_back({layout_.bias(), 1.0});
  out.push_back({layout_.total_wins(), std::log1p(total_.wins)});
  out.push_back({layout_.total_fails(), std::log1p(total_.fails)});
  if (item.value < layout_.items) {
    const Counts past = counts_in(items_, item.value);
    out.push_back({layout_.item(item), 1.0});
    if (past.wins > 0.0) out.push_back({layout_.item_wins(), std::log1p(past.wins)});
    if (past.fails > 0.0) out.push_back({layout_.item_fails(), std::log1p(past.fails)});
  }
  for (const SkillId skill : skills) {
    if (skill.value >= layout_.skills) continue;
    const Counts past = counts_in(skills_, skill.value);
    out.push_back({layout_.skill(skill), 1.0});
    if (past.wins > 0.0) out.push_back({layout_.skill_wins(skill), std::log1p(past.wins)});
    if (past.fails > 0.0) out.push_back({layout_.skill_fails(skill), std::log1p(past.fails)});
  }
}

PastCounts::Counts PastCounts::counts_in(const Table& table, std::uint32_t key) {
  const Counts* found = table.find(key);
  return found == nullptr ? Counts{} : *found;
}

void PastCounts::save_table(const Table& table, std::string& bytes) {
  std::vector<std::pair<std::uint32_t, Counts>> entries;
  entries.reserve(table.size());
  table.for_each(
      [&](std::uint32_t key, const Counts& counts) { entries.emplace_back(key, counts); });
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.first < b.first; });
  append_bytes(bytes, static_cast<std::uint32_t>(entries.size()));
  for (const auto& [key, counts] : entries) {
    append_bytes(bytes, key);
    append_bytes(bytes, counts.wins);
    append_bytes(bytes, counts.fails);
  }
}

bool PastCounts::restore_table(std::string_view& bytes, Table& table) {
  std::uint32_t size = 0;
  if (!take_bytes(bytes, size)) return false;
  for (std::uint32_t i = 0; i < size; ++i) {
    std::uint32_t key = 0;
    Counts counts;
    if (!take_bytes(bytes, key) || !take_bytes(bytes, counts.wins) ||
        !take_bytes(bytes, counts.fails))
      return false;
    table[key] = counts;
  }
  return true;
}

std::string PastCounts::save() const {
  std::string bytes;
  append_bytes(bytes, total_.wins);
  append_bytes(bytes, total_.fails);
  save_table(skills_, bytes);
  save_table(items_, bytes);
  return bytes;
}

Result<Done> PastCounts::restore(std::string_view bytes) {
  const std::size_t size = bytes.size();
  PastCounts read(layout_);
  if (!take_bytes(bytes, read.total_.wins) || !take_bytes(bytes, read.total_.fails) ||
      !restore_table(bytes, read.skills_) || !restore_table(bytes, read.items_) || !bytes.empty()) {
    return invalid_input(
        fmt::format("a student state of {} bytes, expected one that logistic saved", size));
  }
  *this = std::move(read);
  return Done{};
}

}  // namespace meno
