#include "service/test_step.h"

#include <algorithm>
#include <numeric>

#include <fmt/format.h>

#include "core/stable_hash.h"
#include "service/find_skill.h"
#include "tutor/adaptive_test/exposure.h"

namespace meno {
namespace {

constexpr std::uint64_t kSeed = 0;

/// `left_out`: a student whose answers are not calibrated on; "": none.
Result<TestBank> make_bank(Services& services, const std::string& course_id,
                           const std::string& left_out) {
  TestBank bank;
  MENO_TRY(TestCourse course, stored_test_course(services.store, course_id, left_out));
  bank.test = std::make_unique<const TestCourse>(std::move(course));
  MENO_TRY(Calibrated calibrated, calibrate(bank.test->course, bank.test->others, {}, kSeed));
  bank.calibrated = std::make_unique<const Calibrated>(std::move(calibrated));
  MENO_TRY(const TestMethodEntry* const entry, find_test_method("expected-loss"));
  bank.method = entry->make(*bank.calibrated);
  bank.asked.assign(bank.test->course.items.size(), 0.0);
  for (const AnswerSheet& sheet : bank.test->others) {
    for (const SheetAnswer& answer : sheet) bank.asked[answer.item.value] += 1.0;
    bank.answers += sheet.size();
  }
  return bank;
}

/// Items with one of the skills asked for.
Result<std::vector<ItemId>> allowed(const LiveCourse& live, const TestBank& bank,
                                    const TestStepAsk& ask) {
  const Course& course = bank.test->course;
  std::vector<bool> wanted(course.skills.size(), ask.skills.empty());
  for (const std::string& name : ask.skills) {
    MENO_TRY(const SkillId skill, find_skill(live, name));
    if (const auto own = course.skills.find(live.skill_name(skill))) wanted[own->value] = true;
  }
  std::vector<ItemId> items;
  for (std::size_t i = 0; i < course.items.size(); ++i) {
    const auto& skills = course.item_skills[i];
    if (std::any_of(skills.begin(), skills.end(), [&](SkillId s) { return wanted[s.value]; }))
      items.emplace_back(i);
  }
  if (items.size() <= kLargestTestBank) return items;
  std::stable_sort(items.begin(), items.end(),
                   [&](ItemId a, ItemId b) { return bank.asked[a.value] > bank.asked[b.value]; });
  items.resize(kLargestTestBank);
  return items;
}

/// What the student answered before the test, the latest `known`; answers of the test itself, which
/// may have been recorded meanwhile, count once.
Result<AnswerSheet> known_before(Services& services, const TestBank& bank, const TestStepAsk& ask) {
  AnswerSheet known;
  if (ask.known == 0) return known;
  MENO_TRY(const std::vector<StoredAnswer> answers,
           services.store.answers().history(ask.course_id, ask.student_id));
  for (auto answer = answers.rbegin(); answer != answers.rend(); ++answer) {
    if (known.size() == static_cast<std::size_t>(ask.known)) break;
    const auto item = bank.test->course.items.find(answer->item_id);
    if (!item) continue;
    const auto same = [&](const SheetAnswer& other) { return other.item == *item; };
    const auto in_test = [&](const TestStepAsk::Answer& other) {
      return other.item_id == answer->item_id;
    };
    if (std::any_of(known.begin(), known.end(), same) ||
        std::any_of(ask.answers.begin(), ask.answers.end(), in_test))
      continue;
    known.push_back({*item, answer->correct > 0.5});
  }
  std::reverse(known.begin(), known.end());
  return known;
}

Result<Done> check(const TestStepAsk& ask) {
  if (ask.known != 0 && ask.student_id.empty())
    return invalid_input("\"known\" without a student, expected whose answers they are");
  return Done{};
}

/// The bank for this student.
Result<std::shared_ptr<const TestBank>> bank_for(Services& services, const LiveCourse& course,
                                                 const TestStepAsk& ask) {
  const std::uint64_t answers = services.store.answers().count();
  MENO_TRY(std::shared_ptr<const TestBank> whole, services.test_banks.find(course, answers, [&] {
    return make_bank(services, ask.course_id, "");
  }));
  if (ask.student_id.empty() || whole->test->others.size() > kFewStudents) return whole;
  Result<std::shared_ptr<const TestBank>> without = services.test_banks.find(
      course, answers, [&] { return make_bank(services, ask.course_id, ask.student_id); },
      ask.student_id);
  // Where nobody else has answered there is nothing else to calibrate on.
  return without ? *without : whole;
}

/// Lengths that a limit is calibrated for: each up to twenty, then tens, so that few are kept.
int calibrated_length(int longest) { return longest <= 20 ? longest : 10 * ((longest + 9) / 10); }

/// Calibrated on the whole bank; null where nothing is limited.
Result<std::shared_ptr<const ExposureControl>> exposure_for(Services& services,
                                                            const LiveCourse& live,
                                                            const TestBank& bank,
                                                            const TestStepAsk& ask) {
  std::shared_ptr<const ExposureControl> none;
  if (ask.rules.exposure <= 0.0 || ask.rules.exposure >= 1.0) return none;
  const int percent = std::max(1, static_cast<int>(100.0 * ask.rules.exposure + 1e-9));
  TestRules rules{.shortest = 0, .longest = calibrated_length(ask.rules.longest)};
  TestStepAsk all = ask;
  all.skills.clear();
  MENO_TRY(const std::vector<ItemId> items, allowed(live, bank, all));
  rules.longest = std::min(rules.longest, static_cast<int>(items.size()));
  const TestSetting setting{.course = bank.test->course,
                            .method = *bank.method,
                            .irt = bank.calibrated->irt,
                            .bank = items,
                            .rules = rules};
  return services.exposures.find(
      live, services.store.answers().count(),
      [&] {
        return calibrate_exposure(setting, {.most = percent / 100.0, .students = 300, .rounds = 10},
                                  Rng(kSeed));
      },
      fmt::format("{}/{}", percent, rules.longest));
}

Result<TestSession> session_so_far(Services& services, const LiveCourse& live, const TestBank& bank,
                                   const ExposureControl* exposure, const TestStepAsk& ask) {
  MENO_TRY(std::vector<ItemId> items, allowed(live, bank, ask));
  const Course& course = bank.test->course;
  const Rng drawn(mix64(StableHash().add(ask.student_id).value() + ask.seed));
  MENO_TRY(TestSession session,
           TestSession::begin(course, *bank.method, std::move(items), ask.rules, drawn,
                              {.irt = &bank.calibrated->irt, .exposure = exposure}));
  MENO_TRY(const AnswerSheet known, known_before(services, bank, ask));
  session.know(known);
  for (const TestStepAsk::Answer& answer : ask.answers) {
    const auto item = course.items.find(answer.item_id);
    if (!item) {
      return not_found(fmt::format("item \"{}\", expected an item of course \"{}\"", answer.item_id,
                                   ask.course_id));
    }
    MENO_TRY_DONE(session.resume(*item, answer.correct));
  }
  return session;
}

}  // namespace

Result<TestStep> test_step(Services& services, const TestStepAsk& ask) {
  MENO_TRY_DONE(check(ask));
  TestStep step;
  MENO_TRY(step.course, services.courses.find(ask.course_id));
  if (!ask.student_id.empty()) {
    MENO_TRY_DONE(services.students.find(step.course, ask.student_id));
  }
  MENO_TRY(step.bank, bank_for(services, *step.course, ask));
  MENO_TRY(const std::shared_ptr<const ExposureControl> exposure,
           exposure_for(services, *step.course, *step.bank, ask));
  MENO_TRY(TestSession session,
           session_so_far(services, *step.course, *step.bank, exposure.get(), ask));
  if (ask.end) session.end();
  if (const std::optional<ItemId> next = session.next(ask.elapsed_s)) {
    const std::string& id = step.bank->test->course.items.name(*next);
    step.question = step.course->item(id);
    if (step.course->bank()) {
      MENO_TRY(step.content, step.course->bank()->instantiate(id, kTestVariant));
    }
  }
  step.report = session.report();
  return step;
}

}  // namespace meno
