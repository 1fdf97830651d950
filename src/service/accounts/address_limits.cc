#include "service/accounts/address_limits.h"

namespace meno {
namespace {

/// A school's computers share an address: a class that mistypes must not lock out the school.
constexpr std::int64_t kMostFailures = 100;
constexpr std::chrono::minutes kWindow{5};
constexpr std::size_t kMostEntries = 20'000;

}  // namespace

TimePoint AddressLimits::locked_until(std::string_view address, TimePoint now) const {
  const auto found = addresses_.find(std::string(address));
  if (found == addresses_.end() || found->second.locked_until <= now) return kNoTime;
  return found->second.locked_until;
}

bool AddressLimits::failed(std::string_view address, TimePoint now) {
  make_room(now);
  Failures& place = addresses_[std::string(address)];
  if (place.since == kNoTime || now - place.since > kWindow)
    place = {.count = 0, .locked_until = kNoTime, .since = now};
  ++place.count;
  if (place.count < kMostFailures) return false;
  place.locked_until = place.since + kWindow;
  return true;
}

void AddressLimits::make_room(TimePoint now) {
  if (addresses_.size() < kMostEntries) return;
  std::erase_if(addresses_,
                [now](const auto& entry) { return now - entry.second.since > kWindow; });
  if (addresses_.size() >= kMostEntries) addresses_.clear();  // an attack with made-up addresses
}

}  // namespace meno
