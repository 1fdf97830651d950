// ItemBank: original bilingual exercises, parametrised. A template plus a variant number is one
// concrete exercise, the same on every machine; wrong options are computed from named
// misconceptions, so that a wrong answer says what to teach. How to write a template:
// docs/item-bank.md.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/text.h"
#include "domain/skill_graph.h"

namespace meno {

enum class AnswerKind { Choice, Number };

/// "choice" or "number", as in the HTTP contract.
std::string_view name_of(AnswerKind kind);

struct BankStrand {
  std::string id;  // e.g. "fractions"
  Text name;
};

struct BankSkill {
  std::string id;  // e.g. "fractions.add_unlike"
  Text name;
  std::string strand;
  int grade = 0;                           // school year it is usually taught in, 3..9
  std::vector<std::string> prerequisites;  // skill ids
};

struct Misconception {
  std::string id;  // e.g. "adds_denominators"
  Text name;
  Text advice;
};

/// What may be known of an item without instantiating it.
struct BankItem {
  std::string id;                   // e.g. "fractions.add_unlike.2"
  Text title;                       // "Adding unlike fractions, standard"
  std::vector<std::string> skills;  // the main skill first
  std::string level;                // "easy", "standard", "hard" or "word"
  double difficulty = 0.0;          // prior guess in logits; 0 is a standard item of its skill
  AnswerKind kind = AnswerKind::Number;
  int choices = 0;  // options shown; 0 for typed numbers
  std::vector<std::string> misconceptions;
};

struct ItemChoice {
  std::string id;  // "a", "b", ...
  Text text;
};

/// What a student sees. Texts are plain with TeX between $...$. Never holds the answer.
struct ItemContent {
  std::string item_id;
  std::uint32_t variant = 0;
  Text prompt;
  AnswerKind kind = AnswerKind::Number;
  std::vector<ItemChoice> choices;  // empty for typed numbers
  std::vector<Text> hints;          // gentlest first
  bool math = false;                // some text holds $...$
};

struct Grade {
  bool correct = false;
  Text right_answer;
  Text explanation;  // worked solution, one step a line
  std::optional<Misconception> misconception;
};

/// The responses an item knows, for the simulator and for tests: never sent to a student.
struct AnswerKey {
  struct Wrong {
    std::string misconception;
    std::string response;
  };
  std::string right;  // a choice id, or a number as a student might type it
  std::vector<Wrong> wrong;
};

/// Immutable, cheap to copy, thread-safe.
class ItemBank {
 public:
  /// Reads the one-document form (see json()). `where` names the source in errors.
  /// Errors: InvalidInput naming file, item and field; a cycle of prerequisites is spelled out.
  static Result<ItemBank> load(std::string_view json, std::string_view where);

  const std::string& course_id() const;
  const Text& course_name() const;
  std::span<const BankStrand> strands() const;
  /// In order of teaching: every skill after its prerequisites.
  std::span<const BankSkill> skills() const;
  /// Prerequisites over the indices of skills().
  const SkillGraph& graph() const;
  std::span<const Misconception> misconceptions() const;
  std::span<const BankItem> items() const;

  /// nullptr when the bank has no such id.
  const BankSkill* find_skill(std::string_view id) const;
  const BankItem* find_item(std::string_view id) const;
  const BankStrand* find_strand(std::string_view id) const;
  const Misconception* find_misconception(std::string_view id) const;

  /// Errors: NotFound for an unknown item.
  Result<ItemContent> instantiate(std::string_view item_id, std::uint32_t variant) const;

  /// Grades a choice id, or a typed number in any usual form: 1/2, 0.5, 1 1/2, full-width digits,
  /// Chinese minus, unit. Errors: NotFound for an unknown item; InvalidInput when the response is
  /// no choice of the item or no number (the student may try again: it says nothing about what he
  /// knows).
  Result<Grade> grade(std::string_view item_id, std::uint32_t variant,
                      std::string_view response) const;

  /// Errors: NotFound for an unknown item.
  Result<AnswerKey> answer_key(std::string_view item_id, std::uint32_t variant) const;

  /// The whole bank as one JSON document that load() reads: what a store keeps as the course's
  /// content.
  std::string json() const;

 private:
  struct State;
  friend class BankLoader;
  friend Result<ItemBank> load_bank(const std::filesystem::path& path);
  explicit ItemBank(std::shared_ptr<const State> state) : state_(std::move(state)) {}
  std::shared_ptr<const State> state_;
};

/// Reads a bank from its folder (bank.json, misconceptions.json, items/*.json) or from a
/// one-document file. Errors: as ItemBank::load, and NotFound.
Result<ItemBank> load_bank(const std::filesystem::path& path);

}  // namespace meno
