// Schools, classes and accounts as somebody may make and list them: platform admins everywhere,
// school admins in their own school. Out of sight is as if it were not there.
#pragma once

#include <string>
#include <vector>

#include "service/accounts/add_credentials.h"
#include "service/accounts/principal.h"
#include "service/services.h"
#include "store/listings.h"

namespace meno {

/// Whose rows `who` sees.
Seen seen_by(const Principal& who);

/// The school as stored: its name is its id where none is given, and so is its organisation.
/// Errors: Conflict (id in use), Unavailable.
Result<StoredSchool> add_school(Store& store, const Clock& clock, StoredSchool school,
                                const std::string& actor);

/// Adds the class when its id is new, and its members; a new class's name is its id where none is
/// given. Errors: NotFound for a school, course, teacher or student that is not there; Conflict
/// when the class or a teacher belongs to another school; Unavailable.
Result<Done> add_to_class(Store& store, const Clock& clock, StoredClass members,
                          const std::string& actor);

/// The same by `who`, in the own school where that is all that they see. Errors: also NotFound for
/// what is out of their sight.
Result<Done> add_to_class(Services& services, const Principal& who, StoredClass members);

/// add_account() by `who`: school admins make accounts of teachers of their school and of students
/// in its classes. Errors: also Forbidden for another role, NotFound for another school.
Result<std::string> add_account(Services& services, const Principal& who, AddAccount ask,
                                const PasswordCost& cost);

/// A page of the accounts of the schools that `who` sees. Errors: InvalidInput for a role that is
/// none; Unavailable.
Result<std::vector<StoredAccount>> list_accounts(Services& services, const Principal& who,
                                                 AccountsWanted wanted);

/// A page of the schools that `who` sees. Errors: Unavailable.
Result<std::vector<StoredSchool>> list_schools(Services& services, const Principal& who,
                                               const IdPage& page);

/// A page of the classes that `who` sees. Errors: Unavailable.
Result<std::vector<ListedClass>> list_classes(Services& services, const Principal& who,
                                              ClassesWanted wanted);

}  // namespace meno
