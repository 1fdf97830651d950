// AKT's layout (Ghosh, Heffernan & Lan 2020): one block of lines per student, the students dealt to
// five folds by file.
//   student[,user] / item ids / skill ids / answers      (files *_pid_*)
//   student[,user] / ids / answers                       (the ids serve as items and as skills)
// A block is a student even where a number repeats: with a lone number in front that equals the
// block's length, it is the length, and the students have no names.
#include <algorithm>
#include <array>
#include <unordered_set>

#include <fmt/format.h>

#include "import/importer.h"
#include "import/line_reader.h"
#include "import/values.h"

namespace meno {
namespace {

std::size_t fields_in(std::string_view line) {
  while (line.ends_with(',') || line.ends_with(' ')) line.remove_suffix(1);
  return line.empty() ? 0 : 1 + static_cast<std::size_t>(std::count(line.begin(), line.end(), ','));
}

bool are_answers(std::string_view line) {
  bool number = false;
  for (const char c : line) {
    if (c != '0' && c != '1' && c != '.' && c != ',' && c != ' ') return false;
    number = number || c == '0' || c == '1';
  }
  return number;
}

bool are_ids(std::string_view line) {
  return !line.empty() && line.find_first_of("\t\"{:") == std::string_view::npos;
}

/// How many blocks of `height` lines the beginning of a file consists of; 0 as soon as one does not
/// fit.
std::size_t blocks_of(const std::vector<std::string_view>& lines, std::size_t height) {
  std::size_t blocks = 0;
  for (std::size_t at = 0; at + height <= lines.size() && blocks < 20; at += height) {
    const std::size_t answers = fields_in(lines[at + height - 1]);
    bool fits = fields_in(lines[at]) <= 2 && answers > 0 && are_answers(lines[at + height - 1]);
    for (std::size_t i = 1; i < height; ++i) {
      fits = fits && fields_in(lines[at + i]) == answers && are_ids(lines[at + i]);
    }
    if (!fits) return blocks < 2 ? 0 : blocks;
    ++blocks;
  }
  return blocks;
}

/// Lines per block, 3 or 4; 0 when the file is none of AKT's.
std::size_t height_of(const SourceSample& sample) {
  std::vector<std::string_view> lines;
  for (const std::string_view line : sample.lines) {
    if (!line.empty()) lines.push_back(line);
  }
  const std::size_t three = blocks_of(lines, 3);
  const std::size_t four = blocks_of(lines, 4);
  if (three == 0 && four == 0) return 0;
  return four >= three ? 4 : 3;
}

/// What a file's name says of its students: "..._test2.csv" -> {"test", "2"}; {"", ""} otherwise.
struct Part {
  std::string role;
  std::string fold;
};

Part part_of(const std::string& name) {
  const std::string stem = std::filesystem::path(name).stem().stem().string();
  const std::size_t digits = stem.find_last_not_of("0123456789") + 1;
  for (const std::string_view role : {"trainonly", "train", "valid", "test"}) {
    const std::string_view before = std::string_view(stem).substr(0, digits);
    if (!before.ends_with(role)) continue;
    if (before.size() > role.size() && before[before.size() - role.size() - 1] != '_') continue;
    return {.role = std::string(role), .fold = stem.substr(digits)};
  }
  return {};
}

struct Block {
  std::string header, items, skills, answers;
};

class AktReader {
 public:
  AktReader(const ImportInput& input, AnswerSink& sink) : input_(input), sink_(sink) {}

  /// Reads one file. With `only_new`, blocks whose header was seen in an earlier file are skipped.
  Result<Done> read(std::size_t file, std::size_t height, std::string split, bool only_new);
  std::uint64_t skipped() const { return skipped_; }
  std::uint64_t renamed() const { return renamed_; }

 private:
  Result<bool> read_block(LineReader& lines, std::size_t height, Block& block);
  Result<Done> accept_block(const Block& block);
  std::string student_of(const Block& block, std::size_t answers);
  void split_lines(const Block& block);

