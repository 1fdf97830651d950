// What every engine must do with listings, a page at a time, and with the replies that it keeps.
#include <atomic>
#include <thread>

#include "store/engine_for_test.h"

namespace meno {
namespace {

template <class Row>
std::string ids_of(const Result<std::vector<Row>>& rows) {
  if (!rows) return rows.error().message;
  std::string ids;
  for (const Row& row : *rows) ids += row.id + " ";
  return ids;
}

TEST_P(EveryEngine, ListsStudentsByPageClassNameAndReach) {
  add_two_schools(*store_);
  const std::vector<StoredStudent> more = {{.id = "cy", .display_name = "anton"},
                                           {.id = "Z", .display_name = "张伟"}};
  ASSERT_TRUE(store_->students().enrol("maths", more));
  const auto students = [this](StudentsWanted wanted) {
    wanted.course_id = "maths";
    return ids_of(store_->listings().students(wanted));
  };
  EXPECT_EQ(students({}), "Z ann bo cy ") << "by the bytes of the id";
  EXPECT_EQ(students({.page = {.most = 2}}), "Z ann ");
  EXPECT_EQ(students({.page = {.after = "ann"}}), "bo cy ");
  EXPECT_EQ(students({.name_prefix = "AN"}), "ann cy ") << "Ann A. and anton";
  EXPECT_EQ(students({.name_prefix = "张"}), "Z ");
  EXPECT_EQ(students({.name_prefix = "%"}), "") << "no pattern";
  EXPECT_EQ(students({.class_id = "7a"}), "ann ");
  const Seen north{.everywhere = false, .reach = {.teacher_id = "", .school_id = "north"}};
  const Seen tina{.everywhere = false, .reach = {.teacher_id = "tina", .school_id = ""}};
  EXPECT_EQ(students({.seen = north}), "ann ");
  EXPECT_EQ(students({.seen = tina}), "ann ");
  EXPECT_EQ(students({.seen = tina, .class_id = "s1"}), "") << "a class of another school";
  EXPECT_EQ(students({.seen = {.everywhere = false}}), "");
  ASSERT_TRUE(append(answer("e1")));
  const auto page = *store_->listings().students({.course_id = "maths", .page = {.after = "Z"}});
  EXPECT_EQ(page.at(0).answers, 1U);
  EXPECT_TRUE(page.at(1).simulated);
}

TEST_P(EveryEngine, ListsAnswersOfAStudentByPageAndTime) {
  for (int k = 0; k < 5; ++k) {
    StoredAnswer one = answer("e" + std::to_string(k));
    one.answered_at += std::chrono::minutes(k);
    ASSERT_TRUE(append(one));
    ASSERT_TRUE(append(answer("b" + std::to_string(k), "bo")));
  }
  const auto events = [this](AnswersWanted wanted) {
    wanted.course_id = "maths";
    wanted.student_id = "ann";
    std::string found;
    const std::vector<StoredAnswer> rows = *store_->listings().answers(wanted);
    for (const StoredAnswer& one : rows) found += one.event_id + " ";
    return found;
  };
  EXPECT_EQ(events({}), "e0 e1 e2 e3 e4 ");
  EXPECT_EQ(events({.most = 2}), "e0 e1 ");
  const TimePoint start = answer("e").answered_at;
  EXPECT_EQ(
      events({.from = start + std::chrono::minutes(1), .before = start + std::chrono::minutes(3)}),
      "e1 e2 ");
  const StoredAnswer second = store_->answers().history("maths", "ann")->at(1);
  EXPECT_EQ(events({.after = second.seq}), "e2 e3 e4 ");
  const StoredAnswer read =
      store_->listings().answers({.course_id = "maths", .student_id = "ann", .most = 1})->front();
  EXPECT_EQ(read.response, answer("e").response);
  EXPECT_EQ(read.answered_at, start);
  EXPECT_EQ(read.response_ms, answer("e").response_ms);
  EXPECT_EQ(read.request_id, "r-e0");
  EXPECT_FALSE(read.hints_used);
  EXPECT_EQ(read.student_id, "ann");
}

TEST_P(EveryEngine, ListsPeopleByPageAndSchool) {
  add_two_schools(*store_);
  StoredAccount root;
  root.id = "root";
  root.role = Role::PlatformAdmin;
  root.display_name = "Root";
  root.password_hash = "h";
  ASSERT_TRUE(store_->accounts().add(root, {}));
  ListingStore& listings = store_->listings();
  EXPECT_EQ(ids_of(listings.accounts({})), "root tina ");
  EXPECT_EQ(ids_of(listings.accounts({.school_id = "north"})), "tina ");
  EXPECT_EQ(ids_of(listings.accounts({.role = "platform_admin"})), "root ");
  EXPECT_EQ(ids_of(listings.accounts({.page = {.after = "root"}})), "tina ");
  EXPECT_EQ(listings.accounts({})->front().password_hash, "") << "no listing needs it";
  for (const char* id : {"k1", "k2"}) {
    ASSERT_TRUE(store_->accounts().add_key(
        {.id = id, .token_hash = id, .scopes = "admin", .school_id = id[1] == '1' ? "north" : ""},
        {}));
  }
  EXPECT_EQ(ids_of(listings.keys("", {})), "k1 k2 ");
  EXPECT_EQ(ids_of(listings.keys("north", {})), "k1 ");
  EXPECT_EQ(ids_of(listings.keys("", {.after = "k1", .most = 1})), "k2 ");
  EXPECT_EQ(ids_of(listings.schools("", {})), "north south ");
  EXPECT_EQ(ids_of(listings.schools("south", {})), "south ");
  EXPECT_EQ(ids_of(listings.schools("", {.after = "north"})), "south ");
  EXPECT_EQ(ids_of(listings.classes({})), "7a s1 ");
  EXPECT_EQ(ids_of(listings.classes({.id = "s1"})), "s1 ");
  EXPECT_EQ(ids_of(listings.classes({.school_id = "north"})), "7a ");
  EXPECT_EQ(ids_of(listings.classes({.course_id = "nowhere"})), "");
  EXPECT_EQ(ids_of(listings.classes({.page = {.after = "7a"}})), "s1 ");
  const Seen tina{.everywhere = false, .reach = {.teacher_id = "tina", .school_id = ""}};
  const auto seen = listings.classes({.seen = tina});
  EXPECT_EQ(ids_of(seen), "7a ");
  EXPECT_EQ(seen->front().teachers, 1U);
  EXPECT_EQ(seen->front().students, 1U);
}

TEST_P(EveryEngine, ListsTheLogByPageActorActionAndTime) {
  const TimePoint start = answer("e").answered_at;
  for (int k = 0; k < 4; ++k) {
    ASSERT_TRUE(store_->audit().append({.at = start + std::chrono::minutes(k),
                                        .actor = k % 2 == 0 ? "even" : "odd",
                                        .action = k < 2 ? "login" : "key_added",
                                        .target = std::to_string(k)}));
  }
  const auto targets = [this](const AuditWanted& wanted) {
    std::string found;
    const std::vector<AuditRow> rows = *store_->listings().audit(wanted);
    for (const AuditRow& row : rows) found += row.note.target + " ";
    return found;
  };
  EXPECT_EQ(targets({}), "0 1 2 3 ");
  EXPECT_EQ(targets({.actor = "odd"}), "1 3 ");
  EXPECT_EQ(targets({.action = "key_added"}), "2 3 ");
  EXPECT_EQ(
      targets({.from = start + std::chrono::minutes(1), .before = start + std::chrono::minutes(3)}),
      "1 2 ");
  EXPECT_EQ(targets({.after = 1, .most = 2}), "1 2 ");
}

KeptReply claim_of(const std::string& slot, TimePoint at = answer("e").answered_at) {
  return {.slot = slot, .fingerprint = "f-" + slot, .at = at};
}

TEST_P(EveryEngine, KeepsARepliesSlotForTheFirstUntilItIsGivenBackOrExpires) {
  ReplyStore& replies = store_->replies();
  ASSERT_TRUE(replies.claim(claim_of("a"), kNoTime)->claimed);
  const auto under_way = replies.claim(claim_of("a"), kNoTime);
  ASSERT_TRUE(under_way) << under_way.error().message;
  EXPECT_FALSE(under_way->claimed);
  EXPECT_EQ(under_way->kept.status, 0);
  EXPECT_EQ(under_way->kept.fingerprint, "f-a");
  ASSERT_TRUE(replies.keep("a", 201, "sealed"));
  reopen();
  const auto kept = store_->replies().claim(claim_of("a"), kNoTime);
  EXPECT_FALSE(kept->claimed);
  EXPECT_EQ(kept->kept.status, 201);
  EXPECT_EQ(kept->kept.sealed, "sealed");
  ASSERT_TRUE(store_->replies().claim(claim_of("b"), kNoTime)->claimed);
  ASSERT_TRUE(store_->replies().release("b"));
  EXPECT_TRUE(store_->replies().claim(claim_of("b"), kNoTime)->claimed);
  const TimePoint later = answer("e").answered_at + std::chrono::milliseconds(1);
  EXPECT_TRUE(store_->replies().claim(claim_of("a", later), later)->claimed) << "it had expired";
}

TEST_P(EveryEngine, GivesASlotToOneOfManyAtTheSameTime) {
  std::atomic<int> claimed{0};
  {
    std::vector<std::jthread> threads;
    for (int k = 0; k < 8; ++k) {
      threads.emplace_back([&] {
        const auto claim = store_->replies().claim(claim_of("one"), kNoTime);
        if (claim && claim->claimed) ++claimed;
      });
    }
  }
  EXPECT_EQ(claimed, 1);
}

}  // namespace
}  // namespace meno
