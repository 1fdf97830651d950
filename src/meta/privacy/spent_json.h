// What a private training has spent, as reports and runs show it.
#pragma once

#include "core/json.h"
#include "meta/privacy/privacy.h"

namespace meno {

/// {"epsilon","delta","noise","clip","sampling","steps","students","secret"}; "secret" is false
/// when the seed of the noise was given.
inline Json to_json(const PrivacySpent& spent) {
  return {{"epsilon", spent.epsilon},         {"delta", spent.options.delta},
          {"noise", spent.taken.noise},       {"clip", spent.options.clip},
          {"sampling", spent.taken.sampling}, {"steps", spent.taken.steps},
          {"students", spent.students},       {"secret", !spent.options.seed.has_value()}};
}

}  // namespace meno
