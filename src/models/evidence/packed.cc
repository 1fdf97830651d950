#include "models/evidence/packed.h"

#include <algorithm>
#include <numeric>

namespace meno::evidence {

Packed::Packed(Batch batch) : position(batch.size()) {
  std::iota(position.begin(), position.end(), std::size_t{0});
  std::stable_sort(position.begin(), position.end(), [&](std::size_t a, std::size_t b) {
    return batch[a]->size() > batch[b]->size();
  });
  for (const std::size_t k : position) {
    windows.push_back(static_cast<const EncodedWindow*>(batch[k]));
    scored += batch[k]->scored();
  }
  step_begin.push_back(0);
  std::size_t active = windows.size();
  for (std::size_t step = 0; !windows.empty() && step < windows.front()->size(); ++step) {
    while (active > 0 && windows[active - 1]->size() <= step) --active;
    step_begin.push_back(step_begin.back() + active);
  }
  columns = step_begin.back();
}

}  // namespace meno::evidence
