#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "import/record/record.h"
#include "import/values.h"

namespace meno {
namespace {

struct Synonyms {
  Meaning meaning;
  std::string_view names;  // in normal form, the best first, between blanks
};

constexpr std::array<Synonyms, kMeanings> kSynonyms{{
    {Meaning::Student,
     " student_id student user_id user uid anon_student_id learner_id learner pupil_id pupil "
     "student_name stu_id sid "
     "userid studentid 学生 学号 学生编号 学生id 用户 "},
    {Meaning::Item,
     " problem_id item_id question_id exercise_id exer_id problem item question exercise "
     "problem_name qid pid itemid "
     "assignment_id quiz_id task_id card_id template_id 题目 题号 题目编号 题目id 试题 "},
    {Meaning::Skill,
     " skill_id skill_ids skill skills kc kcs kc_id kc_default kc_sub_skills knowledge_code "
     "knowledge_codes knowledge_point knowledge "
     "knowledge_concept concept concepts concept_id tags tag topic topic_id skill_name skill_names "
     "kc_subskills 知识点 技能 "},
    {Meaning::Correct,
     " correct is_correct correctness correct_first_attempt score outcome answered_correctly "
     "answer_correct right result "
     "label response grade 正确 是否正确 得分 对错 "},
    {Meaning::Time,
     " timestamp at answered_at end_time submit_time server_time time datetime date_time date "
     "created_at start_time "
     "first_transaction_time unix_time timestamp_ms time_ms 时间 答题时间 作答时间 "},
    {Meaning::Response,
     " ms_first_response response_ms response_time_ms first_response_time elapsed_time elapsed_ms "
     "response_time time_taken "
     "duration_ms duration use_time usetime seconds time_taken_s response_s step_duration_sec 用时 "
     "答题用时 "},
    {Meaning::Order, " order_id problem_log_id problemlog_id log_id action_num order row_id "},
    {Meaning::School, " school_id school middle_school_id 学校 "},
    {Meaning::Class, " student_class_id class_id class classroom klass 班级 "},
    {Meaning::Split, " split partition fold set "},
}};

constexpr std::array<std::string_view, kMeanings> kNames{
    "student",       "item",  "skill",  "correct", "time",
    "response_time", "order", "school", "class",   "split"};

/// The column whose normal name stands earliest among the synonyms.
std::size_t find_synonym(const std::vector<std::string>& header, std::string_view synonyms) {
  std::size_t best = kNoColumn;
  std::size_t best_rank = std::string_view::npos;
  for (std::size_t i = 0; i < header.size(); ++i) {
    if (header[i].empty()) continue;
    const std::size_t rank = synonyms.find(fmt::format(" {} ", header[i]));
    if (rank < best_rank) {
      best_rank = rank;
      best = i;
    }
  }
  return best;
}

/// A column the user named: by its name as written, by its normal form, or by its number from 1.
std::size_t find_named(std::span<const std::string_view> header,
                       const std::vector<std::string>& normal, const std::string& name) {
  const auto exact = std::find(header.begin(), header.end(), name);
  if (exact != header.end()) return static_cast<std::size_t>(exact - header.begin());
  const auto similar = std::find(normal.begin(), normal.end(), normal_name(name));
  if (similar != normal.end() && !similar->empty()) {
    return static_cast<std::size_t>(similar - normal.begin());
  }
  const std::optional<std::int64_t> number = parse_integer(name);
  if (number && *number >= 1 && *number <= static_cast<std::int64_t>(header.size())) {
    return static_cast<std::size_t>(*number - 1);
  }
  return kNoColumn;
}

std::string joined(std::span<const std::string_view> header) {
  std::string text;
  for (std::size_t i = 0; i < header.size() && text.size() < 120; ++i) {
    text += fmt::format("{}{}", i > 0 ? ", " : "", header[i].substr(0, 40));
  }
  return is_utf8(text) ? text : "names that are not UTF-8";
}

double response_unit_of(const std::string& column) {
  const bool seconds = column == "time_taken" || column == "seconds" || column.ends_with("_s") ||
                       column.ends_with("sec") || column.ends_with("seconds");
  return seconds ? 1000.0 : 1.0;
}

Result<Done> apply_mapping(std::span<const std::string_view> header,
                           const std::vector<std::string>& normal, const FormatOptions& options,
                           std::string_view where, ColumnPlan& plan) {
  for (const auto& [meaning, column] : options.columns) {
    const auto known = std::find(kNames.begin(), kNames.end(), meaning);
    if (known == kNames.end()) {
      return invalid_input(fmt::format("--map names the meaning \"{}\", expected one of: {}",
                                       meaning, fmt::join(kNames, ", ")));
    }
    const std::size_t at = column == "none" ? kNoColumn : find_named(header, normal, column);
    if (at == kNoColumn && column != "none") {
      return invalid_input(fmt::format("{}: no column \"{}\" for {}, expected one of: {}", where,
                                       column, meaning, joined(header)));
    }
    plan.at[static_cast<std::size_t>(known - kNames.begin())] = at;
  }
  return Done{};
}

Result<Done> check_plan(std::span<const std::string_view> header, const ColumnPlan& plan,
                        std::string_view where) {
  std::string_view lacking;
  if (!plan.has(Meaning::Student)) lacking = "student";
  if (lacking.empty() && !plan.has(Meaning::Item) && !plan.has(Meaning::Skill)) {
    lacking = "item or skill";
  }
  if (lacking.empty() && !plan.has(Meaning::Correct)) lacking = "correct";
  if (!lacking.empty()) {
    return invalid_input(
        fmt::format("{}: no column for {} among: {}; expected one, or --map {}=COLUMN, or another "
                    "--delimiter or --format",
                    where, lacking, joined(header), lacking == "item or skill" ? "item" : lacking));
  }
  for (const std::size_t at : plan.at) {
    if (at == kNoColumn || std::count(header.begin(), header.end(), header[at]) == 1) continue;
    return invalid_input(fmt::format(
        "{}: the column \"{}\" stands twice in the header, expected once", where, header[at]));
  }
  return Done{};
}

bool all_of_characters(const std::vector<std::string>& values, std::string_view characters) {
  return std::all_of(values.begin(), values.end(), [&](const std::string& value) {
    return value.find_first_not_of(characters) == std::string::npos;
  });
}

bool any_holds(const std::vector<std::string>& values, std::string_view part) {
  return std::any_of(values.begin(), values.end(), [&](const std::string& value) {
    return value.find(part) != std::string::npos;
  });
}

}  // namespace

std::string_view name_of(Meaning meaning) { return kNames[static_cast<std::size_t>(meaning)]; }

Result<ColumnPlan> plan_columns(std::span<const std::string_view> header,
                                const FormatOptions& options, std::string_view where) {
  std::vector<std::string> normal;
  for (const std::string_view name : header) normal.push_back(normal_name(name));
  ColumnPlan plan;
  for (const Synonyms& row : kSynonyms) {
    plan.at[static_cast<std::size_t>(row.meaning)] = find_synonym(normal, row.names);
  }
  MENO_TRY_DONE(apply_mapping(header, normal, options, where, plan));
  MENO_TRY_DONE(check_plan(header, plan, where));
  if (plan.has(Meaning::Response)) {
    plan.response_unit_ms = response_unit_of(normal[plan[Meaning::Response]]);
  }
  if (plan.has(Meaning::Item) && normal[plan[Meaning::Item]] == "problem_name") {
    plan.item_part = find_synonym(normal, " step_name ");
  }
  return plan;
}

std::string find_skill_separator(const std::vector<std::string>& values) {
  for (const std::string_view separator : {"~~", ";", "|", "~"}) {
    if (any_holds(values, separator)) return std::string(separator);
  }
  if (any_holds(values, ",") && all_of_characters(values, "0123456789, []'\"")) return ",";
  if (any_holds(values, "_") && all_of_characters(values, "0123456789_")) return "_";
  return any_holds(values, "[") ? "," : "";
}

}  // namespace meno
