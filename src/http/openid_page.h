// The page that a browser sees between the identity provider and the app: it moves on, or says in
// both languages why nobody was signed in.
#pragma once

#include <optional>

#include "http/message.h"
#include "service/openid/openid_sign_in.h"

namespace meno {

/// Moves on to the app at once. A redirect would not do: for the browser it would still be the
/// provider's, and the session's cookie is not sent on what other sites have begun.
HttpReply openid_welcome();

/// The refusal: a page for browsers, whose Accept has text/html, a problem for programs.
HttpReply openid_refusal(const OpenIdRefusal& refusal, std::string_view accept);

}  // namespace meno
