#include "eval/fewshot/new_things.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "core/rng.h"
#include "domain/course_draw.h"

namespace meno {
namespace {

/// Fewer answers to be judged on say nothing about a thing.
constexpr std::size_t kJudged = 20;

std::string_view noun(Thing thing) { return thing == Thing::Skill ? "skill" : "item"; }

/// Answers per thing in a role.
std::map<std::uint32_t, std::size_t> answers_on(const SplitSource& source,
                                                std::span<const Stretch> role, Thing thing) {
  std::map<std::uint32_t, std::size_t> count;
  for (const Stretch& stretch : role) {
    const Sequence& history = source.students[stretch.student.value];
    for (std::size_t t = 0; t < history.size(); ++t) {
      const Event event = history[t];
      if (thing == Thing::Item) {
        ++count[event.item.value];
      } else {
        for (const SkillId skill : event.skills) ++count[skill.value];
      }
    }
  }
  return count;
}

/// Windows of every run of answers on the thing, each with all that went before as context.
void add_runs(const Window& whole, Thing thing, std::uint32_t id, std::vector<Window>& runs) {
  const Sequence& events = whole.events;
  for (std::size_t t = 0; t < events.size(); ++t) {
    if (!is_about(events[t], thing, id)) continue;
    std::size_t end = t + 1;
    while (end < events.size() && is_about(events[end], thing, id)) ++end;
    runs.push_back({.events = events.part(0, end), .from = t, .fold = whole.fold});
    t = end;
  }
}

}  // namespace

bool is_about(const Event& event, Thing thing, std::uint32_t id) {
  if (thing == Thing::Item) return event.item.value == id;
  return std::find(event.skills.begin(), event.skills.end(), SkillId(id)) != event.skills.end();
}

Result<std::unique_ptr<HeldOut>> HeldOut::draw(const SplitSource& source, const Split& split,
                                               const HoldOut& ask) {
  const auto given = answers_on(source, split.train, ask.thing);
  const auto judged = answers_on(source, split.test, ask.thing);
  std::vector<std::uint32_t> candidates;
  for (const auto& [id, count] : given) {
    const auto found = judged.find(id);
    if (count >= ask.answers && found != judged.end() && found->second >= kJudged)
      candidates.push_back(id);
  }
  if (candidates.size() < ask.count || given.size() <= ask.count) {
    return invalid_input(fmt::format(
        "{} {}s of {} have {} answers by training and {} by test students, expected at least {} "
        "to hold out and others to learn from",
        candidates.size(), noun(ask.thing), given.size(), ask.answers, kJudged, ask.count));
  }
  Rng rng(ask.seed);
  rng.shuffle(std::span(candidates));
  candidates.resize(ask.count);
  std::sort(candidates.begin(), candidates.end());
  return std::unique_ptr<HeldOut>(new HeldOut(source, split, ask, std::move(candidates)));
}

HeldOut::HeldOut(const SplitSource& source, const Split& split, const HoldOut& ask,
                 std::vector<std::uint32_t> things)
    : ask_(ask), things_(std::move(things)) {
  const auto students = [&](std::span<const Stretch> role) {
    std::vector<Student> found;
    for (const Stretch& stretch : role) {
      found.push_back(
          {stretch.student, source.students[stretch.student.value].part(0, stretch.to)});
    }
    return found;
  };
  train_ = students(split.train);
  valid_ = students(split.valid);
  test_ = students(split.test);
  const auto without = [&](const Student& student) {
    return copy(student.history, [&](std::size_t t) { return about(student.history[t]) == 0; });
  };
  for (const Student& student : train_) train_without_.push_back(without(student));
  for (const Student& student : valid_) valid_without_.push_back(without(student));
}

std::size_t HeldOut::about(const Event& event) const {
  return static_cast<std::size_t>(
      std::count_if(things_.begin(), things_.end(),
                    [&](std::uint32_t id) { return is_about(event, ask_.thing, id); }));
}

template <class Keep>
Sequence HeldOut::copy(const Sequence& history, const Keep& keep) {
  History& kept = kept_.emplace_back();
  for (std::size_t t = 0; t < history.size(); ++t) {
    if (keep(t)) kept.push_back(history[t]);
  }
  return kept.view();
}

HeldOut::Given HeldOut::give(std::size_t answers) const {
  Given given;
  for (std::size_t k = 0; k < things_.size(); ++k) {
    std::vector<std::size_t> order(train_.size());
    for (std::size_t s = 0; s < order.size(); ++s) order[s] = s;
    Rng rng = Rng(ask_.seed).fork(things_[k] + 1U);
    rng.shuffle(std::span(order));  // the same for every k: more answers are the same and others
    std::size_t left = answers;
    for (std::size_t i = 0; i < order.size() && left > 0; ++i) {
      const Sequence& history = train_[order[i]].history;
      for (std::size_t t = 0; t < history.size() && left > 0; ++t) {
        if (!is_about(history[t], ask_.thing, things_[k]) || about(history[t]) > 1) continue;
        given[order[i]].insert(t);
        --left;
      }
    }
  }
  return given;
}

FewShotQuery HeldOut::query_of(const Student& student, std::uint32_t thing) {
  const auto counts = [&](const Event& event) {
    return is_about(event, ask_.thing, thing) && about(event) == 1;
  };
  FewShotQuery query{.student = student.id, .window = {}, .rows = {{}}};
  const Sequence& all = student.history;
  const bool any = [&] {
    for (std::size_t t = 0; t < all.size(); ++t) {
      if (counts(all[t])) return true;
    }
    return false;
  }();
  if (!any) return query;
  const Sequence seen =
      copy(all, [&](std::size_t t) { return about(all[t]) == 0 || counts(all[t]); });
  for (std::size_t t = 0; t < seen.size(); ++t) {
    if (counts(seen[t])) query.rows[0].push_back(static_cast<std::uint32_t>(t));
  }
  query.window = {.events = seen.part(0, query.rows[0].back() + 1U), .from = query.rows[0].front()};
  return query;
}

const std::vector<std::vector<FewShotQuery>>& HeldOut::queries(
    const std::vector<Student>& students, std::vector<std::vector<FewShotQuery>>& made) {
  for (std::size_t k = made.size(); k < things_.size(); ++k) {
    made.emplace_back();
    for (const Student& student : students) {
      FewShotQuery query = query_of(student, things_[k]);
      if (!query.rows[0].empty()) made.back().push_back(std::move(query));
    }
  }
  return made;
}

Result<Round> HeldOut::round(const ModelEntry& entry, const Options& model_options,
                             const StudentModel& trained, std::size_t answers) {
  if (entry.move == nullptr) {
    return invalid_input(fmt::format(
        "model \"{}\" belongs to its course, expected one that counts anew: evidence", entry.name));
  }
  const Given given = give(answers);
  std::vector<Window> givers;
  std::vector<Window> cohort;
  for (std::size_t s = 0; s < train_.size(); ++s) {
    const auto mine = given.find(s);
    if (mine == given.end()) {
      if (!train_without_[s].empty()) cohort.push_back({.events = train_without_[s]});
      continue;
    }
    const Sequence& history = train_[s].history;
    givers.push_back({.events = copy(history, [&](std::size_t t) {
                        return about(history[t]) == 0 || mine->second.count(t) > 0;
                      })});
  }
  const int folds = deal_to_growing_folds(givers);
  cohort.insert(cohort.end(), givers.begin(), givers.end());
  MENO_TRY(auto moved,
           entry.move(model_options, trained.statistics(),
                      {.training = cohort, .folds = folds, .fitting = Fitting::Prequential}));
  Round round{.answers = answers, .model = std::move(moved), .valid = {}, .test = {}};
  for (std::size_t k = 0; k < things_.size(); ++k) {
    FewShotTask task;
    for (const Window& giver : givers) add_runs(giver, ask_.thing, things_[k], task.support);
    task.queries = queries(valid_, valid_queries_)[k];
    round.valid.push_back(task);
    task.queries = queries(test_, test_queries_)[k];
    round.test.push_back(std::move(task));
  }
  return round;
}

}  // namespace meno
