// FeedbackRecord: what a student has said of recommendations, as far as it still counts. Time is
// counted in steps: every answer and every feedback is one, so that a student who only swaps is not
// given the first item again.
//
// - target shift: too_hard adds .05 to the success rate aimed at, too_easy takes as much away.
// Their
//   sum is kept within .2 either way and halves with every 20 answers:
//     shift = clamp(shift + s, -.2, .2) at feedback,  shift *= 2^(-1/20) at an answer.
// - freshness of the item: from .02 to 1 over 60 steps after dismiss, over 15 after swap, too_hard
//   and too_easy. accept changes nothing.
// - resources (tutor/resource): accept and dismiss put one off for 60 steps, the others for 15;
//   after an accept no resource is proposed before three more steps.
// - interest in the item's skills: swap lowers it to one half; it comes back as 1 - 2^(-steps / 3)
// / 2.
//
// The numbers are choices of ours, to be replaced when enough feedback has been logged to fit them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/ids.h"

namespace meno {

enum class FeedbackKind { Accept, Swap, Dismiss, TooHard, TooEasy };

/// The kind in requests and in the store, e.g. "too_hard".
std::string_view name_of(FeedbackKind kind);
/// nullopt for a name that is none.
std::optional<FeedbackKind> find_feedback_kind(std::string_view name);

/// Of one student. Keeps only what still has an effect. Not thread-safe: one owner.
class FeedbackRecord {
 public:
  /// One more answer of the student.
  void answered();
  void take(FeedbackKind kind, ItemId item, std::span<const SkillId> skills);

  /// The same of a resource: only what is proposed of resources changes.
  void take_resource(FeedbackKind kind, std::string resource);

  /// Whether the resource is not to be proposed for now.
  bool puts_off(std::string_view resource) const;
  /// Whether a resource was taken up within the last three steps.
  bool just_studied() const;

  /// To be added to the success rate aimed at, in [-.2, .2].
  double target_shift() const { return shift_; }
  /// In [.02, 1]; 1 for an item that nothing was said of.
  double freshness(ItemId item) const;
  /// In [.5, 1].
  double interest(SkillId skill) const;

  /// An item that is put off, and until which step.
  struct PutOff {
    ItemId item;
    std::uint32_t since = 0;
    std::uint32_t steps = 0;
  };
  std::span<const PutOff> put_off() const { return put_off_; }
  /// A skill of which an item was swapped.
  struct Swapped {
    SkillId skill;
    std::uint32_t since = 0;
  };
  std::span<const Swapped> swapped() const { return swapped_; }

  /// Appends the record to `bytes`, for snapshots.
  void save(std::string& bytes) const;
  /// Takes what save() appended from the front of `bytes`; false when they are no such record.
  bool restore(std::string_view& bytes);

 private:
  void step();
  bool restore_resources(std::string_view& bytes);

  std::uint32_t steps_ = 0;
  double shift_ = 0.0;
  std::vector<PutOff> put_off_;
  std::vector<Swapped> swapped_;
  struct LaidAside {
    std::string resource;
    std::uint32_t until = 0;  // step
  };
  std::vector<LaidAside> laid_aside_;
  std::uint32_t studied_until_ = 0;  // step up to which no resource is proposed
};

}  // namespace meno
