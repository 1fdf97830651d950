// What every engine must do with people: feedback and settings, schools and classes, accounts, keys
// and the audit log.
#include <span>

#include "store/engine_for_test.h"

namespace meno {
namespace {

TEST_P(EveryEngine, KeepsFeedbackBetweenTheAnswersOfItsStudent) {
  ASSERT_TRUE(append(answer("e1")));
  ASSERT_TRUE(append(answer("e2", "bo")));
  const auto given = append_feedback(feedback("f1", "too_hard"));
  ASSERT_TRUE(given) << given.error().message;
  EXPECT_TRUE(given->recorded);
  ASSERT_TRUE(append(answer("e3")));
  ASSERT_TRUE(append_feedback(feedback("f2", "swap")));
  ASSERT_TRUE(append_feedback(feedback("f3", "swap", "bo")));
  reopen();
  const auto rows = store_->feedback().of_student("maths", "ann");
  ASSERT_TRUE(rows) << rows.error().message;
  ASSERT_EQ(rows->size(), 2U);
  EXPECT_EQ(rows->at(0).no, given->feedback.no);
  EXPECT_EQ(rows->at(0).event_id, "f1");
  EXPECT_EQ(rows->at(0).course_id, "maths");
  EXPECT_EQ(rows->at(0).student_id, "ann");
  EXPECT_EQ(rows->at(0).item_id, "i1");
  EXPECT_EQ(rows->at(0).kind, "too_hard");
  EXPECT_EQ(rows->at(0).request_id, "r-f1");
  EXPECT_EQ(rows->at(0).given_at, answer("e1").answered_at);
  const auto history = *store_->answers().history("maths", "ann");
  EXPECT_EQ(rows->at(0).after_seq, history.at(0).seq) << "the other student's answer is not his";
  EXPECT_EQ(rows->at(1).after_seq, history.at(1).seq);
  EXPECT_EQ(store_->feedback().of_course("maths")->size(), 3U);
  EXPECT_TRUE(store_->feedback().of_course("nowhere")->empty());
}

TEST_P(EveryEngine, RecordsOneFeedbackOnceAndRefusesAnotherUnderItsId) {
  const auto first = append_feedback(feedback("f1", "swap"));
  ASSERT_TRUE(append(answer("e1")));
  StoredFeedback later = feedback("f1", "swap");
  later.given_at += std::chrono::seconds(5);
  const auto again = append_feedback(later);
  ASSERT_TRUE(again) << again.error().message;
  EXPECT_FALSE(again->recorded);
  EXPECT_EQ(again->feedback.no, first->feedback.no);
  EXPECT_EQ(again->feedback.after_seq, 0U);
  EXPECT_EQ(again->feedback.given_at, answer("e").answered_at);
  EXPECT_EQ(append_feedback(feedback("f1", "dismiss")).error().kind, ErrorKind::Conflict);
  EXPECT_EQ(append_feedback(feedback("f2", "swap", "stranger")).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(store_->feedback().of_student("maths", "ann")->size(), 1U);
}

TEST_P(EveryEngine, KeepsTheLastOfASettingForACourseAndForAStudent) {
  const auto put = [&](const std::string& student, const std::string& document) {
    return store_->settings().put({.course_id = "maths",
                                   .student_id = student,
                                   .name = "rules",
                                   .document = document,
                                   .changed_at = answer("e").answered_at});
  };
  ASSERT_TRUE(put("", "{}"));
  ASSERT_TRUE(put("", "{\"a\":1}"));
  ASSERT_TRUE(put("ann", "{\"b\":2}"));
  EXPECT_EQ(put("stranger", "{}").error().kind, ErrorKind::NotFound);
  EXPECT_EQ(store_->settings()
                .put({.course_id = "nowhere", .student_id = {}, .name = "rules", .document = "{}"})
                .error()
                .kind,
            ErrorKind::NotFound);
  reopen();
  const auto whole = store_->settings().of("maths", "");
  ASSERT_TRUE(whole) << whole.error().message;
  ASSERT_EQ(whole->size(), 1U);
  EXPECT_EQ(whole->front().document, "{\"a\":1}");
  EXPECT_EQ(whole->front().name, "rules");
  EXPECT_EQ(whole->front().changed_at, answer("e").answered_at);
  const auto of_ann = store_->settings().of("maths", "ann");
  ASSERT_TRUE(of_ann) << of_ann.error().message;
  ASSERT_EQ(of_ann->size(), 1U);
  EXPECT_EQ(of_ann->front().student_id, "ann");
  EXPECT_EQ(of_ann->front().document, "{\"b\":2}");
  EXPECT_TRUE(store_->settings().of("maths", "bo")->empty());
  EXPECT_EQ(store_->settings().of_course("maths")->size(), 2U);
}

TEST_P(EveryEngine, ReachesOnlyWhatAClassHas) {
  add_two_schools(*store_);
  RosterStore& roster = store_->roster();
  const Reach tina{.teacher_id = "tina", .school_id = ""};
  const Reach south{.teacher_id = "", .school_id = "south"};
  EXPECT_TRUE(*roster.reaches(tina, "maths", "ann"));
  EXPECT_TRUE(*roster.reaches(tina, "", "ann"));
  EXPECT_TRUE(*roster.reaches(tina, "maths", ""));
  EXPECT_FALSE(*roster.reaches(tina, "maths", "bo"));
  EXPECT_FALSE(*roster.reaches(tina, "nowhere", ""));
  EXPECT_FALSE(*roster.reaches(tina, "nowhere", "ann"));
  EXPECT_TRUE(*roster.reaches(south, "maths", "bo"));
  EXPECT_FALSE(*roster.reaches(south, "maths", "ann"));
  EXPECT_FALSE(*roster.reaches({}, "maths", "ann")) << "nobody's reach is nothing";
  EXPECT_EQ(*roster.students_of(tina, "maths"), std::vector<std::string>{"ann"});
  EXPECT_EQ(*roster.classes_of(south, "maths"), std::vector<std::string>{"s1"});
  // The course of one class and the student of another are not a pair.
  StoredCourse other = small_course();
  other.id = "other";
  ASSERT_TRUE(store_->courses().add(other));
  ASSERT_TRUE(roster.add_to_class({"7b", "north", "7b", {"other"}, {"tina"}, {}}, {}));
  EXPECT_TRUE(*roster.reaches(tina, "other", ""));
  EXPECT_FALSE(*roster.reaches(tina, "other", "ann"));
}

TEST_P(EveryEngine, ChangesAClassWhollyOrNotAtAll) {
  add_two_schools(*store_);
  RosterStore& roster = store_->roster();
  const auto kind = [&](const StoredClass& asked) {
    const Result<Done> done = roster.add_to_class(asked, {});
    return done ? ErrorKind::Internal : done.error().kind;
  };
  EXPECT_EQ(kind({"7a", "north", "", {}, {}, {"bo", "stranger"}}), ErrorKind::NotFound);
  EXPECT_EQ(kind({"7a", "south", "", {}, {}, {"bo"}}), ErrorKind::Conflict);
  EXPECT_EQ(kind({"s1", "south", "", {}, {"tina"}, {}}), ErrorKind::Conflict);
  EXPECT_EQ(kind({"7a", "north", "", {"nowhere"}, {}, {}}), ErrorKind::NotFound);
  EXPECT_EQ(kind({"new", "nowhere", "", {}, {}, {}}), ErrorKind::NotFound);
  EXPECT_FALSE(*roster.reaches({.teacher_id = "tina", .school_id = ""}, "maths", "bo"));
  EXPECT_EQ(roster.classes()->size(), 2U);
  EXPECT_EQ(roster.add_school({"north", "N", "city", "City"}, {}).error().kind,
            ErrorKind::Conflict);
}

TEST_P(EveryEngine, KeepsAccountsSessionsAndKeys) {
  add_two_schools(*store_);
  AccountStore& accounts = store_->accounts();
  const TimePoint now(std::chrono::milliseconds(1'700'000'000'000));
  StoredAccount tina = **accounts.find("tina");
  EXPECT_EQ(tina.role, Role::Teacher);
  EXPECT_EQ(tina.school_id, "north");
  EXPECT_EQ(tina.locked_until, kNoTime);
  EXPECT_EQ(accounts.add(tina, {}).error().kind, ErrorKind::Conflict);
  tina.failures = 3;
  tina.locked_until = now;
  ASSERT_TRUE(accounts.update(tina, {}));
  EXPECT_EQ((*accounts.find("tina"))->failures, 3);
  EXPECT_EQ((*accounts.find("tina"))->locked_until, now);
  ASSERT_TRUE(accounts.begin_session({"t1", "tina", now + std::chrono::hours(1)}, {.at = now}));
  EXPECT_EQ((*accounts.find("tina"))->failures, 0) << "who comes in is forgiven";
  EXPECT_EQ((*accounts.find_session("t1"))->account_id, "tina");
  ASSERT_TRUE(accounts.end_session("t1", {}));
  EXPECT_FALSE(*accounts.find_session("t1"));
  ASSERT_TRUE(accounts.begin_session({"t2", "tina", now + std::chrono::hours(1)}, {.at = now}));
  tina.password_hash = "another";
  ASSERT_TRUE(accounts.update(tina, {}));
  EXPECT_FALSE(*accounts.find_session("t2")) << "a new password ends sessions";
  ASSERT_TRUE(accounts.begin_session({"t3", "tina", now}, {.at = now - std::chrono::hours(1)}));
  ASSERT_TRUE(accounts.begin_session({"t4", "tina", now}, {.at = now}));
  EXPECT_FALSE(*accounts.find_session("t3")) << "expired ones are forgotten";
  const StoredKey key{.id = "k",
                      .token_hash = "kh",
                      .scopes = "admin",
                      .school_id = "south",
                      .expires_at = now,
                      .revoked = false};
  ASSERT_TRUE(accounts.add_key(key, {}));
  EXPECT_EQ(accounts.add_key(key, {}).error().kind, ErrorKind::Conflict);
  EXPECT_EQ((*accounts.find_key("kh"))->school_id, "south");
  EXPECT_EQ((*accounts.find_key("kh"))->expires_at, now);
  ASSERT_TRUE(accounts.revoke_key("k", {}));
  EXPECT_TRUE((*accounts.find_key("kh"))->revoked);
  EXPECT_EQ(accounts.revoke_key("none", {}).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(accounts.begin_session({"t5", "none", now}, {.at = now}).error().kind,
            ErrorKind::NotFound);
}

TEST_P(EveryEngine, LinksAnAccountOnceForEachIssuerAndASubjectToOneAccount) {
  add_two_schools(*store_);
  StoredAccount other = **store_->accounts().find("tina");
  other.id = "tom";
  ASSERT_TRUE(store_->accounts().add(other, {}));
  LinkStore& links = store_->links();
  const TimePoint now(std::chrono::milliseconds(1'700'000'000'000));
  ASSERT_TRUE(links.add({"https://a", "s1", "tina"}, {.at = now, .action = "linked"}));
  EXPECT_EQ(links.add({"https://a", "s1", "tom"}, {.action = "linked"}).error().kind,
            ErrorKind::Conflict)
      << "a subject is one account";
  EXPECT_EQ(links.add({"https://a", "s2", "tina"}, {.action = "linked"}).error().kind,
            ErrorKind::Conflict)
      << "an account is one subject";
  EXPECT_EQ(links.add({"https://a", "s2", "none"}, {}).error().kind, ErrorKind::NotFound);
  ASSERT_TRUE(links.add({"https://b", "s1", "tina"}, {}));
  ASSERT_TRUE(links.add({"https://a", "S1", "tom"}, {})) << "capital letters make another one";
  reopen();
  const Result<std::optional<StoredLink>> found = store_->links().find("https://a", "s1");
  ASSERT_TRUE(found) << found.error().message;
  ASSERT_TRUE(*found);
  EXPECT_EQ((*found)->account_id, "tina");
  EXPECT_FALSE(*store_->links().find("https://a", "s2"));
  EXPECT_FALSE(*store_->links().find("https://c", "s1"));
  EXPECT_EQ(store_->links().list()->size(), 3U);
  int noted = 0;
  const std::vector<AuditRow> rows = *store_->audit().since(0, 100);
  for (const AuditRow& row : rows) noted += row.note.action == "linked" ? 1 : 0;
  EXPECT_EQ(noted, 1) << "what is refused leaves no row";
}

TEST_P(EveryEngine, UnlinkingEndsSessionsAndLeavesOtherAccountsAlone) {
  add_two_schools(*store_);
  StoredAccount other = **store_->accounts().find("tina");
  other.id = "tom";
  ASSERT_TRUE(store_->accounts().add(other, {}));
  const TimePoint now(std::chrono::milliseconds(1'700'000'000'000));
  LinkStore& links = store_->links();
  EXPECT_EQ(links.remove_of("tina", {}).error().kind, ErrorKind::NotFound);
  EXPECT_EQ(links.remove_of("none", {}).error().kind, ErrorKind::NotFound);
  for (const char* account : {"tina", "tom"}) {
    ASSERT_TRUE(links.add({"https://a", account, account}, {}));
    ASSERT_TRUE(store_->accounts().begin_session({account, account, now + std::chrono::hours(1)},
                                                 {.at = now}));
  }
  ASSERT_TRUE(links.remove_of("tina", {.at = now, .action = "unlinked"}));
  EXPECT_FALSE(*links.find("https://a", "tina"));
  EXPECT_FALSE(*store_->accounts().find_session("tina"));
  EXPECT_TRUE(*links.find("https://a", "tom"));
  EXPECT_TRUE(*store_->accounts().find_session("tom"));
  ASSERT_TRUE(links.add({"https://a", "another", "tina"}, {}));
}

/// The error of the first row that is not what was written; "" for a whole log.
std::string fault_in(std::span<const AuditRow> rows) {
  ChainCheck check;
  for (const AuditRow& row : rows) {
    if (const Result<Done> fine = check.add(row); !fine) return fine.error().message;
  }
  return "";
}

TEST_P(EveryEngine, KeepsALogInWhichChangesShow) {
  const TimePoint now(std::chrono::milliseconds(1'700'000'000'000));
  for (const char* target : {"a", "b", "c"})
    ASSERT_TRUE(store_->audit().append(
        {.at = now, .actor = "x", .action = "tried", .target = target, .detail = "d"}));
  reopen();
  ASSERT_TRUE(store_->audit().append(
      {.at = now, .actor = "x", .action = "tried", .target = "d", .detail = ""}));
  std::vector<AuditRow> rows = *store_->audit().since(0, 10);
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_EQ(fault_in(rows), "");
  EXPECT_EQ(store_->audit().since(2, 10)->front().no, 3U);
  std::vector<AuditRow> changed = rows;
  changed[1].note.target = "z";
  EXPECT_EQ(fault_in(changed).rfind("row 2 ", 0), 0U) << fault_in(changed);
  std::vector<AuditRow> forged = changed;  // with a hash of its own, the next row no longer fits
  forged[1].hash = chain_hash(forged[0].hash, 2, forged[1].note);
  EXPECT_EQ(fault_in(forged).rfind("row 3 ", 0), 0U) << fault_in(forged);
  std::vector<AuditRow> shorter = rows;
  shorter.erase(shorter.begin() + 1);
  EXPECT_EQ(fault_in(shorter).rfind("row 2 of the audit log is missing", 0), 0U);
  std::vector<AuditRow> moved = rows;  // fields that run into one another are told apart
  moved[1].note.actor = "xt";
  moved[1].note.action = "ried";
  EXPECT_NE(fault_in(moved), "");
}

}  // namespace
}  // namespace meno
