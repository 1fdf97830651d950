// Result<T>: a value, or an Error that says what went wrong and whose fault it is.
// The member names follow std::expected, so it can replace this file under C++23.
#pragma once

#include <utility>
#include <variant>

#include "core/error.h"

namespace meno {

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : state_(std::move(value)) {}      // NOLINT(google-explicit-constructor)
  Result(Error error) : state_(std::move(error)) {}  // NOLINT(google-explicit-constructor)

  bool has_value() const { return std::holds_alternative<T>(state_); }
  explicit operator bool() const { return has_value(); }
  const T& operator*() const& { return std::get<T>(state_); }
  T& operator*() & { return std::get<T>(state_); }
  T&& operator*() && { return std::get<T>(std::move(state_)); }
  const T* operator->() const { return &std::get<T>(state_); }
  T* operator->() { return &std::get<T>(state_); }
  const Error& error() const& { return std::get<Error>(state_); }
  Error&& error() && { return std::get<Error>(std::move(state_)); }

 private:
  std::variant<T, Error> state_;
};

/// The success of something that yields no value: `return Done{};`.
struct Done {};

}  // namespace meno

/// MENO_TRY(const Course course, store.course(id));  returns early with the error, if any.
#define MENO_TRY(declaration, expression) MENO_TRY_AT_(__LINE__, declaration, expression)
#define MENO_TRY_AT_(line, declaration, expression) MENO_TRY_AS_(line, declaration, expression)
#define MENO_TRY_AS_(line, declaration, expression)      \
  auto try_##line = (expression);                        \
  if (!try_##line) return std::move(try_##line).error(); \
  declaration = *std::move(try_##line)

/// MENO_TRY_DONE(file.flush());  the same where there is no value to name.
#define MENO_TRY_DONE(expression) MENO_TRY_DONE_AT_(__LINE__, expression)
#define MENO_TRY_DONE_AT_(line, expression) MENO_TRY_DONE_AS_(line, expression)
#define MENO_TRY_DONE_AS_(line, expression) \
  auto try_##line = (expression);           \
  if (!try_##line) return std::move(try_##line).error()
