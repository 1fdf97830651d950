#include "eval/report/page.h"

#include <cctype>

#include <fmt/format.h>

namespace meno {
namespace {

// Colours are tokens, so that dark mode and print change them in one place. Series colours keep a
// contrast of at least 3 : 1 on both grounds and differ in lightness, and lines differ in dash as
// well as colour.
constexpr std::string_view kStyle = R"(
:root{--ground:#fff;--ink:#1c2330;--soft:#5a6473;--rule:#d5dae1;--panel:#f5f7f9;--warn:#fff4d6;--warn-edge:#b7791f;
--s1:#1f5fbf;--s2:#c2410c;--s3:#0f766e;--s4:#86198f;--s5:#6b7280}
@media (prefers-color-scheme:dark){:root{--ground:#12161c;--ink:#e6eaf0;--soft:#a3adba;--rule:#38414d;--panel:#1b212a;
--warn:#3a2f12;--warn-edge:#e0a93b;--s1:#7fb0ff;--s2:#ff9b66;--s3:#4fd1c0;--s4:#e29bec;--s5:#b6bdc8}}
@media print{:root{--ground:#fff;--ink:#000;--soft:#444;--rule:#bbb;--panel:#fff;--warn:#fff;--warn-edge:#000;
--s1:#1f5fbf;--s2:#c2410c;--s3:#0f766e;--s4:#86198f;--s5:#6b7280}figure,table{break-inside:avoid}h2{break-after:avoid}}
*{box-sizing:border-box}
body{margin:0 auto;padding:1.5rem 1rem 4rem;max-width:68rem;background:var(--ground);color:var(--ink);
font:1rem/1.55 system-ui,"Noto Sans","Noto Sans CJK SC","PingFang SC","Microsoft YaHei",sans-serif}
h1{font-size:1.6rem;line-height:1.25;margin:.5rem 0 1rem}h2{font-size:1.2rem;margin:2.2rem 0 .5rem}
p{max-width:46rem;margin:.4rem 0}
.scroll{overflow-x:auto}
table{border-collapse:collapse;margin:.8rem 0;font-variant-numeric:tabular-nums}
th,td{padding:.3rem .8rem .3rem 0;border-bottom:1px solid var(--rule);text-align:left;vertical-align:top}
th{color:var(--soft);font-weight:600}td.number,th.number{text-align:right}
td{overflow-wrap:anywhere}
.warning{background:var(--warn);border-left:.3rem solid var(--warn-edge);padding:.5rem .8rem;margin:.6rem 0;max-width:46rem}
.figures{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,26rem),1fr));gap:1rem 1.5rem}
figure{margin:.6rem 0}figcaption{font-weight:600;margin-bottom:.2rem}
svg{width:100%;height:auto;display:block}
svg text{font-size:12px;fill:var(--ink)}svg .tick{fill:var(--soft);font-size:11px}
svg .axis,svg .grid{stroke:var(--rule);stroke-width:1}
)";

bool is_number(const std::string& cell) {
  if (cell.empty()) return false;
  const auto c = static_cast<unsigned char>(cell.front());
  return std::isdigit(c) != 0 || c == '.' || c == '-' || c == '+';
}

}  // namespace

Result<Language> language_of(std::string_view tag) {
  if (tag == "en") return Language::En;
  if (tag == "zh-CN") return Language::ZhCn;
  return invalid_input(fmt::format("language \"{}\", expected en or zh-CN", tag));
}

const std::string& in(Language language, const Text& text) {
  return language == Language::En ? text.en : text.zh_cn;
}

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

Page::Page(Language language, const Text& title)
    : language_(language), title_(in(language, title)) {}

void Page::heading(const Text& text) { body_ += fmt::format("<h2>{}</h2>\n", escaped(say(text))); }

void Page::paragraph(const Text& text) { body_ += fmt::format("<p>{}</p>\n", escaped(say(text))); }

void Page::warning(const Text& text) {
  body_ += fmt::format("<p class=\"warning\"><strong>{}</strong> {}</p>\n",
                       language_ == Language::En ? "Note:" : "注意：", escaped(say(text)));
}

void Page::table(const std::vector<std::string>& head,
                 const std::vector<std::vector<std::string>>& rows) {
  body_ += "<div class=\"scroll\"><table><thead><tr>";
  for (std::size_t c = 0; c < head.size(); ++c) {
    const bool number = !rows.empty() && c < rows.front().size() && is_number(rows.front()[c]);
    body_ += fmt::format("<th scope=\"col\"{}>{}</th>", number ? " class=\"number\"" : "",
                         escaped(head[c]));
  }
  body_ += "</tr></thead><tbody>\n";
  for (const auto& row : rows) {
    body_ += "<tr>";
    for (const std::string& cell : row) {
      body_ +=
          fmt::format("<td{}>{}</td>", is_number(cell) ? " class=\"number\"" : "", escaped(cell));
    }
    body_ += "</tr>\n";
  }
  body_ += "</tbody></table></div>\n";
}

void Page::figures_html(const std::vector<std::string>& svgs) {
  body_ += "<div class=\"figures\">\n";
  for (const std::string& svg : svgs) body_ += svg + "\n";
  body_ += "</div>\n";
}

std::string Page::html() const {
  return fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta name=\"color-scheme\" content=\"light "
      "dark\">\n<title>{}</title>\n<style>{}</style>\n</head>\n"
      "<body>\n<main>\n<h1>{}</h1>\n{}</main>\n</body>\n</html>\n",
      language_ == Language::En ? "en" : "zh-CN", escaped(title_), kStyle, escaped(title_), body_);
}

}  // namespace meno
