// meno backup: a store and its runs -> one sealed file. meno restore: back again, or only to see
// that it could be.
#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "store/backup/backup.h"
#include "store/backup/record.h"
#include "store/store.h"

namespace meno {
namespace {

struct BackupArguments {
  MakeBackup ask;
  std::string store;
  std::string key;
  bool new_key = false;
};

Json json_of(const BackupFacts& facts) {
  return {{"made_at", facts.made_at},
          {"store_version", facts.store_version},
          {"students", facts.students},
          {"answers", facts.answers}};
}

/// A database's backups are noted nowhere yet: the record lies beside a file.
Result<Done> check_is_a_file(const std::string& store) {
  if (is_in_a_file(store)) return Done{};
  return invalid_input(
      fmt::format("--store is {}, a database, expected a store in a file", shown_location(store)));
}

/// Makes the backup; whether it succeeds is left beside the store's file, for the server to tell.
Result<MadeBackup> noted_backup(const MakeBackup& ask) {
  const TimePoint now = SystemClock().now();
  Result<MadeBackup> made = make_backup(ask, now);
  const bool is_there = made || made.error().kind != ErrorKind::NotFound;
  if (!is_there || !is_in_a_file(ask.store)) return made;
  const Result<Done> noted =
      note_backup(ask.store, now, made ? std::optional(made->bytes) : std::nullopt);
  if (made && !noted) return noted.error();
  return made;
}

Result<Json> backup(BackupArguments& arguments) {
  MENO_TRY(arguments.ask.key,
           arguments.new_key ? make_seal_key(arguments.key) : read_seal_key(arguments.key));
  arguments.ask.store = arguments.store;
  if (arguments.ask.runs.empty()) arguments.ask.runs = runs_beside(arguments.store);
  MENO_TRY(const MadeBackup made, noted_backup(arguments.ask));
  Json document = json_of(made.facts);
  document["path"] = made.path.string();
  document["bytes"] = made.bytes;
  document["removed"] = Json::array();
  for (const std::filesystem::path& old : made.removed) document["removed"].push_back(old.string());
  return document;
}

std::string backup_text(const Json& document) {
  return fmt::format("{}: {} students, {} answers, {} bytes; {} older removed",
                     document.at("path").get<std::string>(), document.at("students").get<int>(),
                     document.at("answers").get<std::int64_t>(),
                     document.at("bytes").get<std::uint64_t>(), document.at("removed").size());
}

struct RestoreArguments {
  RestoreBackup ask;
  std::string key;
  bool verify = false;
  std::string drill_of;
};

/// The trial; whether it succeeds is left beside the store that it is a backup of, where named.
Result<BackupFacts> drill(const RestoreArguments& arguments) {
  Result<BackupFacts> facts = verify_backup(arguments.ask.backup, arguments.ask.key);
  if (arguments.drill_of.empty()) return facts;
  std::error_code ignored;
  const std::uint64_t bytes = std::filesystem::file_size(arguments.ask.backup, ignored);
  const Result<Done> noted = note_drill(arguments.drill_of, SystemClock().now(),
                                        facts ? std::optional(bytes) : std::nullopt);
  if (facts && !noted) return noted.error();
  return facts;
}

/// Errors: InvalidInput for options that do not go together; NotFound for a store that is not
/// there.
Result<Done> check_options(const RestoreArguments& arguments) {
  if (arguments.ask.store.empty() != arguments.verify)
    return invalid_input("one of --into STORE and --verify is expected");
  if (arguments.drill_of.empty()) return Done{};
  if (!arguments.verify) return invalid_input("--store goes with --verify only");
  if (!store_is_there(arguments.drill_of))
    return not_found(
        fmt::format("no store {}, expected the one that the backup is of", arguments.drill_of));
  return check_is_a_file(arguments.drill_of);
}

Result<Json> restore(RestoreArguments& arguments) {
  MENO_TRY_DONE(check_options(arguments));
  MENO_TRY(arguments.ask.key, read_seal_key(arguments.key));
  MENO_TRY(const BackupFacts facts,
           arguments.verify ? drill(arguments) : restore_backup(arguments.ask));
  Json document = json_of(facts);
  document["backup"] = arguments.ask.backup.string();
  document["store"] = arguments.verify ? Json() : Json(shown_location(arguments.ask.store));
  return document;
}

std::string restore_text(const Json& document) {
  const std::string what = fmt::format(
      "{} students, {} answers of {}", document.at("students").get<int>(),
      document.at("answers").get<std::int64_t>(), document.at("made_at").get<std::string>());
  if (document.at("store").is_null())
    return fmt::format("{} can be restored: {}", document.at("backup").get<std::string>(), what);
  return fmt::format("{}: {}", document.at("store").get<std::string>(), what);
}

}  // namespace

int backup_command(int argc, const char* const* argv) {
  BackupArguments arguments;
  Invocation call("backup",
                  "A store and its runs as one encrypted file, while a server uses them.");
  call.app()
      .add_option("--store", arguments.store,
                  "the SQLite file of the store, or "
                  "postgres://user:password@host:port/database")
      ->required();
  call.app().add_option("--runs", arguments.ask.runs,
                        "tuned runs; by default STORE.runs, or meno.runs");
  call.app()
      .add_option("--into", arguments.ask.into, "the folder of backups, made when absent")
      ->required();
  call.app().add_option("--key", arguments.key, "the file with the key")->required();
  call.app().add_flag("--new-key", arguments.new_key,
                      "make the key first; keep it elsewhere than the backups");
  call.app().add_option("--keep", arguments.ask.keep, "backups to keep, the newest");
  return call.run(
      argc, argv, [&] { return backup(arguments); }, &backup_text);
}

int restore_command(int argc, const char* const* argv) {
  RestoreArguments arguments;
  Invocation call("restore", "A backup as a store again, or a trial of that.");
  call.app()
      .add_option("backup", arguments.ask.backup, "the file that meno backup made")
      ->required();
  call.app().add_option("--into", arguments.ask.store,
                        "the store to make: a file that is not there, or an empty database");
  call.app().add_option("--runs", arguments.ask.runs,
                        "tuned runs; by default STORE.runs, or meno.runs");
  call.app().add_option("--key", arguments.key, "the file with the key")->required();
  call.app().add_flag("--verify", arguments.verify,
                      "restore into a scratch store, check it and remove it");
  call.app().add_option(
      "--store", arguments.drill_of,
      "with --verify: the store it is a backup of, whose server tells of the trial");
  return call.run(
      argc, argv, [&] { return restore(arguments); }, &restore_text);
}

}  // namespace meno
