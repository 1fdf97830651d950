// meno audit: what was done to people and credentials, and whether the log is what was written.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "store/store.h"

namespace meno {
namespace {

constexpr std::size_t kBatch = 5000;

struct AuditArguments {
  std::string action;
  std::string store;
};

Json shown(const AuditRow& row) {
  return {{"no", row.no},
          {"at_ms", std::int64_t{row.note.at.time_since_epoch().count()}},
          {"actor", row.note.actor},
          {"action", row.note.action},
          {"target", row.note.target},
          {"detail", row.note.detail}};
}

Result<Json> run(const AuditArguments& arguments) {
  if (!store_is_there(arguments.store))
    return not_found(fmt::format("{}, expected a store", arguments.store));
  MENO_TRY(const std::unique_ptr<Store> store, open_store(arguments.store));
  ChainCheck check;
  Json rows = Json::array();
  while (true) {
    MENO_TRY(const std::vector<AuditRow> some, store->audit().since(check.rows(), kBatch));
    if (some.empty()) break;
    for (const AuditRow& row : some) {
      MENO_TRY_DONE(check.add(row));
      if (arguments.action == "list") rows.push_back(shown(row));
    }
  }
  Json document = {{"rows", check.rows()}, {"last_hash", check.last_hash()}};
  if (arguments.action == "list") document["audit"] = rows;
  return document;
}

std::string text_of(const Json& document) {
  std::string text;
  for (const Json& row : document.value("audit", Json::array())) {
    text += fmt::format("{}  {}  {}  {}  {}\n", row["no"].get<std::uint64_t>(),
                        row["actor"].get<std::string>(), row["action"].get<std::string>(),
                        row["target"].get<std::string>(), row["detail"].get<std::string>());
  }
  return text + fmt::format("{} rows, each as it was written; the last hash is {}",
                            document["rows"].get<std::uint64_t>(),
                            document["last_hash"].get<std::string>());
}

}  // namespace

int audit_command(int argc, const char* const* argv) {
  AuditArguments arguments;
  Invocation call("audit",
                  "The audit log: verify says whether every row is what was written (keep the last "
                  "hash elsewhere, to see later that none was cut off); list shows them.");
  call.app()
      .add_option("action", arguments.action, "verify or list")
      ->required()
      ->check(CLI::IsMember({"verify", "list"}));
  call.app().add_option("--store", arguments.store, "the store, as for meno serve")->required();
  return call.run(
      argc, argv, [&] { return run(arguments); }, &text_of);
}

}  // namespace meno
