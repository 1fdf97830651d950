#include "service/openid/openid_options.h"

#include <algorithm>
#include <array>
#include <vector>

#include <fmt/format.h>

#include "core/files.h"
#include "core/json.h"
#include "core/loopback.h"
#include "service/openid/web_address.h"

namespace meno {
namespace {

constexpr std::size_t kLongest = 1000;  // bytes of any value
constexpr std::size_t kLongestName = 60;

constexpr std::array<std::string_view, 7> kFields = {
    "issuer", "client_id", "client_secret_file", "redirect_uri", "name", "account_claim", "scopes"};

/// A value as it stands in the file, at most so much of it; in ASCII, so that any cut is text.
std::string seen(const Json& value) { return value.dump(-1, ' ', true).substr(0, 80); }

/// Reads one field after the other; each fault is one sentence.
class Fields {
 public:
  Fields(const Json& document, std::string_view where) : document_(document), where_(where) {}

  Error wrong(std::string_view name, std::string_view value, std::string_view expected) const {
    return invalid_input(
        fmt::format("{}: \"{}\" is {}, expected {}", where_, name, value, expected));
  }

  Result<Done> check_names() const {
    for (const auto& [name, value] : document_.items()) {
      if (std::find(kFields.begin(), kFields.end(), name) != kFields.end()) continue;
      return invalid_input(
          fmt::format("{}: {} is unknown, expected one of {}", where_, seen(name), names()));
    }
    return Done{};
  }

  bool has(std::string_view name) const { return document_.contains(std::string(name)); }

  /// Text of 1 to `longest` printable bytes.
  Result<std::string> text(std::string_view name, std::string_view expected,
                           std::size_t longest = kLongest) const {
    if (!has(name)) return wrong(name, "missing", expected);
    const Json& value = document_.at(std::string(name));
    if (!value.is_string()) return wrong(name, seen(value), expected);
    std::string text = value.get<std::string>();
    const bool printable = std::none_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) < ' ' || c == '\x7f';
    });
    if (!text.empty() && text.size() <= longest && printable) return text;
    return wrong(name, seen(value), expected);
  }

  Result<std::string> scopes() const {
    constexpr std::string_view kExpected = "a list of words that has \"openid\"";
    const Json& value = document_.at("scopes");
    if (!value.is_array()) return wrong("scopes", seen(value), kExpected);
    std::string joined;
    bool openid = false;
    for (const Json& each : value) {
      const bool word = each.is_string() && is_word(each.get<std::string>());
      if (!word) return wrong("scopes", seen(value), kExpected);
      openid = openid || each == "openid";
      joined += joined.empty() ? each.get<std::string>() : " " + each.get<std::string>();
    }
    if (!openid || joined.size() > kLongest) return wrong("scopes", seen(value), kExpected);
    return joined;
  }

 private:
  static bool is_word(const std::string& text) {
    return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
      return c > ' ' && c < '\x7f' && c != '"' && c != '\\';
    });
  }

  static std::string names() {
    std::string all;
    for (const std::string_view name : kFields)
      all += fmt::format("{}{}", all.empty() ? "" : ", ", name);
    return all;
  }

  const Json& document_;
  std::string_view where_;
};

std::string in_quotes(std::string_view text) { return fmt::format("\"{}\"", text); }

Result<std::string> issuer_in(const Fields& fields) {
  constexpr std::string_view kExpected =
      "the provider's https address (http only on this machine) without query";
  MENO_TRY(std::string issuer, fields.text("issuer", kExpected));
  if (is_safe_address(issuer, true) && issuer.find('?') == std::string::npos) return issuer;
  return fields.wrong("issuer", in_quotes(issuer), kExpected);
}

Result<std::string> redirect_in(const Fields& fields) {
  const std::string expected = fmt::format(
      "the page's https address (http only on this machine) followed by {}", kOpenIdCallback);
  MENO_TRY(std::string address, fields.text("redirect_uri", expected));
  const std::optional<WebAddress> parsed = parse_web_address(address);
  const bool here = parsed && parsed->rest.substr(std::min(
                                  parsed->rest.size(), parsed->rest.find('/'))) == kOpenIdCallback;
  if (here && is_safe_address(address, true)) return address;
  return fields.wrong("redirect_uri", in_quotes(address), expected);
}

/// The file's first line. Errors: InvalidInput naming the field, as for the others.
Result<std::string> secret_in(const Fields& fields, const std::filesystem::path& folder) {
  MENO_TRY(const std::string name, fields.text("client_secret_file", "the name of a file"));
  const Result<std::string> content = read_file(folder / name);
  if (!content)
    return fields.wrong("client_secret_file", in_quotes(name), "a file that can be read");
  std::string secret = content->substr(0, content->find_first_of("\r\n"));
  const bool printable =
      std::all_of(secret.begin(), secret.end(), [](char c) { return c >= ' ' && c < '\x7f'; });
  if (!secret.empty() && secret.size() <= kLongest && printable) return secret;
  return fields.wrong("client_secret_file", in_quotes(name),
                      "a file with the secret as its first line, in printable ASCII");
}

Result<Done> read_optional(const Fields& fields, const std::filesystem::path& folder,
                           OpenIdOptions& options) {
  if (fields.has("client_secret_file")) {
    MENO_TRY(options.client_secret, secret_in(fields, folder));
  }
  if (fields.has("account_claim")) {
    MENO_TRY(options.account_claim, fields.text("account_claim", "a claim's name"));
  }
  if (options.account_claim == "email") options.scopes = "openid email";
  if (fields.has("scopes")) {
    MENO_TRY(options.scopes, fields.scopes());
  }
  return Done{};
}

}  // namespace

bool OpenIdOptions::is_local() const {
  const std::optional<WebAddress> address = parse_web_address(issuer);
  return address && is_loopback(address->host);
}

Result<OpenIdOptions> parse_openid_options(std::string_view text,
                                           const std::filesystem::path& folder,
                                           std::string_view where) {
  MENO_TRY(const Json document, parse_json(text, where));
  if (!document.is_object())
    return invalid_input(fmt::format("{} is no JSON object, expected one", where));
  const Fields fields(document, where);
  MENO_TRY_DONE(fields.check_names());
  OpenIdOptions options;
  MENO_TRY(options.issuer, issuer_in(fields));
  MENO_TRY(options.client_id, fields.text("client_id", "what the provider calls this server"));
  MENO_TRY(options.redirect_uri, redirect_in(fields));
  MENO_TRY(options.name,
           fields.text("name", fmt::format("what the button shows, 1 to {} bytes", kLongestName),
                       kLongestName));
  MENO_TRY_DONE(read_optional(fields, folder, options));
  return options;
}

Result<OpenIdOptions> load_openid_options(const std::filesystem::path& file) {
  MENO_TRY(const std::string text, read_file(file));
  return parse_openid_options(text, file.parent_path(), file.string());
}

}  // namespace meno
