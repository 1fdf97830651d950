// What every row of the registry must obey, on a cohort with multi-skill items, unknown items and
// skills, missing times and soft answers. Each contract here has failed on a bug planted in
// logistic.
#include <algorithm>
#include <cmath>
#include <deque>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <gtest/gtest.h>

#include "models/link.h"
#include "models/registry.h"

namespace meno {
namespace {

constexpr std::uint32_t kItems = 14;
constexpr std::uint32_t kSkills = 5;
constexpr int kFolds = 4;

/// Of differences: so small that hardly a rectifier changes sides within it, so large that rounding
/// stays below 1e-8.
constexpr double kStep = 1e-7;

/// An answer to one of the items, some of which need two skills; one in fifteen is on an item that
/// nobody knows.
Event random_event(Rng& rng, std::vector<SkillId>& skills, double ability, std::int64_t& at_ms) {
  const bool unknown = rng.chance(1.0 / 15.0);
  const auto item = static_cast<std::uint32_t>(rng.below(kItems));
  skills.clear();
  if (!unknown) skills.emplace_back(item % kSkills);
  if (!unknown && item % 3 == 0) skills.emplace_back((item + 2) % kSkills);
  if (unknown && rng.chance(0.5)) skills.emplace_back(kSkills + 3);  // beyond the vocabulary
  std::sort(skills.begin(), skills.end());
  at_ms += static_cast<std::int64_t>(rng.below(100'000));
  const double p = sigmoid(ability + 0.3 * item - 2.0);
  const float hard = rng.chance(p) ? 1.0F : 0.0F;
  const bool timed = rng.chance(0.7);
  return {
      .item = unknown ? (rng.chance(0.5) ? ItemId() : ItemId(kItems + 2)) : ItemId(item),
      .skills = skills,
      .correct = rng.chance(0.2) ? static_cast<float>(rng.uniform()) : hard,
      .at = timed ? TimePoint{std::chrono::milliseconds(at_ms)} : kNoTime,
      .response_ms = timed ? static_cast<std::int32_t>(1000 + rng.below(60'000)) : kNoResponseTime};
}

void fill(History& history, std::size_t answers, Rng& rng) {
  std::vector<SkillId> skills;
  const double ability = rng.normal();
  std::int64_t at_ms = 1'700'000'000'000;
  for (std::size_t t = 0; t < answers; ++t)
    history.push_back(random_event(rng, skills, ability, at_ms));
}

struct Students {
  explicit Students(std::uint64_t seed) {
    Rng rng(seed);
    for (int k = 0; k < 40; ++k) fill(histories.emplace_back(), 4 + rng.below(26), rng);
  }
  std::vector<Window> windows() const {
    std::vector<Window> all;
    for (std::size_t k = 0; k < histories.size(); ++k) {
      all.push_back({.events = histories[k].view(), .fold = static_cast<int>(k % kFolds)});
    }
    return all;
  }
  std::deque<History> histories;
};

Options options_of(const ModelEntry& entry) {
  std::vector<std::string> settings;
  if (!entry.exact.empty()) settings.emplace_back(entry.exact);
  return *parse_options(settings);
}

std::unique_ptr<const StudentModel> fitted(const ModelEntry& entry, const Students& students) {
  const std::vector<Window> training = students.windows();
  auto model =
      entry.fit(options_of(entry),
                {.items = kItems, .skills = kSkills, .training = training, .folds = kFolds});
  EXPECT_TRUE(model) << (model ? "" : model.error().message);
  return model ? std::move(*model) : nullptr;
}

/// Away from the start, where zero blocks would hide a wrong derivative.
Params random_theta(const StudentModel& model, std::uint64_t seed) {
  Rng rng(seed);
  Params theta = model.layout().initial(rng);
  for (double& value : theta) value += 0.1 * rng.normal();
  return theta;
}

class EveryModel : public ::testing::TestWithParam<ModelEntry> {
 protected:
  EveryModel()
      : students_(11), model_(fitted(GetParam(), students_)), theta_(random_theta(*model_, 5)) {
    Rng rng(23);
    fill(unseen_, 25, rng);
  }

  std::vector<double> predicted(const Window& window) const {
    return predicted_by(*model_, window);
  }
  std::vector<double> predicted_by(const StudentModel& model, const Window& window) const {
    const auto encoded = model.encode(window);
    const Encoded* const batch[] = {encoded.get()};
    std::vector<double> p(encoded->size());
    model.predict(theta_, batch, p);
    return p;
  }

  /// Windows of several kinds: whole, with context, with a late state.
  std::vector<std::unique_ptr<const Encoded>> mixed_windows() const {
    std::vector<std::unique_ptr<const Encoded>> encoded;
    const std::vector<Window> all = students_.windows();
    for (std::size_t k = 0; k < 6; ++k) {
      Window window = all[k];
      window.from = k % 3 == 0 ? 0 : window.events.size() / 2;
      window.state_from = k % 3 == 2 ? window.from : 0;
      encoded.push_back(model_->encode(window));
    }
    encoded.push_back(model_->encode({.events = unseen_.view()}));
    return encoded;
  }

  static std::vector<const Encoded*> views(
      const std::vector<std::unique_ptr<const Encoded>>& owned) {
    std::vector<const Encoded*> batch;
    for (const auto& window : owned) batch.push_back(window.get());
    return batch;
  }

  double moved_loss(Batch batch, ParamView v, double step, Noise noise) const {
    Params theta = theta_;
    for (std::size_t i = 0; i < theta.size(); ++i) theta[i] += step * v[i];
    return model_->loss(theta, batch, {}, noise);
  }

  Params gradient(ParamView theta, Batch batch, Noise noise) const {
    Params grad(theta.size(), 0.0);
    model_->loss(theta, batch, grad, noise);
    return grad;
  }

  /// A random direction that lives in one block, or in all of them.
  Params direction(std::size_t block, std::uint64_t seed) const {
    Rng rng(seed + block);
    const ParamLayout& layout = model_->layout();
    Params v(layout.size(), 0.0);
    const bool all = block == layout.blocks().size();
    const std::size_t begin = all ? 0 : layout.offset(block);
    const std::size_t end = all ? layout.size() : begin + layout.blocks()[block].size();
    for (std::size_t i = begin; i < end; ++i) v[i] = rng.normal();
    return v;
  }

  void expect_gradient_is_differences(Noise noise) const;

  Students students_;
  std::unique_ptr<const StudentModel> model_;
  Params theta_;
  History unseen_;  // a student the cohort does not hold
};

double dot(ParamView a, ParamView b) {
  double sum = 0.0;
  for (std::size_t i = 0; i < a.size(); ++i) sum += a[i] * b[i];
  return sum;
}

TEST_P(EveryModel, PredictsTheSameWhateverHappensLater) {
  const std::vector<double> whole = predicted({.events = unseen_.view()});
  for (const std::size_t size : {1U, 2U, 7U, 24U}) {
    const std::vector<double> part = predicted({.events = unseen_.view().part(0, size)});
    for (std::size_t t = 0; t < size; ++t)
      EXPECT_NEAR(part[t], whole[t], 1e-12) << "t=" << t << " of " << size;
  }
  History other;  // the same items, the last answer turned round
  for (std::size_t t = 0; t < unseen_.size(); ++t) {
    Event event = unseen_.view()[t];
    if (t + 1 == unseen_.size()) event.correct = 1.0F - event.correct;
    other.push_back(event);
  }
  EXPECT_EQ(predicted({.events = other.view()}), whole) << "a prediction has seen its own answer";
}

TEST_P(EveryModel, PredictsProbabilitiesInsideTheUnitInterval) {
  for (const double size : {0.0, 1.0, 300.0}) {
    Params theta = theta_;
    for (double& value : theta) value *= size;
    const auto windows = mixed_windows();
    const auto batch = views(windows);
    std::size_t rows = 0;
    for (const Encoded* window : batch) rows += window->size();
    std::vector<double> p(rows);
    model_->predict(theta, batch, p);
    for (const double value : p)
      EXPECT_TRUE(value > 0.0 && value < 1.0) << value << " at theta x " << size;
  }
}

TEST_P(EveryModel, LossIsTheMeanSurpriseOfItsOwnPredictions) {
  double nats = 0.0;
  std::size_t scored = 0;
  const auto add = [&](const Window& window) {
    const std::vector<double> p = predicted(window);
    for (std::size_t t = window.from; t < window.events.size(); ++t, ++scored) {
      const double y = window.events[t].correct;
      const double q = p[t - window.state_from];
      nats -= y * std::log(q) + (1.0 - y) * std::log1p(-q);
    }
  };
  const Window first{
      .events = students_.histories[1].view(), .from = 2, .fold = 1, .state_from = 1};
  const Window second{.events = unseen_.view()};
  add(first);
  add(second);
  const auto a = model_->encode(first);
  const auto b = model_->encode(second);
  const Encoded* const batch[] = {a.get(), b.get()};
  EXPECT_EQ(a->scored() + b->scored(), scored);
  EXPECT_NEAR(model_->loss(theta_, batch, {}, std::nullopt), nats / static_cast<double>(scored),
              1e-9);
}

/// A label is what the loss compares with; the history a model sees is made of answers alone.
TEST_P(EveryModel, LabelsMoveTheLossAndNoPrediction) {
  History labelled;
  for (std::size_t t = 0; t < unseen_.size(); ++t) {
    Event event = unseen_.view()[t];
    event.label = static_cast<float>(t % 5) / 4.0F;
    labelled.push_back(event);
  }
  const Window window{.events = labelled.view(), .from = 3, .state_from = 1};
  const std::vector<double> p = predicted(window);
  EXPECT_EQ(p, predicted({.events = unseen_.view(), .from = 3, .state_from = 1}));
  double nats = 0.0;
  for (std::size_t t = 3; t < labelled.size(); ++t) {
    nats += surprise(std::log(p[t - 1] / (1.0 - p[t - 1])), static_cast<double>(t % 5) / 4.0);
  }
  const auto encoded = model_->encode(window);
  const Encoded* const batch[] = {encoded.get()};
  EXPECT_NEAR(model_->loss(theta_, batch, {}, std::nullopt),
              nats / static_cast<double>(window.scored()), 1e-9);
  const Params grad = gradient(theta_, batch, std::nullopt);
  const Params v = direction(model_->layout().blocks().size(), 71);
  const double up = moved_loss(batch, v, kStep, std::nullopt);
  const double slope = (up - moved_loss(batch, v, -kStep, std::nullopt)) / (2.0 * kStep);
  EXPECT_NEAR(dot(grad, v), slope, 1e-6 * std::max(1.0, std::abs(slope)));
  Params moved = theta_;
  for (std::size_t i = 0; i < v.size(); ++i) moved[i] += 1e-6 * v[i];
  const Params grad_up = gradient(moved, batch, std::nullopt);
  Params product(theta_.size(), 0.0);
  model_->hessian_vector(theta_, batch, v, product);
  EXPECT_NEAR(dot(product, v), (dot(grad_up, v) - dot(grad, v)) / 1e-6,
              1e-4 * std::max(1.0, std::abs(dot(product, v))));
}

/// Nor may a label of a training student reach what is counted.
TEST_P(EveryModel, CountsAnswersAndNoLabels) {
  Students changed(11);
  for (History& history : changed.histories) {
    History labelled;
    for (std::size_t t = 0; t < history.size(); ++t) {
      Event event = history.view()[t];
      event.label = 1.0F - event.correct;
      labelled.push_back(event);
    }
    history = labelled;
  }
  EXPECT_EQ(encode_safetensors(model_->statistics()),
            encode_safetensors(fitted(GetParam(), changed)->statistics()));
}

void EveryModel::expect_gradient_is_differences(Noise noise) const {
  const auto windows = mixed_windows();
  const auto batch = views(windows);
  const Params grad = gradient(theta_, batch, noise);
  for (std::size_t block = 0; block <= model_->layout().blocks().size(); ++block) {
    const Params v = direction(block, 71);
    const double slope =
        (moved_loss(batch, v, kStep, noise) - moved_loss(batch, v, -kStep, noise)) / (2.0 * kStep);
    const std::string where =
        block < model_->layout().blocks().size() ? model_->layout().blocks()[block].name : "all";
    EXPECT_NEAR(dot(grad, v), slope, 1e-6 * std::max(1.0, std::abs(slope))) << where;
  }
}

TEST_P(EveryModel, GradientIsTheCentralDifferences) {
  expect_gradient_is_differences(std::nullopt);
}

TEST_P(EveryModel, GradientUnderNoiseIsTheCentralDifferencesOfTheSameSeed) {
  expect_gradient_is_differences(99);
}

TEST_P(EveryModel, GradientIsAddedToWhatIsThere) {
  const auto windows = mixed_windows();
  const auto batch = views(windows);
  const Params once = gradient(theta_, batch, std::nullopt);
  Params added(theta_.size(), 2.5);
  model_->loss(theta_, batch, added, std::nullopt);
  for (std::size_t i = 0; i < once.size(); ++i) ASSERT_NEAR(added[i], once[i] + 2.5, 1e-12) << i;
}

TEST_P(EveryModel, HessianVectorIsTheCentralDifferencesOfGradients) {
  const auto windows = mixed_windows();
  const auto batch = views(windows);
  for (std::size_t block = 0; block <= model_->layout().blocks().size(); ++block) {
    const Params v = direction(block, 31);
    Params product(theta_.size(), 0.0);
    model_->hessian_vector(theta_, batch, v, product);
    Params up = theta_;
    Params down = theta_;
    for (std::size_t i = 0; i < v.size(); ++i) {
      up[i] += kStep * v[i];
      down[i] -= kStep * v[i];
    }
    const Params grad_up = gradient(up, batch, std::nullopt);
    const Params grad_down = gradient(down, batch, std::nullopt);
    double fault = 0.0;
    double size = 1e-3;
    for (std::size_t i = 0; i < v.size(); ++i) {
      const double expected = (grad_up[i] - grad_down[i]) / (2.0 * kStep);
      fault = std::max(fault, std::abs(product[i] - expected));
      size = std::max(size, std::abs(expected));
    }
    EXPECT_LT(fault / size, 1e-5) << "block " << block;
  }
}

TEST_P(EveryModel, PredictsTheSameInAnyBatch) {
  const auto windows = mixed_windows();
  const auto batch = views(windows);
  std::size_t rows = 0;
  for (const Encoded* window : batch) rows += window->size();
  std::vector<double> together(rows);
  model_->predict(theta_, batch, together);
  std::size_t at = 0;
  for (const Encoded* window : batch) {
    std::vector<double> alone(window->size());
    model_->predict(theta_, {&window, 1}, alone);
    for (const double p : alone) EXPECT_NEAR(p, together[at++], 1e-12);
  }
}

TEST_P(EveryModel, PredictsTheSameForAnyStudentOfTheSameHistory) {
  History twin;  // equal answers, another owner, other places in memory, other interned sets
  std::vector<SkillId> skill{SkillId(0U)};
  History padded;
  for (std::size_t t = 0; t < unseen_.size(); ++t) twin.push_back(unseen_.view()[t]);
  padded.push_back({.item = ItemId(0U), .skills = skill});
  for (std::size_t t = 0; t < unseen_.size(); ++t) padded.push_back(unseen_.view()[t]);
  const std::vector<double> expected = predicted({.events = unseen_.view()});
  EXPECT_EQ(predicted({.events = twin.view()}), expected);
  EXPECT_EQ(predicted({.events = padded.view().part(1, unseen_.size())}), expected);
}

TEST_P(EveryModel, GivesTheSameBytesForTheSameSeed) {
  Rng first(3);
  Rng second(3);
  EXPECT_EQ(model_->layout().initial(first), model_->layout().initial(second));
  const auto again = fitted(GetParam(), students_);
  EXPECT_EQ(encode_safetensors(model_->statistics()), encode_safetensors(again->statistics()));
  const auto windows = mixed_windows();
  const auto batch = views(windows);
  EXPECT_EQ(gradient(theta_, batch, 7), gradient(theta_, batch, 7));
}

TEST_P(EveryModel, TrackerEqualsPredictAlsoAfterARestore) {
  const std::vector<double> expected = predicted({.events = unseen_.view()});
  const auto online = model_->online(theta_);
  auto tracker = online->new_student();
  std::vector<SkillId> skill{SkillId(1U)};
  for (std::size_t t = 0; t < unseen_.size(); ++t) {
    const Event event = unseen_.view()[t];
    const Target targets[] = {{.item = ItemId(1U), .skills = skill, .at = event.at},
                              {.item = event.item, .skills = event.skills, .at = event.at},
                              {.item = ItemId(), .skills = {}, .at = event.at}};
    double p[3] = {};
    tracker->p_correct(targets, p);
    EXPECT_NEAR(p[1], expected[t], 1e-6) << "t=" << t;
    double alone = 0.0;
    tracker->p_correct({&targets[1], 1}, {&alone, 1});
    EXPECT_NEAR(alone, p[1], 1e-9) << "targets asked together differ, t=" << t;
    tracker->observe(event);
    if (t % 5 == 2) tracker = tracker->clone();
    if (t % 5 != 4) continue;
    const std::string bytes = tracker->save();
    EXPECT_EQ(bytes, tracker->save());
    tracker = online->new_student();
    const Result<Done> restored = tracker->restore(bytes);
    ASSERT_TRUE(restored) << restored.error().message;
  }
}

TEST_P(EveryModel, CloneOfATrackerGoesItsOwnWay) {
  const auto online = model_->online(theta_);
  const auto tracker = online->new_student();
  for (std::size_t t = 0; t < 10; ++t) tracker->observe(unseen_.view()[t]);
  const Event next = unseen_.view()[10];
  const Target target{.item = next.item, .skills = next.skills, .at = next.at};
  const auto asked = [&target](const Tracker& student) {
    double p = 0.0;
    student.p_correct({&target, 1}, {&p, 1});
    return p;
  };
  const double before = asked(*tracker);
  const auto other = tracker->clone();
  EXPECT_EQ(asked(*other), before);
  Event wrong = next;
  wrong.correct = 0.0F;
  for (int k = 0; k < 3; ++k) other->observe(wrong);
  EXPECT_NE(asked(*other), before) << "the clone does not learn";
  EXPECT_EQ(asked(*tracker), before) << "the clone's answers reach the original";
}

TEST_P(EveryModel, TrackerRefusesACutState) {
  const auto online = model_->online(theta_);
  const auto tracker = online->new_student();
  for (std::size_t t = 0; t < unseen_.size(); ++t) tracker->observe(unseen_.view()[t]);
  const std::string bytes = tracker->save();
  const auto fresh = online->new_student();
  const Result<Done> restored = fresh->restore(std::string_view(bytes).substr(0, bytes.size() - 3));
  ASSERT_FALSE(restored);
  EXPECT_EQ(restored.error().kind, ErrorKind::InvalidInput);
}

TEST_P(EveryModel, PredictsTheSameAfterItsStatisticsAreWrittenAndRead) {
  const auto tensors = decode_safetensors(encode_safetensors(model_->statistics()), "test");
  ASSERT_TRUE(tensors);
  const auto loaded = GetParam().load(options_of(GetParam()), *tensors);
  ASSERT_TRUE(loaded) << loaded.error().message;
  ASSERT_EQ((*loaded)->layout().size(), model_->layout().size());
  EXPECT_EQ(predicted_by(**loaded, {.events = unseen_.view()}),
            predicted({.events = unseen_.view()}));
  const Result<std::unique_ptr<const StudentModel>> nothing =
      GetParam().load(options_of(GetParam()), {});
  ASSERT_FALSE(nothing);
  EXPECT_EQ(nothing.error().kind, ErrorKind::InvalidInput);
}

/// The leak test: a student's answers in the cohort must not reach the features of his own windows.
/// Scales of features, averaged over all students, may move a little with him; what a model without
/// folds would give away is the measure.
TEST_P(EveryModel, PredictionsOfAFoldDoNotDependOnItsAnswersInTheCohort) {
  double own_fold = 0.0;
  double no_fold = 0.0;
  for (std::size_t k = 0; k < 6; ++k) {
    Students changed(11);
    History turned;
    for (std::size_t t = 0; t < changed.histories[k].size(); ++t) {
      Event event = changed.histories[k].view()[t];
      event.correct = 1.0F - event.correct;
      turned.push_back(event);
    }
    changed.histories[k] = turned;
    const auto other = fitted(GetParam(), changed);
    const auto moved = [&](int fold) {
      const Window window{.events = students_.histories[k].view(), .fold = fold};
      const std::vector<double> before = predicted(window);
      const std::vector<double> after = predicted_by(*other, window);
      double sum = 0.0;
      for (std::size_t t = 0; t < before.size(); ++t) sum += std::abs(after[t] - before[t]);
      return sum / static_cast<double>(before.size());
    };
    own_fold += moved(static_cast<int>(k) % kFolds);
    no_fold += moved(kNoFold);
  }
  EXPECT_LE(own_fold, 0.2 * no_fold) << "own fold " << own_fold << ", no fold " << no_fold;
}

TEST_P(EveryModel, SaysWhichBlocksAreOfTheReadOut) {
  const std::vector<ParamBlock>& blocks = model_->layout().blocks();
  EXPECT_TRUE(std::any_of(blocks.begin(), blocks.end(),
                          [](const ParamBlock& block) { return block.head && block.size() > 0; }));
}

TEST_P(EveryModel, RefusesAnUnknownOptionByName) {
  const auto model = GetParam().fit({{"no_such_option", "1"}},
                                    {.items = 1, .skills = 1, .training = {}, .folds = 0});
  ASSERT_FALSE(model);
  EXPECT_EQ(model.error().kind, ErrorKind::InvalidInput);
  EXPECT_NE(model.error().message.find("no_such_option"), std::string::npos);
}

INSTANTIATE_TEST_SUITE_P(Registry, EveryModel,
                         ::testing::ValuesIn(model_registry().begin(), model_registry().end()),
                         [](const auto& row) { return std::string(row.param.name); });

}  // namespace
}  // namespace meno
