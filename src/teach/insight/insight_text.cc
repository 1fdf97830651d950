#include "teach/insight/insight_text.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

namespace meno {
namespace {

int percent(double p) { return std::clamp(static_cast<int>(std::lround(100.0 * p)), 1, 99); }

std::string counted(long n, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", n, n == 1 ? one : many);
}

}  // namespace

Advice struggling_advice(const SkillMastery& mastery, const SkillRecord& record,
                         const Text& practised, const Text& root) {
  Advice advice;
  const std::uint32_t wrong = record.answers - record.right;
  advice.reason = {
      fmt::format("“{}”: {} of {} wrong; chance on a new item about {}% (likely {}–{}%)",
                  practised.en, wrong, counted(record.answers, "answer", "answers"),
                  percent(mastery.p_mastery), percent(mastery.low), percent(mastery.high)),
      fmt::format("“{}”：{} 次作答错 {} 次；答对新题的把握约为 {}%（可能在 {}%–{}% 之间）",
                  practised.zh_cn, record.answers, wrong, percent(mastery.p_mastery),
                  percent(mastery.low), percent(mastery.high))};
  const int run = record.streak < 0 ? -record.streak : 0;
  if (run >= 2) {
    advice.reason.en += fmt::format("; the last {} in a row wrong", run);
    advice.reason.zh_cn += fmt::format("；最近连错 {} 题", run);
  }
  if (root == practised) {
    advice.suggestion = {
        "Work one example through together, then two easier items on the same skill.",
        "先一起讲透一道例题，再让学生做两道同一知识点的较易题。"};
    return advice;
  }
  advice.suggestion = {fmt::format("Begin one step earlier, with “{}”, which it builds on and "
                                   "which is weak as well.",
                                   root.en),
                       fmt::format("先补前置知识点“{}”：它是基础，目前同样薄弱。", root.zh_cn)};
  return advice;
}

Advice rapid_guessing_advice(int guesses, int timed) {
  return {{fmt::format("{} of the last {} timed answers were wrong and too fast to have read the "
                       "item",
                       guesses, timed),
           fmt::format("最近 {} 次计时作答中，有 {} 次答错且快得来不及读题", timed, guesses)},
          {"Ask what is in the way, and agree on a few items done without hurry; these answers say "
           "little about the skills.",
           "先了解原因，约定放慢速度认真做几道题；这些作答不足以反映真实水平。"}};
}

Advice idle_advice(int minutes) {
  return {{fmt::format("No answer for {}, while classmates work on",
                       counted(minutes, "minute", "minutes")),
           fmt::format("已有 {} 分钟没有作答，而其他同学仍在练习", minutes)},
          {"Look over: stuck on an item, or away from the page?",
           "走过去看一看：是卡在某道题上，还是没有在做？"}};
}

Advice absent_advice(std::optional<int> days) {
  const Text suggestion{"Find out why, and set a short, easy start for coming back.",
                        "了解原因，安排一小段容易上手的练习，帮助重新进入状态。"};
  if (!days) {
    return {{"Has not answered anything yet, while the class is at work",
             "还没有任何作答，而班上其他同学已在练习"},
            suggestion};
  }
  return {
      {fmt::format("No answer for {}, while the class is at work", counted(*days, "day", "days")),
       fmt::format("已有 {} 天没有作答，而班上其他同学仍在练习", *days)},
      suggestion};
}

}  // namespace meno
