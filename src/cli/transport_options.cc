#include "cli/transport_options.h"

#include <algorithm>
#include <cmath>

#include <spdlog/spdlog.h>
#include <sys/resource.h>

namespace meno {
namespace {

/// Files that are no connections: the store's, the readers', the log.
constexpr rlim_t kOtherFiles = 256;

std::chrono::milliseconds from_seconds(double seconds) {
  return std::chrono::milliseconds(std::llround(seconds * 1000.0));
}

/// Many systems let a process open 1,024 files unless it asks for more.
void ask_for_descriptors(ServerOptions& server) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  const rlim_t wanted = static_cast<rlim_t>(server.connections) + kOtherFiles;
  if (limit.rlim_cur < wanted) {
    limit.rlim_cur = std::min(wanted, limit.rlim_max);
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0) ::getrlimit(RLIMIT_NOFILE, &limit);
  }
  if (limit.rlim_cur >= wanted) return;
  const rlim_t left = limit.rlim_cur > 2 * kOtherFiles ? limit.rlim_cur - kOtherFiles
                                                       : std::max<rlim_t>(1, limit.rlim_cur / 2);
  spdlog::warn("at most {} connections instead of {}: the system allows {} open files", left,
               server.connections, limit.rlim_cur);
  server.connections = static_cast<std::size_t>(left);
}

}  // namespace

void add_transport_options(CLI::App& app, TransportFlags& flags, ServerOptions& server) {
  app.add_option("--tls-cert", server.tls_certificate,
                 "serve HTTPS with this certificate and its chain, a PEM file; loaded anew when it "
                 "changes, and at SIGHUP");
  app.add_option("--tls-key", server.tls_key, "the certificate's key, a PEM file");
  app.add_option("--rate-limit", flags.rate,
                 "requests a second of one signed-in account, 0 for no limit; a key may make 200 "
                 "times as many, an address that has not signed in 50 times; beyond a burst of 20 "
                 "s: status 429 (default: 100, and none while the server is open)")
      ->check(CLI::Range(0.0, 1e6));
  app.add_option("--connections", server.connections, "connections at once; more are refused")
      ->check(CLI::Range(1, 1'000'000))
      ->capture_default_str();
  const CLI::Range seconds(0.1, 3600.0);
  app.add_option("--header-seconds", flags.header_s, "a client has to send a request's header")
      ->check(seconds)
      ->capture_default_str();
  app.add_option("--body-seconds", flags.body_s,
                 "a client has to send a request's body, and to take a reply")
      ->check(seconds)
      ->capture_default_str();
  app.add_option("--idle-seconds", flags.idle_s, "a connection may wait for its next request")
      ->check(seconds)
      ->capture_default_str();
}

Result<Done> settle_transport(const TransportFlags& flags, ServerOptions& server) {
  if (server.tls_certificate.empty() != server.tls_key.empty())
    return invalid_input("only one of --tls-cert and --tls-key is given, expected both or neither");
  server.header_time = from_seconds(flags.header_s);
  server.body_time = from_seconds(flags.body_s);
  server.idle_time = from_seconds(flags.idle_s);
  ask_for_descriptors(server);
  return Done{};
}

RateOptions rate_of(const TransportFlags& flags) {
  RateOptions rate;
  rate.per_second = flags.rate.value_or(rate.per_second);
  rate.of_open_server = flags.rate.has_value();
  return rate;
}

}  // namespace meno
