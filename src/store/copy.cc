#include "store/copy.h"

#include <algorithm>
#include <future>
#include <iterator>
#include <limits>
#include <span>
#include <utility>
#include <vector>

#include <fmt/format.h>

namespace meno {
namespace {

/// Answers of one transaction: enough to share its cost, few enough to see progress.
constexpr std::size_t kBatch = 5000;

/// What is copied where, and how far.
struct Copy {
  Store& from;
  Store& to;
  const CopyProgress& progress;
  CopiedStore done;
  std::vector<ServedRun> served;              // of all courses, in the order of the log
  std::size_t next_served = 0;                // the first of them that is not copied
  std::vector<StoredFeedback> feedback = {};  // of all courses, by after_seq, then in its order
  std::size_t next_feedback = 0;              // the first of them that is not copied
  std::vector<CourseAlarm> alarms = {};       // of all courses, `seq` as `from` has it until copied
};

Result<Done> check_empty(Store& to) {
  MENO_TRY(const std::vector<CourseSummary> courses, to.courses().list());
  MENO_TRY(const std::vector<AuditRow> audit, to.audit().since(0, 1));
  if (courses.empty() && to.students().count() == 0 && audit.empty()) return Done{};
  return conflict(fmt::format("the store to copy to has {} courses{}, expected an empty one",
                              courses.size(), audit.empty() ? "" : " and an audit log"));
}

Result<Done> tell(const Copy& copy) {
  if (copy.progress(copy.done)) return Done{};
  return unavailable(fmt::format(
      "stopped after {} answers, expected to run to the end: remove the unfinished copy",
      copy.done.answers));
}

Result<Done> copy_runs(Copy& copy, const std::string& course_id) {
  MENO_TRY(const std::vector<ModelRun> runs, copy.from.model_runs().of_course(course_id));
  for (const ModelRun& run : runs) {
    MENO_TRY_DONE(copy.to.model_runs().put(run));
    ++copy.done.model_runs;
  }
  MENO_TRY(const std::vector<CourseAlarm> alarms, copy.from.model_runs().alarms(course_id));
  copy.alarms.insert(copy.alarms.end(), alarms.begin(), alarms.end());
  return Done{};
}

/// The alarms that these answers raised, under the numbers that `to` gives to them.
Result<Done> copy_alarms(Copy& copy, std::span<const StoredAnswer> answers, std::uint64_t before) {
  for (const CourseAlarm& alarm : copy.alarms) {
    for (std::size_t k = 0; k < answers.size(); ++k) {
      if (answers[k].seq != alarm.seq) continue;
      CourseAlarm moved = alarm;
      moved.seq = before + k + 1;
      MENO_TRY_DONE(copy.to.model_runs().add_alarm(moved));
    }
  }
  return Done{};
}

Result<Done> copy_course(Copy& copy, const std::string& course_id) {
  MENO_TRY(const StoredCourse course, copy.from.courses().find(course_id));
  MENO_TRY_DONE(copy.to.courses().add(course));
  MENO_TRY(const std::vector<StoredStudent> students, copy.from.students().of_course(course_id));
  MENO_TRY_DONE(copy.to.students().enrol(course_id, students));
  MENO_TRY(const std::vector<ServedRun> served, copy.from.served_runs().of_course(course_id));
  copy.served.insert(copy.served.end(), served.begin(), served.end());
  MENO_TRY(const std::vector<StoredFeedback> feedback, copy.from.feedback().of_course(course_id));
  copy.feedback.insert(copy.feedback.end(), feedback.begin(), feedback.end());
  MENO_TRY(const std::vector<StoredSetting> settings, copy.from.settings().of_course(course_id));
  for (const StoredSetting& setting : settings) {
    MENO_TRY_DONE(copy.to.settings().put(setting));
    ++copy.done.settings;
  }
  MENO_TRY_DONE(copy_runs(copy, course_id));
  ++copy.done.courses;
  return tell(copy);
}

Result<Done> append_and_wait(FeedbackStore& to, const StoredFeedback& feedback) {
  std::promise<Result<Done>> promise;
  to.append(feedback, [&promise](const Result<AppendedFeedback>& done) {
    promise.set_value(done ? Result<Done>(Done{}) : Result<Done>(done.error()));
  });
  return promise.get_future().get();
}

/// Rows of the log and feedback that were written before the answer `seq`: `to` then gives them the
/// right `after_seq`.
Result<Done> copy_beside_before(Copy& copy, std::uint64_t seq) {
  while (copy.next_served < copy.served.size() && copy.served[copy.next_served].after_seq < seq) {
    const ServedRun& row = copy.served[copy.next_served++];
    MENO_TRY(const std::vector<RunFile> files,
             copy.from.served_runs().files(row.course_id, row.version));
    if (!files.empty()) {
      MENO_TRY_DONE(copy.to.served_runs().keep_files(row.course_id, row.version, files));
    }
    MENO_TRY_DONE(copy.to.served_runs().append(row));
    ++copy.done.served_runs;
  }
  while (copy.next_feedback < copy.feedback.size() &&
         copy.feedback[copy.next_feedback].after_seq < seq) {
    MENO_TRY_DONE(append_and_wait(copy.to.feedback(), copy.feedback[copy.next_feedback++]));
    ++copy.done.feedback;
  }
  return Done{};
}

/// The last answer that may be copied before the next of those rows; the largest number when there
/// are none left.
std::uint64_t seq_before_beside(const Copy& copy) {
  std::uint64_t last = std::numeric_limits<std::uint64_t>::max();
  if (copy.next_served < copy.served.size()) last = copy.served[copy.next_served].after_seq;
  if (copy.next_feedback < copy.feedback.size())
    last = std::min(last, copy.feedback[copy.next_feedback].after_seq);
  return last;
}

Result<Done> copy_answers(Copy& copy, std::span<const StoredAnswer> answers) {
  while (!answers.empty()) {
    MENO_TRY_DONE(copy_beside_before(copy, answers.front().seq));
    const std::uint64_t last = seq_before_beside(copy);
    const auto end = std::find_if(answers.begin(), answers.end(),
                                  [last](const StoredAnswer& answer) { return answer.seq > last; });
    const auto some = answers.first(static_cast<std::size_t>(end - answers.begin()));
    MENO_TRY_DONE(copy.to.answers().append_many(some));
    copy.done.answers += some.size();
    answers = answers.subspan(some.size());
  }
  return tell(copy);
}

Result<Done> copy_all_answers(Copy& copy) {
  std::sort(copy.served.begin(), copy.served.end(),
            [](const ServedRun& a, const ServedRun& b) { return a.no < b.no; });
  std::sort(copy.feedback.begin(), copy.feedback.end(),
            [](const StoredFeedback& a, const StoredFeedback& b) {
              return std::pair(a.after_seq, a.no) < std::pair(b.after_seq, b.no);
            });
  std::uint64_t seq = 0;
  while (true) {
    MENO_TRY(const std::vector<StoredAnswer> answers, copy.from.answers().since(seq, kBatch));
    if (answers.empty()) break;
    seq = answers.back().seq;
    MENO_TRY_DONE(copy_alarms(copy, answers, copy.done.answers));
    MENO_TRY_DONE(copy_answers(copy, answers));
  }
  return copy_beside_before(copy, std::numeric_limits<std::uint64_t>::max());
}

/// Schools, accounts with their links, classes and keys, without notes of their own: the log is
/// copied as it is.
Result<Done> copy_people(Copy& copy) {
  const AuditNote none;
  MENO_TRY(const std::vector<StoredSchool> schools, copy.from.roster().schools());
  MENO_TRY(const std::vector<StoredAccount> accounts, copy.from.accounts().list());
  MENO_TRY(const std::vector<StoredClass> classes, copy.from.roster().classes());
  MENO_TRY(const std::vector<StoredLink> links, copy.from.links().list());
  MENO_TRY(const std::vector<StoredKey> keys, copy.from.accounts().keys());
  for (const StoredSchool& school : schools) {
    MENO_TRY_DONE(copy.to.roster().add_school(school, none));
  }
  for (const StoredAccount& account : accounts) {
    MENO_TRY_DONE(copy.to.accounts().add(account, none));
  }
  for (const StoredClass& one : classes) {
    MENO_TRY_DONE(copy.to.roster().add_to_class(one, none));
  }
  for (const StoredLink& link : links) {
    MENO_TRY_DONE(copy.to.links().add(link, none));
  }
  for (const StoredKey& key : keys) {
    MENO_TRY_DONE(copy.to.accounts().add_key(key, none));
  }
  copy.done.accounts = accounts.size();
  copy.done.keys = keys.size();
  return tell(copy);
}

Result<Done> copy_audit(Copy& copy) {
  std::uint64_t no = 0;
  while (true) {
    MENO_TRY(const std::vector<AuditRow> rows, copy.from.audit().since(no, kBatch));
    if (rows.empty()) return tell(copy);
    no = rows.back().no;
    MENO_TRY_DONE(copy.to.audit().restore(rows));
  }
}

/// After the answers and feedback that they count.
Result<Done> copy_recommendations(Copy& copy) {
  std::uint64_t no = 0;
  while (true) {
    MENO_TRY(std::vector<StoredRecommendation> rows, copy.from.recommendations().since(no, kBatch));
    if (rows.empty()) break;
    no = rows.back().no;
    copy.done.recommendations += rows.size();
    for (StoredRecommendation& row : rows) copy.to.recommendations().append(std::move(row));
    MENO_TRY_DONE(copy.to.recommendations().flush());
    MENO_TRY_DONE(tell(copy));
  }
  if (copy.to.recommendations().lost() == 0) return Done{};
  return unavailable(
      fmt::format("{} recommendations could not be written, expected a store that takes them",
                  copy.to.recommendations().lost()));
}

}  // namespace

Result<CopiedStore> copy_store(Store& from, Store& to, const CopyProgress& progress) {
  MENO_TRY_DONE(check_empty(to));
  Copy copy{
      .from = from, .to = to, .progress = progress, .done = {}, .served = {}, .next_served = 0};
  MENO_TRY(const std::vector<CourseSummary> courses, from.courses().list());
  for (const CourseSummary& course : courses) {
    MENO_TRY_DONE(copy_course(copy, course.id));
  }
  MENO_TRY_DONE(copy_people(copy));
  MENO_TRY_DONE(copy_audit(copy));
  MENO_TRY_DONE(copy_all_answers(copy));
  MENO_TRY_DONE(copy_recommendations(copy));
  copy.done.students = to.students().count();
  if (to.answers().count() == from.answers().count() &&
      copy.done.students == from.students().count()) {
    return copy.done;
  }
  return Error{ErrorKind::Internal,
               fmt::format("the copy has {} answers and {} students, expected {} and {}",
                           to.answers().count(), copy.done.students, from.answers().count(),
                           from.students().count())};
}

}  // namespace meno
