// Course: the vocabulary of a course. Dense ids <-> the names its school uses, and which skills
// each item needs.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/ids.h"
#include "core/json_fwd.h"
#include "core/result.h"

namespace meno {

/// Names in order of their ids, with the way back. Copyable.
template <class IdType>
class Vocabulary {
 public:
  /// The id of `name`, added when new.
  IdType intern(std::string_view name) {
    const auto found = ids_.find(std::string(name));
    if (found != ids_.end()) return found->second;
    const IdType id(names_.size());
    names_.emplace_back(name);
    ids_.emplace(names_.back(), id);
    return id;
  }
  std::optional<IdType> find(std::string_view name) const {
    const auto found = ids_.find(std::string(name));
    if (found == ids_.end()) return std::nullopt;
    return found->second;
  }
  const std::string& name(IdType id) const { return names_[id.value]; }
  const std::vector<std::string>& names() const { return names_; }
  std::size_t size() const { return names_.size(); }

 private:
  std::vector<std::string> names_;
  std::unordered_map<std::string, IdType> ids_;
};

/// What a model and a server must know of a course. `item_skills[i]` are the skills of item i,
/// ascending.
struct Course {
  std::string name;
  Vocabulary<ItemId> items;
  Vocabulary<SkillId> skills;
  std::vector<std::vector<SkillId>> item_skills;  // [items]

  std::span<const SkillId> skills_of(ItemId item) const { return item_skills[item.value]; }
};

/// course.json of a run: {"name", "skills": [names], "items": [[name, [skill ids]]...]}.
Json to_json(const Course& course);
/// Errors: InvalidInput naming the field; `where` names the file.
Result<Course> course_from_json(const Json& json, std::string_view where);

}  // namespace meno
