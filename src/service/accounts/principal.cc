#include "service/accounts/principal.h"

#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace meno {
namespace {

/// Calls `look` with each part of a list separated by commas until it returns true.
template <class Look>
bool any_part(std::string_view list, Look look) {
  while (true) {
    const std::size_t comma = list.find(',');
    if (look(list.substr(0, comma))) return true;
    if (comma == std::string_view::npos) return false;
    list.remove_prefix(comma + 1);
  }
}

}  // namespace

Result<Done> check_scopes(std::string_view scopes) {
  std::string_view bad;
  const bool wrong = any_part(scopes, [&bad](std::string_view part) {
    bad = part;
    return std::find(kScopes.begin(), kScopes.end(), part) == kScopes.end();
  });
  if (!wrong) return Done{};
  return invalid_input(fmt::format("scope \"{}\", expected some of {}, separated by commas", bad,
                                   fmt::join(kScopes, ", ")));
}

bool Principal::has_scope(std::string_view scope) const {
  return any_part(scopes,
                  [scope](std::string_view part) { return part == scope || part == "admin"; });
}

const Principal& anybody() {
  static const Principal everyone = [] {
    Principal principal;
    principal.kind = Principal::Kind::Key;
    principal.id = "this machine";
    principal.scopes = "admin";
    principal.everywhere = true;
    return principal;
  }();
  return everyone;
}

Principal principal_of(const StoredAccount& account, const StoredSession& session) {
  Principal principal;
  principal.kind = Principal::Kind::Account;
  principal.id = account.id;
  principal.role = account.role;
  principal.display_name = account.display_name;
  principal.school_id = account.school_id;
  principal.student_id = account.student_id;
  principal.everywhere = account.role == Role::PlatformAdmin;
  if (account.role == Role::Teacher) principal.reach.teacher_id = account.id;
  if (account.role == Role::SchoolAdmin) principal.reach.school_id = account.school_id;
  principal.expires_at = session.expires_at;
  principal.token_hash = session.token_hash;
  return principal;
}

Principal principal_of(const StoredKey& key) {
  Principal principal;
  principal.kind = Principal::Kind::Key;
  principal.id = key.id;
  principal.scopes = key.scopes;
  principal.school_id = key.school_id;
  principal.everywhere = key.school_id.empty();
  principal.reach.school_id = key.school_id;
  principal.expires_at = key.expires_at;
  return principal;
}

}  // namespace meno
