#include "domain/course_draw.h"

#include <algorithm>
#include <map>
#include <numeric>

namespace meno {
namespace {

/// Ids of sets of skills, for the grains that make skills of items or items of sets.
class SkillSetIds {
 public:
  std::size_t id(std::span<const SkillId> skills) {
    const std::vector<SkillId> set(skills.begin(), skills.end());
    return ids_.try_emplace(set, ids_.size()).first->second;
  }

 private:
  std::map<std::vector<SkillId>, std::size_t> ids_;
};

bool repeats(const Event& event, const Event& before) {
  return event.item == before.item && event.correct == before.correct;
}

/// The skills of answer t and of its copies right behind it, ascending; moves t past them.
void skills_of_answer(const Sequence& from, std::size_t& t, bool merge,
                      std::vector<SkillId>& skills) {
  const Event event = from[t++];
  skills.assign(event.skills.begin(), event.skills.end());
  if (!merge) return;
  for (; t < from.size() && repeats(from[t], event); ++t) {
    const Event copy = from[t];
    skills.insert(skills.end(), copy.skills.begin(), copy.skills.end());
  }
  std::sort(skills.begin(), skills.end());
  skills.erase(std::unique(skills.begin(), skills.end()), skills.end());
}

void copy_answers(const Sequence& from, const CourseDraw& ask, SkillSetIds& sets, History& to) {
  std::vector<SkillId> skills;
  for (std::size_t t = 0; t < from.size() && to.size() < ask.longest;) {
    Event event = from[t];
    skills_of_answer(from, t, ask.merge_copies, skills);
    std::size_t item = event.item.value;
    if (ask.grain == Grain::SkillsAsItems) item = sets.id(skills);
    if (ask.grain == Grain::ItemsAsSkills) skills = {SkillId(item)};
    if (ask.grain == Grain::OneSkill) skills = {SkillId(std::size_t{0})};
    for (SkillId& skill : skills) skill = SkillId(skill.value + ask.first_skill);
    event.item = ItemId(item + ask.first_item);
    event.skills = skills;
    to.push_back(event);
  }
}

}  // namespace

std::size_t DrawnCourse::answers() const {
  std::size_t sum = 0;
  for (const History& student : students) sum += student.size();
  return sum;
}

bool repeats_are_copies(std::span<const Sequence> students) {
  constexpr std::size_t kEnough = 50;  // repeats, before they say anything
  constexpr double kAlways =
      0.995;  // published copies agree in more than 99.9 %, real tries in 69 %
  std::size_t seen = 0;
  std::size_t alike = 0;
  for (const Sequence& student : students) {
    for (std::size_t t = 1; t < student.size(); ++t) {
      if (student[t].item != student[t - 1].item) continue;
      ++seen;
      alike += repeats(student[t], student[t - 1]) ? 1 : 0;
    }
  }
  return seen >= kEnough && static_cast<double>(alike) >= kAlways * static_cast<double>(seen);
}

DrawnCourse draw_course(std::span<const Sequence> students, const CourseDraw& ask, Rng& rng) {
  std::vector<std::size_t> order(students.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  rng.shuffle(std::span(order));
  DrawnCourse course;
  SkillSetIds sets;
  for (const std::size_t s : order) {
    if (course.students.size() >= ask.students) break;
    if (students[s].empty()) continue;
    copy_answers(students[s], ask, sets, course.students.emplace_back());
  }
  return course;
}

int deal_to_growing_folds(std::span<Window> windows) {
  int folds = 0;
  for (std::size_t from = 0; from < windows.size(); ++folds) {
    const std::size_t block = std::max<std::size_t>(1, from / 3);
    const std::size_t end = std::min(windows.size(), from + block);
    for (; from < end; ++from) windows[from].fold = folds;
  }
  return folds;
}

}  // namespace meno
