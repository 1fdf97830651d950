#include "eval/profile/warnings.h"

#include <bit>
#include <unordered_map>

#include <fmt/format.h>

#include "core/rng.h"
#include "eval/chart/axis.h"

namespace meno {
namespace {

double percent(std::size_t part, std::size_t whole) {
  return whole == 0 ? 0.0 : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

void warn_of_repeats(const Suspicions& found, std::vector<Warning>& warnings) {
  const double share = percent(found.repeats, found.answers);
  const double agree = percent(found.agreeing_repeats, found.repeats);
  if (share < 1.0) return;
  if (agree >= 95.0) {
    warnings.push_back(
        {"copy_leak",
         {fmt::format("{:.1f} % of the answers repeat the item just answered and {:.1f} % of these "
                      "repeat its result: "
                      "one answer seems to be stored as several rows, so copying the row before "
                      "scores well; "
                      "import with merged skills, or report figures without repeats.",
                      share, agree),
          fmt::format("{:.1f} % 的作答与上一题为同一题目，其中 {:.1f} % "
                      "结果也相同：同一次作答似乎被存成多行，"
                      "照抄上一行就能得高分；请合并知识点后导入，或报告不计重复的指标。",
                      share, agree)},
         found.repeats});
    return;
  }
  warnings.push_back(
      {"repeated_attempts",
       {fmt::format(
            "{:.1f} % of the answers repeat the item just answered ({:.1f} % with the same "
            "result): "
            "these look like real second attempts; figures are reported with and without them.",
            share, agree),
        fmt::format(
            "{:.1f} % 的作答与上一题为同一题目（{:.1f} % 结果相同）：看起来是真实的再次尝试；"
            "指标会同时给出计入与不计入两种。",
            share, agree)},
       found.repeats});
}

/// A warning that only counts something: `en` and `zh` hold one {} for the count.
struct Plain {
  const char* code;
  std::size_t Suspicions::*count;
  const char* en;
  const char* zh;
};

constexpr Plain kLeaks[] = {
    {"split_overlap", &Suspicions::twins_across_splits,
     "{} students have the very history of a student in another part of the source's split: test "
     "answers are in training.",
     "{} 名学生的记录与划分另一部分中的某名学生完全相同：测试作答出现在训练集中。"},
    {"duplicated_rows", &Suspicions::duplicated_rows,
     "{} rows repeat the row before in item, time and result: import with duplicates dropped.",
     "{} 行与上一行的题目、时间和结果完全相同：请在导入时去除重复行。"},
    {"twin_students", &Suspicions::twin_students,
     "{} students have the very history of another student: one person under two names, or copied "
     "records.",
     "{} 名学生的记录与另一名学生完全相同：可能一人两名，或记录被复制。"},
};

constexpr Plain kOthers[] = {
    {"constant_students", &Suspicions::constant_students,
     "{} students with 10 answers or more are all right or all wrong: check how answers were "
     "graded.",
     "{} 名作答 10 次以上的学生全对或全错：请检查评分方式。"},
    {"constant_items", &Suspicions::constant_items,
     "{} items with 10 answers or more are always right or always wrong: they tell students apart "
     "in nothing.",
     "{} 道有 10 次以上作答的题目全对或全错：无法区分学生。"},
    {"unknown_skills", &Suspicions::without_skills,
     "{} answers are on items without a skill: mastery cannot be told from them.",
     "{} 次作答的题目没有知识点：无法据此判断掌握程度。"},
    {"impossible_times", &Suspicions::impossible_times,
     "{} answers are dated before 1990 or in the future.", "{} 次作答的时间早于 1990 年或在未来。"},
    {"backward_times", &Suspicions::backward_times,
     "{} answers are dated before the student's answer before them.",
     "{} 次作答的时间早于该学生的上一次作答。"},
    {"response_times", &Suspicions::bad_response_times,
     "{} response times are negative or above one hour.", "{} 次作答的用时为负或超过一小时。"},
};

void add_plain(const Plain& plain, const Suspicions& found, std::vector<Warning>& warnings) {
  const std::size_t count = found.*plain.count;
  if (count == 0) return;
  const std::string shown = with_commas(count);
  warnings.push_back(
      {plain.code,
       {fmt::format(fmt::runtime(plain.en), shown), fmt::format(fmt::runtime(plain.zh), shown)},
       count});
}

void warn_of_size(const Suspicions& found, std::vector<Warning>& warnings) {
  if (found.students < 100 || found.answers < 5000) {
    warnings.push_back(
        {"tiny",
         {fmt::format("{} students and {} answers are few (100 and 5,000 are a start): read "
                      "intervals before figures.",
                      with_commas(found.students), with_commas(found.answers)),
          fmt::format(
              "{} 名学生、{} 次作答偏少（建议至少 100 名和 5,000 次）：请先看区间，再看数值。",
              with_commas(found.students), with_commas(found.answers))},
         found.answers});
  }
  const double single = percent(found.single_answer_items, found.items);
  if (single >= 20.0) {
    warnings.push_back(
        {"rare_items",
         {fmt::format(
              "{:.0f} % of the items have a single answer: their difficulty cannot be known.",
              single),
          fmt::format("{:.0f} % 的题目只有一次作答：无法得知其难度。", single)},
         found.single_answer_items});
  }
  if (found.without_time == found.answers && found.answers > 0) {
    warnings.push_back({"no_times",
                        {"The answers have no times: order is taken from the source, and "
                         "forgetting and splits by time are out of reach.",
                         "作答没有时间：顺序取自来源，无法研究遗忘，也无法按时间划分。"},
                        found.without_time});
  } else if (found.without_time > 0) {
    warnings.push_back(
        {"missing_times",
         {fmt::format("{} answers have no time while others do.", with_commas(found.without_time)),
          fmt::format("{} 次作答缺少时间，其余有时间。", with_commas(found.without_time))},
         found.without_time});
  }
}

std::uint64_t fingerprint(const Sequence& history) {
  std::uint64_t hash = history.size();
  for (std::size_t t = 0; t < history.size(); ++t) {
    const Event event = history[t];
    hash = mix64(hash ^ event.item.value);
    hash = mix64(hash ^ std::bit_cast<std::uint32_t>(event.correct));
    hash = mix64(hash ^ static_cast<std::uint64_t>(event.at.time_since_epoch().count()));
  }
  return hash;
}

}  // namespace

std::vector<Warning> warnings_of(const Suspicions& found) {
  std::vector<Warning> warnings;
  warn_of_repeats(found, warnings);
  for (const Plain& plain : kLeaks) add_plain(plain, found, warnings);
  for (const Plain& plain : kOthers) add_plain(plain, found, warnings);
  warn_of_size(found, warnings);
  return warnings;
}

void look_for_twins(const SplitSource& source, Suspicions& found) {
  constexpr std::size_t kLongEnough = 10;  // shorter histories coincide by chance
  std::unordered_map<std::uint64_t, std::size_t> first_with;
  for (std::size_t s = 0; s < source.students.size(); ++s) {
    if (source.students[s].size() < kLongEnough) continue;
    const auto [twin, fresh] = first_with.try_emplace(fingerprint(source.students[s]), s);
    if (fresh) continue;
    ++found.twin_students;
    const bool labelled = !source.label_of.empty();
    if (labelled && source.label_of[s] != source.label_of[twin->second])
      ++found.twins_across_splits;
  }
}

}  // namespace meno
