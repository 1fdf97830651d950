// Store: all that outlives the process, one narrow interface per noun. Engines obey
// store/contract_test.cc.
#pragma once

#include <memory>
#include <string>

#include "core/result.h"
#include "store/accounts.h"
#include "store/answers.h"
#include "store/audit.h"
#include "store/courses.h"
#include "store/feedback.h"
#include "store/links.h"
#include "store/listings.h"
#include "store/model_runs.h"
#include "store/neighbours.h"
#include "store/recommendations.h"
#include "store/replies.h"
#include "store/roster.h"
#include "store/served_runs.h"
#include "store/settings.h"
#include "store/store_figures.h"
#include "store/student_states.h"
#include "store/students.h"

namespace meno {

/// Thread-safe. The destructor waits until what was queued is durable. A PostgreSQL that vanishes
/// makes calls fail with Unavailable; once it is back they work again.
class Store {
 public:
  virtual ~Store() = default;
  virtual CourseStore& courses() = 0;
  virtual StudentStore& students() = 0;
  virtual AnswerStore& answers() = 0;
  virtual ServedRunStore& served_runs() = 0;
  virtual FeedbackStore& feedback() = 0;
  virtual SettingStore& settings() = 0;
  virtual RecommendationStore& recommendations() = 0;
  virtual ModelRunStore& model_runs() = 0;
  virtual RosterStore& roster() = 0;
  virtual AccountStore& accounts() = 0;
  virtual LinkStore& links() = 0;
  virtual AuditStore& audit() = 0;
  virtual ReplyStore& replies() = 0;
  virtual ListingStore& listings() = 0;
  virtual StudentStateStore& states() = 0;
  virtual Neighbours& neighbours() = 0;
  /// Whether the store is where it was opened and can be read at this moment. Errors: Unavailable.
  virtual Result<Done> check() = 0;
  virtual StoreFigures figures() const = 0;
};

/// Who else may have the store open meanwhile. A SQLite file always has one process.
enum class StoreUse {
  Shared,  // other servers
  Alone,   // nobody: what copies or fills a whole store
};

/// Opens the PostgreSQL database (15 or newer) at a postgres://user:password@host:port/database
/// `location`, which must exist, or else the SQLite file, made when absent; an older schema is
/// migrated, which needs it alone. Errors: InvalidInput for a file or database that
/// is no store of ours, is damaged, or comes from a newer version; Conflict when another process
/// has it open and one of the two needs it alone; Unavailable when it cannot be reached, read or
/// written.
Result<std::unique_ptr<Store>> open_store(const std::string& location,
                                          StoreUse use = StoreUse::Shared);

/// False for a SQLite file that is not there yet. Whether a PostgreSQL database is there shows when
/// it is opened.
bool store_is_there(const std::string& location);

/// Whether the store is a SQLite file, and no PostgreSQL database.
bool is_in_a_file(const std::string& location);

/// Where a server keeps its runs unless told: STORE.runs beside a SQLite file, else meno.runs in
/// the folder that the program was started in.
std::string runs_beside(const std::string& location);

/// `location` as messages may show it: of a PostgreSQL address neither user nor password.
std::string shown_location(const std::string& location);

}  // namespace meno
