// Open MPI's C functions, loaded when mpirun has started this process. Linking them would cost
// every start of the program half a millisecond and make the library a condition of running at all.
#pragma once

#include <mpi.h>

#include "core/result.h"

namespace meno {

/// The few functions and constants that ranks need, named as in MPI.
struct MpiLibrary {
  decltype(&::MPI_Init_thread) init_thread = nullptr;
  decltype(&::MPI_Finalize) finalize = nullptr;
  decltype(&::MPI_Comm_rank) comm_rank = nullptr;
  decltype(&::MPI_Comm_size) comm_size = nullptr;
  decltype(&::MPI_Isend) isend = nullptr;
  decltype(&::MPI_Irecv) irecv = nullptr;
  decltype(&::MPI_Testall) testall = nullptr;
  MPI_Comm world = nullptr;
  MPI_Datatype real = nullptr;  // MPI_DOUBLE
};

/// The library stays loaded until the process ends. Errors: Unavailable where it is not installed.
Result<MpiLibrary> load_mpi();

}  // namespace meno
