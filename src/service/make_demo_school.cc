#include "service/make_demo_school.h"

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <vector>

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"
#include "domain/dataset.h"
#include "domain/dataset_writer.h"
#include "models/registry.h"
#include "service/train_run.h"
#include "service/worked_examples.h"
#include "store/store.h"
#include "teach/bank/bank.h"
#include "tutor/simulator/simulator.h"

namespace meno {
namespace {

constexpr std::string_view kProvenance =
    "simulated: made up by a program, no person's answers (src/tutor/simulator)";
constexpr int kDays = 42;

/// Family names whose Latin and Chinese forms everybody can read; the numbers keep them apart.
struct FamilyName {
  std::string_view en;
  std::string_view zh_cn;
};
constexpr std::array kFamilyNames{FamilyName{"Li", "李"},    FamilyName{"Wang", "王"},
                                  FamilyName{"Zhang", "张"}, FamilyName{"Chen", "陈"},
                                  FamilyName{"Liu", "刘"},   FamilyName{"Zhao", "赵"},
                                  FamilyName{"Zhou", "周"},  FamilyName{"Wu", "吴"},
                                  FamilyName{"Xu", "徐"},    FamilyName{"Sun", "孙"}};

PracticeCourse practice_course(const ItemBank& bank) {
  PracticeCourse course{.skills = {},
                        .items = {},
                        .strands = bank.strands().size(),
                        .misconceptions = bank.misconceptions().size()};
  std::map<std::string, std::size_t, std::less<>> skills;
  std::map<std::string, std::size_t, std::less<>> strands;
  std::map<std::string, std::size_t, std::less<>> misconceptions;
  for (const BankStrand& strand : bank.strands()) strands.emplace(strand.id, strands.size());
  for (const Misconception& one : bank.misconceptions())
    misconceptions.emplace(one.id, misconceptions.size());
  for (const BankSkill& skill : bank.skills()) {
    PracticeSkill made{.strand = strands.at(skill.strand), .grade = skill.grade, .needs = {}};
    for (const std::string& need : skill.prerequisites) made.needs.push_back(skills.at(need));
    skills.emplace(skill.id, skills.size());
    course.skills.push_back(std::move(made));
  }
  for (const BankItem& item : bank.items()) {
    PracticeItem made{.skill = skills.at(item.skills.front()),
                      .difficulty = item.difficulty,
                      .choices = item.choices,
                      .misconceptions = {}};
    for (const std::string& id : item.misconceptions)
      made.misconceptions.push_back(misconceptions.at(id));
    course.items.push_back(std::move(made));
  }
  return course;
}

/// Midnight UTC of the day that many days before `at`.
TimePoint midnight_before(TimePoint at, int days) {
  return TimePoint(std::chrono::floor<std::chrono::days>(at) - std::chrono::days(days));
}

/// The training students' answers as a dataset. They end on a fixed day, so that one seed gives one
/// data hash.
Result<Done> write_dataset(const MakeDemoSchool& ask, const ItemBank& bank,
                           const PracticeCourse& course, const std::filesystem::path& folder) {
  MENO_TRY(DatasetWriter writer, DatasetWriter::create(folder, "demo school (simulated students)"));
  const Rng seeded(mix64(ask.seed) ^ 0x7472);
  const TimePoint last_day{std::chrono::sys_days(std::chrono::year{2026} / 6 / 30)};
  for (int k = 0; k < ask.training_students; ++k) {
    Rng rng = seeded.fork(static_cast<std::uint64_t>(k));
    const int school = k % 6;
    const PracticePlan plan{.begin = midnight_before(last_day, kDays),
                            .days = kDays,
                            .grade = 4 + school,
                            .sessions_per_week = 2.2,
                            .class_seed = ask.seed * 97 + static_cast<std::uint64_t>(school)};
    const LearnerKind kind = draw_learner_kind(rng);
    const std::string student = fmt::format("simulated-{:05}", k + 1);
    const std::string klass = fmt::format("simulated class {}", 4 + school);
    for (const SimulatedAnswer& answer : simulate_student(course, plan, kind, rng).answers) {
      const BankItem& item = bank.items()[answer.item];
      AnswerRow row{.student = student,
                    .item = item.id,
                    .skills = {},
                    .correct = answer.correct ? 1.0F : 0.0F,
                    .at = answer.at,
                    .response_ms = answer.response_ms,
                    .split = {},
                    .klass = klass,
                    .school = "simulated school"};
      for (const std::string& skill : item.skills) row.skills.emplace_back(skill);
      MENO_TRY_DONE(writer.add(row));
    }
  }
  return writer.finish(Json{{"source", kProvenance},
                            {"simulated", true},
                            {"seed", ask.seed},
                            {"item_bank", bank.course_id()},
                            {"code_version", MENO_VERSION}});
}

std::string model_of(const MakeDemoSchool& ask) {
  if (!ask.model.empty()) return ask.model;
  return find_model("evidence") ? "evidence" : "logistic";
}

/// What `meno train` does, on the simulated answers.
Result<Json> train_demo_run(const MakeDemoSchool& ask, const std::filesystem::path& folder) {
  TrainRun training{.data = folder / "dataset",
                    .out = folder / "run",
                    .model = model_of(ask),
                    .model_options = {},
                    .training = {}};
  training.training.seed = ask.seed;
  training.training.threads = ask.threads;
  training.training.epochs = ask.epochs;
  MENO_TRY(Json report, train_run(training));
  MENO_TRY(const Dataset dataset, Dataset::open(folder / "dataset"));
  return Json{{"students", dataset.students()}, {"answers", dataset.answers()},
              {"data_hash", dataset.hash()},    {"model", training.model},
              {"valid", report["valid"]},       {"train_seconds", report["train_seconds"]}};
}

StoredCourse stored_course(const ItemBank& bank) {
  StoredCourse course{.id = bank.course_id(),
                      .name = bank.course_name(),
                      .simulated = true,
                      .content = bank.json(),
                      .skills = {},
                      .items = {}};
  for (const BankSkill& skill : bank.skills()) {
    course.skills.push_back({.id = skill.id,
                             .name = skill.name,
                             .strand = bank.find_strand(skill.strand)->name,
                             .prerequisites = skill.prerequisites});
  }
  for (const BankItem& item : bank.items()) {
    course.items.push_back({.id = item.id, .title = item.title, .skills = item.skills});
  }
  return course;
}

/// What the student typed or chose: the right answer, the wrong option's, or a number that is
/// neither.
Result<std::string> response_of(const ItemBank& bank, const SimulatedAnswer& answer) {
  const std::string& id = bank.items()[answer.item].id;
  MENO_TRY(const AnswerKey key, bank.answer_key(id, answer.variant));
  if (answer.correct) return key.right;
  if (answer.wrong_option) return key.wrong[*answer.wrong_option].response;
  for (int guess = 0; guess < 100; ++guess) {
    const std::string typed = std::to_string(guess);
    MENO_TRY(const Grade grade, bank.grade(id, answer.variant, typed));
    if (!grade.correct && !grade.misconception) return typed;
  }
  return key.wrong.front().response;
}

/// One classmate and his answers, in the store's form.
struct Classmate {
  StoredStudent student;
  std::vector<StoredAnswer> answers;
};

Result<Classmate> classmate(const MakeDemoSchool& ask, const ItemBank& bank,
                            const PracticeCourse& course, int number, TimePoint now) {
  Rng rng = Rng(mix64(ask.seed) ^ 0x636c).fork(static_cast<std::uint64_t>(number));
  const bool second = number >= (ask.students + 1) / 2;
  const int place = second ? number - (ask.students + 1) / 2 + 1 : number + 1;
  const std::string klass = second ? "7B" : "7A";
  const FamilyName& name = kFamilyNames[static_cast<std::size_t>(number) % kFamilyNames.size()];
  Classmate made{.student = {.id = fmt::format("sim-{}-{:02}", second ? "7b" : "7a", place),
                             .display_name = fmt::format("{} Sim {} {} {:02} (simulated 模拟)",
                                                         klass, name.en, name.zh_cn, place),
                             .simulated = true},
                 .answers = {}};
  const PracticePlan plan{.begin = midnight_before(now, kDays),
                          .days = kDays,
                          .grade = 7,
                          .sessions_per_week = 3.5,
                          .class_seed = ask.seed * 2 + (second ? 1U : 0U)};
  const LearnerKind kind = draw_learner_kind(rng);
  for (const SimulatedAnswer& answer : simulate_student(course, plan, kind, rng).answers) {
    if (answer.at > now) break;
    MENO_TRY(std::string response, response_of(bank, answer));
    StoredAnswer stored;
    stored.event_id = fmt::format("{}-{:05}", made.student.id, made.answers.size() + 1);
    stored.course_id = bank.course_id();
    stored.student_id = made.student.id;
    stored.item_id = bank.items()[answer.item].id;
    stored.variant = answer.variant;
    stored.response = std::move(response);
    stored.correct = answer.correct ? 1.0 : 0.0;
    stored.answered_at = answer.at;
    stored.response_ms = answer.response_ms;
    stored.hints_used = answer.hints_used;
    stored.fingerprint = "demo";
    made.answers.push_back(std::move(stored));
  }
  return made;
}

Result<Json> fill_school(const MakeDemoSchool& ask, const ItemBank& bank,
                         const PracticeCourse& course, const std::filesystem::path& file,
                         TimePoint now) {
  MENO_TRY(const std::unique_ptr<Store> store, open_store(file.string()));
  MENO_TRY_DONE(store->courses().add(stored_course(bank)));
  MENO_TRY_DONE(store->settings().put(worked_examples(bank, now)));
  std::vector<StoredStudent> students;
  std::vector<StoredAnswer> answers;
  for (int k = 0; k < ask.students; ++k) {
    MENO_TRY(Classmate made, classmate(ask, bank, course, k, now));
    students.push_back(std::move(made.student));
    for (StoredAnswer& answer : made.answers) answers.push_back(std::move(answer));
  }
  std::stable_sort(
      answers.begin(), answers.end(),
      [](const StoredAnswer& a, const StoredAnswer& b) { return a.answered_at < b.answered_at; });
  MENO_TRY_DONE(store->students().enrol(bank.course_id(), students));
  MENO_TRY_DONE(store->answers().append_many(answers));
  double right = 0.0;
  for (const StoredAnswer& answer : answers) right += answer.correct;
  return Json{{"students", students.size()},
              {"classes", 2},
              {"answers", answers.size()},
              {"p_correct", answers.empty() ? 0.0 : right / static_cast<double>(answers.size())}};
}

Result<Json> build(const MakeDemoSchool& ask, const std::filesystem::path& folder,
                   const Clock& clock) {
  MENO_TRY(const ItemBank bank, load_bank(ask.bank));
  const PracticeCourse course = practice_course(bank);
  MENO_TRY_DONE(write_dataset(ask, bank, course, folder / "dataset"));
  MENO_TRY(Json training, train_demo_run(ask, folder));
  MENO_TRY(Json school, fill_school(ask, bank, course, folder / "school.db", clock.now()));
  return Json{{"simulated", true},
              {"note", "All students and answers here are simulated."},
              {"course", bank.course_id()},
              {"skills", bank.skills().size()},
              {"items", bank.items().size()},
              {"misconceptions", bank.misconceptions().size()},
              {"seed", ask.seed},
              {"school", school},
              {"training", training}};
}

Result<Done> check(const MakeDemoSchool& ask) {
  if (ask.students < 2 || ask.students > 2000) {
    return invalid_input(fmt::format("--students is {}, expected 2 to 2000", ask.students));
  }
  if (ask.training_students < 16 || ask.training_students > 1000000) {
    return invalid_input(
        fmt::format("--training-students is {}, expected 16 to 1000000", ask.training_students));
  }
  return Done{};
}

/// The summary of the demo school that is there; nullopt when there is nothing at all.
Result<std::optional<Json>> existing(const std::filesystem::path& into) {
  std::error_code ignored;
  if (!std::filesystem::exists(into, ignored)) return std::optional<Json>();
  const std::filesystem::path summary = into / "demo.json";
  if (std::filesystem::exists(summary, ignored)) {
    MENO_TRY(const std::string text, read_file(summary));
    MENO_TRY(Json json, parse_json(text, summary.string()));
    return std::optional(std::move(json));
  }
  if (std::filesystem::is_directory(into, ignored) && std::filesystem::is_empty(into, ignored))
    return std::optional<Json>();
  return conflict(fmt::format(
      "{} holds something else, expected no such folder or an earlier demo school", into.string()));
}

}  // namespace

Result<Json> make_demo_school(const MakeDemoSchool& ask, const Clock& clock) {
  MENO_TRY_DONE(check(ask));
  MENO_TRY(std::optional<Json> there, existing(ask.into));
  if (there && !ask.force) {
    (*there)["made"] = false;
    (*there)["into"] = ask.into.string();
    return *std::move(there);
  }
  const std::filesystem::path partial = ask.into.string() + ".partial";
  std::error_code fault;
  std::filesystem::remove_all(partial, fault);
  std::filesystem::create_directories(partial, fault);
  if (fault)
    return unavailable(
        fmt::format("{}: {}, expected a folder to write", partial.string(), fault.message()));
  Result<Json> made = build(ask, partial, clock);
  if (!made) {
    std::filesystem::remove_all(partial, fault);
    return made;
  }
  MENO_TRY_DONE(write_file_atomically(partial / "demo.json", made->dump(2) + "\n"));
  std::filesystem::remove_all(ask.into, fault);
  std::filesystem::rename(partial, ask.into, fault);
  if (fault)
    return unavailable(
        fmt::format("{}: {}, expected to rename it", partial.string(), fault.message()));
  (*made)["made"] = true;
  (*made)["into"] = ask.into.string();
  return made;
}

}  // namespace meno
