// The flags of `meno serve` that say how it treats connections: TLS, rates and times.
#pragma once

#include <optional>

#include "cli/arguments.h"
#include "http/rate_limits.h"
#include "http/server.h"

namespace meno {

/// What was asked for, in the units of the command line.
struct TransportFlags {
  std::optional<double> rate = std::nullopt;  // requests a second; nullopt: the default
  double header_s = 10.0;
  double body_s = 30.0;
  double idle_s = 75.0;
};

/// Adds --tls-cert, --tls-key, --rate-limit, --connections, --header-seconds, --body-seconds and
/// --idle-seconds.
void add_transport_options(CLI::App& app, TransportFlags& flags, ServerOptions& server);

/// Writes the times into `server`, and lets this process have as many connections as it asks for,
/// as far as the system allows. Errors: InvalidInput when only one of certificate and key is given.
Result<Done> settle_transport(const TransportFlags& flags, ServerOptions& server);

RateOptions rate_of(const TransportFlags& flags);

}  // namespace meno
