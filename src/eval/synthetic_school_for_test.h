// Simulated students for this folder's tests: able ones answer more items right, and everyone
// learns a little.
#pragma once

#include <deque>
#include <memory>
#include <string>
#include <vector>

#include "core/rng.h"
#include "domain/course.h"
#include "domain/split.h"

namespace meno {

struct SyntheticSchool {
  Course course;
  std::deque<History> histories;
  std::vector<std::uint8_t> labels;
  SplitSource source;
};

/// `students` on 12 items of 4 skills. With `labels`, students are dealt to them in turn.
inline std::unique_ptr<SyntheticSchool> synthetic_school(std::size_t students, std::uint64_t seed,
                                                         std::vector<std::string> labels = {}) {
  constexpr std::size_t kItems = 12;
  auto school = std::make_unique<SyntheticSchool>();
  school->course.name = "synthetic";
  for (std::size_t s = 0; s < 4; ++s) school->course.skills.intern("skill " + std::to_string(s));
  for (std::size_t i = 0; i < kItems; ++i) {
    school->course.items.intern("item " + std::to_string(i));
    school->course.item_skills.push_back({SkillId(i % 4)});
  }
  Rng rng(seed);
  for (std::size_t s = 0; s < students; ++s) {
    History& history = school->histories.emplace_back();
    const double ability = rng.uniform();
    const std::size_t answers = 5 + rng.below(40);
    for (std::size_t t = 0; t < answers; ++t) {
      const std::size_t item = rng.below(kItems);
      const double p =
          0.15 + 0.5 * ability + 0.02 * static_cast<double>(item) + 0.002 * static_cast<double>(t);
      history.push_back({.item = ItemId(item),
                         .skills = school->course.item_skills[item],
                         .correct = rng.chance(p) ? 1.0F : 0.0F,
                         .at = TimePoint{std::chrono::hours(400'000 + 20 * s + t)},
                         .response_ms = static_cast<std::int32_t>(1000 + rng.below(60'000))});
    }
    if (!labels.empty()) school->labels.push_back(static_cast<std::uint8_t>(s % labels.size()));
  }
  for (const History& history : school->histories)
    school->source.students.push_back(history.view());
  school->source.labels = std::move(labels);
  school->source.label_of = school->labels;
  return school;
}

}  // namespace meno
