// Suggested prerequisites: edges that students' records speak for, each with its evidence, for a
// person to accept or not.
//
// Of the students who met `before` and later `after`: those who had mastered `before` by then
// against those who had not. If `before` helps, the first do better in their first answers on
// `after` than they do elsewhere, by more than chance:
//   lift = mean residual (mastered) - mean residual (not),  z = lift / its standard error,
//   residual = right - sigmoid(logit(rate of the skill) + ability),
// ability = what the student's earlier answers on other skills say, shrunk. Order alone proves
// little (a school teaches in some order), so an edge needs both: most students meet `before`
// first, and a lift. It is an association in records, not an experiment. Sources: mastery order as
// in Chen, Wright & Zhang 2016 and transfer as in Adjei, Botelho & Heffernan 2016 (LAK); the
// residual that takes general ability out is ours.
#pragma once

#include <span>
#include <vector>

#include "domain/course.h"
#include "domain/sequence.h"
#include "domain/skill_graph.h"

namespace meno {

struct SuggestRules {
  double min_z = 3.0;
  double min_order = 0.6;         // share of those who met both who met `before` first
  std::size_t min_students = 12;  // in each of the two groups
  std::size_t most_per_skill = 3;
  std::size_t look_back = 40;  // skills met last before `after` that are looked at
  int first_answers = 3;       // on `after`
};

struct SuggestedEdge {
  SkillId before;
  SkillId after;
  double order = 0.0;  // share
  double lift = 0.0;   // of P(right)
  double z = 0.0;
  std::size_t mastered = 0;  // students
  std::size_t not_mastered = 0;
};

/// Strongest first; together with `known` they run in no circle. Edges that `known` has already,
/// directly or by way of others, are not suggested.
std::vector<SuggestedEdge> suggest_edges(const Course& course, std::span<const Sequence> students,
                                         const SkillGraph& known, const SuggestRules& rules = {});

/// `known` with the suggested edges added.
SkillGraph with_edges(const Course& course, const SkillGraph& known,
                      std::span<const SuggestedEdge> edges);

}  // namespace meno
