// What an ItemBank holds. Shared by bank.cc, which answers questions, and bank_loader.cc, which
// fills it.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "teach/bank/bank.h"
#include "teach/bank/item_template.h"

namespace meno {

struct ItemBank::State {
  std::string document;  // what json() returns
  std::string course_id;
  Text course_name;
  std::vector<BankStrand> strands;
  std::vector<BankSkill> skills;  // teaching order
  std::vector<Text> skill_hints;  // [skills]
  SkillGraph graph;
  std::vector<Misconception> misconceptions;
  std::vector<BankItem> items;
  std::vector<ItemTemplate> templates;  // [items]
  std::map<std::string, std::size_t, std::less<>> skill_index;
  std::map<std::string, std::size_t, std::less<>> item_index;

  const ItemTemplate* find_template(std::string_view id) const {
    const auto found = item_index.find(id);
    return found == item_index.end() ? nullptr : &templates[found->second];
  }
};

}  // namespace meno
