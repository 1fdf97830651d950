// The names of the rules by which a test decides.
#include <algorithm>
#include <array>

#include "tutor/adaptive_test/session.h"

namespace meno {
namespace {

constexpr std::array<std::string_view, 3> kClassify{"band", "sprt", "glr"};

}  // namespace

std::string_view name_of(Classify rule) { return kClassify[static_cast<std::size_t>(rule)]; }

std::optional<Classify> find_classify(std::string_view name) {
  const auto found = std::find(kClassify.begin(), kClassify.end(), name);
  if (found == kClassify.end()) return std::nullopt;
  return static_cast<Classify>(found - kClassify.begin());
}

}  // namespace meno
