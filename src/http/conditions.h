// Conditions of requests: ETags that save reading again (If-None-Match), changes that lose no other
// change (If-Match), and requests that are done once (Idempotency-Key). RFC 9110, section 13.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "service/accounts/principal.h"
#include "service/services.h"

namespace meno {

/// A strong ETag: changes with the reply's body.
std::string etag_of(std::string_view body);

/// Whether a list of ETags, as If-Match and If-None-Match hold, names `etag` or is "*". `weak` when
/// a W/ before one does not matter, as in If-None-Match.
bool names_etag(std::string_view list, std::string_view etag, bool weak);

/// Gives the reply its ETag; 304 without a body when `if_none_match` names it.
HttpReply tagged_reply(HttpReply reply, std::string_view if_none_match);

/// 412: the ETag is `etag`, the request expected another.
HttpReply changed_meanwhile(const std::string& etag);

/// What may not be done twice, and under which key.
struct OnceAsk {
  std::string key = {};
  std::string request = {};  // tells it from others
};

/// Runs `work` with a Respond that keeps the reply, unless the key was used before: then answers as
/// it was answered, 409 while that is not known, 422 when it was another request. Blocks until the
/// claim is durable.
void respond_once(Services& services, const Principal& who, const OnceAsk& ask, Respond respond,
                  const std::function<void(Respond)>& work);

}  // namespace meno
