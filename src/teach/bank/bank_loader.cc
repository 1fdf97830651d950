// Loading a bank: sections in order, each checked against the ones before it, so that whatever
// loads can be served.
#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"
#include "teach/bank/bank.h"
#include "teach/bank/bank_state.h"
#include "teach/bank/item_template.h"

namespace meno {
namespace {

constexpr int kSchemaVersion = 1;
constexpr std::uint32_t kTriedVariants = 8;  // per item at load; the content test tries 200

struct LevelName {
  std::string_view id;
  std::string_view en;
  std::string_view zh_cn;
};
constexpr std::array kLevelNames{
    LevelName{"easy", "easy", "基础"}, LevelName{"standard", "standard", "标准"},
    LevelName{"hard", "hard", "提高"}, LevelName{"word", "word problem", "应用题"}};

/// Where each section of the document came from.
struct Origins {
  std::string bank;
  std::string misconceptions;
  std::vector<std::string> items;  // [items]
};

Result<const Json*> list_of(const Json& document, const std::string& field,
                            const std::string& where) {
  const auto found = document.find(field);
  if (found == document.end() || !found->is_array() || found->empty()) {
    return invalid_input(fmt::format("{}: field \"{}\": missing, expected a list", where, field));
  }
  return &*found;
}

Result<std::string> id_of(const Json& entry, const std::string& where) {
  const bool there = entry.is_object() && entry.contains("id") && entry["id"].is_string();
  if (!there || entry["id"].get_ref<const std::string&>().empty()) {
    return invalid_input(fmt::format("{}: field \"id\": missing, expected a string", where));
  }
  return entry["id"].get<std::string>();
}

}  // namespace

/// Fills a State section by section.
class BankLoader {
 public:
  using State = ItemBank::State;

  BankLoader(Json document, Origins origins) : origins_(std::move(origins)) {
    document_ = std::move(document);
  }

  Result<std::shared_ptr<const State>> run() {
    MENO_TRY_DONE(read_course());
    MENO_TRY_DONE(read_strands());
    MENO_TRY_DONE(read_misconceptions());
    MENO_TRY_DONE(read_skills());
    MENO_TRY_DONE(read_items());
    state_.document = document_.dump();
    return std::make_shared<const State>(std::move(state_));
  }

 private:
  Result<Done> read_course() {
    const Json& document = document_;
    const Json version = document.is_object() ? document.value("schema_version", Json()) : Json();
    if (!version.is_number_integer() || version.get<int>() != kSchemaVersion) {
      return invalid_input(fmt::format("{}: field \"schema_version\": {}, expected {}",
                                       origins_.bank, version.dump(), kSchemaVersion));
    }
    const Json course = document.value("course", Json());
    MENO_TRY(state_.course_id, id_of(course, origins_.bank + ": course"));
    MENO_TRY(state_.course_name,
             text_from_json(course.value("name", Json()), origins_.bank, "course.name"));
    return Done{};
  }

  Result<Done> read_strands() {
    MENO_TRY(const Json* list, list_of(document_, "strands", origins_.bank));
    for (const Json& entry : *list) {
      MENO_TRY(std::string id, id_of(entry, origins_.bank + ": strands"));
      MENO_TRY(Text name, text_from_json(entry.value("name", Json()), origins_.bank,
                                         "strands." + id + ".name"));
      state_.strands.push_back({.id = std::move(id), .name = std::move(name)});
    }
    return Done{};
  }

  Result<Done> read_misconceptions() {
    const std::string& where = origins_.misconceptions;
    MENO_TRY(const Json* list, list_of(document_, "misconceptions", where));
    for (const Json& entry : *list) {
      MENO_TRY(std::string id, id_of(entry, where + ": misconceptions"));
      MENO_TRY(Text name, text_from_json(entry.value("name", Json()), where, id + ".name"));
      MENO_TRY(Text advice, text_from_json(entry.value("advice", Json()), where, id + ".advice"));
      if (!misconceptions_.insert(id).second) {
        return invalid_input(
            fmt::format("{}: misconception \"{}\" is defined twice, expected once", where, id));
      }
      state_.misconceptions.push_back(
          {.id = std::move(id), .name = std::move(name), .advice = std::move(advice)});
    }
    return Done{};
  }

