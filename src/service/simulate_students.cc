#include "service/simulate_students.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include <fmt/format.h>

#include "core/files.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "core/progress.h"
#include "domain/dataset.h"
#include "domain/split.h"
#include "tutor/graph/suggest.h"
#include "tutor/path/errand.h"
#include "tutor/path/item_deck.h"

namespace meno {
namespace {

Result<Done> check(const SimulateStudents& ask) {
  if (ask.students < 1 || ask.students > 1000000)
    return invalid_input(fmt::format("--students is {}, expected 1 to 1000000", ask.students));
  if (ask.answers < 1 || ask.answers > 100000)
    return invalid_input(fmt::format("--answers is {}, expected 1 to 100000", ask.answers));
  return Done{};
}

/// Everything that the students share.
struct Stage {
  const Course& course;
  const SkillItems& items;
  const PathWorld& world;
  const LearnerFamily& family;
  const PolicyEntry* policy;  // nullptr: real records' order
  std::span<const Sequence> records;
  std::span<const double> answers_of_skill;
};

/// Which item comes next: a policy's choice, or the next of a real record.
class Questions {
 public:
  Questions(const Stage& stage, const SimulateStudents& ask, Rng& rng)
      : deck_(stage.items, rng.next()) {
    record_ = stage.records[rng.below(stage.records.size())];
    if (stage.policy == nullptr) return;
    ErrandRules rules;
    rules.first_answers = 0;
    const Errand errand = draw_errand(stage.world, {}, stage.answers_of_skill, rules, rng);
    if (errand.goals.empty()) return;
    task_ = std::make_unique<PathTask>(PathTask{.world = stage.world,
                                                .goals = errand.goals,
                                                .candidates = errand.candidates,
                                                .steps = static_cast<std::size_t>(ask.answers),
                                                .seed = errand.seed});
    policy_ = stage.policy->make(*task_);
  }

  std::size_t most(std::size_t asked) const {
    return policy_ ? asked : std::min(asked, record_.size());
  }
  ItemId next(std::size_t t, std::size_t left) {
    return policy_ ? deck_.draw(policy_->next(left)) : record_[t].item;
  }
  void observe(ItemId item, bool correct) {
    if (policy_) policy_->observe(item, correct);
  }

 private:
  ItemDeck deck_;
  Sequence record_;
  std::unique_ptr<PathTask> task_;
  std::unique_ptr<PathPolicy> policy_;
};

struct Totals {
  std::size_t answers = 0;
  double right = 0.0;
};

void add_line(const Stage& stage, const std::string& student, ItemId item, const PracticeStep& step,
              std::string& text) {
  Json skills = Json::array();
  for (const SkillId skill : stage.course.skills_of(item))
    skills.push_back(stage.course.skills.name(skill));
  const Json line{{"student", student},
                  {"item", stage.course.items.name(item)},
                  {"skills", std::move(skills)},
                  {"correct", step.correct ? 1 : 0},
                  {"response_ms", std::lround(1000.0 * step.seconds)},
                  {"simulated", true}};
  text += line.dump() + "\n";
}

void one_student(const Stage& stage, const SimulateStudents& ask, int number, std::string& text,
                 Totals& totals) {
  Rng rng = Rng(ask.seed ^ 0x73696dULL).fork(static_cast<std::uint64_t>(number));
  PracticeEnvironment environment(stage.family, stage.items, stage.world.engagement);
  Questions questions(stage, ask, rng);
  environment.reset(rng.next());
  const std::string name = fmt::format("simulated-{:06}", number + 1);
  const std::size_t most = questions.most(static_cast<std::size_t>(ask.answers));
  for (std::size_t t = 0; t < most; ++t) {
    const ItemId item = questions.next(t, most - t);
    const auto skills = stage.course.skills_of(item);
    const PracticeStep step = environment.step(item, skills.empty() ? SkillId(0U) : skills.front());
    questions.observe(item, step.correct);
    add_line(stage, name, item, step, text);
    ++totals.answers;
    totals.right += step.correct ? 1.0 : 0.0;
    if (ask.drop_out && step.stopped) break;
  }
}

}  // namespace

Result<Json> simulate_students(const SimulateStudents& ask) {
  MENO_TRY_DONE(check(ask));
  MENO_TRY(const FamilyEntry* const entry, find_family(ask.family));
  const PolicyEntry* policy = nullptr;
  if (!ask.policy.empty()) {
    MENO_TRY(policy, find_policy(ask.policy));
  }
  MENO_TRY(const Dataset dataset, Dataset::open(ask.data));
  const Course& course = dataset.course();
  std::vector<Sequence> records = split_source(dataset).students;
  std::erase_if(records, [](const Sequence& record) { return record.empty(); });
  if (records.empty()) return invalid_input("no answers in the dataset, expected some to fit on");
  Rng rng(ask.seed);
  rng.shuffle(std::span(records));
  records.resize(std::min(records.size(), static_cast<std::size_t>(std::max(ask.fitted, 1))));
  const SkillGraph none(course.skills.size());
  const SkillGraph graph = with_edges(course, none, suggest_edges(course, records, none));
  const SkillItems items(course);
  const FamilyFit fit{.seed = ask.seed, .epochs = ask.epochs, .threads = ask.threads};
  const PracticeData data{.course = course, .graph = graph, .students = records};
  MENO_TRY(const std::unique_ptr<const LearnerFamily> family, entry->fit(data, fit));
  MENO_TRY(const PathWorld world, make_path_world(data, items, fit));
  std::vector<double> answers_of_skill(course.skills.size(), 0.0);
  for (const Sequence& record : records)
    for (std::size_t t = 0; t < record.size(); ++t)
      for (const SkillId skill : record[t].skills) answers_of_skill[skill.value] += 1.0;
  const Stage stage{.course = course,
                    .items = items,
                    .world = world,
                    .family = *family,
                    .policy = policy,
                    .records = records,
                    .answers_of_skill = answers_of_skill};
  std::string text;
  Totals totals;
  Progress progress("simulate", static_cast<std::uint64_t>(ask.students), "students");
  for (int k = 0; k < ask.students; ++k) {
    if (interrupted()) return unavailable("interrupted while students were simulated");
    one_student(stage, ask, k, text, totals);
    progress.advance();
  }
  MENO_TRY_DONE(write_file_atomically(ask.out, text));
  return Json{
      {"simulated", true},
      {"family", ask.family},
      {"policy", ask.policy.empty() ? Json(nullptr) : Json(ask.policy)},
      {"students", ask.students},
      {"answers", totals.answers},
      {"p_correct", totals.right / static_cast<double>(std::max<std::size_t>(totals.answers, 1))},
      {"out", ask.out.string()}};
}

}  // namespace meno
