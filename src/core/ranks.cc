#include "core/ranks.h"

#include <cstdlib>
#include <string>

#include "core/mpi_ranks.h"

namespace meno {
namespace {

class SingleRank final : public Ranks {
 public:
  std::size_t rank() const override { return 0; }
  std::size_t size() const override { return 1; }
  Result<std::vector<double>> gather(std::span<const double> mine) override {
    return std::vector<double>(mine.begin(), mine.end());
  }
  void add_up(std::span<const double> scales, std::span<double> values) override {
    for (double& value : values) value *= scales[0];
  }
  std::size_t end(bool /*well*/) override { return 0; }
};

/// The first of these variables that holds a number: Open MPI's own, then those of PMI launchers.
std::size_t number_from(std::initializer_list<const char*> variables, std::size_t otherwise) {
  for (const char* const variable : variables) {
    const char* const text = std::getenv(variable);
    if (text == nullptr) continue;
    char* end = nullptr;
    const unsigned long number = std::strtoul(text, &end, 10);
    if (end != text && *end == '\0') return number;
  }
  return otherwise;
}

}  // namespace

void add_scaled(double scale, std::span<const double> values, std::span<double> sum) {
  for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += scale * values[i];
}

std::size_t launched_rank() { return number_from({"OMPI_COMM_WORLD_RANK", "PMI_RANK"}, 0); }

std::unique_ptr<Ranks> single_rank() { return std::make_unique<SingleRank>(); }

Result<std::unique_ptr<Ranks>> join_ranks() {
  const std::size_t launched = number_from({"OMPI_COMM_WORLD_SIZE", "PMI_SIZE"}, 1);
  if (launched <= 1) return single_rank();
  return join_mpi(launched);
}

}  // namespace meno
