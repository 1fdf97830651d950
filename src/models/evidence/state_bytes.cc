#include "models/evidence/state_bytes.h"

#include <cstring>
#include <type_traits>

namespace meno::evidence {
namespace {

constexpr std::uint32_t kVersion = 0x45560001;  // "EV", layout 1

class ByteWriter {
 public:
  template <class T>
  void value(const T& v) {
    static_assert(std::is_trivially_copyable_v<T>);
    bytes.append(reinterpret_cast<const char*>(&v), sizeof v);
  }
  std::string bytes;
};

class ByteReader {
 public:
  explicit ByteReader(std::string_view& bytes) : bytes_(bytes) {}
  template <class T>
  void value(T& v) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (bytes_.size() < sizeof v) {
      cut = true;
      return;
    }
    std::memcpy(&v, bytes_.data(), sizeof v);
    bytes_.remove_prefix(sizeof v);
  }
  bool cut = false;

 private:
  std::string_view& bytes_;
};

/// Every fixed-size field, in one order for both directions.
template <class Io, class State>
void visit_fields(Io& io, State& s) {
  io.value(s.residual);
  io.value(s.elo_residual);
  io.value(s.context_residual);
  io.value(s.ability);
  io.value(s.repeated);
  io.value(s.answers);
  io.value(s.right);
  io.value(s.streak);
  io.value(s.item_run);
  io.value(s.skill_run);
  io.value(s.wrong_run);
  io.value(s.past);
  io.value(s.recent);
  io.value(s.at);
  io.value(s.session_answers);
  io.value(s.log_response_mean);
  io.value(s.log_response_last);
  io.value(s.responses);
}

template <class Value>
void write_map(ByteWriter& io, const FlatMap<std::uint32_t, Value>& map) {
  io.value(static_cast<std::uint64_t>(map.size()));
  map.for_each([&](std::uint32_t key, const Value& value) {
    io.value(key);
    io.value(value);
  });
}

template <class Value>
void read_map(ByteReader& io, FlatMap<std::uint32_t, Value>& map) {
  std::uint64_t size = 0;
  io.value(size);
  for (std::uint64_t k = 0; k < size && !io.cut; ++k) {
    std::uint32_t key = 0;
    Value value;
    io.value(key);
    io.value(value);
    if (!io.cut) map[key] = value;
  }
}

}  // namespace

std::string to_bytes(const StudentState& student) {
  ByteWriter io;
  io.value(kVersion);
  visit_fields(io, student);
  write_map(io, student.skills);
  write_map(io, student.items);
  return std::move(io.bytes);
}

Result<StudentState> take_state(std::string_view& bytes) {
  ByteReader io(bytes);
  std::uint32_t version = 0;
  io.value(version);
  if (io.cut || version != kVersion) {
    return invalid_input(
        "tracker state: not one of this version of the evidence model, expected its own snapshot");
  }
  StudentState student;
  visit_fields(io, student);
  read_map(io, student.skills);
  read_map(io, student.items);
  if (io.cut) return invalid_input("tracker state: cut short, expected a whole snapshot");
  return student;
}

}  // namespace meno::evidence
