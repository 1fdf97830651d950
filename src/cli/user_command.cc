// meno user: accounts of people.
#include <cstdio>
#include <iostream>

#include <fmt/format.h>

#include "cli/arguments.h"
#include "core/json.h"
#include "service/accounts/add_credentials.h"

namespace meno {
namespace {

struct UserArguments {
  std::string action;
  std::string store;
  AddAccount account;
  bool password_from_stdin = false;
};

Result<std::string> asked_password(const UserArguments& arguments) {
  if (!arguments.password_from_stdin) return std::string();
  std::string line;
  if (!std::getline(std::cin, line) || line.empty())
    return invalid_input("standard input is empty, expected the password as its first line");
  return line;
}

Json shown(const StoredAccount& account, const std::vector<StoredLink>& links) {
  Json issuers = Json::array();
  for (const StoredLink& link : links) {
    if (link.account_id == account.id) issuers.push_back(link.issuer);
  }
  return {{"id", account.id},
          {"role", name_of(account.role)},
          {"school", account.school_id},
          {"student", account.student_id},
          {"disabled", account.disabled},
          {"linked_with", issuers}};
}

Result<Json> listed(Store& store) {
  MENO_TRY(const std::vector<StoredAccount> accounts, store.accounts().list());
  MENO_TRY(const std::vector<StoredLink> links, store.links().list());
  Json users = Json::array();
  for (const StoredAccount& account : accounts) users.push_back(shown(account, links));
  return Json{{"users", users}};
}

/// The next person whom the provider names so is linked anew.
Result<Json> unlinked(Store& store, const Clock& clock, const AddAccount& account) {
  MENO_TRY_DONE(store.links().remove_of(account.id, {.at = clock.now(),
                                                     .actor = account.actor,
                                                     .action = "account_unlinked",
                                                     .target = account.id,
                                                     .detail = ""}));
  return Json{{"id", account.id}};
}

Result<Json> run(UserArguments& arguments) {
  MENO_TRY(const std::unique_ptr<Store> store, open_store(arguments.store));
  const SystemClock clock;
  AddAccount& account = arguments.account;
  account.actor = "command line";
  if (arguments.action == "list") return listed(*store);
  if (account.id.empty()) return invalid_input("--id is missing, expected the account's id");
  if (arguments.action == "disable" || arguments.action == "enable") {
    const bool disabled = arguments.action == "disable";
    MENO_TRY_DONE(set_disabled(*store, clock, account.id, disabled, account.actor));
    return Json{{"id", account.id}, {"disabled", disabled}};
  }
  if (arguments.action == "unlink") return unlinked(*store, clock, account);
  MENO_TRY(account.password, asked_password(arguments));
  const bool made = account.password.empty();
  std::string password;
  if (arguments.action == "add") {
    MENO_TRY(password, add_account(*store, clock, account));
  } else {
    MENO_TRY(password, set_password(*store, clock, account.id, account.password, account.actor));
  }
  Json document = {{"id", account.id}};
  if (made) document["password"] = password;
  return document;
}

std::string text_of(const Json& document) {
  if (document.contains("users")) {
    std::string text = fmt::format("{} accounts", document["users"].size());
    for (const Json& user : document["users"]) {
      text += fmt::format("\n{}  {}  {}{}{}", user["id"].get<std::string>(),
                          user["role"].get<std::string>(), user["school"].get<std::string>(),
                          user["disabled"].get<bool>() ? "  disabled" : "",
                          user["linked_with"].empty() ? "" : "  linked");
    }
    return text;
  }
  const auto id = document["id"].get<std::string>();
  if (document.contains("password")) {
    return fmt::format("{}: the password is {} (shown this once; only its hash is kept)", id,
                       document["password"].get<std::string>());
  }
  return fmt::format("{}: done", id);
}

}  // namespace

int user_command(int argc, const char* const* argv) {
  UserArguments arguments;
  Invocation call("user",
                  "Accounts of people: meno user add --store school.db --id ann --role teacher "
                  "--school north --class 7a. No server may have the store open.");
  call.app()
      .add_option("action", arguments.action,
                  "add, password, disable, enable, unlink (from the identity provider) or list")
      ->required()
      ->check(CLI::IsMember({"add", "password", "disable", "enable", "unlink", "list"}));
  call.app().add_option("--store", arguments.store, "the store, as for meno serve")->required();
  AddAccount& account = arguments.account;
  call.app().add_option("--id", account.id, "the name to sign in with");
  call.app()
      .add_option("--role", account.role, "student, teacher, school_admin or platform_admin")
      ->check(CLI::IsMember({"student", "teacher", "school_admin", "platform_admin"}));
  call.app().add_option("--name", account.display_name, "the name shown (default: the id)");
  call.app().add_option("--school", account.school_id,
                        "the school's id: for teachers, school admins and with --class");
  call.app().add_option("--class", account.class_id,
                        "the id of a class to join, made when it is new");
  call.app().add_option("--student", account.student_id,
                        "whose record a student's account opens (default: the id)");
  call.app().add_option("--course", account.course_id,
                        "enrol the student in this course first, when that is not done yet");
  call.app().add_flag("--password-stdin", arguments.password_from_stdin,
                      "read the password from standard input (default: make one and print it)");
  return call.run(
      argc, argv, [&] { return run(arguments); }, &text_of);
}

}  // namespace meno
