#include "http/application.h"

#include <algorithm>
#include <array>
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

/// What routes are looked for; everything else is a file of the page.
bool is_api(const ParsedTarget& target) {
  constexpr std::array<std::string_view, 5> kFirst = {"v1", "openapi.json", "healthz", "readyz",
                                                      "metrics"};
  return !target.segments.empty() &&
         std::find(kFirst.begin(), kFirst.end(), target.segments.front()) != kFirst.end();
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
  Watch watch;
  Respond respond;  // through the watch
};

Application::Application(Services& services, StaticFiles files,
                         std::function<void(std::function<void()>)> worker, const RateOptions& rate,
                         ObserverOptions observer)
    : services_(services),
      limits_(rate),
      guard_(services),
      files_(std::move(files)),
      observer_(std::move(observer)),
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

void Application::handle(HttpRequest request, Respond respond) {
  const auto watch = std::make_shared<RequestWatch>(observer_, request, std::move(respond));
  take(std::move(request), watch);
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
  std::optional<OnceAsk> once;
  if (!request.idempotency_key.empty()) once = once_ask(request);
  Routed routed = route_request(all_routes(), request, *std::move(target));
  if (auto* refused = std::get_if<HttpReply>(&routed)) return watch->reply(std::move(*refused));
  Matched& matched = std::get<Matched>(routed);
  watch->is_for(matched.route, visitor.token.kind);
  if (!matched.route->once) once.reset();
  Pending pending{matched.route, std::move(matched.call), std::move(once), watch,
                  respond_through(watch)};
  prepare(pending, request);
  std::optional<Guard::Verdict> verdict =
      guard_.admit(*pending.route, pending.call, visitor, false);
  if (verdict) return go_on(pending, *std::move(verdict), false);
  // Who is not known yet counts for the address before the store is asked, and then as who it is.
  if (auto refused = too_often(nobody(), pending.call.address()))
    return watch->reply(*std::move(refused));
  worker_([this, visitor, pending = std::make_shared<Pending>(std::move(pending))] {
    guarded(pending->respond, [&] {
      go_on(*pending, *guard_.admit(*pending->route, pending->call, visitor, true), true);
    });
  });
}

void Application::prepare(Pending& pending, HttpRequest& request) {
  pending.call.set_address(request.address);
  pending.call.set_observed(&observer_, pending.watch->id());
  pending.call.set_conditions(std::move(request.accept), std::move(request.if_match));
  pending.call.set_cookies(std::move(request.cookie));
  pending.call.set_last_event(std::move(request.last_event));
  if (!pending.route->tagged) return;
  if (pending.route->method != Method::Get) request.if_none_match.clear();
  pending.respond = [respond = std::move(pending.respond),
                     if_none_match = std::move(request.if_none_match)](HttpReply reply) {
    respond(tagged_reply(std::move(reply), if_none_match));
  };
}

void Application::go_on(Pending& pending, Guard::Verdict verdict, bool on_worker) {
  const auto* known = std::get_if<std::shared_ptr<const Principal>>(&verdict);
  const Principal& who = known != nullptr ? **known : nobody();
  if (auto refused = too_often(who, pending.call.address()))
    return pending.watch->reply(*std::move(refused));
  if (auto* refused = std::get_if<HttpReply>(&verdict))
    return pending.watch->refuse(std::move(*refused));
  pending.watch->is_from(who);
  pending.call.set_caller(std::get<std::shared_ptr<const Principal>>(std::move(verdict)));
  const bool quick = pending.route->lane == Lane::Quick && !pending.once;
  if (quick || on_worker) return guarded(pending.respond, [&] { run(pending); });
  worker_([this, pending = std::make_shared<Pending>(std::move(pending))] {
    guarded(pending->respond, [&] { run(*pending); });
  });
}

void Application::run(Pending& pending) {
  const auto handle = [&](Respond reply) {
    pending.route->handle(services_, std::move(pending.call), std::move(reply));
  };
  if (!pending.once) return handle(pending.respond);
  const Principal who = pending.call.caller();
  respond_once(services_, who, *pending.once, pending.respond, handle);
}

}  // namespace meno
