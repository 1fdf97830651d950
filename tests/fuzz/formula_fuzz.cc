// The expression language of exercise templates: any text either parses and evaluates within
// bounds, or is refused.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "teach/bank/formula.h"
#include "teach/bank/text_template.h"
#include "teach/bank/typed_number.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  static const std::vector<std::string> kNames{"a", "b"};
  static const std::vector<std::string> kUnits{"cm", "%"};
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const meno::Result<meno::Formula> formula = meno::Formula::parse(text, kNames);
  const meno::Rational half = *meno::Rational::make(-1, 2);
  if (formula) (void)formula->evaluate(std::vector<meno::Rational>{half, 7});
  const meno::Result<meno::TextTemplate> sentence = meno::TextTemplate::parse(text, {kNames, {}});
  if (sentence) (void)sentence->render({{half, 7}, {}}, &meno::Text::en);
  (void)meno::read_typed_number(text, kUnits);
  return 0;
}
