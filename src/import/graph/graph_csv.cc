#include <algorithm>
#include <cctype>
#include <deque>
#include <initializer_list>
#include <optional>
#include <unordered_map>

#include <fmt/format.h>

#include "import/csv/delimited_reader.h"
#include "import/graph/formats.h"

namespace meno {
namespace {

/// Rows of a CSV text, quoted line breaks included.
class Rows {
 public:
  explicit Rows(std::string_view text) : text_(text) {}

  bool next() {
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      line_ += lines_;
      lines_ = 0;
      const std::string_view record = text_.substr(begin, end_of_record() - begin);
      if (record.find_first_not_of(" \t,") == std::string_view::npos) continue;
      fields_.clear();
      scratch_.clear();
      closed_ = split_fields(record, ',', fields_, scratch_);
      return true;
    }
    return false;
  }

  bool closed() const { return closed_; }
  std::size_t line() const { return line_; }
  std::string field(std::size_t k) const {
    return k < fields_.size() ? std::string(trimmed(fields_[k])) : std::string();
  }
  std::size_t size() const { return fields_.size(); }

 private:
  static std::string_view trimmed(std::string_view text) {
    const std::size_t first = text.find_first_not_of(" \t\r\n");
    if (first == std::string_view::npos) return {};
    return text.substr(first, text.find_last_not_of(" \t\r\n") - first + 1);
  }

  /// Moves behind the record; returns where it ends, without the line end.
  std::size_t end_of_record() {
    bool quoted = false;
    for (; at_ < text_.size(); ++at_) {
      if (text_[at_] == '"') quoted = !quoted;
      if (text_[at_] != '\n') continue;
      ++lines_;
      if (quoted) continue;
      const std::size_t end = at_++;
      return end > 0 && text_[end - 1] == '\r' ? end - 1 : end;
    }
    return at_;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  std::size_t line_ = 1;
  std::size_t lines_ = 0;
  bool closed_ = true;
  std::vector<std::string_view> fields_;
  std::deque<std::string> scratch_;
};

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

class Header {
 public:
  explicit Header(const Rows& rows) {
    for (std::size_t k = 0; k < rows.size(); ++k) names_.push_back(lower(rows.field(k)));
  }
  std::optional<std::size_t> find(std::initializer_list<std::string_view> names) const {
    for (const std::string_view name : names) {
      const auto at = std::find(names_.begin(), names_.end(), name);
      if (at != names_.end()) return static_cast<std::size_t>(at - names_.begin());
    }
    return std::nullopt;
  }

 private:
  std::vector<std::string> names_;
};

Error bad_row(std::string_view where, const Rows& rows, std::string_view what) {
  return invalid_input(fmt::format("{} line {}: {}", where, rows.line(), what));
}

/// Adds a skill unless it is there.
class SkillList {
 public:
  explicit SkillList(CourseGraph& graph) : graph_(graph) {}
  void mention(const std::string& id) {
    if (known_.emplace(id, known_.size()).second) graph_.skills.push_back({.id = id, .title = {}});
  }

