#include "core/tensors.h"

#include <array>
#include <bit>
#include <cstring>
#include <numeric>
#include <type_traits>

#include <fmt/format.h>

#include "core/check.h"
#include "core/files.h"
#include "core/json.h"

namespace meno {
namespace {

static_assert(std::endian::native == std::endian::little, "safetensors are little-endian");

struct DtypeRow {
  Dtype dtype;
  const char* name;
  std::size_t size;
};

constexpr std::array<DtypeRow, 6> kDtypes{{{Dtype::F32, "F32", 4},
                                           {Dtype::F64, "F64", 8},
                                           {Dtype::U32, "U32", 4},
                                           {Dtype::U64, "U64", 8},
                                           {Dtype::I64, "I64", 8},
                                           {Dtype::U8, "U8", 1}}};

template <class T>
constexpr Dtype dtype_of() {
  if constexpr (std::is_same_v<T, float>) return Dtype::F32;
  if constexpr (std::is_same_v<T, double>) return Dtype::F64;
  if constexpr (std::is_same_v<T, std::uint32_t>) return Dtype::U32;
  if constexpr (std::is_same_v<T, std::uint64_t>) return Dtype::U64;
  if constexpr (std::is_same_v<T, std::int64_t>) return Dtype::I64;
  return Dtype::U8;
}

std::size_t product(const std::vector<std::size_t>& shape) {
  return std::accumulate(shape.begin(), shape.end(), std::size_t{1}, std::multiplies<>());
}

/// product(shape) == elements, for shapes from a file whose product may overflow.
bool has_product(const std::vector<std::size_t>& shape, std::size_t elements) {
  std::size_t total = 1;
  for (const std::size_t extent : shape) {
    if (__builtin_mul_overflow(total, extent, &total)) return false;
  }
  return total == elements;
}

Error cut(std::string_view where, std::string_view what) {
  return invalid_input(fmt::format("{}: {}, expected a whole safetensors file", where, what));
}

/// One entry of the header, decoded. Throws Json::exception on a wrong type; the caller turns it
/// into an Error.
Result<Tensor> decode_entry(const std::string& name, const Json& entry, std::string_view data,
                            std::string_view where) {
  const auto dtype_name = entry.at("dtype").get<std::string>();
  auto shape = entry.at("shape").get<std::vector<std::size_t>>();
  const auto begin = entry.at("data_offsets").at(0).get<std::size_t>();
  const auto end = entry.at("data_offsets").at(1).get<std::size_t>();
  for (const DtypeRow& row : kDtypes) {
    if (dtype_name != row.name) continue;
    if (begin > end || end > data.size()) {
      return cut(where, fmt::format("tensor {} ends at byte {} of {}", name, end, data.size()));
    }
    const std::size_t elements = (end - begin) / row.size;
    if (!has_product(shape, elements) || (end - begin) % row.size != 0) {
      return cut(where, fmt::format("tensor {} has {} bytes for its shape", name, end - begin));
    }
    std::vector<std::byte> bytes(end - begin);
    if (!bytes.empty()) std::memcpy(bytes.data(), data.data() + begin, bytes.size());
    return Tensor(row.dtype, std::move(shape), std::move(bytes));
  }
  return invalid_input(
      fmt::format("{}: tensor {} has type {}, expected F32, F64, U32, U64, I64 or U8", where, name,
                  dtype_name));
}

}  // namespace

std::size_t size_of(Dtype dtype) { return kDtypes[static_cast<std::size_t>(dtype)].size; }

Tensor::Tensor(Dtype dtype, std::vector<std::size_t> shape, std::vector<std::byte> bytes)
    : dtype_(dtype), shape_(std::move(shape)), bytes_(std::move(bytes)) {
  MENO_CHECK(bytes_.size() == size_of(dtype_) * product(shape_),
             "tensor bytes do not fit its shape");
}

template <class T>
Tensor Tensor::of(std::span<const T> values, std::vector<std::size_t> shape) {
  std::vector<std::byte> bytes(values.size_bytes());
  if (!bytes.empty()) std::memcpy(bytes.data(), values.data(), bytes.size());
  if (shape.empty()) shape = {values.size()};
  return Tensor(dtype_of<T>(), std::move(shape), std::move(bytes));
}

template <class T>
std::span<const T> Tensor::as() const {
  MENO_CHECK(dtype_ == dtype_of<T>(), "tensor read as another type");
  return {reinterpret_cast<const T*>(bytes_.data()), size()};
}

template <class T>
Result<std::vector<T>> tensor_values(const Tensors& tensors, const std::string& name,
                                     std::string_view where) {
  const auto found = tensors.find(name);
  if (found == tensors.end()) {
    return invalid_input(fmt::format("{}: no tensor {}, expected one", where, name));
  }
  if (found->second.dtype() != dtype_of<T>()) {
    return invalid_input(
        fmt::format("{}: tensor {} is of another type than expected", where, name));
  }
  const std::span<const T> values = found->second.as<T>();
  return std::vector<T>(values.begin(), values.end());
}

#define MENO_TENSOR_TYPE_(T)                                                           \
  template Tensor Tensor::of<T>(std::span<const T>, std::vector<std::size_t>);         \
  template std::span<const T> Tensor::as<T>() const;                                   \
  template Result<std::vector<T>> tensor_values<T>(const Tensors&, const std::string&, \
                                                   std::string_view);
MENO_TENSOR_TYPE_(float)
MENO_TENSOR_TYPE_(double)
MENO_TENSOR_TYPE_(std::uint32_t)
MENO_TENSOR_TYPE_(std::uint64_t)
MENO_TENSOR_TYPE_(std::int64_t)
MENO_TENSOR_TYPE_(std::uint8_t)
#undef MENO_TENSOR_TYPE_

std::string encode_safetensors(const Tensors& tensors) {
  Json header = Json::object();
  std::size_t offset = 0;
  for (const auto& [name, tensor] : tensors) {
    const std::size_t end = offset + tensor.bytes().size();
    header[name] = {{"dtype", kDtypes[static_cast<std::size_t>(tensor.dtype())].name},
                    {"shape", tensor.shape()},
                    {"data_offsets", {offset, end}}};
    offset = end;
  }
  std::string text = header.dump();
  while (text.size() % 8 != 0) text.push_back(' ');
  const std::uint64_t length = text.size();
  std::string bytes(sizeof length, '\0');
  std::memcpy(bytes.data(), &length, sizeof length);
  bytes += text;
  for (const auto& [name, tensor] : tensors) {
    bytes.append(reinterpret_cast<const char*>(tensor.bytes().data()), tensor.bytes().size());
  }
  return bytes;
}

Result<Tensors> decode_safetensors(std::string_view bytes, std::string_view where) {
  std::uint64_t length = 0;
  if (bytes.size() < sizeof length) return cut(where, fmt::format("{} bytes long", bytes.size()));
  std::memcpy(&length, bytes.data(), sizeof length);
  bytes.remove_prefix(sizeof length);
  if (length > bytes.size()) {
    return cut(where, fmt::format("header of {} bytes but only {} left", length, bytes.size()));
  }
  MENO_TRY(const Json header, parse_json(bytes.substr(0, length), where));
  if (!header.is_object()) return cut(where, "a header that is no object");
  const std::string_view data = bytes.substr(length);
  Tensors tensors;
  std::size_t described = 0;
  try {
    for (const auto& [name, entry] : header.items()) {
      if (name == "__metadata__") continue;
      MENO_TRY(Tensor tensor, decode_entry(name, entry, data, where));
      described += tensor.bytes().size();
      tensors.emplace(name, std::move(tensor));
    }
  } catch (const Json::exception&) {
    return cut(where, "a header entry without dtype, shape or data_offsets");
  }
  if (described != data.size()) {
    return cut(where,
               fmt::format("tensors of {} bytes over {} bytes of data", described, data.size()));
  }
  return tensors;
}

Result<Done> write_safetensors(const std::filesystem::path& path, const Tensors& tensors) {
  return write_file_atomically(path, encode_safetensors(tensors));
}

Result<Tensors> read_safetensors(const std::filesystem::path& path) {
  MENO_TRY(const std::string bytes, read_file(path));
  return decode_safetensors(bytes, path.string());
}

}  // namespace meno
