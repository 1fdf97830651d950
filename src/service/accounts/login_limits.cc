#include "service/accounts/login_limits.h"

#include <algorithm>

namespace meno {
namespace {

constexpr std::int64_t kFreeFailures = 4;
constexpr std::chrono::seconds kFirstLock{30};
constexpr std::chrono::minutes kLongestLock{15};
constexpr std::size_t kMostEntries = 20'000;

}  // namespace

std::chrono::milliseconds lock_time(std::int64_t failures) {
  if (failures <= kFreeFailures) return std::chrono::milliseconds(0);
  const std::int64_t doublings = std::min<std::int64_t>(failures - kFreeFailures - 1, 10);
  return std::min<std::chrono::milliseconds>(kFirstLock * (std::int64_t{1} << doublings),
                                             kLongestLock);
}

TimePoint LoginLimits::locked_until(std::string_view account_id, std::string_view address,
                                    TimePoint now) {
  TimePoint until = kNoTime;
  if (const auto it = accounts_.find(std::string(account_id)); it != accounts_.end())
    until = it->second.locked_until;
  until = std::max(until, addresses_.locked_until(address, now));
  return until > now ? until : kNoTime;
}

std::int64_t LoginLimits::failed(std::string_view account_id, std::string_view address,
                                 std::int64_t stored, TimePoint now) {
  make_room(now);
  Failures& account = accounts_[std::string(account_id)];
  account.count = std::max(account.count, stored) + 1;
  account.since = now;
  account.locked_until = now + lock_time(account.count);
  addresses_.failed(address, now);
  return account.count;
}

void LoginLimits::succeeded(std::string_view account_id) {
  accounts_.erase(std::string(account_id));
}

void LoginLimits::make_room(TimePoint now) {
  if (accounts_.size() < kMostEntries) return;
  std::erase_if(accounts_,
                [now](const auto& entry) { return now - entry.second.since > kLongestLock; });
  // Still full: an attack with made-up names. What the store knows of real accounts stays.
  if (accounts_.size() >= kMostEntries) accounts_.clear();
}

}  // namespace meno
