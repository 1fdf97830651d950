// What is being served: health, the models there are, and this API's own description.
#include <array>

#include "http/json_writer.h"
#include "http/listing.h"
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

void write_model(RowWriter& row, const ModelEntry& model) {
  row.cell("name", model.name);
  row.cell("summary", model.summary);
  row.cell("source", model.source);
}

Result<HttpReply> get_models(Services& /*services*/, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listModels", call));
  const auto registry = model_registry();
  const auto name = [](const ModelEntry& model) { return std::string(model.name); };
  MENO_TRY(const auto rows,
           rows_after(ask, std::vector<ModelEntry>(registry.begin(), registry.end()), name));
  return page_reply(call, ask, "models", rows, &write_model, name);
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
     .query = kPageQuery,
     .reply_schema = "ModelList",
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_models>},
    {.method = Method::Get,
     .path = "/openapi.json",
     .operation = "describeApi",
     .access = {Who::Anyone},
     .summary = "This description",
     .query = {},
     .reply_schema = "OpenApi",
     .tagged = true,
     .handle = &at_once<&get_openapi>},
};

}  // namespace

std::span<const Route> system_routes() { return kRoutes; }

}  // namespace meno
