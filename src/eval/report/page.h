// A self-contained HTML page: style, sections, tables, escaped text in one of the product's
// languages. No scripts.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.h"
#include "core/text.h"

namespace meno {

enum class Language { En, ZhCn };

/// "en" or "zh-CN". Errors: InvalidInput naming the two.
Result<Language> language_of(std::string_view tag);

/// The words of `text` in `language`.
const std::string& in(Language language, const Text& text);

/// `text` with &, <, >, " and ' made harmless in HTML text and attributes.
std::string escaped(std::string_view text);

/// Builds the page from top to bottom. Every string is escaped unless its name says html.
class Page {
 public:
  Page(Language language, const Text& title);

  Language language() const { return language_; }
  const std::string& say(const Text& text) const { return in(language_, text); }

  void heading(const Text& text);
  void paragraph(const Text& text);
  /// A remark that must not be overlooked.
  void warning(const Text& text);
  /// A table; numbers (cells that start with a digit, a sign or a point) are set to the right.
  void table(const std::vector<std::string>& head,
             const std::vector<std::vector<std::string>>& rows);
  /// Figures that stand side by side where there is room.
  void figures_html(const std::vector<std::string>& svgs);
  /// The whole document.
  std::string html() const;

 private:
  Language language_;
  std::string title_;
  std::string body_;
};

}  // namespace meno
