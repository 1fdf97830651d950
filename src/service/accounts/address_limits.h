// AddressLimits: how many refused sign-ins may come from one address, whatever they try.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>

#include "core/clock.h"

namespace meno {

/// In memory. Not thread-safe.
class AddressLimits {
 public:
  /// kNoTime when an attempt may be made at `now`.
  TimePoint locked_until(std::string_view address, TimePoint now) const;
  /// An attempt was refused. True when the address is locked by it.
  bool failed(std::string_view address, TimePoint now);

 private:
  struct Failures {
    std::int64_t count = 0;
    TimePoint locked_until = kNoTime;
    TimePoint since = kNoTime;
  };

  void make_room(TimePoint now);

  std::unordered_map<std::string, Failures> addresses_;
};

}  // namespace meno
