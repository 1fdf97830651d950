#include "eval/fewshot/few_shot.h"

#include <algorithm>
#include <map>
#include <memory>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "eval/fewshot/contestants.h"
#include "eval/fewshot/new_students.h"
#include "eval/fewshot/new_things.h"
#include "eval/fewshot/scoring.h"

namespace meno {
namespace {

/// Rows under way: the scores of every repeat, by (trained on, k, contestant), in order of coming.
struct Table {
  struct Cell {
    std::size_t trained_on = 0;
    std::size_t answers = 0;
    std::string learner;
    std::vector<RoundScores> repeats = {};
  };
  std::vector<Cell> cells;

  void add(std::size_t trained_on, std::size_t answers, const std::string& learner,
           RoundScores scores) {
    const auto found = std::find_if(cells.begin(), cells.end(), [&](const Cell& cell) {
      return cell.trained_on == trained_on && cell.answers == answers && cell.learner == learner;
    });
    if (found != cells.end()) return found->repeats.push_back(std::move(scores));
    cells.push_back({trained_on, answers, learner, {}});
    cells.back().repeats.push_back(std::move(scores));
  }

  static std::vector<const BandScores*> band(const Cell* cell, std::size_t index) {
    std::vector<const BandScores*> bands;
    if (cell == nullptr) return bands;
    for (const RoundScores& repeat : cell->repeats) bands.push_back(&repeat.bands[index]);
    return bands;
  }

