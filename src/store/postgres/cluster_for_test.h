// A PostgreSQL cluster of its own for a test program, by tests/postgres/cluster.
#pragma once

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "store/postgres/connection.h"

namespace meno {

/// Started once per program, at the first use, and removed at its end.
class ClusterForTest {
 public:
  static ClusterForTest& get() {
    static ClusterForTest cluster;
    return cluster;
  }
  ClusterForTest(const ClusterForTest&) = delete;
  ClusterForTest& operator=(const ClusterForTest&) = delete;
  ClusterForTest(ClusterForTest&&) = delete;
  ClusterForTest& operator=(ClusterForTest&&) = delete;
  ~ClusterForTest() {
    if (installed_) run("remove");
  }

  /// False when PostgreSQL is not installed: skip.
  bool installed() const { return installed_; }

  /// The URL of a new, empty database; "" (and a failed test) when it cannot be made.
  std::string new_database() {
    const std::string name = fmt::format("t{}", ++databases_);
    auto connection = PostgresConnection::open({.url = url("postgres"), .name = "the cluster"});
    const Result<Done> made =
        connection ? (*connection)->execute("CREATE DATABASE " + name) : connection.error();
    EXPECT_TRUE(made) << made.error().message;
    return made ? url(name) : "";
  }

  /// Returns when it has stopped, as after a crash.
  void stop() const { EXPECT_EQ(run("stop"), 0); }
  void start() const { EXPECT_EQ(run("start"), 0); }

 private:
  ClusterForTest() : folder_(fmt::format("/tmp/meno-postgres-{}", ::getpid())) {
    const int code = run("start");
    installed_ = code == 0;
    EXPECT_TRUE(code == 0 || code == 77) << "tests/postgres/cluster start ends with " << code;
  }

  std::string url(const std::string& database) const {
    return fmt::format("postgres://meno@/{}?host={}", database, folder_);
  }

  int run(const std::string& action) const {
    const std::string command = fmt::format("{}/tests/postgres/cluster {} {} {} >/dev/null",
                                            MENO_SOURCE_DIR, action, folder_, ::getpid());
    const int status = std::system(command.c_str());
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }

  std::string folder_;  // short, for a socket, and directly in /tmp, which its owner can enter
  bool installed_ = false;
  int databases_ = 0;
};

}  // namespace meno
