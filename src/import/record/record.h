// Records: rows of any table (CSV, JSON Lines, raw exports) whose columns mean student, item,
// skill, answer, time ... -> answers.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "import/importer.h"

namespace meno {

/// What a column can mean. The names are those of --map.
enum class Meaning { Student, Item, Skill, Correct, Time, Response, Order, School, Class, Split };
inline constexpr std::size_t kMeanings = 10;

/// "student", "item", ...
std::string_view name_of(Meaning meaning);

inline constexpr std::size_t kNoColumn = static_cast<std::size_t>(-1);

/// Which column means what, and how two of them are written.
struct ColumnPlan {
  std::array<std::size_t, kMeanings> at{};  // kNoColumn where the source has none
  std::size_t item_part =
      kNoColumn;  // a second column that completes the item's name, e.g. "Step Name"
  double response_unit_ms = 1.0;
  std::string skill_separator;  // "" = every value is one skill

  bool has(Meaning meaning) const { return at[static_cast<std::size_t>(meaning)] != kNoColumn; }
  std::size_t operator[](Meaning meaning) const { return at[static_cast<std::size_t>(meaning)]; }
};

/// Finds the columns by the user's mapping (names, or numbers from 1) and else by the names that
/// sources use. Errors: InvalidInput, naming `where`, when student, answer, or both item and skill
/// are not found, when the mapping names what is not there, or when a column it needs stands twice.
Result<ColumnPlan> plan_columns(std::span<const std::string_view> header,
                                const FormatOptions& options, std::string_view where);

/// The separator inside these values of a skill column, "" when they are no lists.
std::string find_skill_separator(const std::vector<std::string>& values);

/// Turns the fields of one row after another into answers.
class RecordReader {
 public:
  RecordReader(ColumnPlan plan, const FormatOptions& options, AnswerSink& sink)
      : plan_(std::move(plan)), full_score_(options.full_score), sink_(sink) {}

  /// `fields` in the order of the header that the plan was made for.
  Result<Done> take(const Place& place, std::span<const std::string_view> fields);

  const ColumnPlan& plan() const { return plan_; }

 private:
  std::string_view field(std::span<const std::string_view> fields, Meaning meaning) const;
  bool take_answer(const Place& place, std::span<const std::string_view> fields);
  bool take_time(const Place& place, std::span<const std::string_view> fields);
  void take_names(std::span<const std::string_view> fields);
  void take_skills(std::string_view list);

  ColumnPlan plan_;
  double full_score_;
  AnswerSink& sink_;
  AnswerRow row_;
  std::string item_;
};

}  // namespace meno
