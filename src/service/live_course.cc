#include "service/live_course.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "core/files.h"
#include "tutor/mastery/mastery.h"

namespace meno {
namespace {

/// The run's vocabulary with the course's own names appended, and skills for the course's own items
/// only.
struct Joined {
  Course course;
  CourseNames names;
  std::vector<bool> own_item;
  std::vector<bool> own_skill;
};

Joined join(const StoredCourse& stored, const Course& known) {
  Joined joined;
  joined.course = known;
  joined.course.name = stored.id;
  for (const std::string& name : known.skills.names())
    joined.names.skills.push_back(same_text(name));
  for (const std::string& name : known.items.names()) joined.names.items.push_back(same_text(name));
  joined.course.item_skills.assign(known.items.size(), {});
  joined.own_item.assign(known.items.size(), false);
  joined.own_skill.assign(known.skills.size(), false);
  for (const StoredSkill& skill : stored.skills) {
    const SkillId id = joined.course.skills.intern(skill.id);
    joined.names.skills.resize(joined.course.skills.size());
    joined.own_skill.resize(joined.course.skills.size());
    joined.names.skills[id.value] = skill.name;
    joined.own_skill[id.value] = true;
  }
  for (const StoredItem& item : stored.items) {
    const ItemId id = joined.course.items.intern(item.id);
    joined.names.items.resize(joined.course.items.size());
    joined.course.item_skills.resize(joined.course.items.size());
    joined.own_item.resize(joined.course.items.size());
    joined.names.items[id.value] = item.title;
    joined.own_item[id.value] = true;
    std::vector<SkillId>& skills = joined.course.item_skills[id.value];
    for (const std::string& name : item.skills) skills.push_back(joined.course.skills.intern(name));
    std::sort(skills.begin(), skills.end());
    skills.erase(std::unique(skills.begin(), skills.end()), skills.end());
  }
  return joined;
}

std::string fingerprint_of(const Course& course) {
  std::string names;
  for (const std::string& name : course.skills.names()) names += name + '\n';
  names += '\n';
  for (std::size_t k = 0; k < course.items.size(); ++k) {
    const ItemId item(k);
    names += course.items.name(item);
    for (const SkillId skill : course.skills_of(item)) names += ' ' + std::to_string(skill.value);
    names += '\n';
  }
  return content_hash(names);
}

std::string content_version_of(const StoredCourse& stored) {
  std::string text = stored.content;
  const auto add = [&text](std::string_view field) {
    text += fmt::format("\n{}:{}", field.size(), field);
  };
  for (const StoredSkill& skill : stored.skills) {
    for (const std::string* field : {&skill.id, &skill.name.en, &skill.name.zh_cn}) add(*field);
    for (const std::string& needed : skill.prerequisites) add(needed);
  }
  for (const StoredItem& item : stored.items) {
    for (const std::string* field : {&item.id, &item.title.en, &item.title.zh_cn}) add(*field);
    for (const std::string& skill : item.skills) add(skill);
  }
  return content_hash(text);
}

std::vector<Prerequisite> prerequisites_of(const StoredCourse& stored) {
  std::vector<Prerequisite> edges;
  for (const StoredSkill& skill : stored.skills) {
    for (const std::string& needed : skill.prerequisites)
      edges.push_back({.before = needed, .after = skill.id});
  }
  return edges;
}

std::vector<double> p_unknown_of(std::span<const SkillId> skills, const TutorCourse& tutor,
                                 const OnlineModel& model) {
  std::vector<double> p_unknown;
  if (tutor.graph().edges() == 0) return p_unknown;
  p_unknown.reserve(skills.size());
  for (const SkillMastery& skill :
       mastery_of(skills, *model.new_student(), LearningRecord(), tutor.probes(), kNoTime))
    p_unknown.push_back(skill.p_mastery);
  return p_unknown;
}

}  // namespace

Result<std::unique_ptr<const LiveCourse>> LiveCourse::make(
    StoredCourse stored, std::shared_ptr<const ServedModel> served,
    std::shared_ptr<CourseTimes> times) {
  std::unique_ptr<LiveCourse> live(new LiveCourse());
  live->served_ = std::move(served);
  live->content_version_ = content_version_of(stored);
  live->times_ = times ? std::move(times) : std::make_shared<CourseTimes>();
  if (!stored.content.empty()) {
    MENO_TRY(ItemBank bank, ItemBank::load(stored.content, "the content of course " + stored.id));
    live->bank_ = std::move(bank);
    stored.content.clear();
  }
  Joined joined = join(stored, live->served_->run->course);
  MENO_TRY(SkillGraph graph, SkillGraph::make(joined.course.skills, prerequisites_of(stored)));
  live->own_item_ = std::move(joined.own_item);
  live->own_skill_ = std::move(joined.own_skill);
  for (const StoredSkill& skill : stored.skills)
    live->skills_.push_back(*joined.course.skills.find(skill.id));
  live->fingerprint_ = fingerprint_of(joined.course);
  live->tutor_ = std::make_unique<const TutorCourse>(
      std::move(joined.course), std::move(graph), std::move(joined.names), *live->served_->model);
  live->p_unknown_ = p_unknown_of(live->skills_, *live->tutor_, *live->served_->model);
  live->stored_ = std::move(stored);
  return std::unique_ptr<const LiveCourse>(std::move(live));
}

std::optional<ItemId> LiveCourse::item(std::string_view id) const {
  const std::optional<ItemId> found = tutor_->course().items.find(id);
  return found && own_item_[found->value] ? found : std::nullopt;
}

Result<ItemId> LiveCourse::find_item(std::string_view id) const {
  if (const std::optional<ItemId> found = item(id)) return *found;
  return not_found(fmt::format("item \"{}\", expected an item of course \"{}\"", id, this->id()));
}

std::optional<SkillId> LiveCourse::skill(std::string_view id) const {
  const std::optional<SkillId> found = tutor_->course().skills.find(id);
  return found && own_skill_[found->value] ? found : std::nullopt;
}

}  // namespace meno
