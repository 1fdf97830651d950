#include "meta/schedule.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace meno {
namespace {

constexpr double kWarmUp = 0.1;
constexpr double kFloor = 0.02;

}  // namespace

double rate_at(double progress) {
  const double cosine = std::max(kFloor, 0.5 * (1.0 + std::cos(std::numbers::pi * progress)));
  return std::min(1.0, progress / kWarmUp) * cosine;
}

}  // namespace meno
