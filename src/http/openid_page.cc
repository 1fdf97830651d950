#include "http/openid_page.h"

#include <algorithm>
#include <array>
#include <string>

#include <fmt/format.h>

namespace meno {
namespace {

/// Nothing is loaded, run, framed or sent from these pages.
constexpr std::string_view kPolicy =
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

struct Words {
  OpenIdTrouble trouble;
  std::string_view en;
  std::string_view zh_cn;
};

constexpr std::array<Words, 6> kWords = {{
    {OpenIdTrouble::Stale,
     "This sign-in was begun in another window or too long ago. Please begin again.",
     "这次登录是在另一个窗口中开始的，或已过期。请重新登录。"},
    {OpenIdTrouble::Denied, "You were not signed in: the sign-in was cancelled or not permitted.",
     "未登录：登录已取消或未获许可。"},
    {OpenIdTrouble::NoAccount,
     "There is no account here for you. Please ask your teacher or administrator.",
     "这里没有您的账号，请联系老师或管理员。"},
    {OpenIdTrouble::Untrusted,
     "You were not signed in: the answer of the sign-in service could not be trusted. Please tell "
     "your administrator.",
     "未登录：登录服务的答复无法核实。请告知管理员。"},
    {OpenIdTrouble::Away,
     "Signing in this way does not work at the moment. Please try again in a minute.",
     "目前无法以这种方式登录，请稍后再试。"},
    {OpenIdTrouble::TooMany, "Too many attempts. Wait a little and try again.",
     "尝试次数太多，请稍候再试。"},
}};

const Words& words_of(OpenIdTrouble trouble) {
  return *std::find_if(kWords.begin(), kWords.end() - 1,
                       [trouble](const Words& each) { return each.trouble == trouble; });
}

HttpReply page(int status, std::string_view head, std::string_view body) {
  HttpReply reply;
  reply.status = status;
  reply.content_type = "text/html; charset=utf-8";
  reply.body = fmt::format(
      "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">"
      "<meta name=\"color-scheme\" content=\"light dark\">{}<title>Meno</title></head>"
      "<body><main><h1>Meno</h1>{}</main></body></html>\n",
      head, body);
  reply.headers.emplace_back("Content-Security-Policy", kPolicy);
  reply.headers.emplace_back("Referrer-Policy", "no-referrer");
  reply.headers.emplace_back("Cache-Control", "no-store");
  return reply;
}

/// Both languages: who comes back from the provider has not said which one to us.
std::string in_both(std::string_view en, std::string_view zh_cn) {
  return fmt::format("<p>{}</p><p lang=\"zh-CN\">{}</p>", en, zh_cn);
}

int status_of(const OpenIdRefusal& refusal) {
  constexpr int kTooMany = 429;
  return refusal.trouble == OpenIdTrouble::TooMany ? kTooMany : http_status(refusal.error.kind);
}

}  // namespace

HttpReply openid_welcome() {
  return page(
      200, "<meta http-equiv=\"refresh\" content=\"0; url=/\">",
      in_both("You are signed in. <a href=\"/\">Go on</a>", "已登录。<a href=\"/\">继续</a>"));
}

HttpReply openid_refusal(const OpenIdRefusal& refusal, std::string_view accept) {
  HttpReply reply;
  if (accept.find("text/html") == std::string_view::npos) {
    reply = error_reply(status_of(refusal), name_of(refusal.error.kind), refusal.error.message);
    reply.headers.emplace_back("Cache-Control", "no-store");
  } else {
    const Words& words = words_of(refusal.trouble);
    reply =
        page(status_of(refusal), "",
             in_both(words.en, words.zh_cn) + in_both("<a href=\"/\">Back to the sign-in page</a>",
                                                      "<a href=\"/\">返回登录页</a>"));
  }
  if (refusal.retry_after.count() > 0)
    reply.headers.emplace_back("Retry-After", std::to_string(refusal.retry_after.count()));
  return reply;
}

}  // namespace meno
