// Text: a sentence in both languages of the product. Written together, so that neither can be
// forgotten.
#pragma once

#include <string>

namespace meno {

struct Text {
  std::string en;
  std::string zh_cn;

  friend bool operator==(const Text&, const Text&) = default;
};

/// The same words in both languages, for names that a source gives in one only.
inline Text same_text(const std::string& words) { return {words, words}; }

}  // namespace meno
