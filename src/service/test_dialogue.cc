#include "service/test_dialogue.h"

#include <istream>
#include <map>
#include <ostream>
#include <string>

#include <fmt/format.h>

#include "core/json.h"
#include "import/values.h"

namespace meno {
namespace {

class Dialogue {
 public:
  Dialogue(const TestCourse& course, bool chinese, std::istream& in, std::ostream& out)
      : course_(&course), chinese_(chinese), in_(&in), out_(&out) {}

  Result<std::optional<bool>> operator()(ItemId item) {
    ++number_;
    if (course_->content) return exercise(item);
    *out_ << fmt::format("{}. {}{}\n   {} ", number_, shown(course_->item_names[item.value]),
                         skills(item),
                         say("right (1), wrong (0) or stop (q)?", "对 (1)、错 (0) 还是停止 (q)？"));
    out_->flush();
    for (std::string line; std::getline(*in_, line);) {
      if (line == "q") return std::optional<bool>();
      if (line == "1" || line == "0") return std::optional(line == "1");
      *out_ << "   1, 0, q? ";
      out_->flush();
    }
    return std::optional<bool>();
  }

 private:
  std::string shown(const Text& text) const { return chinese_ ? text.zh_cn : text.en; }
  std::string say(const char* en, const char* zh_cn) const { return chinese_ ? zh_cn : en; }

  std::string skills(ItemId item) const {
    std::string text;
    for (const SkillId skill : course_->course.skills_of(item))
      text += (text.empty() ? " — " : ", ") + shown(course_->skill_names[skill.value]);
    return text;
  }

  Result<std::optional<bool>> exercise(ItemId item) {
    const std::string& id = course_->course.items.name(item);
    MENO_TRY(const ItemContent content, course_->content->instantiate(id, kVariant));
    *out_ << fmt::format("{}. {}\n", number_, shown(content.prompt));
    for (const ItemChoice& choice : content.choices)
      *out_ << fmt::format("   {}) {}\n", choice.id, shown(choice.text));
    *out_ << say("   answer, or q to stop: ", "   请作答，输入 q 停止：");
    out_->flush();
    for (std::string line; std::getline(*in_, line);) {
      if (line == "q") return std::optional<bool>();
      const Result<Grade> grade = course_->content->grade(id, kVariant, line);
      if (grade) return std::optional(grade->correct);
      *out_ << fmt::format("   {}\n   > ", grade.error().message);
      out_->flush();
    }
    return std::optional<bool>();
  }

  /// One variant for everybody: results compare.
  static constexpr std::uint32_t kVariant = 1;

  const TestCourse* course_;
  bool chinese_;
  std::istream* in_;
  std::ostream* out_;
  int number_ = 0;
};

Result<SheetAnswer> answer_in(const Course& course, const std::string& line, std::size_t number) {
  const std::string where = fmt::format("line {}", number);
  MENO_TRY(const Json json, parse_json(line, where));
  if (!json.is_object() || !json.contains("item_id") || !json.contains("correct")) {
    return invalid_input(fmt::format("{}: expected an object with item_id and correct", where));
  }
  const auto text = [](const Json& value) {
    return value.is_string() ? value.get<std::string>() : value.dump();
  };
  const std::string name = text(json.at("item_id"));
  const auto item = course.items.find(name);
  if (!item) return not_found(fmt::format("{}: item \"{}\" is not in the course", where, name));
  const auto correct = parse_answer(text(json.at("correct")));
  if (!correct) {
    return invalid_input(fmt::format("{}: correct is {}, expected true, false or 0 to 1", where,
                                     json.at("correct").dump()));
  }
  return SheetAnswer{*item, *correct > 0.5F};
}

}  // namespace

AnswerSource spoken_answers(const TestCourse& course, bool chinese, std::istream& in,
                            std::ostream& out) {
  return Dialogue(course, chinese, in, out);
}

Result<AnswerSheet> scripted_answers(const Course& course, std::istream& in) {
  std::map<ItemId, bool> answers;
  std::size_t number = 0;
  for (std::string line; std::getline(in, line);) {
    ++number;
    if (line.find_first_not_of(" \t\r") == std::string::npos) continue;
    MENO_TRY(const SheetAnswer answer, answer_in(course, line, number));
    answers[answer.item] = answer.correct;
  }
  AnswerSheet sheet;
  for (const auto& [item, correct] : answers) sheet.push_back({item, correct});
  return sheet;
}

}  // namespace meno