  Result<BankSkill> skill(const Json& entry) {
    MENO_TRY(const std::string id, id_of(entry, origins_.bank + ": skills"));
    const std::string where = fmt::format("{}: skill \"{}\"", origins_.bank, id);
    BankSkill made;
    made.id = id;
    MENO_TRY(made.name, text_from_json(entry.value("name", Json()), where, "name"));
    const Json strand = entry.value("strand", Json());
    made.strand = strand.is_string() ? strand.get<std::string>() : "";
    const bool known = std::any_of(state_.strands.begin(), state_.strands.end(),
                                   [&](const BankStrand& s) { return s.id == made.strand; });
    if (!known)
      return invalid_input(
          fmt::format("{}: field \"strand\": {}, expected a strand's id", where, strand.dump()));
    const Json grade = entry.value("grade", Json());
    if (!grade.is_number_integer() || grade.get<int>() < 1 || grade.get<int>() > 12) {
      return invalid_input(
          fmt::format("{}: field \"grade\": {}, expected 1 to 12", where, grade.dump()));
    }
    made.grade = grade.get<int>();
    const Json needs = entry.value("prerequisites", Json::array());
    for (const Json& need : needs) {
      if (!need.is_string())
        return invalid_input(
            fmt::format("{}: field \"prerequisites\": {}, expected skill ids", where, need.dump()));
      made.prerequisites.push_back(need.get<std::string>());
    }
    return made;
  }

  Result<Done> read_skills() {
    MENO_TRY(const Json* list, list_of(document_, "skills", origins_.bank));
    std::vector<BankSkill> given;
    std::vector<Text> hints;
    std::set<std::string, std::less<>> seen;
    for (const Json& entry : *list) {
      MENO_TRY(BankSkill made, skill(entry));
      MENO_TRY(Text hint,
               text_from_json(entry.value("hint", Json()),
                              fmt::format("{}: skill \"{}\"", origins_.bank, made.id), "hint"));
      if (!seen.insert(made.id).second) {
        return invalid_input(fmt::format("{}: skill \"{}\" is defined twice, expected once",
                                         origins_.bank, made.id));
      }
      given.push_back(std::move(made));
      hints.push_back(std::move(hint));
    }
    return order_skills(given, hints);
  }

  /// The prerequisites as a graph over `skills`, in their order.
  static Result<SkillGraph> graph_of(const std::vector<BankSkill>& skills,
                                     const std::string& where) {
    Vocabulary<SkillId> names;
    std::vector<Prerequisite> edges;
    for (const BankSkill& one : skills) names.intern(one.id);
    for (const BankSkill& one : skills) {
      for (const std::string& need : one.prerequisites) {
        if (!names.find(need)) {
          return invalid_input(fmt::format(
              "{}: skill \"{}\": field \"prerequisites\": \"{}\", expected a skill's id", where,
              one.id, need));
        }
        edges.push_back({.before = need, .after = one.id});
      }
    }
    Result<SkillGraph> graph = SkillGraph::make(names, edges);
    if (!graph) return invalid_input(fmt::format("{}: {}", where, graph.error().message));
    return graph;
  }

  Result<Done> order_skills(const std::vector<BankSkill>& given, const std::vector<Text>& hints) {
    MENO_TRY(const SkillGraph graph, graph_of(given, origins_.bank));
    for (const SkillId skill : graph.topological_order()) {
      state_.skill_index.emplace(given[skill.value].id, state_.skills.size());
      state_.skills.push_back(given[skill.value]);
      state_.skill_hints.push_back(hints[skill.value]);
    }
    MENO_TRY(state_.graph, graph_of(state_.skills, origins_.bank));
    return Done{};
  }

  Result<Done> read_items() {
    MENO_TRY(const Json* list, list_of(document_, "items", origins_.bank));
    for (std::size_t k = 0; k < list->size(); ++k) {
      const std::string& file = k < origins_.items.size() ? origins_.items[k] : origins_.bank;
      MENO_TRY(const std::string id, id_of((*list)[k], file + ": items"));
      const std::string where = fmt::format("{}: item \"{}\"", file, id);
      MENO_TRY(ItemTemplate made, item_template_from_json((*list)[k], where));
      MENO_TRY_DONE(check_item(made, where));
      made.item.title = title_of(made.item);
      state_.item_index.emplace(id, state_.items.size());
      state_.items.push_back(made.item);
      state_.templates.push_back(std::move(made));
    }
    return Done{};
  }

