#include "meta/run.h"

#include <filesystem>
#include <fstream>

#include <gtest/gtest.h>

#include "core/files.h"
#include "models/registry.h"

namespace meno {
namespace {

class RunFolder : public ::testing::Test {
 protected:
  RunFolder()
      : folder_(std::filesystem::path(::testing::TempDir()) /
                (std::string("meno_run_") +  // one each: ctest runs them side by side
                 ::testing::UnitTest::GetInstance()->current_test_info()->name())) {
    std::filesystem::remove_all(folder_);
    run_.model_name = "logistic";
    run_.learner_name = "direct";
    run_.seed = 18446744073709551615ULL;
    run_.data_hash = "abc";
    run_.code_version = "0";
    run_.metrics = {{"valid", {{"auc", 0.75}}}};
    run_.course.name = "fractions";
    for (const char* name : {"a", "b", "c"}) {
      run_.course.items.intern(name);
      run_.course.item_skills.push_back({SkillId(0U)});
    }
    run_.course.skills.intern("halves");
    auto model =
        (*find_model("logistic"))->fit({}, {.items = 3, .skills = 1, .training = {}, .folds = 0});
    run_.model = std::move(*model);
    run_.theta.resize(run_.model->layout().size());
    for (std::size_t i = 0; i < run_.theta.size(); ++i)
      run_.theta[i] = 0.1 * static_cast<double>(i) - 0.3;
  }
  ~RunFolder() override { std::filesystem::remove_all(folder_); }

  void edit(const char* file, const std::string& from, const std::string& to) const {
    std::string text = *read_file(folder_ / file);
    const std::size_t at = text.find(from);
    ASSERT_NE(at, std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream(folder_ / file, std::ios::binary) << text;
  }

  std::filesystem::path folder_;
  meno::Run run_;  // ::testing::Test has a Run of its own
};

TEST_F(RunFolder, ComesBackAsItWasSaved) {
  ASSERT_TRUE(save_run(run_, folder_));
  const auto loaded = load_run(folder_);
  ASSERT_TRUE(loaded) << loaded.error().message;
  EXPECT_EQ(loaded->theta, run_.theta);
  EXPECT_EQ(loaded->seed, run_.seed);
  EXPECT_EQ(loaded->course.items.names(), run_.course.items.names());
  EXPECT_EQ(loaded->metrics, run_.metrics);
  EXPECT_EQ(loaded->model->layout().size(), run_.model->layout().size());
}

TEST_F(RunFolder, KeepsWhatTheLearnerLearntOfItsOwn) {
  run_.learnt = {0.25, -1.0, 3.0};
  ASSERT_TRUE(save_run(run_, folder_));
  EXPECT_EQ(load_run(folder_)->learnt, run_.learnt);
  EXPECT_NE(read_file(folder_ / "card.md")->find("and 3 of the learner's own"), std::string::npos);
  run_.learnt.clear();  // as runs of most learners and all older ones
  ASSERT_TRUE(save_run(run_, folder_));
  EXPECT_TRUE(load_run(folder_)->learnt.empty());
}

TEST_F(RunFolder, ReplacesAnOlderRunButNothingElse) {
  ASSERT_TRUE(save_run(run_, folder_));
  run_.data_hash = "def";
  ASSERT_TRUE(save_run(run_, folder_));
  EXPECT_EQ(load_run(folder_)->data_hash, "def");
  std::filesystem::remove(folder_ / "model.json");
  EXPECT_EQ(save_run(run_, folder_).error().kind, ErrorKind::Conflict);
  EXPECT_TRUE(std::filesystem::exists(folder_ / "card.md"));
}

TEST_F(RunFolder, RefusesCutWeightsAtAnyLength) {
  ASSERT_TRUE(save_run(run_, folder_));
  const std::string weights = *read_file(folder_ / "weights.safetensors");
  for (std::size_t size = 0; size < weights.size(); size += 7) {
    std::ofstream(folder_ / "weights.safetensors", std::ios::binary) << weights.substr(0, size);
    const auto loaded = load_run(folder_);
    ASSERT_FALSE(loaded) << size << " bytes of " << weights.size();
    EXPECT_EQ(loaded.error().kind, ErrorKind::InvalidInput);
  }
}

TEST_F(RunFolder, RefusesChangedWeightsAndNewerVersionsAndOtherLayouts) {
  ASSERT_TRUE(save_run(run_, folder_));
  edit("model.json", "\"schema_version\": 1", "\"schema_version\": 2");
  EXPECT_NE(load_run(folder_).error().message.find("schema version 2, expected 1"),
            std::string::npos);
  edit("model.json", "\"schema_version\": 2", "\"schema_version\": 1");
  edit("model.json", "\"model\": \"logistic\"", "\"model\": \"bkt\"");
  EXPECT_EQ(load_run(folder_).error().kind, ErrorKind::InvalidInput);
  edit("model.json", "\"model\": \"bkt\"", "\"model\": \"logistic\"");
  std::string weights = *read_file(folder_ / "weights.safetensors");
  weights.back() = static_cast<char>(weights.back() ^ 1);
  std::ofstream(folder_ / "weights.safetensors", std::ios::binary) << weights;
  EXPECT_NE(load_run(folder_).error().message.find("content hash"), std::string::npos);
  EXPECT_EQ(load_run(folder_ / "nowhere").error().kind, ErrorKind::NotFound);
}

TEST_F(RunFolder, CardSaysWhatItIsAndWhenItIsSimulated) {
  run_.simulated = true;
  ASSERT_TRUE(save_run(run_, folder_));
  const std::string card = *read_file(folder_ / "card.md");
  for (const char* part :
       {"logistic", "fractions", "simulated students", "valid auc | 0.75", "## Limits", "abc"}) {
    EXPECT_NE(card.find(part), std::string::npos) << part;
  }
}

}  // namespace
}  // namespace meno