 private:
  CourseGraph& graph_;
  std::unordered_map<std::string, std::size_t> known_;
};

Result<CourseGraph> read_edges(Rows& rows, std::size_t before, std::size_t after,
                               std::optional<std::size_t> kind, std::string_view where) {
  CourseGraph graph;
  SkillList skills(graph);
  while (rows.next()) {
    if (!rows.closed()) return bad_row(where, rows, "a quote that never closes, expected one");
    const std::string from = rows.field(before);
    const std::string to = rows.field(after);
    if (from.empty() || to.empty())
      return bad_row(where, rows, "an edge with an empty end, expected two skills");
    skills.mention(from);
    skills.mention(to);
    // Of the coherence map: "Arrow" is a prerequisite, "Nondirectional link" is none.
    const bool directed = !kind || lower(rows.field(*kind)).find("link") == std::string::npos;
    if (directed)
      graph.edges.push_back({.before = from, .after = to});
    else
      ++graph.links;
  }
  return graph;
}

Result<CourseGraph> read_junyi(Rows& rows, const Header& header, std::string_view where) {
  const std::size_t name = *header.find({"name"});
  const std::size_t needs = *header.find({"prerequisites"});
  const auto title = header.find({"pretty_display_name", "title"});
  CourseGraph graph;
  while (rows.next()) {
    if (!rows.closed()) return bad_row(where, rows, "a quote that never closes, expected one");
    const std::string id = rows.field(name);
    if (id.empty()) return bad_row(where, rows, "no name, expected one");
    graph.skills.push_back({.id = id, .title = title ? rows.field(*title) : std::string()});
    std::string_view left;
    const std::string list = rows.field(needs);
    for (left = list; !left.empty();) {
      const std::size_t comma = std::min(left.find(','), left.size());
      std::string need(left.substr(0, comma));
      left.remove_prefix(std::min(comma + 1, left.size()));
      need.erase(0, std::min(need.find_first_not_of(' '), need.size()));
      if (!need.empty()) graph.edges.push_back({.before = need, .after = id});
    }
  }
  return graph;
}

/// One row of our own table.
Result<Done> read_row(const Rows& rows, std::string_view where, CourseGraph& graph,
                      std::unordered_map<std::string, std::size_t>& materials) {
  const std::string kind = lower(rows.field(0));
  const std::string name = rows.field(1);
  const std::string of = rows.field(2);
  if (name.empty()) return bad_row(where, rows, "no name, expected one");
  if (kind == "skill") {
    graph.skills.push_back({.id = name, .title = rows.field(3)});
  } else if (kind == "prerequisite") {
    if (of.empty()) return bad_row(where, rows, "a prerequisite of nothing, expected a skill");
    graph.edges.push_back({.before = name, .after = of});
  } else if (kind == "goal") {
    graph.goals.push_back(name);
  } else if (std::find(kMaterialKinds.begin(), kMaterialKinds.end(), kind) !=
             kMaterialKinds.end()) {
    const auto [at, fresh] = materials.emplace(kind + "\n" + name, graph.materials.size());
    if (fresh)
      graph.materials.push_back({.id = name, .kind = kind, .title = rows.field(3), .skills = {}});
    if (!of.empty()) graph.materials[at->second].skills.push_back(of);
  } else {
    return bad_row(where, rows,
                   fmt::format("kind \"{}\", expected skill, prerequisite, goal, item, reading, "
                               "video, worked_example, exercise or project",
                               kind));
  }
  return Done{};
}

std::string quoted(const std::string& text) {
  if (text.find_first_of(",\"\r\n") == std::string::npos) return text;
  std::string result = "\"";
  for (const char c : text) result += c == '"' ? std::string("\"\"") : std::string(1, c);
  return result + "\"";
}

}  // namespace

Result<CourseGraph> read_graph_csv(std::string_view text, std::string_view where) {
  Rows rows(text);
  if (!rows.next()) return invalid_input(fmt::format("{} has no rows, expected a header", where));
  const Header header(rows);
  if (header.find({"name"}) && header.find({"prerequisites"}))
    return read_junyi(rows, header, where);
  if (header.find({"kind"}) == 0U && header.find({"name"}) == 1U) {
    CourseGraph graph;
    std::unordered_map<std::string, std::size_t> materials;
    while (rows.next()) {
      if (!rows.closed()) return bad_row(where, rows, "a quote that never closes, expected one");
      MENO_TRY_DONE(read_row(rows, where, graph, materials));
    }
    return graph;
  }
  const auto before = header.find({"before", "source", "from", "prerequisite", "begin"});
  const auto after = header.find({"after", "target", "to", "skill", "end"});
  if (before && after) return read_edges(rows, *before, *after, header.find({"edgedesc"}), where);
  return invalid_input(
      fmt::format("{} has none of the headers of a course graph, expected before,after or "
                  "kind,name,of,title or "
                  "name,prerequisites",
                  where));
}

std::string write_graph_csv(const CourseGraph& graph) {
  std::string text = "kind,name,of,title\n";
  for (const GraphSkill& skill : graph.skills)
    text += fmt::format("skill,{},,{}\n", quoted(skill.id), quoted(skill.title));
  for (const Prerequisite& edge : graph.edges)
    text += fmt::format("prerequisite,{},{},\n", quoted(edge.before), quoted(edge.after));
  for (const GraphMaterial& material : graph.materials) {
    const std::string begin = fmt::format("{},{}", material.kind, quoted(material.id));
    if (material.skills.empty()) text += fmt::format("{},,{}\n", begin, quoted(material.title));
    for (const std::string& skill : material.skills)
      text += fmt::format("{},{},{}\n", begin, quoted(skill), quoted(material.title));
  }
  for (const std::string& goal : graph.goals) text += fmt::format("goal,{},,\n", quoted(goal));
  return text;
}

namespace {

bool beyond_ascii(char c) { return static_cast<unsigned char>(c) >= 0x80; }

bool is_control(char c) {
  return (static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r') || c == 0x7F;
}

/// "?" where a character has been lost: next to one beyond ASCII, but for a question's end.
bool lost_at(std::string_view text, std::size_t k) {
  if (text[k] != '?' || k + 1 == text.size()) return false;
  return beyond_ascii(text[k + 1]) || (k > 0 && beyond_ascii(text[k - 1]));
}

/// Bytes of the UTF-8 character at `k`; 0 when there is none.
std::size_t character_at(std::string_view text, std::size_t k) {
  const auto c = static_cast<unsigned char>(text[k]);
  if (c < 0x80) return 1;
  if (c < 0xC2 || c > 0xF4) return 0;
  const std::size_t size = c >= 0xF0 ? 4 : c >= 0xE0 ? 3 : 2;
  if (k + size > text.size()) return 0;
  for (std::size_t m = 1; m < size; ++m)
    if ((static_cast<unsigned char>(text[k + m]) & 0xC0U) != 0x80U) return 0;
  return size;
}

}  // namespace

bool is_garbled(std::string_view text) {
  constexpr std::string_view kReplacement = "\xEF\xBF\xBD";
  if (text.find(kReplacement) != std::string_view::npos) return true;
  for (std::size_t k = 0; k < text.size();) {
    const std::size_t size = character_at(text, k);
    if (size == 0 || is_control(text[k]) || lost_at(text, k)) return true;
    k += size;
  }
  return false;
}

}  // namespace meno
