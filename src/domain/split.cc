#include "domain/split.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "core/rng.h"
#include "domain/split_checks.h"

namespace meno {
namespace {

/// A student's place in the strata.
struct Profile {
  StudentId student;
  std::size_t answers = 0;
  double p_correct = 0.0;
};

std::vector<Profile> profiles_of(const SplitSource& source, std::span<const StudentId> students) {
  std::vector<Profile> profiles;
  profiles.reserve(students.size());
  for (const StudentId student : students) {
    const Sequence& history = source.students[student.value];
    if (history.empty()) continue;
    double right = 0.0;
    for (std::size_t t = 0; t < history.size(); ++t)
      right += static_cast<double>(history[t].correct);
    profiles.push_back({student, history.size(), right / static_cast<double>(history.size())});
  }
  return profiles;
}

/// Deals students to `parts` parts alike in length and rate of right answers: sorted into bands of
/// like length, each band by rate, every run of `parts` neighbours sends one student to each part.
std::vector<std::vector<StudentId>> deal_alike(std::vector<Profile> profiles, std::size_t parts,
                                               Rng& rng) {
  rng.shuffle(std::span<Profile>(profiles));  // ties fall by the seed
  std::stable_sort(profiles.begin(), profiles.end(),
                   [](const Profile& a, const Profile& b) { return a.answers < b.answers; });
  const double per_part = static_cast<double>(profiles.size()) / static_cast<double>(parts);
  const auto bands = static_cast<std::size_t>(std::max(1.0, std::floor(std::sqrt(per_part))));
  for (std::size_t b = 0; b < bands; ++b) {
    const auto at = [&](std::size_t band) {
      return profiles.begin() + static_cast<std::ptrdiff_t>(profiles.size() * band / bands);
    };
    std::stable_sort(at(b), at(b + 1),
                     [](const Profile& x, const Profile& y) { return x.p_correct < y.p_correct; });
  }
  std::vector<std::vector<StudentId>> dealt(parts);
  std::vector<std::size_t> hands(parts);
  std::iota(hands.begin(), hands.end(), std::size_t{0});
  for (std::size_t i = 0; i < profiles.size(); ++i) {
    if (i % parts == 0) rng.shuffle(std::span<std::size_t>(hands));
    dealt[hands[i % parts]].push_back(profiles[i].student);
  }
  return dealt;
}

/// Takes a stratified share of `students` as validation; the rest trains.
void fill_train_and_valid(const SplitSource& source, std::span<const StudentId> students,
                          double share, Rng& rng, Split& split) {
  const auto parts = static_cast<std::size_t>(std::lround(1.0 / share));
  const auto dealt = deal_alike(profiles_of(source, students), parts, rng);
  std::vector<StudentId> train;
  for (std::size_t part = 1; part < parts; ++part) {
    train.insert(train.end(), dealt[part].begin(), dealt[part].end());
  }
  split.valid = whole(source, dealt[0]);
  split.train = whole(source, std::move(train));
}

std::vector<StudentId> all_students(const SplitSource& source) {
  std::vector<StudentId> students;
  students.reserve(source.students.size());
  for (std::size_t s = 0; s < source.students.size(); ++s) students.emplace_back(s);
  return students;
}

Result<Done> check_share(double share) {
  if (share > 0.0 && share <= 0.5) return Done{};
  return invalid_input(fmt::format("validation share {}, expected above 0 and at most 0.5", share));
}

Error wrong_labels(std::string_view protocol, std::string_view expected,
                   const SplitSource& source) {
  if (source.labels.empty()) {
    return invalid_input(
        fmt::format("protocol {}: the source fixes no split, expected students labelled {}",
                    protocol, expected));
  }
  return invalid_input(fmt::format("protocol {}: the students are labelled {}, expected {}",
                                   protocol, fmt::join(source.labels, ", "), expected));
}

bool has_label(const SplitSource& source, std::string_view label) {
  return std::find(source.labels.begin(), source.labels.end(), label) != source.labels.end();
}

std::vector<StudentId> labelled(const SplitSource& source, std::string_view label) {
  std::vector<StudentId> students;
  for (std::size_t s = 0; s < source.label_of.size(); ++s) {
    if (source.labels[source.label_of[s]] == label) students.emplace_back(s);
  }
  return students;
}

}  // namespace

std::vector<Stretch> whole(const SplitSource& source, std::vector<StudentId> students) {
  std::sort(students.begin(), students.end());
  std::vector<Stretch> role;
  role.reserve(students.size());
  for (const StudentId student : students) {
    const std::size_t size = source.students[student.value].size();
    if (size > 0) role.push_back({student, 0, size});
  }
  return role;
}

Result<Done> check_fold(int fold, std::size_t folds) {
  if (fold >= 1 && static_cast<std::size_t>(fold) <= folds) return Done{};
  return invalid_input(fmt::format("fold {}, expected one from 1 to {}", fold, folds));
}

Result<Done> check_roles(const Split& split) {
  for (const auto& [name, role] :
       {std::pair{"train", &split.train}, std::pair{"valid", &split.valid},
        std::pair{"test", &split.test}}) {
    if (role->empty()) {
      return invalid_input(fmt::format(
          "{}: no student is in {}, expected at least one in each role", split.name, name));
    }
  }
  return Done{};
}

std::size_t students_with_answers(const SplitSource& source) {
  return static_cast<std::size_t>(
      std::count_if(source.students.begin(), source.students.end(),
                    [](const Sequence& history) { return !history.empty(); }));
}

SplitSource split_source(const Dataset& dataset) {
  SplitSource source;
  source.students.reserve(dataset.students());
  for (std::size_t s = 0; s < dataset.students(); ++s) {
    source.students.push_back(dataset.sequence(StudentId(s)));
  }
  source.labels = dataset.split_labels();
  source.label_of = dataset.student_split();
  source.class_of = dataset.student_class();
  source.school_of = dataset.student_school();
  return source;
}

std::vector<Sequence> sequences_of(const SplitSource& source, std::span<const Stretch> role) {
  std::vector<Sequence> sequences;
  sequences.reserve(role.size());
  for (const Stretch& stretch : role) {
    sequences.push_back(source.students[stretch.student.value].part(0, stretch.to));
  }
  return sequences;
}

std::vector<Window> windows_of(const SplitSource& source, std::span<const Stretch> role) {
  std::vector<Window> windows;
  windows.reserve(role.size());
  for (const Stretch& stretch : role) {
    windows.push_back(
        {source.students[stretch.student.value].part(0, stretch.to), stretch.from, kNoFold});
  }
  return windows;
}

Result<Split> split_akt(const SplitSource& source, int fold) {
  constexpr int kFolds = 5;
  for (int f = 1; f <= kFolds; ++f) {
    if (!has_label(source, fmt::format("test{}", f))) {
      return wrong_labels("akt", "test1 to test5 and trainonly", source);
    }
  }
  MENO_TRY_DONE(check_fold(fold, kFolds));
  const std::string test = fmt::format("test{}", fold);
  const std::string valid = fmt::format("test{}", fold % kFolds + 1);
  Split split{.name = fmt::format("akt fold {}", fold)};
  split.test = whole(source, labelled(source, test));
  split.valid = whole(source, labelled(source, valid));
  std::vector<StudentId> train;
  for (std::size_t s = 0; s < source.label_of.size(); ++s) {
    const std::string& label = source.labels[source.label_of[s]];
    if (label != test && label != valid) train.emplace_back(s);
  }
  split.train = whole(source, std::move(train));
  MENO_TRY_DONE(check_roles(split));
  return split;
}

Result<Split> split_fixed(const SplitSource& source, const FixedSplit& ask) {
  if (!has_label(source, "train") || !has_label(source, "test")) {
    return wrong_labels("gervet", "train and test", source);
  }
  MENO_TRY_DONE(check_share(ask.valid_share));
  if (ask.fold < 1) return invalid_input(fmt::format("fold {}, expected 1 or more", ask.fold));
  Split split{.name = fmt::format("gervet fold {}", ask.fold)};
  split.test = whole(source, labelled(source, "test"));
  Rng rng = Rng(ask.seed).fork(static_cast<std::uint64_t>(ask.fold));
  fill_train_and_valid(source, labelled(source, "train"), ask.valid_share, rng, split);
  const std::size_t placed = split.test.size() + split.valid.size() + split.train.size();
  split.left_out = static_cast<std::size_t>(
                       std::count_if(source.students.begin(), source.students.end(),
                                     [](const Sequence& history) { return !history.empty(); })) -
                   placed;
  MENO_TRY_DONE(check_roles(split));
  return split;
}

Result<Split> split_students(const SplitSource& source, const StudentSplit& ask) {
  if (ask.folds < 2) return invalid_input(fmt::format("{} folds, expected 2 or more", ask.folds));
  const auto folds = static_cast<std::size_t>(ask.folds);
  MENO_TRY_DONE(check_fold(ask.fold, folds));
  MENO_TRY_DONE(check_share(ask.valid_share));
  const std::vector<Profile> profiles = profiles_of(source, all_students(source));
  if (profiles.size() < 3 * folds) {
    return invalid_input(fmt::format("{} students with answers, expected at least {} for {} folds",
                                     profiles.size(), 3 * folds, ask.folds));
  }
  Split split{.name = fmt::format("holdout fold {}", ask.fold)};
  Rng rng(ask.seed);
  auto parts = deal_alike(profiles, folds, rng);
  const auto test = static_cast<std::size_t>(ask.fold - 1);
  std::vector<StudentId> rest;
  for (std::size_t part = 0; part < folds; ++part) {
    if (part != test) rest.insert(rest.end(), parts[part].begin(), parts[part].end());
  }
  std::sort(rest.begin(), rest.end());
  split.test = whole(source, std::move(parts[test]));
  Rng choice = rng.fork(test);
  fill_train_and_valid(source, rest, ask.valid_share, choice, split);
  MENO_TRY_DONE(check_roles(split));
  return split;
}

}  // namespace meno