  Result<Done> check_item(const ItemTemplate& made, const std::string& where) const {
    if (state_.item_index.contains(made.item.id)) {
      return invalid_input(fmt::format("{}: defined twice, expected once", where));
    }
    for (const std::string& id : made.item.skills) {
      if (!state_.skill_index.contains(id)) {
        return invalid_input(
            fmt::format("{}: field \"skills\": \"{}\", expected a skill's id", where, id));
      }
    }
    for (const std::string& id : made.item.misconceptions) {
      if (!misconceptions_.contains(id)) {
        return invalid_input(
            fmt::format("{}: field \"wrong\": \"{}\", expected a misconception's id", where, id));
      }
    }
    if (made.lowest_terms && !misconceptions_.contains("not_lowest_terms")) {
      return invalid_input(
          fmt::format("{}: field \"accept\": needs the misconception \"not_lowest_terms\", "
                      "expected it in the catalogue",
                      where));
    }
    for (std::uint32_t variant = 0; variant < kTriedVariants; ++variant) {
      if (!draw(made, variant)) {
        return invalid_input(
            fmt::format("{}: field \"parameters\": variant {} has no draw with distinct, defined "
                        "answers, expected one in 400",
                        where, variant));
      }
    }
    return Done{};
  }

  Text title_of(const BankItem& item) const {
    const Text& name = state_.skills[state_.skill_index.find(item.skills.front())->second].name;
    const auto* const level = std::find_if(kLevelNames.begin(), kLevelNames.end(),
                                           [&](const LevelName& l) { return l.id == item.level; });
    return {.en = fmt::format("{} · {}", name.en, level->en),
            .zh_cn = fmt::format("{} · {}", name.zh_cn, level->zh_cn)};
  }

  Json document_;
  Origins origins_;
  State state_;
  std::set<std::string, std::less<>> misconceptions_;
};

namespace {

Result<Json> read_json(const std::filesystem::path& path) {
  MENO_TRY(const std::string text, read_file(path));
  return parse_json(text, path.string());
}

/// Appends the items of every file under `folder`/items, in the order of their names.
Result<Done> add_items(const std::filesystem::path& folder, Json& document, Origins& origins) {
  std::vector<std::filesystem::path> files;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder / "items", ignored)) {
    if (entry.path().extension() == ".json") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  document["items"] = Json::array();
  for (const std::filesystem::path& file : files) {
    MENO_TRY(const Json part, read_json(file));
    MENO_TRY(const Json* list, list_of(part, "items", file.string()));
    for (const Json& item : *list) {
      document["items"].push_back(item);
      origins.items.push_back(file.string());
    }
  }
  return Done{};
}

}  // namespace

Result<ItemBank> ItemBank::load(std::string_view json, std::string_view where) {
  MENO_TRY(Json document, parse_json(json, where));
  Origins origins{.bank = std::string(where), .misconceptions = std::string(where), .items = {}};
  MENO_TRY(std::shared_ptr<const State> state,
           BankLoader(std::move(document), std::move(origins)).run());
  return ItemBank(std::move(state));
}

Result<ItemBank> load_bank(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) {
    MENO_TRY(const std::string text, read_file(path));
    return ItemBank::load(text, path.string());
  }
  Origins origins{.bank = (path / "bank.json").string(),
                  .misconceptions = (path / "misconceptions.json").string(),
                  .items = {}};
  MENO_TRY(Json document, read_json(origins.bank));
  MENO_TRY(const Json catalogue, read_json(origins.misconceptions));
  if (!document.is_object() || !catalogue.is_object()) {
    return invalid_input(
        fmt::format("{}: not a JSON object, expected a bank and its catalogue", origins.bank));
  }
  document["misconceptions"] = catalogue.value("misconceptions", Json());
  MENO_TRY_DONE(add_items(path, document, origins));
  MENO_TRY(std::shared_ptr<const ItemBank::State> state,
           BankLoader(std::move(document), std::move(origins)).run());
  return ItemBank(std::move(state));
}

}  // namespace meno
