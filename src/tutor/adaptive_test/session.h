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
#include "tutor/irt/irt_bank.h"

namespace meno {

/// How a test with a cut decides on which side of it a student is.
enum class Classify {
  Band,  // the ability's band lies on one side
  Sprt,  // Wald's sequential probability ratio of cut + indifference against cut - indifference
  Glr,   // the same of the best ability on either side of that region
};
/// "band", "sprt" or "glr"; nullopt for a name that is none.
std::string_view name_of(Classify rule);
std::optional<Classify> find_classify(std::string_view name);

struct TestRules {
  int shortest = 3;                // questions before precision or classification may end it
  int longest = 20;                // questions
  double precision = 0.0;          // ends at this standard deviation of the ability; 0: never
  std::optional<double> cut = {};  // ends when the band lies on one side of this ability
  double band = 1.645;             // standard deviations to each side: 90 % of a normal
  Classify classify = Classify::Band;
  double indifference = 0.3;  // sprt, glr: abilities so near the cut may go either way
  double error_below = 0.05;  // sprt, glr: of calling a student below the cut who is above, at most
  double error_above = 0.05;  // and the other way round
  double longest_s = 0.0;     // seconds; 0: no limit
  /// Exposure: draws among so many of the best (Kingsbury & Zara 1989, "randomesque"); 1: the best.
  int among_best = 1;
  double exposure = 0.0;  // Sympson-Hetter: no item is asked of a larger share of students; 0: off
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

/// P(asked | it would be) of each item, by which Sympson-Hetter limits exposure (exposure.h).
struct ExposureControl {
  double most = 1.0;         // share of students, as wanted
  std::vector<double> keep;  // [items] in (0, 1]
  double largest = 0.0;      // share of students, of the item asked most in the last simulation
};

/// What rules may need beside a method. Both must outlive the session.
struct TestAids {
  const IrtBank* irt = nullptr;               // sprt, glr
  const ExposureControl* exposure = nullptr;  // a lottery decides, by the session's seed, what is
                                              // kept back from this student
};

struct TestReport {
  AbilityEstimate ability;
  double low = 0.0;  // of the band
  double high = 0.0;
  StopReason stopped = StopReason::Running;
  /// Absent without a cut, and while the rule does not decide; where the test is over without a
  /// decision of sprt or glr, the likelier side.
  std::optional<bool> above_cut = {};
  double log_ratio = 0.0;                // sprt, glr: of above against below, nats
  std::vector<TestedItem> items = {};    // in order of asking
  std::vector<TestedSkill> skills = {};  // ascending
};

/// Not thread-safe. `course` must outlive it.
class TestSession {
 public:
  /// Errors: InvalidInput for an empty bank, or rules that are out of range (shortest above
  /// longest, a negative precision, sprt without a cut...).
  static Result<TestSession> begin(const Course& course, const TestMethod& method,
                                   std::vector<ItemId> bank, const TestRules& rules, Rng rng,
                                   const TestAids& aids = {});

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
  /// Items that would have been asked, had exposure control not kept them back.
  const std::vector<ItemId>& kept_back() const { return kept_back_; }

 private:
  TestSession(const Course& course, std::unique_ptr<Examinee> examinee, std::vector<ItemId> bank,
              const TestRules& rules, Rng rng);

  StopReason reason(double elapsed_s) const;
  /// Whether the student is above the cut; nullopt while the rule does not decide, or without one.
  std::optional<bool> side() const;
  /// log of the likelihood above the cut over that below, by the answers of this test.
  double log_ratio() const;
  /// Whether the lottery lets this student be asked it.
  bool may_ask(ItemId item) const;
  ItemId chosen();
  /// The open items that content balance leaves.
  std::vector<ItemId> candidates() const;

  const Course* course_;
  std::unique_ptr<Examinee> examinee_;
  std::vector<ItemId> bank_;  // ascending, without repeats
  std::vector<ItemId> open_;
  TestRules rules_;
  Rng rng_;
  Rng rng_lottery_;  // never drawn from itself: forked by item
  std::vector<TestedItem> items_;
  TestAids aids_;
  std::vector<ItemId> kept_back_;
  std::vector<int> asked_of_skill_;  // [skills]
  std::optional<ItemId> asked_;
  StopReason stopped_ = StopReason::Running;
};

}  // namespace meno
