// A client of the server for the load generator: keep-alive connections to 127.0.0.1, at most one
// request under way on each. Whatever should not happen ends the program with one sentence.
#pragma once

#include <chrono>
#include <string>
#include <string_view>

using Clock = std::chrono::steady_clock;

[[noreturn]] void give_up(const std::string& why);

struct Connection {
  int descriptor = -1;
  std::string in;
  Clock::time_point due;  // when its request should have been sent; replies are timed from here
};

int connect_to(int port);
void send_all(Connection& connection, std::string_view bytes);
/// Reads what is there; the length of the whole reply at the front of `in`, or 0 while it is
/// incomplete.
std::size_t receive(Connection& connection);
/// The length of the whole reply at the front of `in`, or 0 while it is incomplete.
std::size_t whole_reply(const std::string& in);
int status_of(const Connection& connection);

/// Requests as text.
std::string get(std::string_view path);
std::string post(std::string_view path, std::string_view body);
/// One request on a connection of its own; the reply's body.
std::string ask(int port, const std::string& request);
