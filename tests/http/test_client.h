// A plain socket client: what it sends is what the test wrote, byte for byte.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace meno {

struct RawReply {
  int status = 0;  // 0: the server closed without a reply
  std::string header;
  std::string body;
};

/// One connection to 127.0.0.1. Reads give up after ten seconds.
class TestClient {
 public:
  explicit TestClient(std::uint16_t port);
  TestClient(const TestClient&) = delete;
  TestClient& operator=(const TestClient&) = delete;
  TestClient(TestClient&&) = delete;
  TestClient& operator=(TestClient&&) = delete;
  ~TestClient();

  void send(std::string_view bytes) const;
  /// The next reply on the connection; `head` when it has no body whatever its length says.
  RawReply receive(bool head = false);
  /// What comes up to and including `mark`; "" when the server ends the connection before.
  std::string until(std::string_view mark);
  /// Closes this side; replies are still read.
  void say_no_more() const;
  /// True when the server has closed its side.
  bool closed();

  RawReply get(std::string_view path);
  RawReply post(std::string_view path, std::string_view json);

 private:
  bool read_more();

  int descriptor_;
  std::string in_;
};

}  // namespace meno
