// Splits that leave whole classes, schools or courses out.
#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "core/rng.h"
#include "domain/split.h"
#include "domain/split_checks.h"

namespace meno {
namespace {

struct Group {
  std::vector<StudentId> students;
  std::size_t answers = 0;
};

/// Students by class or school, in order of the group's id.
std::vector<Group> groups_of(const SplitSource& source, Grouping by) {
  std::map<std::uint32_t, Group> groups;
  for (std::size_t s = 0; s < source.students.size(); ++s) {
    const std::uint32_t label =
        by == Grouping::Class ? (source.class_of.empty() ? ClassId() : source.class_of[s]).value
                              : (source.school_of.empty() ? SchoolId() : source.school_of[s]).value;
    if (label == ClassId().value || source.students[s].empty()) continue;
    Group& group = groups[label];
    group.students.emplace_back(s);
    group.answers += source.students[s].size();
  }
  std::vector<Group> ordered;
  ordered.reserve(groups.size());
  for (auto& [label, group] : groups) ordered.push_back(std::move(group));
  return ordered;
}

/// Groups dealt to parts, the largest first to the part with the fewest answers.
std::vector<std::vector<StudentId>> balanced_parts(std::vector<Group> groups, std::size_t parts,
                                                   Rng& rng) {
  rng.shuffle(std::span<Group>(groups));
  std::stable_sort(groups.begin(), groups.end(),
                   [](const Group& a, const Group& b) { return a.answers > b.answers; });
  std::vector<std::vector<StudentId>> dealt(parts);
  std::vector<std::size_t> load(parts, 0);
  for (const Group& group : groups) {
    const auto lightest =
        static_cast<std::size_t>(std::min_element(load.begin(), load.end()) - load.begin());
    load[lightest] += group.answers;
    dealt[lightest].insert(dealt[lightest].end(), group.students.begin(), group.students.end());
  }
  return dealt;
}

}  // namespace

Result<Split> split_groups(const SplitSource& source, const GroupSplit& ask) {
  const std::string_view noun = ask.by == Grouping::Class ? "class" : "school";
  std::vector<Group> groups = groups_of(source, ask.by);
  const std::size_t folds =
      ask.folds == 0 ? groups.size() : static_cast<std::size_t>(std::max(0, ask.folds));
  if (groups.size() < 3 || folds < 3 || folds > groups.size()) {
    return invalid_input(
        fmt::format("split by {}: {} groups known and {} folds asked, expected 3 folds or more and "
                    "no more folds than groups",
                    noun, groups.size(), folds));
  }
  MENO_TRY_DONE(check_fold(ask.fold, folds));
  Split split{.name = fmt::format("leave one {} out, fold {}", noun, ask.fold)};
  Rng rng(ask.seed);
  auto parts = balanced_parts(std::move(groups), folds, rng);
  const auto test = static_cast<std::size_t>(ask.fold - 1);
  const std::size_t valid = (test + 1) % folds;
  std::vector<StudentId> train;
  for (std::size_t part = 0; part < folds; ++part) {
    if (part != test && part != valid)
      train.insert(train.end(), parts[part].begin(), parts[part].end());
  }
  split.test = whole(source, std::move(parts[test]));
  split.valid = whole(source, std::move(parts[valid]));
  split.train = whole(source, std::move(train));
  split.left_out =
      students_with_answers(source) - split.test.size() - split.valid.size() - split.train.size();
  return split;
}

Result<CourseSplit> split_courses(std::size_t courses, int fold, std::uint64_t seed) {
  if (courses < 3) {
    return invalid_input(fmt::format("split by course: {} courses, expected 3 or more", courses));
  }
  MENO_TRY_DONE(check_fold(fold, courses));
  std::vector<std::size_t> order(courses);
  std::iota(order.begin(), order.end(), std::size_t{0});
  Rng rng(seed);
  rng.shuffle(std::span<std::size_t>(order));
  const auto test = static_cast<std::size_t>(fold - 1);
  CourseSplit split;
  split.test = {test};
  const auto place =
      static_cast<std::size_t>(std::find(order.begin(), order.end(), test) - order.begin());
  split.valid = {order[(place + 1) % courses]};
  for (std::size_t c = 0; c < courses; ++c) {
    if (c != test && c != split.valid.front()) split.train.push_back(c);
  }
  return split;
}

}  // namespace meno
