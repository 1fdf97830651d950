// For those who run the server: is it alive, may it be sent requests, and figures of all it does.
// Where orchestrators and Prometheus look for them, outside of /v1.
#include <array>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "http/json_writer.h"
#include "http/metric_page.h"
#include "http/observer.h"
#include "http/routes.h"
#include "http/server_metrics.h"

namespace meno {
namespace {

std::string state(const char* text, const Services& services) {
  JsonWriter json;
  json.begin_object().key("status").text(text).key("version").text(MENO_VERSION);
  json.key("run").text(services.courses.base()->version).end_object();
  return json.take();
}

Result<std::string> get_healthz(Services& services, RouteCall& /*call*/) {
  return state("alive", services);
}

/// The run is loaded before the server listens, so what is left to ask is the store.
Result<std::string> get_readyz(Services& services, RouteCall& call) {
  if (call.observer() != nullptr && call.observer()->server().draining)
    return unavailable("the server is about to stop, expected another one to be asked");
  const Result<Done> checked = services.store.check();
  if (checked) return state("ready", services);
  spdlog::warn("not ready: {}", checked.error().message);
  return unavailable("the store cannot be read, expected it to be back soon");
}

void get_metrics(Services& services, RouteCall call, Respond respond) {
  HttpReply reply;
  reply.content_type = kMetricsType;
  reply.body = metrics_text(services, call.observer());
  respond(std::move(reply));
}

constexpr std::array kReadyErrors = {ErrorKind::Unavailable};
constexpr std::array kMetricsErrors = {ErrorKind::Unauthenticated, ErrorKind::Forbidden};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/healthz",
     .operation = "isAlive",
     .access = {Who::Anyone},
     .lane = Lane::Quick,
     .summary = "The process answers; where it does not, restart it",
     .query = {},
     .reply_schema = "ServerState",
     .handle = &at_once<&get_healthz>},
    {.method = Method::Get,
     .path = "/readyz",
     .operation = "isReady",
     .access = {Who::Anyone},
     .summary = "The run is loaded and the store can be read; 503 where not, or about to stop",
     .query = {},
     .reply_schema = "ServerState",
     .errors = kReadyErrors,
     .handle = &at_once<&get_readyz>},
    {.method = Method::Get,
     .path = "/metrics",
     .operation = "getMetrics",
     .access = {Who::PlatformAdmin, "metrics:read"},
     .summary = "Figures in Prometheus' text format, of the whole server",
     .query = {},
     .reply_schema = "Metrics",
     .reply_type = kMetricsType,
     .errors = kMetricsErrors,
     .handle = &get_metrics},
};

}  // namespace

std::span<const Route> monitoring_routes() { return kRoutes; }

}  // namespace meno