  const ImportInput& input_;
  AnswerSink& sink_;
  Place place_;  // of the block at hand
  std::string split_;
  std::uint64_t block_ = 0;
  std::uint64_t skipped_ = 0;
  std::uint64_t renamed_ = 0;
  std::unordered_set<std::string> seen_;
  std::vector<std::string_view> items_, skills_, answers_;
};

/// The next block, one string per line. Lines that cannot start a block are refused one by one.
Result<bool> AktReader::read_block(LineReader& lines, std::size_t height, Block& block) {
  const std::array<std::string*, 4> four{&block.header, &block.items, &block.skills,
                                         &block.answers};
  const std::array<std::string*, 3> three{&block.header, &block.items, &block.answers};
  std::size_t filled = 0;
  std::string_view line;
  while (filled < height) {
    MENO_TRY(const bool more, lines.next(line));
    if (!more) break;
    if (trimmed(line).empty()) continue;
    if (filled == 0) {
      place_.line = lines.line_number();
      if (fields_in(line) > 2 || !is_utf8(line)) {
        sink_.refuse(place_, "student", "a line that starts no block, expected student[,user]",
                     line, 1);
        continue;
      }
    }
    *(height == 4 ? four[filled] : three[filled]) = line;
    ++filled;
  }
  if (filled > 0 && filled < height) {
    sink_.refuse(place_, "block",
                 fmt::format("the file ends inside a block, expected {} lines", height),
                 block.header, 1);
  }
  return filled == height;
}

/// The block's student: the user's own number when there are two, else the number in front, made
/// distinct.
std::string AktReader::student_of(const Block& block, std::size_t answers) {
  const std::size_t comma = block.header.rfind(',');
  const bool named = comma != std::string::npos && comma + 1 < block.header.size();
  std::string name(trimmed(named ? std::string_view(block.header).substr(comma + 1)
                                 : std::string_view(block.header)));
  if (!named && name == std::to_string(answers)) {
    return fmt::format("{}-{}", split_.empty() ? "block" : split_, block_);
  }
  std::string distinct = name;
  for (int copy = 2; !seen_.insert(distinct).second; ++copy) {
    distinct = fmt::format("{}~{}", name, copy);
  }
  renamed_ += distinct != name ? 1 : 0;
  return distinct;
}

void AktReader::split_lines(const Block& block) {
  for (auto* list : {&items_, &skills_, &answers_}) list->clear();
  split_list(block.items, ',', items_);
  split_list(block.skills, ',', skills_);
  split_list(block.answers, ',', answers_);
}

Result<Done> AktReader::accept_block(const Block& block) {
  split_lines(block);
  const bool own_skills = !block.skills.empty();
  if (items_.size() != answers_.size() || (own_skills && skills_.size() != answers_.size())) {
    sink_.refuse(place_, "block", "lines of different lengths, expected one id per answer",
                 fmt::format("{} items, {} skills, {} answers", items_.size(), skills_.size(),
                             answers_.size()),
                 std::max<std::size_t>(answers_.size(), 1));
    return Done{};
  }
  if (!is_utf8(block.items) || !is_utf8(block.skills)) {
    sink_.refuse(place_, "block", "not UTF-8 text", "", answers_.size());
    return Done{};
  }
  const std::string student = student_of(block, answers_.size());
  AnswerRow row;
  row.student = student;
  row.split = split_;
  row.skills.resize(1);
  for (std::size_t t = 0; t < answers_.size(); ++t) {
    const std::optional<float> correct = parse_answer(answers_[t]);
    if (!correct) {
      sink_.refuse(place_, "answer", "not an answer, expected 0 to 1", answers_[t], 1);
      continue;
    }
    row.item = items_[t];
    row.skills[0] = own_skills ? skills_[t] : items_[t];
    row.correct = *correct;
    MENO_TRY_DONE(sink_.accept(place_, row));
  }
  return Done{};
}

Result<Done> AktReader::read(std::size_t file, std::size_t height, std::string split,
                             bool only_new) {
  split_ = std::move(split);
  block_ = 0;
  place_.file = file;
  MENO_TRY(std::unique_ptr<ByteStream> stream, open_source(input_.files[file]));
  LineReader lines(std::move(stream), input_.files[file].name, kLongestHistory);
  Block block;
  while (true) {
    MENO_TRY(const bool more, read_block(lines, height, block));
    if (!more) return Done{};
    ++block_;
    const std::size_t comma = block.header.rfind(',');
    const std::string name(trimmed(std::string_view(block.header).substr(comma + 1)));
    if (only_new && seen_.count(name) > 0) {
      ++skipped_;
      continue;
    }
    MENO_TRY_DONE(accept_block(block));
  }
}

}  // namespace

int recognise_akt(const ImportInput& input) {
  const bool any = std::any_of(input.samples.begin(), input.samples.end(),
                               [](const SourceSample& s) { return height_of(s) > 0; });
  return any ? 85 : 0;
}

Result<Done> read_akt(const ImportInput& input, AnswerSink& sink) {
  AktReader reader(input, sink);
  bool tests = false;
  std::size_t read = 0;
  for (const SourceFile& file : input.files) tests = tests || part_of(file.name).role == "test";
  // The test files together hold every student of the five folds. The original release repeats them
  // in train and valid files: of those only the students that no test file has are read, as the
  // ones that are in every training set.
  for (const bool repeats : {false, true}) {
    for (std::size_t i = 0; i < input.files.size(); ++i) {
      const std::size_t height = height_of(input.samples[i]);
      const Part part = part_of(input.files[i].name);
      const bool folded = tests && !part.fold.empty() && part.role != "test";
      if (folded != repeats) continue;
      if (height == 0) {
        if (input.files.size() == 1 && input.samples[i].fault) return *input.samples[i].fault;
        sink.note(fmt::format("{}: not blocks of 3 or 4 lines, so not read", input.files[i].name));
        continue;
      }
      ++read;
      MENO_TRY_DONE(reader.read(i, height, folded ? "trainonly" : part.role + part.fold, folded));
    }
  }
  if (read == 0) {
    return invalid_input(
        fmt::format("{}: no blocks of 3 or 4 lines, expected student[,user], ids and answers on "
                    "lines of their own",
                    input.files.front().name));
  }
  if (reader.skipped() > 0) {
    sink.note(
        fmt::format("{} blocks of train and valid files repeat students of the test files and were "
                    "not read again",
                    reader.skipped()));
  }
  if (reader.renamed() > 0) {
    sink.note(fmt::format(
        "{} blocks carry the number of an earlier block and count as students of their own",
        reader.renamed()));
  }
  return Done{};
}

}  // namespace meno
