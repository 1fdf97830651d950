#include "service/accounts/add_credentials.h"

#include <span>

#include <fmt/format.h>

#include "service/accounts/principal.h"

namespace meno {
namespace {

constexpr std::size_t kShortestPassword = 8;
constexpr std::size_t kMadePassword = 16;  // characters of a random token: 96 bits

/// The password, or a made one for "". Errors: InvalidInput.
Result<std::string> usable_password(const std::string& password) {
  if (password.empty()) return random_token().substr(0, kMadePassword);
  if (password.size() >= kShortestPassword) return password;
  return invalid_input(fmt::format("the password has {} characters, expected at least {}",
                                   password.size(), kShortestPassword));
}

Result<StoredAccount> checked_account(const AddAccount& ask) {
  const std::optional<Role> role = role_named(ask.role);
  if (!role) {
    return invalid_input(fmt::format(
        "role \"{}\", expected student, teacher, school_admin or platform_admin", ask.role));
  }
  const bool of_school = *role == Role::Teacher || *role == Role::SchoolAdmin;
  if (of_school && ask.school_id.empty())
    return invalid_input(fmt::format("a {}'s school is missing, expected its id", ask.role));
  if (*role == Role::PlatformAdmin && !ask.school_id.empty())
    return invalid_input("a platform admin has a school, expected none: it sees every school");
  StoredAccount account;
  account.id = ask.id;
  account.role = *role;
  account.display_name = ask.display_name.empty() ? ask.id : ask.display_name;
  if (of_school) account.school_id = ask.school_id;
  if (*role == Role::Student) account.student_id = ask.student_id.empty() ? ask.id : ask.student_id;
  return account;
}

Result<Done> enrol(Store& store, const StoredAccount& account, const std::string& course_id) {
  if (course_id.empty() || account.student_id.empty()) return Done{};
  MENO_TRY(const auto enrolled, store.students().find(course_id, account.student_id));
  if (enrolled) return Done{};
  const StoredStudent student{.id = account.student_id, .display_name = account.display_name};
  return store.students().enrol(course_id, std::span(&student, 1));
}

Result<Done> join(Store& store, const StoredAccount& account, const AddAccount& ask,
                  TimePoint now) {
  if (ask.class_id.empty()) return Done{};
  StoredClass members;
  members.id = ask.class_id;
  members.school_id = ask.school_id;
  if (account.role == Role::Student) {
    members.students = {account.student_id};
  } else {
    members.teachers = {account.id};
  }
  return store.roster().add_to_class(members, {.at = now,
                                               .actor = ask.actor,
                                               .action = "class_joined",
                                               .target = account.id,
                                               .detail = ask.class_id,
                                               .request_id = ask.request_id});
}

Result<StoredAccount> account_of(Store& store, const std::string& account_id) {
  MENO_TRY(std::optional<StoredAccount> account, store.accounts().find(account_id));
  if (account) return *std::move(account);
  return not_found(fmt::format("account \"{}\", expected one that is there", account_id));
}

/// What can be refused is refused before anything is written.
Result<Done> check_free(Store& store, const AddAccount& ask) {
  MENO_TRY(const std::optional<StoredAccount> taken, store.accounts().find(ask.id));
  if (taken)
    return conflict(fmt::format("account \"{}\" is there already, expected a new id", ask.id));
  if (ask.class_id.empty()) return Done{};
  MENO_TRY(const std::vector<ListedClass> classes,
           store.listings().classes({.id = ask.class_id, .page = {.most = 1}}));
  if (classes.empty() || classes.front().school_id == ask.school_id) return Done{};
  return conflict(fmt::format("class \"{}\" is not of school \"{}\", expected one of that school",
                              ask.class_id, ask.school_id));
}

}  // namespace

Result<std::string> add_account(Store& store, const Clock& clock, const AddAccount& ask,
                                const PasswordCost& cost) {
  MENO_TRY(StoredAccount account, checked_account(ask));
  MENO_TRY(std::string password, usable_password(ask.password));
  MENO_TRY_DONE(check_free(store, ask));
  MENO_TRY(account.password_hash, hashed_password(password, cost));
  MENO_TRY_DONE(enrol(store, account, ask.course_id));
  MENO_TRY_DONE(store.accounts().add(account, {.at = clock.now(),
                                               .actor = ask.actor,
                                               .action = "account_added",
                                               .target = account.id,
                                               .detail = std::string(name_of(account.role)),
                                               .request_id = ask.request_id}));
  MENO_TRY_DONE(join(store, account, ask, clock.now()));
  return password;
}

Result<std::string> set_password(Store& store, const Clock& clock, const std::string& account_id,
                                 const std::string& password, const std::string& actor) {
  MENO_TRY(std::string usable, usable_password(password));
  MENO_TRY(StoredAccount account, account_of(store, account_id));
  MENO_TRY(account.password_hash, hashed_password(usable));
  account.failures = 0;
  account.locked_until = kNoTime;
  MENO_TRY_DONE(store.accounts().update(account, {.at = clock.now(),
                                                  .actor = actor,
                                                  .action = "password_set",
                                                  .target = account_id,
                                                  .detail = ""}));
  return usable;
}

Result<Done> set_disabled(Store& store, const Clock& clock, const std::string& account_id,
                          bool disabled, const std::string& actor, std::string_view request_id) {
  MENO_TRY(StoredAccount account, account_of(store, account_id));
  account.disabled = disabled;
  return store.accounts().update(account,
                                 {.at = clock.now(),
                                  .actor = actor,
                                  .action = disabled ? "account_disabled" : "account_enabled",
                                  .target = account_id,
                                  .detail = "",
                                  .request_id = std::string(request_id)});
}

Result<std::string> add_key(Store& store, const Clock& clock, const AddKey& ask) {
  MENO_TRY_DONE(check_scopes(ask.scopes));
  if (ask.days < 0) {
    return invalid_input(
        fmt::format("the key is to live {} days, expected 0 (for ever) or more", ask.days));
  }
  std::string key = fmt::format("meno_{}", random_token());
  const TimePoint now = clock.now();
  MENO_TRY_DONE(store.accounts().add_key(
      {.id = ask.id,
       .token_hash = hex(sha256(key)),
       .scopes = ask.scopes,
       .school_id = ask.school_id,
       .expires_at = ask.days == 0 ? kNoTime : now + std::chrono::hours(24) * ask.days,
       .revoked = false},
      {.at = now,
       .actor = ask.actor,
       .action = "key_added",
       .target = ask.id,
       .detail = ask.scopes,
       .request_id = ask.request_id}));
  return key;
}

}  // namespace meno
