#include "http/conditions.h"

#include <utility>

#include <fmt/format.h>
#include <spdlog/spdlog.h>

#include "core/files.h"
#include "service/once.h"

namespace meno {
namespace {

/// The next of a list's ETags, without the spaces around it; `list` is then shorter.
std::string_view next_tag(std::string_view& list) {
  std::string_view tag = list.substr(0, list.find(','));
  list.remove_prefix(std::min(list.size(), tag.size() + 1));
  while (!tag.empty() && tag.front() == ' ') tag.remove_prefix(1);
  while (!tag.empty() && tag.back() == ' ') tag.remove_suffix(1);
  return tag;
}

HttpReply replayed(const OnceClaim& claim) {
  HttpReply reply;
  reply.status = claim.status;
  reply.body = claim.body;
  reply.headers.emplace_back("Idempotency-Replayed", "true");
  return reply;
}

void finish(Services& services, const OnceClaim& claim, const HttpReply& reply) {
  const Result<Done> kept = finish_once(services, claim, reply.status, reply.body);
  // It was done all the same: whoever asks again is told that nobody knows.
  if (!kept) spdlog::warn("a reply could not be kept: {}", kept.error().message);
}

}  // namespace

std::string etag_of(std::string_view body) { return fmt::format("\"{}\"", content_hash(body)); }

bool names_etag(std::string_view list, std::string_view etag, bool weak) {
  while (!list.empty()) {
    std::string_view tag = next_tag(list);
    if (tag == "*") return true;
    if (weak && tag.substr(0, 2) == "W/") tag.remove_prefix(2);
    if (tag == etag) return true;
  }
  return false;
}

HttpReply tagged_reply(HttpReply reply, std::string_view if_none_match) {
  if (reply.status != 200) return reply;
  std::string etag = etag_of(reply.body);
  if (names_etag(if_none_match, etag, true)) {
    reply.status = 304;
    reply.body.clear();
  }
  reply.headers.emplace_back("ETag", std::move(etag));
  return reply;
}

HttpReply changed_meanwhile(const std::string& etag) {
  HttpReply reply = error_reply(
      412, "precondition_failed",
      fmt::format("\"If-Match\" does not name {}, the ETag now, expected it: read again what "
                  "another has changed, then change that",
                  etag));
  reply.headers.emplace_back("ETag", etag);
  return reply;
}

void respond_once(Services& services, const Principal& who, const OnceAsk& ask, Respond respond,
                  const std::function<void(Respond)>& work) {
  Result<OnceClaim> claim = claim_once(services, who, ask.key, ask.request);
  if (!claim) return respond(error_reply(claim.error()));
  switch (claim->state) {
    case OnceClaim::State::Mine:
      return work(
          [&services, claim = *std::move(claim), respond = std::move(respond)](HttpReply reply) {
            finish(services, claim, reply);
            respond(std::move(reply));
          });
    case OnceClaim::State::Done:
      return respond(replayed(*claim));
    case OnceClaim::State::UnderWay:
      return respond(error_reply(
          409, "conflict",
          "\"Idempotency-Key\" is that of a request whose reply is not known yet, expected to be "
          "asked again later; if the server stopped meanwhile, look whether it was done"));
    case OnceClaim::State::Another:
      return respond(error_reply(
          422, "key_reused",
          "\"Idempotency-Key\" was used for another request within a day, expected a new key"));
  }
}

}  // namespace meno
