#include "http/observer.h"

#include <algorithm>
#include <random>
#include <utility>

#include <fmt/format.h>

#include "core/log.h"
#include "http/routes.h"

namespace meno {
namespace {

constexpr std::size_t kLongestRequestId = 64;

bool is_request_id(std::string_view text) {
  const auto fits = [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '.' ||
           c == '_' || c == '-';
  };
  return !text.empty() && text.size() <= kLongestRequestId &&
         std::all_of(text.begin(), text.end(), fits);
}

/// Says which kind of caller it is, never who.
std::string_view kind_of(const Principal& who) {
  switch (who.kind) {
    case Principal::Kind::Account:
      return "account";
    case Principal::Kind::Key:
      return who.id == anybody().id ? "anybody" : "key";
    case Principal::Kind::Anonymous:
      break;
  }
  return "nobody";
}

}  // namespace

Observer::Observer(ObserverOptions options)
    : options_(std::move(options)),
      counts_(all_routes()),
      started_at_(std::chrono::system_clock::now()),
      prefix_(std::random_device{}()) {}

std::string Observer::request_id(const std::string& asked) {
  if (is_request_id(asked)) return asked;
  return fmt::format("{:08x}-{:08x}", prefix_, next_id_.fetch_add(1, std::memory_order_relaxed));
}

bool Observer::logs(Method method, int status) {
  if (options_.log.which == LogRules::Which::None) return false;
  if (status >= 400) return true;
  if (options_.log.which == LogRules::Which::Failed) return false;
  if (method != Method::Get && method != Method::Head) return true;
  return quiet_.fetch_add(1, std::memory_order_relaxed) % options_.log.sample == 0;
}

RequestWatch::RequestWatch(Observer& observer, const HttpRequest& request, Respond respond)
    : observer_(observer),
      began_(std::chrono::steady_clock::now()),
      id_(observer.request_id(request.request_id)),
      method_(request.method),
      respond_(std::move(respond)) {
  if (observer.logs_addresses()) address_ = request.address;
}

RequestWatch::~RequestWatch() {
  if (!replied_) ended(500, 0);
}

void RequestWatch::is_from(const Principal& who) { caller_ = kind_of(who); }

void RequestWatch::refuse(HttpReply reply) {
  observer_.counts().add_refusal(credential_, reply.status);
  this->reply(std::move(reply));
}

void RequestWatch::reply(HttpReply reply) {
  if (replied_.exchange(true)) return;
  const int status = reply.status;
  const std::uint64_t seq = reply.stored_seq;
  reply.headers.emplace_back("X-Request-Id", id_);
  add_request_id(reply, id_);
  // First: once the reply is out, the server may stop and take the observer with it.
  ended(status, seq);
  respond_(std::move(reply));
}

void RequestWatch::ended(int status, std::uint64_t seq) {
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began_).count();
  observer_.counts().add(route_, is_file_, status, seconds);
  if (!observer_.logs(method_, status)) return;
  const std::string_view unmatched = is_file_ ? "page" : "none";
  log_request({.request_id = id_,
               .method = name_of(method_),
               .route = route_ != nullptr ? route_->path : unmatched,
               .status = status,
               .milliseconds = seconds * 1e3,
               .caller = caller_,
               .address = address_,
               .seq = seq > 0 ? std::optional(seq) : std::nullopt});
}

Respond respond_through(std::shared_ptr<RequestWatch> watch) {
  return [watch = std::move(watch)](HttpReply reply) { watch->reply(std::move(reply)); };
}

}  // namespace meno
