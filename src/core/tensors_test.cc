#include "core/tensors.h"

#include <gtest/gtest.h>

namespace meno {
namespace {

Tensors sample() {
  const std::vector<float> weights{1.0F, 2.0F, 3.0F, 4.0F};
  const std::vector<std::uint64_t> counts{7};
  Tensors tensors;
  tensors.emplace("w", Tensor::of<float>(weights, {2, 2}));
  tensors.emplace("n", Tensor::of<std::uint64_t>(counts));
  return tensors;
}

TEST(Safetensors, ReadsBackWhatItWrote) {
  const auto read = decode_safetensors(encode_safetensors(sample()), "f");
  ASSERT_TRUE(read.has_value());
  EXPECT_EQ(read->at("w").shape(), (std::vector<std::size_t>{2, 2}));
  const auto weights = tensor_values<float>(*read, "w", "f");
  ASSERT_TRUE(weights.has_value());
  EXPECT_EQ((*weights)[3], 4.0F);
}

TEST(Safetensors, RefusesAFileCutAnywhere) {
  const std::string whole = encode_safetensors(sample());
  for (std::size_t size = 0; size < whole.size(); ++size) {
    const auto read = decode_safetensors(std::string_view(whole).substr(0, size), "f");
    ASSERT_FALSE(read.has_value()) << size << " of " << whole.size() << " bytes";
    EXPECT_EQ(read.error().kind, ErrorKind::InvalidInput);
  }
}

TEST(Safetensors, RefusesHeadersThatLie) {
  const auto with_header = [](std::string header) {
    const std::uint64_t length = header.size();
    return std::string(reinterpret_cast<const char*>(&length), sizeof length) + header + "12345678";
  };
  for (const char* const header :
       {R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[0,16]}})",
        R"({"a":{"dtype":"F32","shape":[3],"data_offsets":[0,8]}})",
        R"({"a":{"dtype":"F99","shape":[2],"data_offsets":[0,8]}})",
        R"({"a":{"dtype":"F32","shape":[4611686018427387904,4],"data_offsets":[0,0]}})",
        R"({"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}})", R"({"a":1})", R"([])",
        R"({"a":)"}) {
    EXPECT_FALSE(decode_safetensors(with_header(header), "f").has_value()) << header;
  }
}

TEST(Safetensors, RefusesAnotherTypeOrName) {
  const Tensors tensors = sample();
  EXPECT_FALSE(tensor_values<double>(tensors, "w", "f").has_value());
  EXPECT_FALSE(tensor_values<float>(tensors, "absent", "f").has_value());
}

}  // namespace
}  // namespace meno
