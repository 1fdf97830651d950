#include "import/graph/course_graph.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <set>
#include <unordered_map>
#include <unordered_set>

#include <fmt/format.h>

#include "import/graph/formats.h"

namespace meno {
namespace {

constexpr std::size_t kNone = std::numeric_limits<std::size_t>::max();

using Places = std::unordered_map<std::string_view, std::size_t>;

Places places_of(const CourseGraph& graph) {
  Places places;
  for (const GraphSkill& skill : graph.skills) places.emplace(skill.id, places.size());
  return places;
}

std::string edge_text(const Prerequisite& edge) {
  return fmt::format("{} -> {}", edge.before, edge.after);
}

/// Edges between different, known skills as lists of the edges' numbers by where they begin.
std::vector<std::vector<std::size_t>> outgoing(const CourseGraph& graph, const Places& places) {
  std::vector<std::vector<std::size_t>> out(places.size());
  for (std::size_t e = 0; e < graph.edges.size(); ++e) {
    const Prerequisite& edge = graph.edges[e];
    const auto from = places.find(edge.before);
    if (from == places.end() || !places.contains(edge.after) || edge.before == edge.after) continue;
    out[from->second].push_back(e);
  }
  return out;
}

/// Skills that are on some circle or between two: what is left when those without a way in, then
/// those without a way out, are taken away again and again.
std::vector<bool> circling(const CourseGraph& graph, const Places& places,
                           const std::vector<std::vector<std::size_t>>& out) {
  std::vector<bool> left(places.size(), true);
  std::vector<std::size_t> in(places.size(), 0);
  for (const auto& edges : out)
    for (const std::size_t e : edges) ++in[places.at(graph.edges[e].after)];
  std::deque<std::size_t> free;
  for (std::size_t s = 0; s < in.size(); ++s)
    if (in[s] == 0) free.push_back(s);
  while (!free.empty()) {
    const std::size_t here = free.front();
    free.pop_front();
    left[here] = false;
    for (const std::size_t e : out[here]) {
      const std::size_t after = places.at(graph.edges[e].after);
      if (--in[after] == 0) free.push_back(after);
    }
  }
  return left;
}

/// The edges of a shortest circle through `start`; empty when there is none. Breadth first.
std::vector<std::size_t> circle_through(const CourseGraph& graph, const Places& places,
                                        const std::vector<std::vector<std::size_t>>& out,
                                        std::size_t start) {
  std::vector<std::size_t> by(places.size(), kNone);
  std::deque<std::size_t> open{start};
  while (!open.empty()) {
    const std::size_t here = open.front();
    open.pop_front();
    for (const std::size_t e : out[here]) {
      const std::size_t after = places.at(graph.edges[e].after);
      if (by[after] != kNone) continue;
      by[after] = e;
      if (after != start) {
        open.push_back(after);
        continue;
      }
      std::vector<std::size_t> circle;
      std::size_t at = start;
      do {
        circle.push_back(by[at]);
        at = places.at(graph.edges[by[at]].before);
      } while (at != start);
      std::reverse(circle.begin(), circle.end());
      return circle;
    }
  }
  return {};
}

std::string circle_text(const CourseGraph& graph, const std::vector<std::size_t>& circle) {
  std::string text = graph.edges[circle.front()].before;
  for (const std::size_t e : circle) text += " -> " + graph.edges[e].after;
  return text;
}

/// Circles that share no skill, each a list of edges.
std::vector<std::vector<std::size_t>> circles_of(const CourseGraph& graph) {
  const Places places = places_of(graph);
  const auto out = outgoing(graph, places);
  const std::vector<bool> left = circling(graph, places, out);
  std::vector<bool> told(places.size(), false);
  std::vector<std::vector<std::size_t>> circles;
  for (std::size_t s = 0; s < left.size(); ++s) {
    if (!left[s] || told[s]) continue;
    std::vector<std::size_t> circle = circle_through(graph, places, out, s);
    bool fresh = !circle.empty();
    for (const std::size_t e : circle) fresh = fresh && !told[places.at(graph.edges[e].before)];
    if (!fresh) continue;
    for (const std::size_t e : circle) told[places.at(graph.edges[e].before)] = true;
    circles.push_back(std::move(circle));
  }
  return circles;
}

void find_garbled(const CourseGraph& graph, std::vector<GraphFault>& faults) {
  const auto check = [&](std::string_view id, std::string_view title) {
    if (is_garbled(id)) faults.push_back({GraphFaultKind::Garbled, std::string(id)});
    if (is_garbled(title))
      faults.push_back({GraphFaultKind::Garbled, fmt::format("{}: title \"{}\"", id, title)});
  };
  for (const GraphSkill& skill : graph.skills) check(skill.id, skill.title);
  for (const GraphMaterial& material : graph.materials) check(material.id, material.title);
}

void find_dangling(const CourseGraph& graph, const Places& places,
                   std::vector<GraphFault>& faults) {
  for (const Prerequisite& edge : graph.edges) {
    if (edge.before == edge.after) {
      faults.push_back({GraphFaultKind::SelfLoop, edge_text(edge)});
    } else if (!places.contains(edge.before) || !places.contains(edge.after)) {
      faults.push_back({GraphFaultKind::Dangling,
                        fmt::format("{}: no skill \"{}\"", edge_text(edge),
                                    places.contains(edge.before) ? edge.after : edge.before)});
    }
  }
  for (const GraphMaterial& material : graph.materials) {
    for (const std::string& skill : material.skills) {
      if (!places.contains(skill))
        faults.push_back(
            {GraphFaultKind::Dangling,
             fmt::format("{} {}: no skill \"{}\"", material.kind, material.id, skill)});
    }
  }
  for (const std::string& goal : graph.goals) {
    if (!places.contains(goal))
      faults.push_back({GraphFaultKind::Dangling, fmt::format("goal: no skill \"{}\"", goal)});
  }
}

void drop_repeated_skills(CourseGraph& graph, std::vector<std::string>& done) {
  std::unordered_set<std::string> seen;
  std::erase_if(graph.skills, [&](const GraphSkill& skill) {
    if (seen.insert(skill.id).second) return false;
    done.push_back(fmt::format("dropped the second listing of skill {}", skill.id));
    return true;
  });
}

void drop_dangling(CourseGraph& graph, std::vector<std::string>& done) {
  std::set<std::string, std::less<>> known;
  for (const GraphSkill& skill : graph.skills) known.insert(skill.id);
  std::erase_if(graph.edges, [&](const Prerequisite& edge) {
    const bool wrong =
        edge.before == edge.after || !known.contains(edge.before) || !known.contains(edge.after);
    if (wrong) done.push_back("dropped edge " + edge_text(edge));
    return wrong;
  });
  for (GraphMaterial& material : graph.materials) {
    std::erase_if(material.skills, [&](const std::string& skill) {
      if (known.contains(skill)) return false;
      done.push_back(fmt::format("dropped skill {} of {} {}", skill, material.kind, material.id));
      return true;
    });
  }
  std::erase_if(graph.goals, [&](const std::string& goal) {
    if (known.contains(goal)) return false;
    done.push_back("dropped goal " + goal);
    return true;
  });
}

void drop_garbled(CourseGraph& graph, std::vector<std::string>& done) {
  const auto clear = [&](const std::string& id, std::string& title) {
    if (!is_garbled(title)) return;
    done.push_back(fmt::format("dropped the title \"{}\" of {}", title, id));
    title.clear();
  };
  for (GraphSkill& skill : graph.skills) clear(skill.id, skill.title);
  for (GraphMaterial& material : graph.materials) clear(material.id, material.title);
}

void break_circles(CourseGraph& graph, std::vector<std::string>& done) {
  for (auto circles = circles_of(graph); !circles.empty(); circles = circles_of(graph)) {
    std::set<std::size_t> dropped;
    for (const auto& circle : circles) {
      const std::size_t last = *std::max_element(circle.begin(), circle.end());
      done.push_back(fmt::format("dropped edge {} of the circle {}", edge_text(graph.edges[last]),
                                 circle_text(graph, circle)));
      dropped.insert(last);
    }
    for (auto e = dropped.rbegin(); e != dropped.rend(); ++e)
      graph.edges.erase(graph.edges.begin() + static_cast<std::ptrdiff_t>(*e));
  }
}

}  // namespace

std::string_view name_of(GraphFaultKind kind) {
  constexpr std::array<std::string_view, 5> kNames{"cycle", "self_loop", "dangling", "garbled",
                                                   "repeated"};
  return kNames[static_cast<std::size_t>(kind)];
}

std::vector<GraphFault> faults_of(const CourseGraph& graph) {
  std::vector<GraphFault> faults;
  std::unordered_set<std::string_view> seen;
  for (const GraphSkill& skill : graph.skills) {
    if (!seen.insert(skill.id).second)
      faults.push_back({GraphFaultKind::Repeated, "skill " + skill.id});
  }
  find_garbled(graph, faults);
  find_dangling(graph, places_of(graph), faults);
  for (const auto& circle : circles_of(graph))
    faults.push_back({GraphFaultKind::Cycle, circle_text(graph, circle)});
  return faults;
}

std::vector<std::string> repair(CourseGraph& graph) {
  std::vector<std::string> done;
  drop_repeated_skills(graph, done);
  drop_garbled(graph, done);
  drop_dangling(graph, done);
  break_circles(graph, done);
  return done;
}

Result<CourseGraph> parse_graph(std::string_view text, std::string_view where) {
  constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
  if (text.substr(0, 3) == kByteOrderMark) text.remove_prefix(3);
  const std::size_t first = text.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos)
    return invalid_input(fmt::format("{} is empty, expected a course graph", where));
  if (text[first] == '<') return read_graph_graphml(text, where);
  if (text[first] == '{' || text[first] == '[') return read_graph_json(text, where);
  return read_graph_csv(text, where);
}

Result<std::string> write_graph(const CourseGraph& graph, std::string_view format) {
  if (format == "json") return write_graph_json(graph);
  if (format == "csv") return write_graph_csv(graph);
  if (format == "graphml") return write_graph_graphml(graph);
  return invalid_input(fmt::format("format \"{}\", expected json, csv or graphml", format));
}

}  // namespace meno
