// Accounts and service keys, for admins and keys with accounts:read or accounts:write. What changes
// here counts at once: what was looked up is forgotten.
#include <array>

#include "http/body.h"
#include "http/json_writer.h"
#include "http/listing.h"
#include "http/routes.h"
#include "service/accounts/accounts.h"
#include "service/accounts/roster.h"

namespace meno {
namespace {

/// After a change: nobody goes on with what they had, and a server that was open no longer is.
void take_effect(Services& services) {
  if (services.accounts == nullptr) return;
  services.accounts->forget();
  services.accounts->close();
}

/// Makes a password where none is given, and then shows it. Runs where passwords are hashed.
Result<std::string> added_account(Services& services, const Principal& who, const AddAccount& ask) {
  MENO_TRY(const std::string password,
           add_account(services, who, ask, services.accounts->options().password_cost));
  take_effect(services);
  JsonWriter json;
  json.begin_object().key("id").text(ask.id).key("password");
  ask.password.empty() ? json.text(password) : json.null();
  json.end_object();
  return json.take();
}

void post_account(Services& services, RouteCall call, Respond respond) {
  Result<AddAccount> ask = decode_account(call.body());
  if (!ask) return respond(error_reply(ask.error()));
  if (services.accounts == nullptr)
    return respond(
        error_reply(unavailable("this server keeps no accounts, expected one that does")));
  ask->request_id = call.request_id();
  const Principal who = call.caller();
  const bool queued = services.accounts->lane().submit([&services, who, ask = *ask, respond] {
    Result<std::string> body = added_account(services, who, ask);
    if (!body) return respond(error_reply(body.error()));
    HttpReply reply;
    reply.status = 201;
    reply.body = *std::move(body);
    respond(std::move(reply));
  });
  if (!queued) respond(error_reply(unavailable("too many passwords wait to be hashed: try again")));
}

Result<std::string> delete_account(Services& services, RouteCall& call) {
  MENO_TRY_DONE(set_disabled(services.store, services.clock, call.path(0), true, call.caller().id,
                             call.request_id()));
  take_effect(services);
  JsonWriter json;
  json.begin_object().key("id").text(call.path(0)).end_object();
  return json.take();
}

Result<std::string> post_key(Services& services, RouteCall& call) {
  MENO_TRY(AddKey ask, decode_key(call.body()));
  ask.actor = call.caller().id;
  ask.request_id = call.request_id();
  MENO_TRY(const std::string key, add_key(services.store, services.clock, ask));
  take_effect(services);
  JsonWriter json;
  json.begin_object().key("id").text(ask.id).key("key").text(key);
  json.key("scopes").text(ask.scopes).end_object();
  return json.take();
}

Result<std::string> delete_key(Services& services, RouteCall& call) {
  MENO_TRY_DONE(
      services.store.accounts().revoke_key(call.path(0), {.at = services.clock.now(),
                                                          .actor = call.caller().id,
                                                          .action = "key_revoked",
                                                          .target = call.path(0),
                                                          .detail = "",
                                                          .request_id = call.request_id()}));
  take_effect(services);
  JsonWriter json;
  json.begin_object().key("id").text(call.path(0)).end_object();
  return json.take();
}

void write_account(RowWriter& row, const StoredAccount& account) {
  row.cell("id", account.id);
  row.cell("role", name_of(account.role));
  row.cell("display_name", account.display_name);
  row.cell("school_id", text_or_null(account.school_id));
  row.cell("student_id", text_or_null(account.student_id));
  row.cell("disabled", account.disabled);
}

Result<HttpReply> get_accounts(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listAccounts", call));
  MENO_TRY(const std::vector<StoredAccount> rows,
           list_accounts(services, call.caller(),
                         {.school_id = std::string(call.query("school_id")),
                          .role = std::string(call.query("role")),
                          .page = {ask.after, ask.most()}}));
  return page_reply(call, ask, "accounts", rows, &write_account,
                    [](const StoredAccount& account) { return account.id; });
}

void write_key(RowWriter& row, const StoredKey& key) {
  row.cell("id", key.id);
  row.cell("scopes", key.scopes);
  row.cell("school_id", text_or_null(key.school_id));
  row.cell("expires_at", key.expires_at);
  row.cell("revoked", key.revoked);
}

Result<HttpReply> get_keys(Services& services, RouteCall& call) {
  MENO_TRY(const PageAsk ask, page_ask("listKeys", call));
  MENO_TRY(const std::vector<StoredKey> rows,
           services.store.listings().keys(std::string(call.query("school_id")),
                                          {ask.after, ask.most()}));
  return page_reply(call, ask, "keys", rows, &write_key,
                    [](const StoredKey& key) { return key.id; });
}

constexpr QueryParameter kSchool = {.name = "school_id", .summary = "only those of this school"};
constexpr std::array kAccountQuery =
    with_paging(std::array{kSchool, QueryParameter{.name = "role", .summary = "only this role"}});
constexpr std::array kKeyQuery = with_paging(std::array{kSchool});

constexpr std::array kListErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};
constexpr std::array kPostErrors = {ErrorKind::NotFound, ErrorKind::Conflict,
                                    ErrorKind::Unavailable};
constexpr std::array kDeleteErrors = {ErrorKind::NotFound, ErrorKind::Unavailable};

constexpr Route kRoutes[] = {
    {.method = Method::Get,
     .path = "/v1/accounts",
     .operation = "listAccounts",
     .access = {Who::SchoolAdmin, "accounts:read", true},
     .summary =
         "Accounts by id: a platform admin's view is of all, a school admin's of the school's",
     .query = kAccountQuery,
     .reply_schema = "AccountList",
     .errors = kListErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_accounts>},
    {.method = Method::Post,
     .path = "/v1/accounts",
     .operation = "addAccount",
     .access = {Who::SchoolAdmin, "accounts:write", true},
     .lane = Lane::Quick,
     .summary = "Add an account; the first one closes an open server",
     .query = {},
     .body_schema = "AccountRequest",
     .reply_schema = "NewAccount",
     .success = 201,
     .errors = kPostErrors,
     .once = true,
     .handle = &post_account},
    {.method = Method::Delete,
     .path = "/v1/accounts/{account_id}",
     .operation = "disableAccount",
     .access = {Who::PlatformAdmin, "accounts:write"},
     .summary = "Let nobody in under an account, and end its sessions",
     .query = {},
     .reply_schema = "Named",
     .errors = kDeleteErrors,
     .handle = &at_once<&delete_account>},
    {.method = Method::Get,
     .path = "/v1/keys",
     .operation = "listKeys",
     .access = {Who::PlatformAdmin, "accounts:read"},
     .summary = "Service keys by id, without what opens the door",
     .query = kKeyQuery,
     .reply_schema = "KeyList",
     .errors = kListErrors,
     .listing = true,
     .tagged = true,
     .handle = &replied<&get_keys>},
    {.method = Method::Post,
     .path = "/v1/keys",
     .operation = "addKey",
     .access = {Who::PlatformAdmin, "accounts:write"},
     .summary = "Add a service key; the reply shows it this once",
     .query = {},
     .body_schema = "KeyRequest",
     .reply_schema = "NewKey",
     .success = 201,
     .errors = kPostErrors,
     .once = true,
     .handle = &at_once<&post_key, 201>},
    {.method = Method::Delete,
     .path = "/v1/keys/{key_id}",
     .operation = "revokeKey",
     .access = {Who::PlatformAdmin, "accounts:write"},
     .summary = "Revoke a service key at once",
     .query = {},
     .reply_schema = "Named",
     .errors = kDeleteErrors,
     .handle = &at_once<&delete_key>},
};

}  // namespace

std::span<const Route> credential_routes() { return kRoutes; }

}  // namespace meno
