#include "service/class_feed.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

ClassEvent answer_of(const char* student) {
  ClassEvent event{.kind = ClassEvent::Kind::Answer};
  event.student_id = student;
  return event;
}

std::string told(ClassListener& listener) {
  const auto events = listener.take();
  if (!events) return "over";
  std::string text;
  for (const auto& event : *events) {
    if (event->kind == ClassEvent::Kind::Answer)
      text += event->student_id + " ";
    else
      text += event->kind == ClassEvent::Kind::Model ? "model " : "refresh ";
  }
  return text;
}

TEST(ClassFeed, TellsEachWhatIsWithinSight) {
  ClassFeed feed("e");
  EXPECT_FALSE(feed.is_heard("maths"));
  const auto all = feed.listen("maths", std::nullopt, "");
  const auto some = feed.listen("maths", {{"ann"}}, "");
  const auto other = feed.listen("art", std::nullopt, "");
  EXPECT_TRUE(feed.is_heard("maths"));
  int woken = 0;
  some->on_event([&woken] { ++woken; });
  feed.publish("maths", answer_of("ann"));
  feed.publish("maths", answer_of("bo"));
  feed.publish("maths", {.kind = ClassEvent::Kind::Model});
  EXPECT_EQ(told(*all), "ann bo model ");
  EXPECT_EQ(told(*some), "ann model ");
  EXPECT_EQ(woken, 2);
  EXPECT_EQ(told(*other), "");
  EXPECT_EQ(told(*all), "");
}

TEST(ClassFeed, GoesOnAfterTheLastEventHeard) {
  ClassFeed feed("e");
  const auto first = feed.listen("maths", std::nullopt, "");
  for (const char* student : {"a", "b", "c"}) feed.publish("maths", answer_of(student));
  EXPECT_EQ(first->from(), "e-0");
  EXPECT_EQ(told(*feed.listen("maths", std::nullopt, feed.id_of(1))), "b c ");
  EXPECT_EQ(told(*feed.listen("maths", {{"c"}}, feed.id_of(1))), "c ");
  EXPECT_EQ(told(*feed.listen("maths", std::nullopt, feed.id_of(3))), "");
  for (const char* unknown : {"other-1", "e-4", "e-", "e--1", "e-1x", "nonsense"})
    EXPECT_EQ(told(*feed.listen("maths", std::nullopt, unknown)), "refresh ") << unknown;
}

TEST(ClassFeed, WhoWasAwayTooLongReadsAnew) {
  ClassFeed feed("e");
  const auto first = feed.listen("maths", std::nullopt, "");
  for (std::size_t k = 0; k < ClassFeed::kKept + 1; ++k) feed.publish("maths", answer_of("a"));
  EXPECT_EQ(told(*feed.listen("maths", std::nullopt, feed.id_of(0))), "refresh ");
  EXPECT_EQ(told(*feed.listen("maths", std::nullopt, feed.id_of(ClassFeed::kKept))), "a ");
}

TEST(ClassFeed, WhoDoesNotTakeIsDropped) {
  ClassFeed feed("e");
  const auto deaf = feed.listen("maths", std::nullopt, "");
  for (std::size_t k = 0; k < ClassListener::kMostWaiting; ++k)
    feed.publish("maths", answer_of("a"));
  EXPECT_EQ(told(*deaf).size(), 2 * ClassListener::kMostWaiting);
  for (std::size_t k = 0; k < ClassListener::kMostWaiting + 1; ++k)
    feed.publish("maths", answer_of("a"));
  EXPECT_EQ(told(*deaf), "over");
}

}  // namespace
}  // namespace meno
