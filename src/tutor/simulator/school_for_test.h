// A small made-up school for tests: six skills in a chain, two items each, students whose ability,
// learning and order are known.
#pragma once

#include <cmath>
#include <deque>

#include "tutor/simulator/learner_family.h"

namespace meno {

struct SchoolForTest {
  Course course;
  SkillGraph graph;
  std::deque<History> histories;

  explicit SchoolForTest(std::size_t students, double gain = 0.5, std::uint64_t seed = 5) {
    std::vector<Prerequisite> edges;
    for (std::size_t s = 0; s < 6; ++s) {
      course.skills.intern("s" + std::to_string(s));
      if (s > 0) edges.push_back({"s" + std::to_string(s - 1), "s" + std::to_string(s)});
    }
    for (std::size_t i = 0; i < 12; ++i) {
      course.items.intern("i" + std::to_string(i));
      course.item_skills.push_back({SkillId(i / 2)});
    }
    graph = *SkillGraph::make(course.skills, edges);
    Rng rng(seed);
    for (std::size_t k = 0; k < students; ++k) answer(histories.emplace_back(), gain, rng);
  }

  PracticeData data() const {
    PracticeData made{.course = course, .graph = graph, .students = {}};
    for (const History& history : histories) made.students.push_back(history.view());
    return made;
  }

 private:
  /// Through the chain, six answers a skill; logit = ability + own + gain log(n + 1).
  void answer(History& history, double gain, Rng& rng) const {
    const double ability = rng.normal();
    for (std::size_t s = 0; s < 6; ++s) {
      const double own = 0.4 * rng.normal() - 0.3;
      for (std::size_t n = 0; n < 6; ++n) {
        const ItemId item(2 * s + rng.below(2));
        const double logit = ability + own + gain * std::log(static_cast<double>(n) + 1.0);
        history.push_back({.item = item,
                           .skills = course.skills_of(item),
                           .correct = rng.chance(1.0 / (1.0 + std::exp(-logit))) ? 1.0F : 0.0F,
                           .response_ms = 20000});
      }
    }
  }
};

}  // namespace meno
