#include "http/application.h"

#include <algorithm>
#include <array>
#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "http/routes.h"

namespace meno {
namespace {

/// Runs `work`; a Bug in it is answered with 500 instead of ending the server.
template <class Work>
void guarded(const Respond& respond, Work work) {
  try {
    work();
  } catch (const std::exception& bug) {
    spdlog::error("a defect of ours: {}", bug.what());
    respond(error_reply(500, "internal",
                        "a defect of ours, see the server's log; nothing is known to be lost"));
  }
}

/// What routes are looked for; everything else is a file of the page.
bool is_api(const ParsedTarget& target) {
  constexpr std::array<std::string_view, 5> kFirst = {"v1", "openapi.json", "healthz", "readyz",
                                                      "metrics"};
  return !target.segments.empty() &&
         std::find(kFirst.begin(), kFirst.end(), target.segments.front()) != kFirst.end();
}

}  // namespace

Application::Application(Services& services, StaticFiles files,
                         std::function<void(std::function<void()>)> worker,
                         ObserverOptions observer)
    : services_(services),
      guard_(services),
      files_(std::move(files)),
      observer_(std::move(observer)),
      worker_(std::move(worker)) {}

void Application::handle(HttpRequest request, Respond respond) {
  const auto watch = std::make_shared<RequestWatch>(observer_, request, std::move(respond));
  take(std::move(request), watch);
}

HttpReply Application::file_reply(const HttpRequest& request, const ParsedTarget& target) const {
  if (request.method == Method::Get || request.method == Method::Head) {
    std::string path;
    for (const std::string& segment : target.segments) path += "/" + segment;
    return files_.reply(path.empty() || path == "/" ? "/index.html" : path, request.if_none_match);
  }
  HttpReply reply = error_reply(405, "invalid_input",
                                fmt::format("method {}, expected GET", name_of(request.method)));
  reply.headers.emplace_back("Allow", "GET, HEAD");
  return reply;
}

void Application::take(HttpRequest request, const Watch& watch) {
  if (std::optional<HttpReply> refusal = guard_.refuse_host(request))
    return watch->reply(*std::move(refusal));
  Result<ParsedTarget> target = parse_target(request.target);
  if (!target) return watch->reply(error_reply(target.error()));
  if (!is_api(*target)) {
    watch->is_for_a_file();
    return watch->reply(file_reply(request, *target));
  }
  const Visitor visitor = visitor_of(request);
  Routed routed = route_request(all_routes(), request, *std::move(target));
  if (auto* refused = std::get_if<HttpReply>(&routed)) return watch->reply(std::move(*refused));
  Matched& matched = std::get<Matched>(routed);
  watch->is_for(matched.route, visitor.token.kind);
  matched.call.set_address(visitor.address);
  matched.call.set_observed(&observer_, watch->id());
  std::optional<Guard::Verdict> verdict =
      guard_.admit(*matched.route, matched.call, visitor, false);
  if (verdict) return go_on(matched, *std::move(verdict), watch, false);
  worker_([this, visitor, watch, matched = std::make_shared<Matched>(std::move(matched))] {
    guarded(respond_through(watch), [&] {
      go_on(*matched, *guard_.admit(*matched->route, matched->call, visitor, true), watch, true);
    });
  });
}

void Application::go_on(Matched& matched, Guard::Verdict verdict, const Watch& watch,
                        bool on_worker) {
  if (auto* refused = std::get_if<HttpReply>(&verdict)) return watch->refuse(std::move(*refused));
  auto caller = std::get<std::shared_ptr<const Principal>>(std::move(verdict));
  watch->is_from(*caller);
  matched.call.set_caller(std::move(caller));
  const Respond respond = respond_through(watch);
  const Route& route = *matched.route;
  if (route.lane == Lane::Quick || on_worker) {
    guarded(respond, [&] { route.handle(services_, std::move(matched.call), respond); });
    return;
  }
  worker_([this, &route, call = std::make_shared<RouteCall>(std::move(matched.call)), respond] {
    guarded(respond, [&] { route.handle(services_, std::move(*call), respond); });
  });
}

}  // namespace meno
