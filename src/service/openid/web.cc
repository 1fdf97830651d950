// The one place that includes libcurl.
#include "service/openid/web.h"

#include <atomic>
#include <string_view>

#include <curl/curl.h>
#include <fmt/format.h>

#include "core/check.h"
#include "core/loopback.h"
#include "service/openid/web_address.h"

namespace meno {
namespace {

struct CurlEnd {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Curl = std::unique_ptr<CURL, CurlEnd>;
using CurlList = std::unique_ptr<curl_slist, CurlEnd>;

/// What a fetch has received, and how much it may.
struct Received {
  std::string body;
  std::size_t most = 0;
  bool too_long = false;
};

std::size_t on_bytes(const char* bytes, std::size_t one, std::size_t count, void* user) {
  auto& received = *static_cast<Received*>(user);
  const std::size_t size = one * count;
  if (received.body.size() + size > received.most) {
    received.too_long = true;
    return 0;
  }
  received.body.append(bytes, size);
  return size;
}

int on_progress(void* stopping, curl_off_t /*to_get*/, curl_off_t /*got*/, curl_off_t /*to_put*/,
                curl_off_t /*put*/) {
  return static_cast<const std::atomic<bool>*>(stopping)->load() ? 1 : 0;
}

/// The address without its query, for messages.
std::string_view shown(std::string_view url) { return url.substr(0, url.find('?')); }

class CurlWeb final : public Web {
 public:
  explicit CurlWeb(const WebLimits& limits) : limits_(limits) {
    static const CURLcode ready = curl_global_init(CURL_GLOBAL_DEFAULT);
    MENO_CHECK(ready == CURLE_OK, "libcurl cannot be made ready");
  }

  Result<WebReply> fetch(const WebRequest& request) override {
    const Curl curl(curl_easy_init());
    if (!curl) return unavailable("there is no memory for a request, expected some: try again");
    Received received{.body = {}, .most = limits_.bytes};
    const CurlList fields(curl_slist_append(nullptr, "Accept: application/json"));
    prepare(curl.get(), request, received);
    curl_easy_setopt(curl.get(), CURLOPT_HTTPHEADER, fields.get());
    const CURLcode outcome = curl_easy_perform(curl.get());
    if (outcome != CURLE_OK) return fault(request, outcome, received);
    long status = 0;
    curl_easy_getinfo(curl.get(), CURLINFO_RESPONSE_CODE, &status);
    return WebReply{.status = static_cast<int>(status), .body = std::move(received.body)};
  }

  void stop() override { stopping_ = true; }

 private:
  void prepare(CURL* curl, const WebRequest& request, Received& received) {
    curl_easy_setopt(curl, CURLOPT_URL, request.url.c_str());
    curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, "http,https");
    curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
    curl_easy_setopt(curl, CURLOPT_NOSIGNAL, 1L);
    curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(limits_.connect.count()));
    curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, static_cast<long>(limits_.total.count()));
    curl_easy_setopt(curl, CURLOPT_USERAGENT, "meno");
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, &on_bytes);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &received);
    curl_easy_setopt(curl, CURLOPT_NOPROGRESS, 0L);
    curl_easy_setopt(curl, CURLOPT_XFERINFOFUNCTION, &on_progress);
    curl_easy_setopt(curl, CURLOPT_XFERINFODATA, &stopping_);
    if (const auto address = parse_web_address(request.url); address && is_loopback(address->host))
      curl_easy_setopt(curl, CURLOPT_PROXY, "");  // this machine is not behind a proxy
    if (request.form) {
      curl_easy_setopt(curl, CURLOPT_POSTFIELDSIZE_LARGE,
                       static_cast<curl_off_t>(request.form->size()));
      curl_easy_setopt(curl, CURLOPT_COPYPOSTFIELDS, request.form->c_str());
    }
    if (!request.user.empty()) {
      curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BASIC);
      curl_easy_setopt(curl, CURLOPT_USERNAME, request.user.c_str());
      curl_easy_setopt(curl, CURLOPT_PASSWORD, request.password.c_str());
    }
    if (!request.bearer.empty()) {
      curl_easy_setopt(curl, CURLOPT_HTTPAUTH, CURLAUTH_BEARER);
      curl_easy_setopt(curl, CURLOPT_XOAUTH2_BEARER, request.bearer.c_str());
    }
  }

  Error fault(const WebRequest& request, CURLcode outcome, const Received& received) const {
    const std::string_view where = shown(request.url);
    if (received.too_long) {
      return unavailable(
          fmt::format("{} answers with more than {} bytes, expected fewer", where, limits_.bytes));
    }
    if (outcome == CURLE_OPERATION_TIMEDOUT) {
      return unavailable(
          fmt::format("{} has not answered, expected a connection within {} ms and a reply within "
                      "{} ms",
                      where, limits_.connect.count(), limits_.total.count()));
    }
    return unavailable(fmt::format("{} cannot be reached ({}), expected a reply", where,
                                   curl_easy_strerror(outcome)));
  }

  const WebLimits limits_;
  std::atomic<bool> stopping_{false};
};

}  // namespace

std::unique_ptr<Web> make_web(const WebLimits& limits) { return std::make_unique<CurlWeb>(limits); }

}  // namespace meno
