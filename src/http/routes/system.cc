// What is being served: health, the models there are, and this API's own description.
#include <array>

#include "http/json_writer.h"
#include "http/openapi.h"
#include "http/routes.h"
#include "models/registry.h"
#include "service/server_health.h"

namespace meno {
namespace {

Result<std::string> get_health(Services& services, RouteCall& /*call*/) {
  MENO_TRY(const ServerHealth health, server_health(services));
  JsonWriter json;
  json.begin_object()
      .key("status")
      .text("ok")
      .key("version")
      .text(MENO_VERSION)
      .key("run")
      .begin_object();
  const Run& run = *health.base->run;
  json.key("model").text(run.model_name).key("learner").text(run.learner_name);
  json.key("data_hash").text(run.data_hash).key("version").text(health.base->version);
  json.key("simulated").boolean(run.simulated).end_object();
  json.key("adapt").text(health.adapts ? "auto" : "off");
  json.key("own_models").integer(static_cast<std::int64_t>(health.own_models));
  json.key("students").integer(static_cast<std::int64_t>(health.students));
  json.key("answers").integer(static_cast<std::int64_t>(health.answers)).end_object();
  return json.take();
}

Result<std::string> get_models(Services& /*services*/, RouteCall& /*call*/) {
  JsonWriter json;
  json.begin_object().key("models").begin_array();
  for (const ModelEntry& model : model_registry()) {
    json.begin_object().key("name").text(model.name).key("summary").text(model.summary);
    json.key("source").text(model.source).end_object();
  }
  json.end_array().end_object();
  return json.take();
}

Result<std::string> get_openapi(Services& /*services*/, RouteCall& /*call*/) {
  return openapi_document();
}

constexpr std::array kErrors = {ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/health",
     .operation = "health",
     .access = {Who::Anyone},
     .lane = Lane::Quick,
     .summary = "Whether the server works, and what it serves",
     .query = {},
     .reply_schema = "Health",
     .errors = kErrors,
     .handle = &at_once<&get_health>},
    {.method = Method::Get,
     .path = "/v1/models",
     .operation = "listModels",
     .access = {Who::Anyone},
     .summary = "The student models this program has",
     .query = {},
     .reply_schema = "ModelList",
     .handle = &at_once<&get_models>},
    {.method = Method::Get,
     .path = "/openapi.json",
     .operation = "describeApi",
     .access = {Who::Anyone},
     .summary = "This description",
     .query = {},
     .reply_schema = "OpenApi",
     .handle = &at_once<&get_openapi>},
};

}  // namespace

std::span<const Route> system_routes() { return kRoutes; }

}  // namespace meno
