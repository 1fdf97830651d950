// TestSession: one adaptive test from the first question to the report. Rules of who may be asked
// what, and when it is enough, live here; what an answer means is the method's business.
#pragma once

#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/text.h"
#include "domain/course.h"
#include "tutor/adaptive_test/examinee.h"
#include "tutor/irt/answer_sheet.h"

namespace meno {

struct TestRules {
  int shortest = 3;                // questions before precision or classification may end it
  int longest = 20;                // questions
  double precision = 0.0;          // ends at this standard deviation of the ability; 0: never
  std::optional<double> cut = {};  // ends when the band lies on one side of this ability
  double band = 1.645;             // standard deviations to each side: 90 % of a normal
  double longest_s = 0.0;          // seconds; 0: no limit
  /// Exposure: draws among so many of the best (Kingsbury & Zara 1989, "randomesque"); 1: the best.
  int among_best = 1;
  /// Content: asks the allowed skills in equal shares (Kingsbury & Zara 1989).
  bool balance = false;
};

enum class StopReason { Running, Precision, Classified, Time, Longest, NothingLeft, Ended };
/// e.g. "precision".
std::string_view name_of(StopReason reason);
/// One sentence in both languages.
Text text_of(StopReason reason);

struct TestedItem {
  ItemId item;
  bool correct = false;
  double p_before = 0.5;       // foreseen before the answer
  AbilityEstimate after = {};  // ability once it was known
};

/// A skill of the items that could be asked.
struct TestedSkill {
  SkillId skill;
  int asked = 0;
  int right = 0;
  double p_correct = 0.5;  // foreseen, mean over the skill's items in the bank
};

struct TestReport {
  AbilityEstimate ability;
  double low = 0.0;  // of the band
  double high = 0.0;
  StopReason stopped = StopReason::Running;
  std::optional<bool> above_cut = {};    // absent without a cut, or while the band spans it
  std::vector<TestedItem> items = {};    // in order of asking
  std::vector<TestedSkill> skills = {};  // ascending
};

/// Not thread-safe. `course` must outlive it.
class TestSession {
 public:
  /// Errors: InvalidInput for an empty bank, or rules that are out of range (shortest above
  /// longest, a negative precision...).
  static Result<TestSession> begin(const Course& course, const TestMethod& method,
                                   std::vector<ItemId> bank, const TestRules& rules, Rng rng);

  /// Takes earlier answers into account, which were not part of the test.
  void know(std::span<const SheetAnswer> earlier);
  /// The item to ask, the same until it is answered; nullopt when the test is over. `elapsed_s`
  /// since its beginning.
  std::optional<ItemId> next(double elapsed_s = 0.0);
  /// The answer to next(). Calling it when nothing was asked is a Bug.
  void answer(bool correct);
  /// An answer to a question of an earlier session of which only the answers are left. Errors:
  /// InvalidInput for an item that is not in the bank, or was answered before.
  Result<Done> resume(ItemId item, bool correct);
  /// Stops it before the rules would.
  void end();
  TestReport report() const;

 private:
  TestSession(const Course& course, std::unique_ptr<Examinee> examinee, std::vector<ItemId> bank,
              const TestRules& rules, Rng rng);

  StopReason reason(double elapsed_s) const;
  ItemId chosen();
  /// The open items that content balance leaves.
  std::vector<ItemId> candidates() const;

  const Course* course_;
  std::unique_ptr<Examinee> examinee_;
  std::vector<ItemId> bank_;  // ascending, without repeats
  std::vector<ItemId> open_;
  TestRules rules_;
  Rng rng_;
  std::vector<TestedItem> items_;
  std::vector<int> asked_of_skill_;  // [skills]
  std::optional<ItemId> asked_;
  StopReason stopped_ = StopReason::Running;
};

}  // namespace meno
