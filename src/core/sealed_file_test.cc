// Sealed files give back what was written and nothing else: no byte may be changed, dropped, added
// or put elsewhere unnoticed.
#include "core/sealed_file.h"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "core/files.h"
#include "core/rng.h"

namespace meno {
namespace {

class SealedFile : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = (std::filesystem::temp_directory_path() / "meno-sealed-XXXXXX").string();
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
    key_ = *make_seal_key(folder_ / "key");
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::filesystem::path sealed(std::string_view content) const {
    const std::filesystem::path path = folder_ / "sealed";
    SealedWriter writer = *SealedWriter::create(path, key_);
    EXPECT_TRUE(writer.write(content.substr(0, content.size() / 3)));
    EXPECT_TRUE(writer.write(content.substr(content.size() / 3)));
    EXPECT_TRUE(writer.finish());
    return path;
  }

  Result<std::string> opened(const std::filesystem::path& path, const SealKey& key) const {
    MENO_TRY(SealedReader reader, SealedReader::open(path, key));
    return reader.read(std::size_t{1} << 30U);
  }

  std::filesystem::path folder_;
  SealKey key_{};
};

std::string noise(std::size_t size) {
  Rng rng(size);
  std::string bytes(size, '\0');
  for (char& byte : bytes) byte = static_cast<char>(rng.below(256));
  return bytes;
}

TEST_F(SealedFile, GivesBackWhatWasWritten) {
  for (const std::size_t size : {0U, 1U, 65535U, 65536U, 65537U, 200000U}) {
    const std::string content = noise(size);
    const auto back = opened(sealed(content), key_);
    ASSERT_TRUE(back) << back.error().message;
    EXPECT_EQ(*back, content) << size;
  }
}

TEST_F(SealedFile, ShowsNothingOfItsContent) {
  const std::string content(100000, 'x');
  const std::string stored = *read_file(sealed(content));
  EXPECT_EQ(stored.find("xxxx"), std::string::npos);
  EXPECT_NE(stored, *read_file(sealed(content))) << "the same content twice";
}

TEST_F(SealedFile, FindsEveryFlippedByteAndEveryCut) {
  const std::string stored = *read_file(sealed(noise(140000)));
  const auto refused = [&](const std::string& bytes) {
    const std::filesystem::path path = folder_ / "changed";
    std::ofstream(path, std::ios::binary) << bytes;
    return !opened(path, key_);
  };
  EXPECT_FALSE(refused(stored));
  for (std::size_t at = 0; at < stored.size(); at += 1 + stored.size() / 97) {
    std::string changed = stored;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_TRUE(refused(changed)) << at;
    EXPECT_TRUE(refused(stored.substr(0, at))) << at;
  }
  constexpr std::size_t kHead = 32;
  constexpr std::size_t kChunk = 65553;
  EXPECT_TRUE(refused(stored.substr(0, kHead + kChunk))) << "cut between chunks";
  EXPECT_TRUE(refused(stored + "x"));
  EXPECT_TRUE(refused(stored.substr(0, kHead) + stored.substr(kHead + kChunk, kChunk) +
                      stored.substr(kHead, kChunk) + stored.substr(kHead + 2 * kChunk)))
      << "chunks in another order";
}

TEST_F(SealedFile, AnotherKeyOpensNothing) {
  const SealKey other = *make_seal_key(folder_ / "other");
  const auto back = opened(sealed("secret"), other);
  ASSERT_FALSE(back);
  EXPECT_NE(back.error().message.find("was changed or has another key"), std::string::npos);
}

TEST_F(SealedFile, AWriterThatGoesEarlyLeavesNothing) {
  {
    SealedWriter writer = *SealedWriter::create(folder_ / "half", key_);
    ASSERT_TRUE(writer.write(noise(70000)));
  }
  EXPECT_FALSE(std::filesystem::exists(folder_ / "half"));
  EXPECT_FALSE(std::filesystem::exists(folder_ / "half.part"));
}

TEST_F(SealedFile, AKeyIsReadBackAndNeverOverwritten) {
  EXPECT_EQ(*read_seal_key(folder_ / "key"), key_);
  EXPECT_EQ(make_seal_key(folder_ / "key").error().kind, ErrorKind::Conflict);
  std::ofstream(folder_ / "key") << "abc";
  EXPECT_NE(read_seal_key(folder_ / "key").error().message.find("expected 64 hexadecimal digits"),
            std::string::npos);
}

}  // namespace
}  // namespace meno
