// Simulated answers to items with known curves: for tests of calibration, and no person's.
#pragma once

#include <string>
#include <vector>

#include "core/rng.h"
#include "domain/course.h"
#include "tutor/irt/answer_sheet.h"
#include "tutor/irt/item_curve.h"

namespace meno {

struct SimulatedBank {
  Course course;
  std::vector<ItemCurve> curves;    // [items]
  std::vector<double> ability;      // [students]
  std::vector<AnswerSheet> sheets;  // [students]
};

/// Items take turns over `skills` skills; every student answers each item with `p_asked`.
inline SimulatedBank simulated_bank(std::size_t items, std::size_t students, std::size_t skills,
                                    double p_asked, std::uint64_t seed) {
  Rng rng(seed);
  SimulatedBank bank;
  bank.course.name = "simulated";
  for (std::size_t k = 0; k < skills; ++k) bank.course.skills.intern("k" + std::to_string(k));
  for (std::size_t i = 0; i < items; ++i) {
    bank.course.items.intern("i" + std::to_string(i));
    bank.course.item_skills.push_back({SkillId(i % skills)});
    bank.curves.push_back({.easiness = rng.normal(), .slope = std::exp(0.3 * rng.normal())});
  }
  for (std::size_t u = 0; u < students; ++u) {
    bank.ability.push_back(rng.normal());
    AnswerSheet& sheet = bank.sheets.emplace_back();
    for (std::size_t i = 0; i < items; ++i)
      if (rng.chance(p_asked))
        sheet.push_back({ItemId(i), rng.chance(bank.curves[i].p_correct(bank.ability[u]))});
  }
  return bank;
}

}  // namespace meno
