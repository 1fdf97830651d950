#include "core/files.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace meno {
namespace {

TEST(Files, ReplaceTheOldContentAsAWhole) {
  const std::filesystem::path path =
      std::filesystem::path(::testing::TempDir()) / "meno_files_test";
  ASSERT_TRUE(write_file_atomically(path, "old").has_value());
  ASSERT_TRUE(write_file_atomically(path, "new").has_value());
  const auto read = read_file(path);
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(*read, "new");
  EXPECT_FALSE(std::filesystem::exists(path.string() + ".tmp"));
  std::filesystem::remove(path);
}

TEST(Files, SayWhichOneIsAbsent) {
  const auto read = read_file("no/such/file");
  ASSERT_FALSE(read.has_value());
  EXPECT_EQ(read.error().kind, ErrorKind::NotFound);
  EXPECT_NE(read.error().message.find("no/such/file"), std::string::npos);
}

TEST(Files, ReportAFullDiskAndKeepTheOldContent) {
  if (!std::filesystem::exists("/dev/full")) GTEST_SKIP() << "this system has no /dev/full";
  const auto written = write_file_atomically("/dev/full/file", "x");
  ASSERT_FALSE(written.has_value());
  EXPECT_EQ(written.error().kind, ErrorKind::Unavailable);
}

TEST(ContentHash, ChangesWithEveryByteAndTheLength) {
  const std::string base(40, 'a');
  EXPECT_EQ(content_hash(base), content_hash(base));
  EXPECT_EQ(content_hash(base).size(), 32U);
  for (std::size_t i = 0; i < base.size(); ++i) {
    std::string other = base;
    other[i] = 'b';
    EXPECT_NE(content_hash(other), content_hash(base)) << "byte " << i;
  }
  EXPECT_NE(content_hash(std::string("a\0", 2)), content_hash("a"));
}

}  // namespace
}  // namespace meno
