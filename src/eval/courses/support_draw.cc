#include "eval/courses/support_draw.h"

#include <algorithm>

namespace meno {

SupportDraw draw_support(const std::vector<Sequence>& students, std::size_t scored,
                         std::size_t first_answers, Rng rng) {
  std::vector<std::size_t> order;
  for (std::size_t s = 0; s < students.size(); ++s) {
    if (!students[s].empty()) order.push_back(s);
  }
  rng.shuffle(std::span(order));
  SupportDraw draw;
  for (const std::size_t s : order) {
    if (draw.queries.size() < scored) {
      draw.queries.push_back({StudentId(s), {.events = students[s]}});
      continue;
    }
    const std::size_t answers =
        first_answers == 0 ? students[s].size() : std::min(first_answers, students[s].size());
    draw.others.push_back(students[s].part(0, answers));
  }
  return draw;
}

}  // namespace meno
