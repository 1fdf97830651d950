#include "teach/bank/skill_graph.h"

#include <algorithm>

#include <fmt/format.h>

namespace meno {
namespace {

/// Follows unfinished prerequisites from `start` until a skill repeats: the cycle, closed.
std::string cycle_from(std::size_t start, const std::vector<std::vector<std::size_t>>& needs,
                       const std::vector<bool>& done, std::span<const std::string> names) {
  std::vector<std::size_t> path{start};
  while (true) {
    const std::vector<std::size_t>& next = needs[path.back()];
    const std::size_t open =
        *std::find_if(next.begin(), next.end(), [&](std::size_t k) { return !done[k]; });
    const auto again = std::find(path.begin(), path.end(), open);
    if (again == path.end()) {
      path.push_back(open);
      continue;
    }
    std::string text;
    for (auto k = again; k != path.end(); ++k) text += names[*k] + " needs ";
    return text + names[open];
  }
}

}  // namespace

Result<BankGraph> BankGraph::make(std::vector<std::vector<std::size_t>> needs,
                                  std::span<const std::string> names, const std::string& where) {
  BankGraph graph;
  std::vector<bool> done(needs.size(), false);
  const auto ready = [&](std::size_t skill) {
    return !done[skill] && std::all_of(needs[skill].begin(), needs[skill].end(),
                                       [&](std::size_t k) { return done[k]; });
  };
  while (graph.order_.size() < needs.size()) {
    const std::size_t before = graph.order_.size();
    for (std::size_t skill = 0; skill < needs.size(); ++skill) {
      if (!ready(skill)) continue;
      done[skill] = true;
      graph.order_.push_back(skill);
    }
    if (graph.order_.size() > before) continue;
    const auto stuck =
        static_cast<std::size_t>(std::find(done.begin(), done.end(), false) - done.begin());
    return invalid_input(fmt::format("{}: prerequisites run in a circle: {}, expected none", where,
                                     cycle_from(stuck, needs, done, names)));
  }
  graph.needs_ = std::move(needs);
  return graph;
}

std::vector<std::size_t> BankGraph::foundations(std::size_t skill) const {
  std::vector<bool> below(size(), false);
  std::vector<std::size_t> open(needs_[skill].begin(), needs_[skill].end());
  while (!open.empty()) {
    const std::size_t next = open.back();
    open.pop_back();
    if (below[next]) continue;
    below[next] = true;
    open.insert(open.end(), needs_[next].begin(), needs_[next].end());
  }
  std::vector<std::size_t> found;
  std::copy_if(order_.begin(), order_.end(), std::back_inserter(found),
               [&](std::size_t k) { return below[k]; });
  return found;
}

}  // namespace meno
