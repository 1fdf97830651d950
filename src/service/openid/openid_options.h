// What `meno serve --oidc FILE` reads: the identity provider, and who this server is to it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "core/result.h"

namespace meno {

/// Where the provider sends people back to: this path on the page's own origin.
inline constexpr std::string_view kOpenIdCallback = "/v1/session/oidc/callback";
inline constexpr std::string_view kOpenIdStart = "/v1/session/oidc/start";

struct OpenIdOptions {
  std::string issuer = {};  // as the provider writes it into its tokens
  std::string client_id = {};
  std::string client_secret = {};  // "": a public client
  std::string redirect_uri = {};   // the page's origin and kOpenIdCallback
  std::string name = {};           // on the button
  /// Whose value names the account at the first sign-in.
  std::string account_claim = "preferred_username";
  std::string scopes = "openid profile";  // separated by spaces

  /// Whether the provider is a program on this machine, as in tests.
  bool is_local() const;
};

/// Errors: InvalidInput naming the file, the field, what it is and what was expected; NotFound for
/// a file that is not there.
Result<OpenIdOptions> load_openid_options(const std::filesystem::path& file);

/// The same from the file's text; `folder` is where a relative client_secret_file is.
Result<OpenIdOptions> parse_openid_options(std::string_view text,
                                           const std::filesystem::path& folder,
                                           std::string_view where);

}  // namespace meno
