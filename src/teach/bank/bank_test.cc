// The bank's rules on a small bank of its own; the shipped content is tested in content_test.cc.
#include "teach/bank/bank.h"

#include <functional>
#include <string>

#include <gtest/gtest.h>

#include "core/json.h"

namespace meno {
namespace {

Json text(const char* en, const char* zh_cn) { return Json{{"en", en}, {"zh-CN", zh_cn}}; }

Json small_bank() {
  Json bank;
  bank["schema_version"] = 1;
  bank["course"] = Json{{"id", "tiny"}, {"name", text("Tiny", "小")}};
  bank["strands"] = Json::array({Json{{"id", "number"}, {"name", text("Number", "数")}}});
  bank["misconceptions"] = Json::array();
  for (const char* id : {"adds", "not_lowest_terms"}) {
    bank["misconceptions"].push_back(
        Json{{"id", id}, {"name", text("Adds", "相加")}, {"advice", text("Do not", "不要")}});
  }
  bank["skills"] = Json::array();
  for (const char* id : {"second", "first"}) {
    bank["skills"].push_back(Json{{"id", id},
                                  {"name", text("Skill", "技能")},
                                  {"strand", "number"},
                                  {"grade", 4},
                                  {"hint", text("Think", "想一想")}});
  }
  bank["skills"][0]["prerequisites"] = Json::array({"first"});
  Json item;
  item["id"] = "first.1";
  item["skills"] = Json::array({"first"});
  item["level"] = "easy";
  item["parameters"] = Json{{"a", Json::array({2, 9})}, {"b", Json::array({2, 9})}};
  item["prompt"] = text("$[a] \\times [b]$", "计算 $[a] \\times [b]$");
  item["kind"] = "number";
  item["answer"] = "a*b";
  item["wrong"] = Json{{"adds", "a+b"}};
  item["hints"] = Json::array({text("Rows of [a]", "每行 [a]")});
  item["steps"] = Json::array({text("It is [a*b].", "得 [a*b]。")});
  bank["items"] = Json::array({item});
  return bank;
}

TEST(ItemBank, TeachesPrerequisitesFirst) {
  const Result<ItemBank> bank = ItemBank::load(small_bank().dump(), "tiny.json");
  ASSERT_TRUE(bank) << bank.error().message;
  ASSERT_EQ(bank->skills().size(), 2U);
  EXPECT_EQ(bank->skills()[0].id, "first");
  EXPECT_EQ(bank->skills()[1].id, "second");
  ASSERT_EQ(bank->graph().prerequisites(SkillId(1U)).size(), 1U);
}

TEST(ItemBank, ComesBackFromItsOwnJson) {
  const Result<ItemBank> bank = ItemBank::load(small_bank().dump(), "tiny.json");
  ASSERT_TRUE(bank);
  const Result<ItemBank> again = ItemBank::load(bank->json(), "stored");
  ASSERT_TRUE(again) << again.error().message;
  for (std::uint32_t variant = 0; variant < 50; ++variant) {
    EXPECT_EQ(bank->instantiate("first.1", variant)->prompt,
              again->instantiate("first.1", variant)->prompt);
  }
}

TEST(ItemBank, GradesAndNamesTheMisconception) {
  const Result<ItemBank> bank = ItemBank::load(small_bank().dump(), "tiny.json");
  ASSERT_TRUE(bank);
  const Result<AnswerKey> key = bank->answer_key("first.1", 7);
  ASSERT_TRUE(key);
  EXPECT_TRUE(bank->grade("first.1", 7, key->right)->correct);
  const Result<Grade> wrong = bank->grade("first.1", 7, key->wrong.front().response);
  ASSERT_TRUE(wrong->misconception);
  EXPECT_EQ(wrong->misconception->id, "adds");
  EXPECT_FALSE(bank->grade("first.1", 7, "1000")->misconception);
  EXPECT_EQ(bank->grade("first.1", 7, "pardon?").error().kind, ErrorKind::InvalidInput);
  EXPECT_EQ(bank->grade("nothing.1", 7, "1").error().kind, ErrorKind::NotFound);
}

TEST(ItemBank, AsksForLowestTermsWhereTheItemDoes) {
  Json json = small_bank();
  Json& item = json["items"][0];
  item["answer"] = "a/(a+b)";
  item["wrong"] = Json{{"adds", "a/b"}};
  item["accept"] = "lowest_terms";
  item["parameters"] = Json{{"a", Json::array({2, 2})}, {"b", Json::array({4, 4})}};
  const Result<ItemBank> bank = ItemBank::load(json.dump(), "tiny.json");
  ASSERT_TRUE(bank) << bank.error().message;
  EXPECT_TRUE(bank->grade("first.1", 0, "1/3")->correct);
  const Result<Grade> unreduced = bank->grade("first.1", 0, "2/6");
  EXPECT_FALSE(unreduced->correct);
  EXPECT_EQ(unreduced->misconception->id, "not_lowest_terms");
}

TEST(ItemBank, RedrawsUntilTheAnswersDiffer) {
  Json json = small_bank();
  json["items"][0]["parameters"] = Json{{"a", Json::array({2, 3})}, {"b", Json::array({2, 3})}};
  const Result<ItemBank> bank = ItemBank::load(json.dump(), "tiny.json");
  ASSERT_TRUE(bank);
  for (std::uint32_t variant = 0; variant < 200; ++variant) {
    const Result<AnswerKey> key = bank->answer_key("first.1", variant);
    ASSERT_TRUE(key);
    EXPECT_NE(key->right, key->wrong.front().response);  // 2 x 2 = 2 + 2 is never drawn
  }
}

struct Fault {
  const char* why;
  std::function<void(Json&)> spoil;
  const char* part;  // of the message
};

TEST(ItemBank, NamesFileItemAndFieldOfAFault) {
  const Fault faults[] = {
      {"a circle", [](Json& b) { b["skills"][1]["prerequisites"] = Json::array({"second"}); },
       "second -> first -> second"},
      {"unknown skill", [](Json& b) { b["items"][0]["skills"] = Json::array({"third"}); },
       "field \"skills\": \"third\""},
      {"unknown misconception",
       [](Json& b) {
         b["items"][0]["wrong"] = Json{{"no", "a"}};
       },
       "field \"wrong\": \"no\""},
      {"bad formula", [](Json& b) { b["items"][0]["answer"] = "a*q"; },
       "field \"answer\": \"q\" at column 3"},
      {"no Chinese", [](Json& b) { b["items"][0]["prompt"].erase("zh-CN"); },
       "field \"prompt.zh-CN\""},
      {"unknown name", [](Json& b) { b["items"][0]["prompt"]["en"] = "[z]"; },
       "field \"prompt.en\""},
      {"open dollar", [](Json& b) { b["items"][0]["steps"][0]["en"] = "$x"; },
       "field \"steps[0].en\""},
      {"always equal", [](Json& b) { b["items"][0]["wrong"]["adds"] = "b*a"; },
       "no draw with distinct"},
      {"impossible", [](Json& b) { b["items"][0]["require"] = Json::array({"a > 99"}); },
       "no draw"},
      {"unknown field", [](Json& b) { b["items"][0]["colour"] = "red"; },
       "field \"colour\": unknown"},
      {"format is a list", [](Json& b) { b["items"][0]["format"] = Json::array(); },
       "field \"format\""},
      {"twice", [](Json& b) { b["items"].push_back(b["items"][0]); }, "defined twice"},
      {"level", [](Json& b) { b["items"][0]["level"] = "epic"; }, "\"epic\", expected easy"},
      {"version", [](Json& b) { b["schema_version"] = 9; }, "\"schema_version\": 9, expected 1"},
      {"no items", [](Json& b) { b.erase("items"); }, "field \"items\": missing"},
  };
  for (const Fault& fault : faults) {
    Json json = small_bank();
    fault.spoil(json);
    const Result<ItemBank> bank = ItemBank::load(json.dump(), "tiny.json");
    ASSERT_FALSE(bank) << fault.why;
    EXPECT_EQ(bank.error().kind, ErrorKind::InvalidInput) << fault.why;
    EXPECT_NE(bank.error().message.find(fault.part), std::string::npos) << bank.error().message;
    EXPECT_EQ(bank.error().message.find("tiny.json"), 0U) << bank.error().message;
    EXPECT_EQ(bank.error().message.find('\n'), std::string::npos);
  }
}

TEST(ItemBank, RefusesEveryTypeMixUpWithoutThrowing) {
  const Json original = small_bank();
  const std::vector<Json> odd{Json(),         Json(1),          Json("x"), Json::array(),
                              Json::object(), Json::array({1}), Json(true)};
  for (const auto& [field, value] : original["items"][0].items()) {
    for (const Json& strange : odd) {
      Json json = original;
      json["items"][0][field] = strange;
      EXPECT_NO_THROW({
        const Result<ItemBank> ignored = ItemBank::load(json.dump(), "tiny.json");
      }) << field
         << strange;
    }
  }
  for (const char* section :
       {"course", "strands", "skills", "misconceptions", "items", "schema_version"}) {
    for (const Json& strange : odd) {
      Json json = original;
      if (strange == original[section]) continue;
      json[section] = strange;
      EXPECT_FALSE(ItemBank::load(json.dump(), "tiny.json")) << section << strange;
      if (!json[section].is_array()) continue;
      json[section] = Json::array({strange});
      EXPECT_FALSE(ItemBank::load(json.dump(), "tiny.json")) << section << strange;
    }
  }
}

}  // namespace
}  // namespace meno
