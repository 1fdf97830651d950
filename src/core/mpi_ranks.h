// Ranks over MPI.
#pragma once

#include <memory>

#include "core/ranks.h"

namespace meno {

/// Joins the `launched` >= 2 processes of one mpirun. When a rank on this machine dies, the first
/// of those that are left says so in one sentence, and all end at once with the exit code of
/// Unavailable, as if killed; of ranks elsewhere mpirun itself tells. Errors: as join_ranks().
Result<std::unique_ptr<Ranks>> join_mpi(std::size_t launched);

}  // namespace meno
