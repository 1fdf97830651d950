#include "core/mpi_library.h"

#include <dlfcn.h>
#include <fmt/format.h>

namespace meno {
namespace {

// The binary interface of Open MPI 2 to 5.
constexpr const char* kLibrary = "libmpi.so.40";

template <class T>
bool find(void* library, const char* name, T& into) {
  into = reinterpret_cast<T>(::dlsym(library, name));
  return into != nullptr;
}

}  // namespace

Result<MpiLibrary> load_mpi() {
  // Open MPI loads its own parts later, and they look for its symbols among the global ones.
  void* const library = ::dlopen(kLibrary, RTLD_NOW | RTLD_GLOBAL);
  if (library == nullptr) {
    return unavailable(fmt::format(
        "started as one of several ranks, but {}, expected Open MPI (Debian: openmpi-bin)",
        ::dlerror()));
  }
  MpiLibrary mpi;
  const bool whole =
      find(library, "MPI_Init_thread", mpi.init_thread) &&
      find(library, "MPI_Finalize", mpi.finalize) &&
      find(library, "MPI_Comm_rank", mpi.comm_rank) &&
      find(library, "MPI_Comm_size", mpi.comm_size) && find(library, "MPI_Isend", mpi.isend) &&
      find(library, "MPI_Irecv", mpi.irecv) && find(library, "MPI_Testall", mpi.testall) &&
      find(library, "ompi_mpi_comm_world", mpi.world) && find(library, "ompi_mpi_double", mpi.real);
  if (!whole) {
    return unavailable(
        fmt::format("{} lacks a function of MPI, expected that of Open MPI", kLibrary));
  }
  return mpi;
}

}  // namespace meno
