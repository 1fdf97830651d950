// Student states: what a student's answers add up to under one version of a model, kept so that a
// long history need not be replayed. Derived from the answers, opaque to the store, one a student
// and course; it may be missing or old at any time.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/result.h"
#include "store/answers.h"

namespace meno {

struct StoredState {
  std::string version;  // what it belongs to: of no use under any other
  EnrolmentMark upto;   // what it takes into account
  std::string content;
};

/// Thread-safe.
class StudentStateStore {
 public:
  virtual ~StudentStateStore() = default;
  /// The one kept last; nullopt where none is. Errors: Unavailable.
  virtual Result<std::optional<StoredState>> find(std::string_view course_id,
                                                  std::string_view student_id) = 0;
  /// Queues the state in place of an earlier one and returns at once. Where it cannot be written it
  /// is dropped.
  virtual void keep(std::string course_id, std::string student_id, StoredState state) = 0;
};

}  // namespace meno
