// New things: skills or items that nobody has answered yet, and then k answers on each. Histories
// are copies in which the held-out things' answers do not exist, save those that are given.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <span>
#include <vector>

#include "core/result.h"
#include "domain/split.h"
#include "eval/fewshot/round.h"
#include "models/registry.h"

namespace meno {

enum class Thing { Skill, Item };

/// Whether an answer is on item `id`, or on an item that needs skill `id`.
bool is_about(const Event& event, Thing thing, std::uint32_t id);

struct HoldOut {
  Thing thing = Thing::Skill;
  std::size_t count = 5;     // of things held out at once
  std::size_t answers = 20;  // each has at least so many by training students, for the largest k
  std::uint64_t seed = 0;
};

/// Things held out of a split, the histories without them, and rounds with k answers given back.
class HeldOut {
 public:
  /// Draws the things among those with enough answers by training students and at least 20 by test
  /// students. Errors: InvalidInput when there are fewer than `count`, or they are all there is.
  static Result<std::unique_ptr<HeldOut>> draw(const SplitSource& source, const Split& split,
                                               const HoldOut& ask);

  const std::vector<std::uint32_t>& things() const { return things_; }
  /// Whole histories without the things: what a model may be trained on.
  const std::vector<Sequence>& training() const { return train_without_; }
  const std::vector<Sequence>& validation() const { return valid_without_; }

  /// `answers` answers on each thing are given, by training students in a seeded order. The model
  /// is `trained` moved to the training histories with those answers and no others; in it, a
  /// giver's own features rest on training students who give nothing and on the givers before him.
  /// One task per thing: its support are the given answers, its queries the test students' answers
  /// on it in histories without the other things. The histories are kept by this object.
  Result<Round> round(const ModelEntry& entry, const Options& model_options,
                      const StudentModel& trained, std::size_t answers);

 private:
  struct Student {
    StudentId id;
    Sequence history;
  };
  HeldOut(const SplitSource& source, const Split& split, const HoldOut& ask,
          std::vector<std::uint32_t> things);

  /// Training student (index) -> the events of his history that are given.
  using Given = std::map<std::size_t, std::set<std::size_t>>;

  /// How many of the things an answer is about. An answer on two is neither given nor judged.
  std::size_t about(const Event& event) const;
  /// `answers` answers on each thing, or as many as there are.
  Given give(std::size_t answers) const;
  /// A copy, kept here, of the events for which keep(t) holds.
  template <class Keep>
  Sequence copy(const Sequence& history, const Keep& keep);
  /// Without rows when the student has no answer on the thing.
  FewShotQuery query_of(const Student& student, std::uint32_t thing);
  /// By thing; made once.
  const std::vector<std::vector<FewShotQuery>>& queries(
      const std::vector<Student>& students, std::vector<std::vector<FewShotQuery>>& made);

  HoldOut ask_;
  std::vector<std::uint32_t> things_;
  std::vector<Student> train_, valid_, test_;
  std::vector<Sequence> train_without_, valid_without_;
  std::vector<std::vector<FewShotQuery>> valid_queries_, test_queries_;  // [things]
  std::deque<History> kept_;
};

}  // namespace meno
