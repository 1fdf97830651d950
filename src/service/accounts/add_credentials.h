// Make credentials: accounts with a password, and service keys.
#pragma once

#include <string>
#include <string_view>

#include "core/clock.h"
#include "core/secrets.h"
#include "store/store.h"

namespace meno {

struct AddAccount {
  std::string id = {};
  std::string role = {};  // name_of(Role)
  std::string display_name = {};
  std::string school_id = {};   // of teachers and school admins
  std::string student_id = {};  // whom a student's account acts for; "" is `id`
  std::string course_id =
      {};  // enrol the student there first, when not enrolled yet; "" is nowhere
  std::string class_id =
      {};  // a class of the school to join, as a teacher or a student; "" is none
  std::string password = {};    // "": one is made
  std::string actor = {};       // who adds it, for the audit log
  std::string request_id = {};  // likewise; "" outside of a request
};

/// The password, as given or made: shown once, then only its hash is left. Errors: InvalidInput for
/// a role that is none, a password of fewer than 8 characters, or a school where there must be none
/// or one; NotFound (school, student, course, class); Conflict (id in use); Unavailable.
Result<std::string> add_account(Store& store, const Clock& clock, const AddAccount& ask,
                                const PasswordCost& cost = {});

/// Gives an account another password and ends its sessions; a lock-out ends too. Returns the
/// password, as given or, for "", made. Errors: NotFound, InvalidInput, Unavailable.
Result<std::string> set_password(Store& store, const Clock& clock, const std::string& account_id,
                                 const std::string& password, const std::string& actor);

/// Lets nobody in under the account from now on, or again. Errors: NotFound, Unavailable.
Result<Done> set_disabled(Store& store, const Clock& clock, const std::string& account_id,
                          bool disabled, const std::string& actor,
                          std::string_view request_id = {});

struct AddKey {
  std::string id = {};
  std::string scopes = {};     // of kScopes, separated by commas
  std::string school_id = {};  // "" for every school
  int days = 0;                // until it expires; 0 is never
  std::string actor = {};
  std::string request_id = {};
};

/// The key: shown once, then only its hash is left. Errors: InvalidInput for an unknown scope or
/// a negative number of days; NotFound (school); Conflict (id in use); Unavailable.
Result<std::string> add_key(Store& store, const Clock& clock, const AddKey& ask);

}  // namespace meno
