// Named tensors and the safetensors container (https://github.com/huggingface/safetensors): 8-byte
// little-endian header length, JSON header, raw little-endian data. What a Run keeps its parameters
// and statistics in.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"

namespace meno {

enum class Dtype { F32, F64, U32, U64, I64, U8 };

/// Bytes per element.
std::size_t size_of(Dtype dtype);

/// A dense array with its element type and shape; row-major.
class Tensor {
 public:
  template <class T>
  static Tensor of(std::span<const T> values, std::vector<std::size_t> shape = {});

  /// A tensor over bytes already in little-endian order. `bytes.size()` must be size_of(dtype) x
  /// product(shape).
  Tensor(Dtype dtype, std::vector<std::size_t> shape, std::vector<std::byte> bytes);

  Dtype dtype() const { return dtype_; }
  const std::vector<std::size_t>& shape() const { return shape_; }
  /// Number of elements.
  std::size_t size() const { return bytes_.size() / size_of(dtype_); }
  std::span<const std::byte> bytes() const { return bytes_; }
  /// The elements as T. MENO_CHECKs that T is the stored type.
  template <class T>
  std::span<const T> as() const;

 private:
  Dtype dtype_;
  std::vector<std::size_t> shape_;
  std::vector<std::byte> bytes_;
};

/// Ordered by name, so that the same tensors give the same bytes.
using Tensors = std::map<std::string, Tensor>;

/// The tensor `name` as a vector of T.
/// Errors: InvalidInput when it is absent or of another type; `where` names the file.
template <class T>
Result<std::vector<T>> tensor_values(const Tensors& tensors, const std::string& name,
                                     std::string_view where);

/// The container's bytes.
std::string encode_safetensors(const Tensors& tensors);
/// Errors: InvalidInput when the bytes are cut, overlap, or name an unknown type.
Result<Tensors> decode_safetensors(std::string_view bytes, std::string_view where);

/// Writes atomically (see core/files.h).
Result<Done> write_safetensors(const std::filesystem::path& path, const Tensors& tensors);
Result<Tensors> read_safetensors(const std::filesystem::path& path);

}  // namespace meno
