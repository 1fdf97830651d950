#include "domain/skill_graph.h"

#include <algorithm>
#include <functional>
#include <queue>

#include <fmt/format.h>

namespace meno {

SkillGraph::SkillGraph(std::size_t skills)
    : before_(adjacency(skills, {})), after_(adjacency(skills, {})), depth_(skills, 0) {
  sort_topologically();
}

Result<SkillGraph> SkillGraph::make(const Vocabulary<SkillId>& skills,
                                    std::span<const Prerequisite> edges) {
  Pairs after_before;
  Pairs before_after;
  for (const Prerequisite& edge : edges) {
    const auto before = skills.find(edge.before);
    const auto after = skills.find(edge.after);
    if (!before || !after) {
      return invalid_input(
          fmt::format("prerequisite \"{}\" -> \"{}\" names skill \"{}\", expected one of the "
                      "course's {} skills",
                      edge.before, edge.after, before ? edge.after : edge.before, skills.size()));
    }
    if (*before == *after) {
      return invalid_input(
          fmt::format("prerequisite \"{}\" -> \"{}\" puts a skill before itself, "
                      "expected two different skills",
                      edge.before, edge.after));
    }
    after_before.emplace_back(*after, *before);
    before_after.emplace_back(*before, *after);
  }
  for (Pairs* pairs : {&after_before, &before_after}) {
    std::sort(pairs->begin(), pairs->end());
    pairs->erase(std::unique(pairs->begin(), pairs->end()), pairs->end());
  }
  SkillGraph graph;
  graph.depth_.assign(skills.size(), 0);
  graph.before_ = adjacency(skills.size(), after_before);
  graph.after_ = adjacency(skills.size(), before_after);
  graph.sort_topologically();
  if (graph.order_.size() < skills.size()) {
    return invalid_input(
        fmt::format("prerequisites run in a circle: {}, expected none to", graph.a_cycle(skills)));
  }
  return graph;
}

std::vector<SkillId> SkillGraph::ancestors(SkillId skill) const {
  std::vector<bool> found(skills(), false);
  std::vector<SkillId> open{skill};
  std::size_t count = 0;
  while (!open.empty()) {
    const SkillId here = open.back();
    open.pop_back();
    for (const SkillId before : prerequisites(here)) {
      if (found[before.value]) continue;
      found[before.value] = true;
      ++count;
      open.push_back(before);
    }
  }
  std::vector<SkillId> result;
  result.reserve(count);
  std::copy_if(order_.begin(), order_.end(), std::back_inserter(result),
               [&found](SkillId id) { return found[id.value]; });
  return result;
}

SkillGraph::Adjacency SkillGraph::adjacency(std::size_t skills, const Pairs& ascending) {
  Adjacency result;
  result.begin.assign(skills + 1, 0);
  result.members.reserve(ascending.size());
  for (const auto& [from, to] : ascending) {
    ++result.begin[from.value + 1];
    result.members.push_back(to);
  }
  for (std::size_t s = 0; s < skills; ++s) result.begin[s + 1] += result.begin[s];
  return result;
}

// Kahn's algorithm with a heap, so that the order does not depend on the order of the edges.
void SkillGraph::sort_topologically() {
  std::vector<std::size_t> waiting(skills());
  std::priority_queue<SkillId, std::vector<SkillId>, std::greater<>> free;
  for (std::size_t s = 0; s < skills(); ++s) {
    waiting[s] = prerequisites(SkillId(s)).size();
    if (waiting[s] == 0) free.push(SkillId(s));
  }
  order_.reserve(skills());
  while (!free.empty()) {
    const SkillId next = free.top();
    free.pop();
    order_.push_back(next);
    for (const SkillId after : dependents(next)) {
      depth_[after.value] = std::max(depth_[after.value], depth_[next.value] + 1);
      if (--waiting[after.value] == 0) free.push(after);
    }
  }
}

// Every skill left unsorted has an unsorted prerequisite, so walking back from one must come round.
std::string SkillGraph::a_cycle(const Vocabulary<SkillId>& names) const {
  std::vector<bool> sorted(skills(), false);
  for (const SkillId skill : order_) sorted[skill.value] = true;
  SkillId here(
      static_cast<std::size_t>(std::find(sorted.begin(), sorted.end(), false) - sorted.begin()));
  std::vector<SkillId> path;
  while (std::find(path.begin(), path.end(), here) == path.end()) {
    path.push_back(here);
    const auto before = prerequisites(here);
    here = *std::find_if(before.begin(), before.end(),
                         [&sorted](SkillId id) { return !sorted[id.value]; });
  }
  path.erase(path.begin(), std::find(path.begin(), path.end(), here));
  std::string text = names.name(here);
  for (auto step = path.rbegin(); step != path.rend(); ++step) {
    text += fmt::format(" -> {}", names.name(*step));
  }
  return text;
}

}  // namespace meno
