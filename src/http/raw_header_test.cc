#include "http/raw_header.h"

#include <string>

#include <gtest/gtest.h>

namespace meno {
namespace {

TEST(RawHeader, EndsAtTheEmptyLine) {
  EXPECT_EQ(header_size("GET / HTTP/1.1\r\nHost: localhost\r\n\r\nrest"), 35U);
  EXPECT_EQ(header_size("GET / HTTP/1.1\r\nHost: localhost\r\n\r"), 0U);
}

TEST(RawHeader, RefusesWhatServersReadDifferently) {
  const std::string with_nul("GET / HTTP/1.1\r\nA: b\0c\r\n\r\n", 26);
  EXPECT_EQ(header_fault(with_nul), "a control character");
  EXPECT_EQ(header_fault("\x16\x03\x01"), "a control character");
  EXPECT_EQ(header_fault("GET / HTTP/1.1\nHost: localhost\r\n\r\n"),
            "a line feed without its carriage return");
  EXPECT_EQ(header_fault("GET / HTTP/1.1\r\nA: b\rc\r\n\r\n"),
            "a carriage return that ends no line");
  EXPECT_EQ(header_fault("GET / HTTP/1.1\r\nA: b\r\n c\r\n\r\n"), "a field folded over two lines");
  EXPECT_EQ(header_fault("GET / HTTP/1.1\r\nA : b\r\n\r\n"),
            "white space before the colon of a field");
}

TEST(RawHeader, LetsEveryBeginningOfAGoodHeaderPass) {
  const std::string good = "GET /a:b HTTP/1.1\r\nHost: t:80\r\nA: b : c\t\r\n\r\n";
  for (std::size_t size = 0; size <= good.size(); ++size)
    EXPECT_FALSE(header_fault(good.substr(0, size))) << size;
}

TEST(RawHeader, TakesTheAbsoluteFormOfItsOwnHostOnly) {
  EXPECT_EQ(origin_form("/v1/health", "t"), "/v1/health");
  EXPECT_EQ(origin_form("http://t/v1/health", "t"), "/v1/health");
  EXPECT_EQ(origin_form("HTTPS://t:80", "t:80"), "/");
  EXPECT_FALSE(origin_form("http://other/v1/health", "t"));
  EXPECT_FALSE(origin_form("http://t@other/", "t"));
}

TEST(RawHeader, KnowsAHost) {
  for (const char* host : {"t", "meno.example:8080", "[::1]:80", "127.0.0.1"})
    EXPECT_TRUE(is_host(host)) << host;
  for (const char* host : {"", "a b", "a,b", "a/b", "user@a", "a\"b"})
    EXPECT_FALSE(is_host(host)) << host;
}

}  // namespace
}  // namespace meno
