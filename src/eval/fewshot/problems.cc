#include "eval/fewshot/problems.h"

#include <algorithm>
#include <memory>
#include <utility>

#include <fmt/format.h>

#include "eval/courses/new_course.h"
#include "eval/fewshot/contestants.h"
#include "eval/fewshot/new_students.h"
#include "eval/fewshot/new_things.h"

namespace meno {
namespace {

/// Trains once and lets every contestant meet every round. `rounds_of(pretrained)` makes them.
template <class RoundsOf>
Result<Done> compete(const FewShotBench& bench, const TrainingData& data, std::string_view sampler,
                     std::size_t trained_on, const RoundsOf& rounds_of) {
  MENO_TRY(
      const Trained pretrained,
      train(bench.entry, bench.plan.model_options, data,
            {.seed = bench.plan.seed, .threads = bench.plan.threads, .epochs = bench.plan.epochs}));
  MENO_TRY(std::vector<Round> rounds, rounds_of(pretrained));
  const Ground ground{bench.plan, bench.entry, bench.course, data,
                      pretrained, bench.prior, sampler};
  for (const std::string& name : bench.learners) {
    MENO_TRY(const Contestant contestant, make_contestant(name, ground));
    for (Round& round : rounds) {
      if (contestant.of_prior) std::swap(round.model, round.prior);
      MENO_TRY(RoundScores scores, judged(contestant, round, bench.plan));
      if (contestant.of_prior) std::swap(round.model, round.prior);
      bench.table.add(trained_on, round.answers, name, std::move(scores));
    }
  }
  return Done{};
}

/// The prior's model with the statistics of the training students; nullptr without a prior.
Result<std::shared_ptr<const StudentModel>> prior_on(const FewShotBench& bench,
                                                     const TrainingData& data) {
  if (bench.prior == nullptr) return std::shared_ptr<const StudentModel>();
  MENO_TRY(const ModelEntry* const entry, find_model("evidence"));
  CourseCohort training = cohort_of(data.training);
  for (Window& window : training.windows) window.fold = kNoFold;  // nobody of them is predicted
  training.folds = 0;
  MENO_TRY(auto moved, moved_to(*entry, prior_model_options(), *bench.prior->model, training));
  return std::shared_ptr<const StudentModel>(std::move(moved));
}

Result<Done> new_student(const FewShotBench& bench, const Split& split) {
  const TrainingData data{.course = bench.course,
                          .training = sequences_of(bench.source, split.train),
                          .validation = sequences_of(bench.source, split.valid),
                          .data_hash = split.name};
  MENO_TRY(const auto prior, prior_on(bench, data));
  return compete(
      bench, data, "student", 0, [&](const Trained& pretrained) -> Result<std::vector<Round>> {
        std::vector<Round> rounds;
        for (const int k : bench.plan.answers) {
          const auto n = static_cast<std::size_t>(k);
          MENO_TRY(Round round,
                   student_round(bench.source, split, {.answers = n, .from = n, .to = n + 10}, true,
                                 pretrained.model));
          round.prior = prior;
          rounds.push_back(std::move(round));
        }
        return rounds;
      });
}

/// Questions 3 to 10 after two answers, 11 to 15 after ten.
constexpr Stage kMamlKt[] = {{2, 2, 10}, {10, 10, 15}};

Result<Done> maml_kt(const FewShotBench& bench, const Split& split, int repeat) {
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
    MENO_TRY(const auto prior, prior_on(bench, data));
    MENO_TRY_DONE(compete(
        bench, data, "student", n, [&](const Trained& pretrained) -> Result<std::vector<Round>> {
          std::vector<Round> rounds;
          for (const Stage& stage : kMamlKt) {
            MENO_TRY(Round round, student_round(bench.source, few, stage, false, pretrained.model));
            round.prior = prior;
            rounds.push_back(std::move(round));
          }
          return rounds;
        }));
  }
  return Done{};
}

Result<Done> new_thing(const FewShotBench& bench, const Split& split, Thing thing, int repeat) {
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
  return compete(
      bench, data, thing == Thing::Skill ? "skill" : "item", 0,
      [&](const Trained& pretrained) -> Result<std::vector<Round>> {
        std::vector<Round> rounds;
        for (const int k : bench.plan.answers) {
          MENO_TRY(Round round, held_out->round(bench.entry, bench.plan.model_options,
                                                *pretrained.model, static_cast<std::size_t>(k)));
          if (bench.prior != nullptr) {
            MENO_TRY(const ModelEntry* const evidence, find_model("evidence"));
            MENO_TRY(Round same, held_out->round(*evidence, prior_model_options(),
                                                 *bench.prior->model, static_cast<std::size_t>(k)));
            round.prior = std::move(same.model);
          }
          rounds.push_back(std::move(round));
        }
        return rounds;
      });
}

constexpr FewShotProblem kProblems[] = {
    {"new-student", "student", false,
     [](const FewShotBench& bench, const Split& split, int) { return new_student(bench, split); }},
    {"new-skill", "skill", true,
     [](const FewShotBench& bench, const Split& split, int repeat) {
       return new_thing(bench, split, Thing::Skill, repeat);
     }},
    {"new-item", "item", true,
     [](const FewShotBench& bench, const Split& split, int repeat) {
       return new_thing(bench, split, Thing::Item, repeat);
     }},
    {"maml-kt", "student", false, &maml_kt},
};

}  // namespace

std::span<const FewShotProblem> few_shot_registry() { return kProblems; }

}  // namespace meno
