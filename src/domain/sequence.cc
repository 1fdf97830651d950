#include "domain/sequence.h"

namespace meno {

History::History(const History& other)
    : item_(other.item_),
      skill_set_(other.skill_set_),
      correct_(other.correct_),
      at_ms_(other.at_ms_),
      response_ms_(other.response_ms_),
      label_(other.label_),
      labelled_(other.labelled_),
      set_begin_(other.set_begin_),
      set_members_(other.set_members_),
      set_ids_(other.set_ids_) {
  refresh();
}

History& History::operator=(const History& other) {
  if (this == &other) return *this;
  item_ = other.item_;
  skill_set_ = other.skill_set_;
  correct_ = other.correct_;
  at_ms_ = other.at_ms_;
  response_ms_ = other.response_ms_;
  label_ = other.label_;
  labelled_ = other.labelled_;
  set_begin_ = other.set_begin_;
  set_members_ = other.set_members_;
  set_ids_ = other.set_ids_;
  refresh();
  return *this;
}

void History::push_back(const Event& event) {
  const std::vector<SkillId> skills(event.skills.begin(), event.skills.end());
  const auto [found, fresh] =
      set_ids_.try_emplace(skills, static_cast<std::uint32_t>(set_begin_.size() - 1));
  if (fresh) {
    set_members_.insert(set_members_.end(), skills.begin(), skills.end());
    set_begin_.push_back(static_cast<std::uint32_t>(set_members_.size()));
  }
  item_.push_back(event.item);
  skill_set_.push_back(found->second);
  correct_.push_back(event.correct);
  at_ms_.push_back(event.at.time_since_epoch().count());
  response_ms_.push_back(event.response_ms);
  label_.push_back(event.scored_as());
  labelled_ = labelled_ || event.label.has_value();
  refresh();
}

Sequence History::view() const { return {columns_, 0, item_.size()}; }

void History::refresh() {
  columns_ = {.item = item_,
              .skill_set = skill_set_,
              .correct = correct_,
              .at_ms = at_ms_,
              .response_ms = response_ms_,
              .sets = {.begin = set_begin_, .members = set_members_},
              .label = labelled_ ? std::span<const float>(label_) : std::span<const float>()};
}

std::vector<Sequence> views_of(const std::deque<History>& histories) {
  std::vector<Sequence> views;
  views.reserve(histories.size());
  for (const History& history : histories) views.push_back(history.view());
  return views;
}

}  // namespace meno
