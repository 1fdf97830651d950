# cjose has no CMake package in Debian 12: the target Cjose::cjose.
find_path(CJOSE_INCLUDE_DIR cjose/cjose.h REQUIRED)
find_library(CJOSE_LIBRARY cjose REQUIRED)
add_library(Cjose::cjose UNKNOWN IMPORTED)
set_target_properties(Cjose::cjose PROPERTIES
  IMPORTED_LOCATION ${CJOSE_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${CJOSE_INCLUDE_DIR})