  std::vector<FewShotRow> rows() const {
    std::vector<FewShotRow> all;
    for (const Cell& cell : cells) {
      const auto reference = std::find_if(cells.begin(), cells.end(), [&](const Cell& other) {
        return other.learner == "pretrained" && other.answers == cell.answers &&
               other.trained_on == cell.trained_on;
      });
      const Cell* const beside = reference == cells.end() ? nullptr : &*reference;
      FewShotRow row{.learner = cell.learner,
                     .answers = cell.answers,
                     .trained_on = cell.trained_on,
                     .near = summed_up(band(&cell, 0), band(beside, 0))};
      if (cell.repeats.front().bands.size() > 1)
        row.late = summed_up(band(&cell, 1), band(beside, 1));
      for (const RoundScores& repeat : cell.repeats) {
        row.seconds += repeat.seconds;
        if (!repeat.setting.empty())
          row.setting += (row.setting.empty() ? "" : " ") + repeat.setting;
      }
      all.push_back(std::move(row));
    }
    return all;
  }
};

/// What all problems share.
struct Bench {
  const Course& course;
  const SplitSource& source;
  const FewShotPlan& plan;
  const ModelEntry& entry;
  std::vector<std::string> learners;
  Table& table;
};

/// Trains once and lets every contestant meet every round. `rounds_of(pretrained)` makes them.
template <class RoundsOf>
Result<Done> compete(const Bench& bench, const TrainingData& data, std::string_view sampler,
                     std::size_t trained_on, const RoundsOf& rounds_of) {
  MENO_TRY(
      const Trained pretrained,
      train(bench.entry, bench.plan.model_options, data,
            {.seed = bench.plan.seed, .threads = bench.plan.threads, .epochs = bench.plan.epochs}));
  MENO_TRY(const std::vector<Round> rounds, rounds_of(pretrained));
  const Ground ground{bench.plan, bench.entry, bench.course, data, pretrained, sampler};
  for (const std::string& name : bench.learners) {
    MENO_TRY(const Contestant contestant, make_contestant(name, ground));
    for (const Round& round : rounds) {
      MENO_TRY(RoundScores scores, judged(contestant, round, bench.plan));
      bench.table.add(trained_on, round.answers, name, std::move(scores));
    }
  }
  return Done{};
}

/// Five parts of students make five repeats; the sixth begins anew with another split.
Result<Split> split_of(const Bench& bench, int repeat) {
  return split_students(bench.source,
                        {.folds = 5,
                         .fold = repeat % 5 + 1,
                         .seed = bench.plan.seed + static_cast<std::uint64_t>(repeat / 5)});
}

Result<Done> new_student(const Bench& bench, const Split& split) {
  const TrainingData data{.course = bench.course,
                          .training = sequences_of(bench.source, split.train),
                          .validation = sequences_of(bench.source, split.valid),
                          .data_hash = split.name};
  return compete(
      bench, data, "student", 0, [&](const Trained& pretrained) -> Result<std::vector<Round>> {
        std::vector<Round> rounds;
        for (const int k : bench.plan.answers) {
          const auto n = static_cast<std::size_t>(k);
          MENO_TRY(Round round,
                   student_round(bench.source, split, {.answers = n, .from = n, .to = n + 10}, true,
                                 pretrained.model));
          rounds.push_back(std::move(round));
        }
        return rounds;
      });
}

/// Questions 3 to 10 after two answers, 11 to 15 after ten.
constexpr Stage kMamlKt[] = {{2, 2, 10}, {10, 10, 15}};

Result<Done> maml_kt(const Bench& bench, const Split& split, int repeat) {
  for (const int students : bench.plan.students) {
    const auto n = static_cast<std::size_t>(students);
    if (n > split.train.size() || n > split.valid.size()) {
      return invalid_input(
          fmt::format("students {}, expected at most {}, as many as {} has to train "
                      "and to validate on",
                      n, std::min(split.train.size(), split.valid.size()), split.name));
    }
    Split few = split;
    Rng rng = Rng(bench.plan.seed).fork(static_cast<std::uint64_t>(repeat));
    rng.shuffle(std::span(few.train));
    rng.shuffle(std::span(few.valid));
    few.train.resize(n);
    few.valid.resize(n);
    const TrainingData data{.course = bench.course,
                            .training = sequences_of(bench.source, few.train),
                            .validation = sequences_of(bench.source, few.valid),
                            .data_hash = split.name};
    MENO_TRY_DONE(compete(
        bench, data, "student", n, [&](const Trained& pretrained) -> Result<std::vector<Round>> {
          std::vector<Round> rounds;
          for (const Stage& stage : kMamlKt) {
            MENO_TRY(Round round, student_round(bench.source, few, stage, false, pretrained.model));
            rounds.push_back(std::move(round));
          }
          return rounds;
        }));
  }
  return Done{};
}

Result<Done> new_thing(const Bench& bench, const Split& split, Thing thing, int repeat) {
  const int most = *std::max_element(bench.plan.answers.begin(), bench.plan.answers.end());
  MENO_TRY(const std::unique_ptr<HeldOut> held_out,
           HeldOut::draw(bench.source, split,
                         {.thing = thing,
                          .count = static_cast<std::size_t>(bench.plan.things),
                          .answers = static_cast<std::size_t>(std::max(1, most)),
                          .seed = mix64(bench.plan.seed + static_cast<std::uint64_t>(repeat))}));
  const TrainingData data{.course = bench.course,
                          .training = held_out->training(),
                          .validation = held_out->validation(),
                          .data_hash = split.name};
  return compete(bench, data, thing == Thing::Skill ? "skill" : "item", 0,
                 [&](const Trained& pretrained) -> Result<std::vector<Round>> {
                   std::vector<Round> rounds;
                   for (const int k : bench.plan.answers) {
                     MENO_TRY(Round round,
                              held_out->round(bench.entry, bench.plan.model_options,
                                              *pretrained.model, static_cast<std::size_t>(k)));
                     rounds.push_back(std::move(round));
                   }
                   return rounds;
                 });
}

Result<Done> check_numbers(const FewShotPlan& plan) {
  for (const int k : plan.answers) {
    if (k < 0) return invalid_input(fmt::format("answers {}, expected 0 or more", k));
  }
  for (const int n : plan.students) {
    if (n < 1) return invalid_input(fmt::format("students {}, expected 1 or more", n));
  }
  if (plan.answers.empty()) return invalid_input("0 numbers of answers, expected at least one");
  if (plan.repeats < 1 || plan.things < 1 || plan.meta_epochs < 1) {
    return invalid_input(
        fmt::format("repeats is {}, things {}, meta epochs {}, expected 1 or more each",
                    plan.repeats, plan.things, plan.meta_epochs));
  }
  return Done{};
}

/// The plan, with the options under which the model moves where it has to; the caller's go first.
Result<FewShotPlan> with_movable(FewShotPlan plan, const ModelEntry& entry, bool moves) {
  if (!moves || entry.movable.empty()) return plan;
  MENO_TRY(Options options, parse_options({std::string(entry.movable)}));
  plan.model_options.merge(options);
  return plan;
}

struct ProblemEntry {
  std::string_view name;
  std::string_view sampler;  // of the tasks that learners train on
  bool moves;                // the model is moved to new statistics
  Result<Done> (*run)(const Bench& bench, const Split& split, int repeat);
};

constexpr ProblemEntry kProblems[] = {
    {"new-student", "student", false,
     [](const Bench& bench, const Split& split, int) { return new_student(bench, split); }},
    {"new-skill", "skill", true,
     [](const Bench& bench, const Split& split, int repeat) {
       return new_thing(bench, split, Thing::Skill, repeat);
     }},
    {"new-item", "item", true,
     [](const Bench& bench, const Split& split, int repeat) {
       return new_thing(bench, split, Thing::Item, repeat);
     }},
    {"maml-kt", "student", false, &maml_kt},
};

}  // namespace

std::vector<std::string> few_shot_problems() {
  std::vector<std::string> names;
  for (const ProblemEntry& problem : kProblems) names.emplace_back(problem.name);
  return names;
}

Result<std::vector<FewShotRow>> run_few_shot(const Course& course, const SplitSource& source,
                                             const FewShotPlan& plan) {
  const auto* const problem =
      std::find_if(std::begin(kProblems), std::end(kProblems),
                   [&](const ProblemEntry& entry) { return entry.name == plan.problem; });
  if (problem == std::end(kProblems)) {
    return invalid_input(fmt::format("benchmark \"{}\", expected one of: {}", plan.problem,
                                     fmt::join(few_shot_problems(), ", ")));
  }
  MENO_TRY_DONE(check_numbers(plan));
  MENO_TRY_DONE(check_contestants(plan.learners));
  MENO_TRY(const ModelEntry* const entry, find_model(plan.model));
  MENO_TRY(const FewShotPlan filled, with_movable(plan, *entry, problem->moves));
  Table table;
  const Bench bench{course,
                    source,
                    filled,
                    *entry,
                    plan.learners.empty() ? usual_contestants(problem->sampler) : plan.learners,
                    table};
  for (int repeat = 0; repeat < plan.repeats; ++repeat) {
    MENO_TRY(const Split split, split_of(bench, repeat));
    MENO_TRY_DONE(problem->run(bench, split, repeat));
  }
  return table.rows();
}

}  // namespace meno
