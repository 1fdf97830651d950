// The flags of private training, for the commands that train.
#pragma once

#include <optional>

#include "cli/arguments.h"
#include "meta/privacy/privacy.h"

namespace meno {

/// What was asked for, before it is known whether anything was.
struct PrivateFlags {
  std::optional<double> noise = std::nullopt;
  Privacy rest = {};
};

/// --private-noise, which switches private training on, and what goes with it.
void add_private_options(CLI::App& app, PrivateFlags& flags);

/// Absent without --private-noise. Errors: InvalidInput when a flag was given that then says
/// nothing.
Result<std::optional<Privacy>> privacy_of(const CLI::App& app, const PrivateFlags& flags);

}  // namespace meno
