# Every compiler flag of the project, on one interface target. The whole program is built for x86-64-v3 (AVX2, FMA);
# apps/meno/cpu_check.cc refuses an older processor with one sentence before anything else runs.
add_library(meno_flags INTERFACE)
target_compile_options(meno_flags INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<BOOL:${MENO_WERROR}>:-Werror>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict;-Wno-stringop-overflow;-Wno-maybe-uninitialized>  # false in GCC 12 for std::string and std::optional (GCC bugs 105651, 105562)
  -fno-math-errno)
if(CMAKE_SYSTEM_PROCESSOR STREQUAL "x86_64")
  target_compile_options(meno_flags INTERFACE -march=x86-64-v3)
endif()
target_compile_definitions(meno_flags INTERFACE
  MENO_VERSION="${PROJECT_VERSION}"
  EIGEN_DONT_PARALLELIZE)
target_link_libraries(meno_flags INTERFACE Threads::Threads)
if(MENO_SANITIZE)
  target_compile_options(meno_flags INTERFACE -fsanitize=${MENO_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(meno_flags INTERFACE -fsanitize=${MENO_SANITIZE})
endif()
