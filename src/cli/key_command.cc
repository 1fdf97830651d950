// meno key: service keys, the way in of programs.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "core/secrets.h"
#include "service/accounts/add_credentials.h"
#include "service/accounts/principal.h"

namespace meno {
namespace {

struct KeyArguments {
  std::string action;
  std::string store;
  std::vector<std::string> scopes;
  AddKey key;
};

Json shown(const StoredKey& key) {
  Json document = {
      {"id", key.id}, {"scopes", key.scopes}, {"school", key.school_id}, {"revoked", key.revoked}};
  if (key.expires_at != kNoTime)
    document["expires_at_ms"] = std::int64_t{key.expires_at.time_since_epoch().count()};
  return document;
}

Result<Json> listed(Store& store) {
  MENO_TRY(const std::vector<StoredKey> keys, store.accounts().keys());
  Json rows = Json::array();
  for (const StoredKey& key : keys) rows.push_back(shown(key));
  return Json{{"keys", rows}};
}

Result<Json> run(KeyArguments& arguments) {
  MENO_TRY(const std::unique_ptr<Store> store, open_store(arguments.store));
  const SystemClock clock;
  AddKey& ask = arguments.key;
  ask.actor = "command line";
  if (arguments.action == "list") return listed(*store);
  if (arguments.action == "revoke") {
    MENO_TRY_DONE(store->accounts().revoke_key(ask.id, {.at = clock.now(),
                                                        .actor = ask.actor,
                                                        .action = "key_revoked",
                                                        .target = ask.id,
                                                        .detail = ""}));
    return Json{{"id", ask.id}, {"revoked", true}};
  }
  ask.scopes = fmt::format("{}", fmt::join(arguments.scopes, ","));
  if (ask.id.empty()) ask.id = "k-" + hex(sha256(random_token())).substr(0, 12);
  MENO_TRY(const std::string key, add_key(*store, clock, ask));
  return Json{{"id", ask.id}, {"key", key}, {"scopes", arguments.scopes}};
}

std::string text_of(const Json& document) {
  if (document.contains("keys")) {
    std::string text = fmt::format("{} keys", document["keys"].size());
    for (const Json& key : document["keys"]) {
      text +=
          fmt::format("\n{}  {}{}", key["id"].get<std::string>(), key["scopes"].get<std::string>(),
                      key["revoked"].get<bool>() ? "  revoked" : "");
    }
    return text;
  }
  const auto id = document["id"].get<std::string>();
  if (!document.contains("key")) return fmt::format("{}: revoked", id);
  return fmt::format("{} (key {}; shown this once, only its hash is kept)",
                     document["key"].get<std::string>(), id);
}

}  // namespace

int key_command(int argc, const char* const* argv) {
  KeyArguments arguments;
  Invocation call("key",
                  "Service keys: meno key add --store school.db --scopes answers:write prints one. "
                  "No server may have the store open.");
  call.app()
      .add_option("action", arguments.action, "add, revoke or list")
      ->required()
      ->check(CLI::IsMember({"add", "revoke", "list"}));
  call.app().add_option("--store", arguments.store, "the store, as for meno serve")->required();
  call.app()
      .add_option("--scopes", arguments.scopes,
                  fmt::format("what it may do, separated by commas: {}", fmt::join(kScopes, ", ")))
      ->delimiter(',');
  call.app().add_option("--id", arguments.key.id, "the key's name, not secret (default: made)");
  call.app().add_option("--school", arguments.key.school_id,
                        "only for this school's classes (default: all)");
  call.app().add_option("--days", arguments.key.days, "until it expires (default: never)");
  return call.run(
      argc, argv, [&] { return run(arguments); }, &text_of);
}

}  // namespace meno
