#include "tutor/next_item/feedback_record.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "models/bytes.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 5> kNames{"accept", "swap", "dismiss", "too_hard",
                                                 "too_easy"};

constexpr double kShift = 0.05;
constexpr double kMostShift = 0.2;
constexpr double kShiftHalfLife = 20.0;  // answers
constexpr std::uint32_t kDismissedFor = 60;
constexpr std::uint32_t kPutOffFor = 15;
constexpr std::uint32_t kAfterStudy = 3;
constexpr double kLeastFreshness = 0.02;
constexpr double kSwapFactor = 0.5;
constexpr double kInterestHalfLife = 3.0;  // steps
/// Beyond it a swap lowers the interest in a skill by less than a thousandth.
constexpr std::uint32_t kSwapForgotten = 30;

}  // namespace

std::string_view name_of(FeedbackKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

std::optional<FeedbackKind> find_feedback_kind(std::string_view name) {
  const auto found = std::find(kNames.begin(), kNames.end(), name);
  if (found == kNames.end()) return std::nullopt;
  return static_cast<FeedbackKind>(found - kNames.begin());
}

void FeedbackRecord::step() {
  ++steps_;
  std::erase_if(put_off_, [this](const PutOff& one) { return steps_ - one.since >= one.steps; });
  std::erase_if(laid_aside_, [this](const LaidAside& one) { return steps_ >= one.until; });
  std::erase_if(swapped_,
                [this](const Swapped& one) { return steps_ - one.since >= kSwapForgotten; });
}

void FeedbackRecord::answered() {
  shift_ *= std::exp2(-1.0 / kShiftHalfLife);
  step();
}

void FeedbackRecord::take(FeedbackKind kind, ItemId item, std::span<const SkillId> skills) {
  step();
  if (kind == FeedbackKind::Accept) return;
  if (kind == FeedbackKind::TooHard) shift_ = std::min(shift_ + kShift, kMostShift);
  if (kind == FeedbackKind::TooEasy) shift_ = std::max(shift_ - kShift, -kMostShift);
  put_off_.push_back({.item = item,
                      .since = steps_,
                      .steps = kind == FeedbackKind::Dismiss ? kDismissedFor : kPutOffFor});
  if (kind != FeedbackKind::Swap) return;
  for (const SkillId skill : skills) swapped_.push_back({.skill = skill, .since = steps_});
}

void FeedbackRecord::take_resource(FeedbackKind kind, std::string resource) {
  step();
  const bool done = kind == FeedbackKind::Accept;
  if (done) studied_until_ = steps_ + kAfterStudy;
  const bool long_gone = done || kind == FeedbackKind::Dismiss;
  laid_aside_.push_back({.resource = std::move(resource),
                         .until = steps_ + (long_gone ? kDismissedFor : kPutOffFor)});
}

bool FeedbackRecord::puts_off(std::string_view resource) const {
  return std::any_of(laid_aside_.begin(), laid_aside_.end(),
                     [resource](const LaidAside& one) { return one.resource == resource; });
}

bool FeedbackRecord::just_studied() const { return steps_ < studied_until_; }

double FeedbackRecord::freshness(ItemId item) const {
  double freshness = 1.0;
  for (const PutOff& one : put_off_) {
    if (one.item != item) continue;
    const double part = static_cast<double>(steps_ - one.since) / static_cast<double>(one.steps);
    freshness = std::min(freshness, std::max(part, kLeastFreshness));
  }
  return freshness;
}

double FeedbackRecord::interest(SkillId skill) const {
  double interest = 1.0;
  for (const Swapped& one : swapped_) {
    if (one.skill != skill) continue;
    const double steps = static_cast<double>(steps_ - one.since);
    interest = std::min(interest, 1.0 - kSwapFactor * std::exp2(-steps / kInterestHalfLife));
  }
  return interest;
}

void FeedbackRecord::save(std::string& bytes) const {
  append_bytes(bytes, steps_);
  append_bytes(bytes, shift_);
  append_bytes(bytes, static_cast<std::uint32_t>(put_off_.size()));
  append_bytes(bytes, static_cast<std::uint32_t>(swapped_.size()));
  for (const PutOff& one : put_off_) append_bytes(bytes, one);
  for (const Swapped& one : swapped_) append_bytes(bytes, one);
  append_bytes(bytes, studied_until_);
  append_bytes(bytes, static_cast<std::uint32_t>(laid_aside_.size()));
  for (const LaidAside& one : laid_aside_) {
    append_bytes(bytes, one.until);
    append_bytes(bytes, static_cast<std::uint32_t>(one.resource.size()));
    bytes.append(one.resource);
  }
}

bool FeedbackRecord::restore(std::string_view& bytes) {
  std::uint32_t put_off = 0;
  std::uint32_t swapped = 0;
  if (!take_bytes(bytes, steps_) || !take_bytes(bytes, shift_) || !take_bytes(bytes, put_off) ||
      !take_bytes(bytes, swapped))
    return false;
  if (put_off > bytes.size() / sizeof(PutOff) || swapped > bytes.size() / sizeof(Swapped))
    return false;
  put_off_.resize(put_off);
  swapped_.resize(swapped);
  bool sound = true;
  for (PutOff& one : put_off_) sound = take_bytes(bytes, one) && sound;
  for (Swapped& one : swapped_) sound = take_bytes(bytes, one) && sound;
  return sound && restore_resources(bytes);
}

bool FeedbackRecord::restore_resources(std::string_view& bytes) {
  std::uint32_t laid_aside = 0;
  if (!take_bytes(bytes, studied_until_) || !take_bytes(bytes, laid_aside)) return false;
  laid_aside_.clear();
  for (std::uint32_t k = 0; k < laid_aside; ++k) {
    LaidAside one;
    std::uint32_t length = 0;
    if (!take_bytes(bytes, one.until) || !take_bytes(bytes, length) || length > bytes.size())
      return false;
    one.resource = bytes.substr(0, length);
    bytes.remove_prefix(length);
    laid_aside_.push_back(std::move(one));
  }
  return true;
}

}  // namespace meno
