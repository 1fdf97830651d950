// The shipped bank, content/school-math: every template, many variants, both languages, and an
// independent oracle.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "teach/bank/bank.h"
#include "teach/bank/typed_number.h"

namespace meno {
namespace {

constexpr std::uint32_t kVariants = 200;

const ItemBank& shipped() {
  static const Result<ItemBank> kBank = load_bank(MENO_SOURCE_DIR "/content/school-math");
  if (!kBank) throw std::runtime_error(kBank.error().message);
  return *kBank;
}

/// Numbers in a sentence, sorted: what both languages must share.
std::vector<std::string> numbers_in(const std::string& sentence) {
  std::vector<std::string> found;
  std::string digits;
  for (const char c : sentence + " ") {
    if (std::isdigit(static_cast<unsigned char>(c)) != 0) {
      digits += c;
    } else if (!digits.empty()) {
      found.push_back(digits);
      digits.clear();
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

bool has_chinese(const std::string& text) {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) >= 0xE3; });
}

void expect_complete(const Text& text, const std::string& where) {
  EXPECT_FALSE(text.en.empty()) << where;
  EXPECT_FALSE(text.zh_cn.empty()) << where;
  for (const std::string& words : {text.en, text.zh_cn}) {
    EXPECT_EQ(words.find_first_of("[]|"), std::string::npos) << where << ": " << words;
    EXPECT_EQ(std::count(words.begin(), words.end(), '$') % 2, 0) << where << ": " << words;
    EXPECT_EQ(words.find("--"), std::string::npos) << where << ": " << words;
    EXPECT_EQ(words.find("+ -"), std::string::npos) << where << ": " << words;
  }
  EXPECT_FALSE(has_chinese(text.en)) << where << ": " << text.en;
}

TEST(SchoolMath, HasFortySkillsWithThreeItemsEach) {
  const ItemBank& bank = shipped();
  EXPECT_GE(bank.skills().size(), 40U);
  EXPECT_GE(bank.misconceptions().size(), 40U);
  std::map<std::string, int> items;
  for (const BankItem& item : bank.items()) ++items[item.skills.front()];
  std::set<std::string> names;
  for (const BankSkill& skill : bank.skills()) {
    EXPECT_GE(items[skill.id], 3) << skill.id;
    EXPECT_TRUE(names.insert(skill.name.en).second) << skill.name.en;
    EXPECT_TRUE(names.insert(skill.name.zh_cn).second) << skill.name.zh_cn;
    EXPECT_TRUE(has_chinese(skill.name.zh_cn)) << skill.id;
    EXPECT_GE(skill.grade, 3);
    EXPECT_LE(skill.grade, 9);
  }
}

TEST(SchoolMath, PrerequisitesComeFirstAndAreNotTaughtLater) {
  const ItemBank& bank = shipped();
  std::set<std::string> before;
  for (const BankSkill& skill : bank.skills()) {
    for (const std::string& need : skill.prerequisites) {
      EXPECT_TRUE(before.contains(need)) << skill.id << " needs " << need;
      EXPECT_LE(bank.find_skill(need)->grade, skill.grade) << skill.id << " needs " << need;
    }
    before.insert(skill.id);
  }
}

TEST(SchoolMath, EveryMisconceptionIsUsedAndSaysWhatToDo) {
  const ItemBank& bank = shipped();
  std::set<std::string> used{"not_lowest_terms"};
  for (const BankItem& item : bank.items())
    used.insert(item.misconceptions.begin(), item.misconceptions.end());
  for (const Misconception& one : bank.misconceptions()) {
    EXPECT_TRUE(used.contains(one.id)) << one.id;
    expect_complete(one.name, one.id);
    expect_complete(one.advice, one.id);
    EXPECT_TRUE(has_chinese(one.advice.zh_cn)) << one.id;
  }
}

void check_texts(const BankItem& item, const ItemContent& content, const Grade& grade,
                 const std::string& where) {
  expect_complete(content.prompt, where + " prompt");
  EXPECT_EQ(numbers_in(content.prompt.en), numbers_in(content.prompt.zh_cn))
      << where << content.prompt.en;
  EXPECT_GE(content.hints.size(), 2U) << where;
  for (const Text& hint : content.hints) expect_complete(hint, where + " hint");
  for (const ItemChoice& choice : content.choices) expect_complete(choice.text, where + " choice");
  expect_complete(grade.right_answer, where + " answer");
  expect_complete(grade.explanation, where + " explanation");
  EXPECT_TRUE(has_chinese(grade.explanation.zh_cn) ||
              grade.explanation.zh_cn.find("。") != std::string::npos)
      << where;
  EXPECT_EQ(content.choices.size(), static_cast<std::size_t>(item.choices)) << where;
}

void check_variant(const BankItem& item, std::uint32_t variant) {
  const ItemBank& bank = shipped();
  const std::string where = item.id + " #" + std::to_string(variant);
  const Result<ItemContent> content = bank.instantiate(item.id, variant);
  ASSERT_TRUE(content) << content.error().message;
  const Result<AnswerKey> key = bank.answer_key(item.id, variant);
  const Result<Grade> right = bank.grade(item.id, variant, key->right);
  ASSERT_TRUE(right) << where << ": " << right.error().message;
  EXPECT_TRUE(right->correct) << where;
  EXPECT_FALSE(right->misconception) << where;
  check_texts(item, *content, *right, where);
  std::set<std::string> responses{key->right};
  for (const AnswerKey::Wrong& wrong : key->wrong) {
    const Result<Grade> grade = bank.grade(item.id, variant, wrong.response);
    ASSERT_TRUE(grade) << where << ": " << grade.error().message;
    EXPECT_FALSE(grade->correct) << where << " " << wrong.response;
    ASSERT_TRUE(grade->misconception) << where << " " << wrong.response;
    EXPECT_EQ(grade->misconception->id, wrong.misconception) << where;
    EXPECT_TRUE(responses.insert(wrong.response).second) << where << " repeats " << wrong.response;
  }
}

/// An eighth of the templates each, so that they run side by side.
constexpr std::size_t kShards = 8;
class EveryItem : public testing::TestWithParam<std::size_t> {};

TEST_P(EveryItem, IsCompleteAndGradesItsOwnAnswers) {
  for (std::size_t k = GetParam(); k < shipped().items().size(); k += kShards) {
    const BankItem& item = shipped().items()[k];
    std::set<std::string> shown;
    for (std::uint32_t variant = 0; variant < kVariants; ++variant) {
      check_variant(item, variant);
      const ItemContent content = *shipped().instantiate(item.id, variant);
      std::string all = content.prompt.en;
      for (const ItemChoice& choice : content.choices) all += choice.text.en;
      shown.insert(all);
    }
    EXPECT_GE(shown.size(), 8U) << item.id;  // another try is another exercise
  }
}

INSTANTIATE_TEST_SUITE_P(SchoolMath, EveryItem, testing::Range<std::size_t>(0, kShards));

TEST(SchoolMath, IsTheSameOnEveryMachine) {
  // Written down once: a change here changes what stored answers mean.
  const Result<ItemContent> content = shipped().instantiate("fractions.add_unlike.2", 3);
  EXPECT_EQ(content->prompt.en, "Work out $\\frac{2}{3} + \\frac{5}{7}$.");
  EXPECT_EQ(shipped().answer_key("fractions.add_unlike.2", 3)->right, "29/21");
}

/// The numbers of the English prompt in the order they are read.
std::vector<double> read_prompt(const std::string& prompt) {
  std::vector<double> numbers;
  for (std::size_t at = 0; at < prompt.size();) {
    if (std::isdigit(static_cast<unsigned char>(prompt[at])) == 0) {
      ++at;
      continue;
    }
    std::size_t used = 0;
    numbers.push_back(std::stod(prompt.substr(at), &used));
    at += used;
  }
  return numbers;
}

struct Oracle {
  const char* item;
  std::function<double(const std::vector<double>&)>
      answer;  // from the prompt's numbers, in plain doubles
};

TEST(SchoolMath, AgreesWithAnIndependentOracle) {
  using V = const std::vector<double>&;
  const auto lcm_of = [](double a, double b) {
    return static_cast<double>(std::lcm(static_cast<long>(a), static_cast<long>(b)));
  };
  const Oracle oracles[] = {
      {"number.multiply.1", [](V n) { return n[0] * n[1]; }},
      {"number.multiply.3", [](V n) { return n[0] * n[1]; }},
      {"number.divide.2", [](V n) { return n[0] / n[1]; }},
      {"number.divide.3", [](V n) { return std::fmod(n[0], n[1]); }},
      {"number.divide.4", [](V n) { return std::ceil(n[0] / n[1]); }},
      {"number.order_of_operations.2", [](V n) { return n[0] * (n[1] + n[2]) - n[3]; }},
      {"number.order_of_operations.3", [](V n) { return n[0] + n[1] * n[1] * n[3]; }},
      {"number.factors_multiples.1",
       [](V n) {
         return static_cast<double>(std::gcd(static_cast<long>(n[0]), static_cast<long>(n[1])));
       }},
      {"number.factors_multiples.2", [&](V n) { return lcm_of(n[0], n[1]); }},
      {"number.factors_multiples.3", [&](V n) { return lcm_of(n[0], n[1]); }},
      {"fractions.equivalent.1", [](V n) { return n[0] / n[1] * n[2]; }},
      {"fractions.equivalent.2", [](V n) { return n[0] / n[1]; }},
      {"fractions.add_like.1", [](V n) { return n[0] / n[1] + n[2] / n[3]; }},
      {"fractions.add_like.3", [](V n) { return n[0] + n[1] / n[2] + n[3] + n[4] / n[5]; }},
      {"fractions.add_unlike.2", [](V n) { return n[0] / n[1] + n[2] / n[3]; }},
      {"fractions.add_unlike.3", [](V n) { return n[0] / n[1] - n[2] / n[3]; }},
      {"fractions.multiply.3", [](V n) { return (n[0] + n[1] / n[2]) * n[3] / n[4]; }},
      {"fractions.multiply.4", [](V n) { return n[0] * n[1] / n[2]; }},
      {"fractions.divide.2", [](V n) { return (n[0] / n[1]) / (n[2] / n[3]); }},
      {"fractions.divide.4", [](V n) { return n[0] / (n[1] / n[2]); }},
      {"decimals.add_sub.1", [](V n) { return n[0] + n[1]; }},
      {"decimals.add_sub.4", [](V n) { return n[2] - n[0] - n[1]; }},
      {"decimals.multiply.3", [](V n) { return n[0] * n[1]; }},
      {"percent.of_quantity.3", [](V n) { return n[1] / (n[0] / 100); }},
      {"percent.change.3", [](V n) { return 100 * (n[1] - n[0]) / n[0]; }},
      {"percent.change.4", [](V n) { return n[0] * (1 + n[1] / 100) * (1 - n[2] / 100); }},
      {"ratio.share.1", [](V n) { return n[0] * n[1] / (n[1] + n[2]); }},
      {"ratio.share.2", [](V n) { return n[2] / (n[1] - n[0]) * (n[0] + n[1]); }},
      {"ratio.unit_rate.1", [](V n) { return n[1] / n[0] * n[2]; }},
      {"ratio.unit_rate.3", [](V n) { return n[1] / n[0] * 60; }},
      {"ratio.proportion.2", [](V n) { return n[2] * n[1] / 100 / 1000; }},
      {"ratio.proportion.3", [](V n) { return n[0] * n[1] / n[2]; }},
      {"integers.add_sub.1", [](V n) { return -n[0] + n[1]; }},
      {"integers.add_sub.3", [](V n) { return -n[0] - n[1] + n[2]; }},
      {"integers.multiply_divide.3", [](V n) { return -n[0] / -n[1] * -n[2]; }},
      {"integers.powers.1", [](V n) { return std::pow(n[0], n[1]); }},
      {"integers.powers.3", [](V n) { return std::pow(-n[0], 3); }},
      {"algebra.evaluate.3", [](V n) { return n[0] - n[1] * -n[2]; }},
      {"equations.two_step.1", [](V n) { return (n[2] - n[1]) / n[0]; }},
      {"equations.two_step.3", [](V n) { return (n[2] - n[1]) * n[0]; }},
      {"equations.systems.1", [](V n) { return (n[0] + n[1]) / 2; }},
      {"equations.systems.3", [](V n) { return n[1] / 2 - n[0]; }},
      {"equations.quadratic.3", [](V n) { return (n[1] + std::sqrt(n[1] * n[1] - 4 * n[2])) / 2; }},
      {"functions.evaluate.2", [](V n) { return n[2] * n[2] - n[1] * n[2]; }},
      {"geometry.angles.3", [](V n) { return (180 - n[0]) / 2; }},
      {"geometry.pythagoras.1", [](V n) { return std::hypot(n[0], n[1]); }},
      {"geometry.pythagoras.2", [](V n) { return std::sqrt(n[0] * n[0] - n[1] * n[1]); }},
      {"geometry.pythagoras.3", [](V n) { return n[0] + n[1] - std::hypot(n[0], n[1]); }},
      {"measurement.rectangle.3", [](V n) { return n[1] * (n[0] / 2 - n[1]); }},
      {"measurement.triangle.3", [](V n) { return (n[0] + n[1]) * n[2] / 2; }},
      {"measurement.circle.3", [](V n) { return 3.14 * n[0] * n[0] / 4; }},
      {"statistics.mean.3", [](V n) { return (n[0] * n[1] + n[2] * n[3]) / n[4]; }},
      {"probability.simple.1", [](V n) { return n[0] / (n[0] + n[1]); }},
      {"probability.compound.3",
       [](V n) { return n[0] * (n[0] - 1) / ((n[0] + n[1]) * (n[0] + n[1] - 1)); }},
  };
  for (const Oracle& oracle : oracles) {
    for (std::uint32_t variant = 0; variant < kVariants; ++variant) {
      const Result<ItemContent> content = shipped().instantiate(oracle.item, variant);
      ASSERT_TRUE(content) << oracle.item;
      const std::string typed = shipped().answer_key(oracle.item, variant)->right;
      const std::optional<TypedNumber> right = read_typed_number(typed, {});
      ASSERT_TRUE(right) << oracle.item << " " << typed;
      const double value =
          static_cast<double>(right->value.num()) / static_cast<double>(right->value.den());
      EXPECT_NEAR(value, oracle.answer(read_prompt(content->prompt.en)), 1e-9)
          << oracle.item << ": " << content->prompt.en;
    }
  }
}

TEST(SchoolMath, TheMedianIsTheMiddleOfTheNumbersShown) {
  for (const char* item : {"statistics.median.1", "statistics.median.2"}) {
    for (std::uint32_t variant = 0; variant < kVariants; ++variant) {
      std::vector<double> numbers = read_prompt(shipped().instantiate(item, variant)->prompt.en);
      std::sort(numbers.begin(), numbers.end());
      const std::size_t n = numbers.size();
      const double median = n % 2 == 1 ? numbers[n / 2] : (numbers[n / 2 - 1] + numbers[n / 2]) / 2;
      EXPECT_NEAR(std::stod(shipped().answer_key(item, variant)->right), median, 1e-9) << item;
    }
  }
}

TEST(SchoolMath, TheLargerFractionIsLarger) {
  for (std::uint32_t variant = 0; variant < kVariants; ++variant) {
    const std::vector<double> n =
        read_prompt(shipped().instantiate("fractions.compare.2", variant)->prompt.en);
    const AnswerKey key = *shipped().answer_key("fractions.compare.2", variant);
    const std::vector<double> right =
        read_prompt(shipped().grade("fractions.compare.2", variant, key.right)->right_answer.en);
    EXPECT_NEAR(right[0] / right[1], std::max(n[0] / n[1], n[2] / n[3]), 1e-12);
  }
}

TEST(SchoolMath, PrimesArePrimeAndTheOthersAreNot) {
  const auto prime = [](long n) {
    if (n < 2) return false;
    for (long d = 2; d * d <= n; ++d) {
      if (n % d == 0) return false;
    }
    return true;
  };
  for (std::uint32_t variant = 0; variant < kVariants; ++variant) {
    const ItemContent content = *shipped().instantiate("number.factors_multiples.4", variant);
    const std::string right = shipped().answer_key(content.item_id, variant)->right;
    for (const ItemChoice& choice : content.choices) {
      const long number = static_cast<long>(read_prompt(choice.text.en).front());
      EXPECT_EQ(prime(number), choice.id == right) << number;
    }
  }
}

}  // namespace
}  // namespace meno
