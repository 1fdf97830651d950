# prometheus-cpp's own CMake package insists on its web server and client (civetweb, curl); only its core is used: the target
# Prometheus::core.
find_path(PROMETHEUS_INCLUDE_DIR prometheus/text_serializer.h REQUIRED)
find_library(PROMETHEUS_CORE_LIBRARY prometheus-cpp-core REQUIRED)
add_library(Prometheus::core UNKNOWN IMPORTED)
set_target_properties(Prometheus::core PROPERTIES
  IMPORTED_LOCATION ${PROMETHEUS_CORE_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${PROMETHEUS_INCLUDE_DIR})
