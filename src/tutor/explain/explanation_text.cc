#include "tutor/explain/explanation_text.h"

#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "core/check.h"

namespace meno {
namespace {

struct Named {
  std::string_view piece, en, zh_cn;
};

constexpr std::array kNames{
    Named{"item_difficulty", "How hard this item is", "这道题的难度"},
    // by evidence
    Named{"skill", "Your answers on this skill", "你在这个知识点上的作答"},
    Named{"item", "Your earlier tries at this item", "你以前做这道题的情况"},
    Named{"overall", "How you do in general", "你的整体水平"},
    Named{"recent", "Your last few answers", "你最近的几次作答"},
    Named{"similar", "How others did who stood where you stand", "情况与你相似的同学的表现"},
    Named{"time", "The time since your last practice", "距离上次练习的时间"},
    Named{"memory", "The order in which your answers came", "你历次作答的先后次序"},
    // by answer
    Named{"right_here", "Right answers on this skill", "这个知识点上答对的题"},
    Named{"wrong_here", "Wrong answers on this skill", "这个知识点上答错的题"},
    Named{"builds_on", "Answers on what it builds on", "先修知识点上的作答"},
    Named{"right_elsewhere", "Right answers on other skills", "其他知识点上答对的题"},
    Named{"wrong_elsewhere", "Wrong answers on other skills", "其他知识点上答错的题"},
    Named{"earlier", "Answers further back", "更早的作答"},
};

// Whole per cent, never 0 or 100: nothing here is that sure.
int percent(double p) { return std::clamp(static_cast<int>(std::lround(100.0 * p)), 1, 99); }

}  // namespace

Text name_of_piece(std::string_view piece) {
  const auto* const found = std::find_if(kNames.begin(), kNames.end(),
                                         [&](const Named& row) { return row.piece == piece; });
  MENO_CHECK(found != kNames.end(), "a piece of an explanation without a name");
  return {std::string(found->en), std::string(found->zh_cn)};
}

Text explanation_text(double p_typical, double p_unknown, double p_correct, const Text& item) {
  return {fmt::format("A student of whom nothing is known is expected to get a typical item of "
                      "this course right with {}%, and “{}” with {}%. With what you have shown it "
                      "is {}%.",
                      percent(p_typical), item.en, percent(p_unknown), percent(p_correct)),
          fmt::format("对于一名尚不了解的学生，预计答对本课程一道普通题的可能性为 "
                      "{}%，答对“{}”的可能性为 {}%。结合你的作答情况，这一可能性为 {}%。",
                      percent(p_typical), item.zh_cn, percent(p_unknown), percent(p_correct))};
}

}  // namespace meno
