#include "http/application.h"

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

const Principal& nobody() {
  static const Principal unknown;
  return unknown;
}

bool is_api(const ParsedTarget& target) {
  return !target.segments.empty() &&
         (target.segments.front() == "v1" || target.segments.front() == "openapi.json");
}

}  // namespace

Application::Application(Services& services, StaticFiles files,
                         std::function<void(std::function<void()>)> worker, const RateOptions& rate)
    : services_(services),
      limits_(rate),
      guard_(services),
      files_(std::move(files)),
      worker_(std::move(worker)) {}

std::optional<HttpReply> Application::too_often(const Principal& who, const std::string& address) {
  const bool open = services_.accounts == nullptr || services_.accounts->open();
  if (open && !limits_.options().of_open_server) return std::nullopt;
  const int wait_s = limits_.wait_of(open ? nobody() : who, address, RateLimits::Clock::now());
  if (wait_s == 0) return std::nullopt;
  HttpReply reply = error_reply(
      429, "unavailable", fmt::format("too many requests, expected the next in {} s", wait_s));
  reply.headers.emplace_back("Retry-After", std::to_string(wait_s));
  return reply;
}

void Application::handle(HttpRequest request, Respond respond) {
  Result<ParsedTarget> target = parse_target(request.target);
  if (!target) return respond(error_reply(target.error()));
  if (!is_api(*target)) {
    if (request.method == Method::Get || request.method == Method::Head) {
      std::string path;
      for (const std::string& segment : target->segments) path += "/" + segment;
      return respond(
          files_.reply(path.empty() || path == "/" ? "/index.html" : path, request.if_none_match));
    }
    HttpReply reply = error_reply(405, "invalid_input",
                                  fmt::format("method {}, expected GET", name_of(request.method)));
    reply.headers.emplace_back("Allow", "GET, HEAD");
    return respond(std::move(reply));
  }
  const Visitor visitor = visitor_of(request);
  Routed routed = route_request(all_routes(), request, *std::move(target));
  if (auto* refused = std::get_if<HttpReply>(&routed)) return respond(std::move(*refused));
  Matched& matched = std::get<Matched>(routed);
  matched.call.set_address(visitor.address);
  matched.call.set_last_event(std::move(request.last_event));
  std::optional<Guard::Verdict> verdict =
      guard_.admit(*matched.route, matched.call, visitor, false);
  if (verdict) return go_on(matched, *std::move(verdict), respond, false);
  // Who is not known yet counts for the address before the store is asked, and then as who it is.
  if (auto refused = too_often(nobody(), matched.call.address()))
    return respond(*std::move(refused));
  worker_([this, visitor, respond = std::move(respond),
           matched = std::make_shared<Matched>(std::move(matched))] {
    guarded(respond, [&] {
      go_on(*matched, *guard_.admit(*matched->route, matched->call, visitor, true), respond, true);
    });
  });
}

void Application::go_on(Matched& matched, Guard::Verdict verdict, const Respond& respond,
                        bool on_worker) {
  const auto* known = std::get_if<std::shared_ptr<const Principal>>(&verdict);
  const Principal& who = known != nullptr ? **known : nobody();
  if (auto refused = too_often(who, matched.call.address())) return respond(*std::move(refused));
  if (auto* refused = std::get_if<HttpReply>(&verdict)) return respond(std::move(*refused));
  matched.call.set_caller(std::get<std::shared_ptr<const Principal>>(std::move(verdict)));
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
