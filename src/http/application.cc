#include "http/application.h"

#include <exception>
#include <memory>
#include <optional>
#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "http/conditions.h"
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

/// What tells a request from others that come under the same Idempotency-Key.
OnceAsk once_ask(const HttpRequest& request) {
  return {
      .key = request.idempotency_key,
      .request = fmt::format("{}\n{}\n{}", name_of(request.method), request.target, request.body)};
}

}  // namespace

/// A request on its way to its handler.
struct Application::Pending {
  const Route* route = nullptr;
  RouteCall call;
  std::optional<OnceAsk> once;
};

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

HttpReply Application::file_reply(const HttpRequest& request, const ParsedTarget& target) const {
  if (request.method != Method::Get && request.method != Method::Head) {
    HttpReply reply = error_reply(405, "invalid_input",
                                  fmt::format("method {}, expected GET", name_of(request.method)));
    reply.headers.emplace_back("Allow", "GET, HEAD");
    return reply;
  }
  std::string path;
  for (const std::string& segment : target.segments) path += "/" + segment;
  return files_.reply(path.empty() || path == "/" ? "/index.html" : path, request.if_none_match);
}

void Application::handle(HttpRequest request, Respond respond) {
  Result<ParsedTarget> target = parse_target(request.target);
  if (!target) return respond(error_reply(target.error()));
  if (!is_api(*target)) return respond(file_reply(request, *target));
  const Visitor visitor = visitor_of(request);
  std::optional<OnceAsk> once;
  if (!request.idempotency_key.empty()) once = once_ask(request);
  Routed routed = route_request(all_routes(), request, *std::move(target));
  if (auto* refused = std::get_if<HttpReply>(&routed)) return respond(std::move(*refused));
  Matched& matched = std::get<Matched>(routed);
  const Route& route = *matched.route;
  matched.call.set_address(visitor.address);
  matched.call.set_conditions(std::move(request.accept), std::move(request.if_match));
  matched.call.set_last_event(std::move(request.last_event));
  if (!route.once) once.reset();
  if (route.tagged) {
    if (route.method != Method::Get) request.if_none_match.clear();
    respond = [respond = std::move(respond), if_none_match = std::move(request.if_none_match)](
                  HttpReply reply) { respond(tagged_reply(std::move(reply), if_none_match)); };
  }
  Pending pending{&route, std::move(matched.call), std::move(once)};
  std::optional<Guard::Verdict> verdict = guard_.admit(route, pending.call, visitor, false);
  if (verdict) return go_on(pending, *std::move(verdict), respond, false);
  // Who is not known yet counts for the address before the store is asked, and then as who it is.
  if (auto refused = too_often(nobody(), pending.call.address()))
    return respond(*std::move(refused));
  worker_([this, visitor, respond = std::move(respond),
           pending = std::make_shared<Pending>(std::move(pending))] {
    guarded(respond, [&] {
      go_on(*pending, *guard_.admit(*pending->route, pending->call, visitor, true), respond, true);
    });
  });
}

void Application::go_on(Pending& pending, Guard::Verdict verdict, const Respond& respond,
                        bool on_worker) {
  const auto* known = std::get_if<std::shared_ptr<const Principal>>(&verdict);
  const Principal& who = known != nullptr ? **known : nobody();
  if (auto refused = too_often(who, pending.call.address())) return respond(*std::move(refused));
  if (auto* refused = std::get_if<HttpReply>(&verdict)) return respond(std::move(*refused));
  pending.call.set_caller(std::get<std::shared_ptr<const Principal>>(std::move(verdict)));
  const bool quick = pending.route->lane == Lane::Quick && !pending.once;
  if (quick || on_worker) return guarded(respond, [&] { run(pending, respond); });
  worker_([this, pending = std::make_shared<Pending>(std::move(pending)), respond] {
    guarded(respond, [&] { run(*pending, respond); });
  });
}

void Application::run(Pending& pending, const Respond& respond) {
  const auto handle = [&](Respond reply) {
    pending.route->handle(services_, std::move(pending.call), std::move(reply));
  };
  if (!pending.once) return handle(respond);
  const Principal who = pending.call.caller();
  respond_once(services_, who, *pending.once, respond, handle);
}

}  // namespace meno
