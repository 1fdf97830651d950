#include "http/static_files.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

namespace meno {
namespace {

class StaticFilesTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-web-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = std::filesystem::path(pattern) / "dist";
    std::filesystem::create_directories(folder_ / "assets");
    std::ofstream(folder_ / "index.html") << "<!doctype html>";
    std::ofstream(folder_ / "assets/app.1a2b.js") << "run()";
    std::ofstream(folder_.parent_path() / "secret.txt") << "secret";
    std::filesystem::create_symlink(folder_.parent_path() / "secret.txt", folder_ / "link.txt");
  }
  void TearDown() override { std::filesystem::remove_all(folder_.parent_path()); }

  std::filesystem::path folder_;
};

std::string header(const HttpReply& reply, std::string_view name) {
  for (const auto& [key, value] : reply.headers) {
    if (key == name) return value;
  }
  return "";
}

TEST_F(StaticFilesTest, HaveTypesCachingAndAPolicy) {
  const Result<StaticFiles> files = StaticFiles::load(folder_);
  ASSERT_TRUE(files);
  const HttpReply page = files->reply("/index.html", "");
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_EQ(header(page, "Cache-Control"), "no-cache");
  EXPECT_NE(header(page, "Content-Security-Policy").find("default-src 'none'; script-src 'self';"),
            std::string::npos);
  const HttpReply script = files->reply("/assets/app.1a2b.js", "");
  EXPECT_EQ(script.body, "run()");
  EXPECT_NE(header(script, "Cache-Control").find("immutable"), std::string::npos);
  EXPECT_EQ(files->reply("/index.html", header(page, "ETag")).status, 304);
}

TEST_F(StaticFilesTest, LeaveThePagesToTheAppAndNothingElse) {
  const Result<StaticFiles> files = StaticFiles::load(folder_);
  ASSERT_TRUE(files);
  EXPECT_EQ(files->reply("/class/maths", "").body, "<!doctype html>");
  EXPECT_EQ(files->reply("/class/year.7/student/li.na@school.cn", "").body, "<!doctype html>");
  for (const char* path : {"/missing.js", "/../secret.txt", "/link.txt", "//etc/passwd.txt",
                           "/assets/../../secret.txt"}) {
    EXPECT_EQ(files->reply(path, "").status, 404) << path;
  }
}

TEST_F(StaticFilesTest, NeedAnIndex) {
  std::filesystem::remove(folder_ / "index.html");
  EXPECT_FALSE(StaticFiles::load(folder_));
}

}  // namespace
}  // namespace meno
