// Fuzzes the readers of course graphs (CSV, JSON, GraphML, told apart by content): whatever reads
// can be repaired to a graph without circles, and writes and reads again in every format.
#include <cstdint>
#include <cstdlib>

#include "import/graph/course_graph.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  auto graph = meno::parse_graph(text, "fuzz");
  if (!graph) return 0;
  meno::repair(*graph);
  for (const meno::GraphFault& fault : meno::faults_of(*graph))
    if (fault.kind != meno::GraphFaultKind::Garbled) std::abort();
  for (const char* format : {"json", "csv", "graphml"}) {
    const auto written = meno::write_graph(*graph, format);
    if (!written) std::abort();
    (void)meno::parse_graph(*written, "fuzz");
  }
  return 0;
}
