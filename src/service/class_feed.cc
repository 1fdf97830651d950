#include "service/class_feed.h"

#include <algorithm>
#include <charconv>
#include <utility>

#include <fmt/format.h>

namespace meno {

std::optional<ClassListener::Events> ClassListener::take() {
  const std::lock_guard lock(mutex_);
  if (overflowed_) return std::nullopt;
  Events events(waiting_.begin(), waiting_.end());
  waiting_.clear();
  return events;
}

void ClassListener::on_event(std::function<void()> ready) {
  const std::lock_guard lock(mutex_);
  ready_ = std::move(ready);
}

void ClassListener::tell(const std::shared_ptr<const ClassEvent>& event) {
  if (event->kind == ClassEvent::Kind::Answer && students_ &&
      students_->find(event->student_id) == students_->end())
    return;
  const std::lock_guard lock(mutex_);
  if (overflowed_) return;
  if (waiting_.size() >= kMostWaiting) {
    overflowed_ = true;
    waiting_.clear();
  } else {
    waiting_.push_back(event);
  }
  if (ready_) ready_();
}

std::string ClassFeed::id_of(std::uint64_t number) const {
  return fmt::format("{}-{}", epoch_, number);
}

std::optional<std::uint64_t> ClassFeed::number_of(std::string_view id) const {
  const std::string front = epoch_ + "-";
  if (id.substr(0, front.size()) != front) return std::nullopt;
  id.remove_prefix(front.size());
  std::uint64_t number = 0;
  const auto [end, fault] = std::from_chars(id.data(), id.data() + id.size(), number);
  if (fault != std::errc() || end != id.data() + id.size()) return std::nullopt;
  return number;
}

std::shared_ptr<ClassListener> ClassFeed::listen(
    const std::string& course_id, std::optional<std::set<std::string, std::less<>>> students,
    std::string_view last_event) {
  std::shared_ptr<Channel> channel;
  {
    const std::unique_lock lock(mutex_);
    std::shared_ptr<Channel>& slot = channels_[course_id];
    if (!slot) slot = std::make_shared<Channel>();
    channel = slot;
    heard_ = true;
  }
  auto listener = std::make_shared<ClassListener>(std::move(students));
  const std::lock_guard lock(channel->mutex);
  listener->from_ = id_of(channel->last);
  if (!last_event.empty()) {
    const std::optional<std::uint64_t> heard = number_of(last_event);
    const std::uint64_t before_kept = channel->last - channel->kept.size();
    if (heard && *heard >= before_kept && *heard <= channel->last) {
      listener->from_ = id_of(*heard);
      for (const auto& event : channel->kept) {
        if (event->number > *heard) listener->tell(event);
      }
    } else {
      ClassEvent missed{.kind = ClassEvent::Kind::Refresh};
      missed.number = channel->last;
      listener->tell(std::make_shared<const ClassEvent>(std::move(missed)));
    }
  }
  channel->listeners.push_back(listener);
  return listener;
}

std::shared_ptr<ClassFeed::Channel> ClassFeed::channel_of(std::string_view course_id) const {
  if (!heard_) return nullptr;
  const std::shared_lock lock(mutex_);
  const auto found = channels_.find(course_id);
  return found == channels_.end() ? nullptr : found->second;
}

bool ClassFeed::is_heard(std::string_view course_id) const {
  return channel_of(course_id) != nullptr;
}

void ClassFeed::publish(std::string_view course_id, ClassEvent event) {
  const std::shared_ptr<Channel> channel = channel_of(course_id);
  if (!channel) return;
  const std::lock_guard lock(channel->mutex);
  event.number = ++channel->last;
  const auto shared = std::make_shared<const ClassEvent>(std::move(event));
  channel->kept.push_back(shared);
  if (channel->kept.size() > kKept) channel->kept.pop_front();
  auto& listeners = channel->listeners;
  listeners.erase(std::remove_if(listeners.begin(), listeners.end(),
                                 [&shared](const std::weak_ptr<ClassListener>& weak) {
                                   const auto listener = weak.lock();
                                   if (listener) listener->tell(shared);
                                   return listener == nullptr;
                                 }),
                  listeners.end());
}

}  // namespace meno
