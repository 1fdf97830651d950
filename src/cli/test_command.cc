// meno test: an adaptive test on a terminal, or driven by a script.
#include <chrono>
#include <iostream>
#include <optional>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/interrupt.h"
#include "core/json.h"
#include "service/test_student.h"

namespace meno {
namespace {

/// The sentences of a report, in one language. Placeholders as in fmt.
struct ReportWords {
  std::string_view head, skill, simulated;
};
constexpr ReportWords kEnglish{
    "\n{} questions. {}\nability {:+.2f} (band {:+.2f} to {:+.2f}; 0 is the average student)\n",
    "  {}: {} of {} right, {:.0f} % of its items expected right\n",
    "(the course's students are simulated)\n"};
constexpr ReportWords kChinese{
    "\n共 {} 题。{}\n能力 {:+.2f}（区间 {:+.2f} 至 {:+.2f}；0 为平均水平）\n",
    "  {}：答对 {}/{}，预计该技能题目答对率 {:.0f} %\n", "（本课程的学生均为模拟）\n"};

std::string report_text(const Json& report, const ReportWords& words) {
  const Json& ability = report.at("ability");
  std::string text =
      fmt::format(fmt::runtime(words.head), report.at("questions").get<std::size_t>(),
                  report.at("stopped_text").get<std::string>(), ability.at("mean").get<double>(),
                  ability.at("low").get<double>(), ability.at("high").get<double>());
  for (const Json& skill : report.at("skills")) {
    if (skill.at("asked").get<int>() == 0) continue;
    text += fmt::format(fmt::runtime(words.skill), skill.at("name").get<std::string>(),
                        skill.at("right").get<int>(), skill.at("asked").get<int>(),
                        100.0 * skill.at("p_correct").get<double>());
  }
  if (report.at("simulated").get<bool>()) text += words.simulated;
  text.pop_back();
  return text;
}

void add_rules(CLI::App& app, TestRules& rules, std::optional<double>& cut) {
  CLI::App& group = *app.add_option_group("when to stop, what may be asked");
  group.add_option("--shortest", rules.shortest, "questions before precision or --cut may end it")
      ->capture_default_str();
  group.add_option("--longest", rules.longest, "questions")->capture_default_str();
  group.add_option("--precision", rules.precision,
                   "end at this standard deviation of the ability; 0: never");
  group.add_option("--cut", cut, "end when the ability is surely above or below this");
  group
      .add_option_function<std::string>(
          "--classify",
          [&rules](const std::string& name) { rules.classify = *find_classify(name); },
          "of --cut: band (default), sprt or glr")
      ->check(CLI::IsMember({"band", "sprt", "glr"}));
  group
      .add_option("--indifference", rules.indifference,
                  "sprt, glr: abilities so near the cut may go either way")
      ->capture_default_str();
  group
      .add_option("--error-below", rules.error_below,
                  "sprt, glr: chance of calling a student below who is above")
      ->capture_default_str();
  group.add_option("--error-above", rules.error_above, "and the other way round")
      ->capture_default_str();
  group.add_option("--exposure", rules.exposure,
                   "Sympson-Hetter: ask no item of a larger share of students; 0: no limit");
  group.add_option("--seconds", rules.longest_s, "time limit; 0: none");
  group
      .add_option("--among-best", rules.among_best,
                  "draw among so many best questions, so that none is worn out")
      ->capture_default_str();
  group.add_flag("--balance", rules.balance, "ask the skills in equal shares");
}

}  // namespace

int test_command(int argc, const char* const* argv) {
  Invocation call(
      "test",
      "Give a student an adaptive test. On a terminal, questions are asked one by one. "
      "With --json, standard input holds the answers as JSON Lines, {\"item_id\", "
      "\"correct\"}; only those items are asked, in the order the test chooses, and the "
      "report is printed.");
  GiveTest ask;
  std::string language = "en";
  CLI::App& app = call.app();
  app.add_option("dataset", ask.course.data, "the dataset folder to calibrate on");
  app.add_option("--data", ask.course.data, "the same, by name");
  app.add_option("--store", ask.course.store, "or the store");
  app.add_option("--course", ask.course.course, "of the store, where it has several");
  app.add_option("--student", ask.course.student, "whose own answers are not calibrated on");
  app.add_option("--skill", ask.skills, "ask only items of this skill, may repeat");
  app.add_option("--selector", ask.selector, "see meno benchmark adaptive-test")
      ->capture_default_str();
  app.add_option("--known", ask.known,
                 "a progress test: begin with so many latest answers of the student")
      ->check(CLI::NonNegativeNumber);
  app.add_option("--seed", ask.seed, "of everything random")->capture_default_str();
  app.add_option("--language", language, "en or zh-CN")
      ->check(CLI::IsMember({"en", "zh-CN"}))
      ->capture_default_str();
  add_rules(app, ask.rules, ask.rules.cut);
  catch_interrupts();
  const auto body = [&]() -> Result<Json> {
    ask.chinese = language == "zh-CN";
    ask.scripted = call.json();
    const auto start = std::chrono::steady_clock::now();
    return give_test(ask, std::cin, std::cout, [start] {
      return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    });
  };
  return call.run(argc, argv, body, [&](const Json& report) {
    return report_text(report, ask.chinese ? kChinese : kEnglish);
  });
}

}  // namespace meno
