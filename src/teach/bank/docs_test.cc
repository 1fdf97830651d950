// The example of docs/item-bank.md loads, and says what the page says.
#include <string>

#include <gtest/gtest.h>

#include "core/files.h"
#include "core/json.h"
#include "teach/bank/bank.h"

namespace meno {
namespace {

std::string example() {
  const Result<std::string> page = read_file(MENO_SOURCE_DIR "/docs/item-bank.md");
  if (!page) return "";
  const std::size_t begin = page->find("```json\n") + 8;
  return page->substr(begin, page->find("```", begin) - begin);
}

Result<ItemBank> bank_with(const Json& item) {
  MENO_TRY(const ItemBank shipped, load_bank(MENO_SOURCE_DIR "/content/school-math"));
  MENO_TRY(Json document, parse_json(shipped.json(), "shipped"));
  document["items"].push_back(item);
  return ItemBank::load(document.dump(), "bank");
}

TEST(ItemBankPage, ItsExampleLoadsAndGrades) {
  const Result<Json> item = parse_json(example(), "docs/item-bank.md");
  ASSERT_TRUE(item) << item.error().message;
  const Result<ItemBank> bank = bank_with(*item);
  ASSERT_TRUE(bank) << bank.error().message;
  for (std::uint32_t variant = 0; variant < 100; ++variant) {
    const Result<AnswerKey> key = bank->answer_key("fractions.add_like.9", variant);
    ASSERT_TRUE(key) << key.error().message;
    EXPECT_TRUE(bank->grade("fractions.add_like.9", variant, key->right)->correct);
  }
}

TEST(ItemBankPage, ItsFaultReadsAsShown) {
  Result<Json> item = parse_json(example(), "docs/item-bank.md");
  ASSERT_TRUE(item);
  (*item)["answer"] = "sum / m";
  const Result<ItemBank> bank = bank_with(*item);
  ASSERT_FALSE(bank);
  const std::string shown =
      "item \"fractions.add_like.9\": field \"answer\": \"m\" at column 7 of \"sum / m\", expected "
      "one of the names a, b, n, sum";
  EXPECT_NE(bank.error().message.find(shown), std::string::npos) << bank.error().message;
  EXPECT_NE(read_file(MENO_SOURCE_DIR "/docs/item-bank.md")->find(shown), std::string::npos);
}

}  // namespace
}  // namespace meno
