// Trial rule: when a candidate that serves some students on trial (a canary) serves all, or none.
// Pure arithmetic, a function of the answers alone.
//
// Both runs foresee every watched student's answers, whoever's recommendations he gets. The gain of
// an answer is the surprise of the run in service less the candidate's, each p_correct kept within
// [.05, .95]. Two bets (betting.h) are followed, that the candidate gains and that it loses, and of
// the k-th trial of a course the first to reach 1/alpha_k, alpha_k = alpha / (k (k + 1)), decides.
// So a candidate that foresees no better is promoted with probability alpha at most, over all
// trials of a course, however often it is looked at. One that decides nothing in `most_answers` is
// withdrawn.
//
// What students say of recommendations has no vote: it is shown beside the trial for people to see.
#pragma once

#include <cstddef>
#include <set>

#include "service/betting.h"
#include "service/prequential.h"

namespace meno {

struct TrialRule {
  double alpha = 0.05;
  std::size_t least_students = 5;
  std::size_t least_answers = 50;
  std::size_t most_answers = 3000;
};

enum class Verdict { Open, Promote, Withdraw };

struct TrialFigures {
  std::size_t number = 0;  // the course's first, second, ... trial
  std::size_t students = 0;
  PrequentialFigures candidate;
  PrequentialFigures serving;  // on the very same answers
  double gain = 0.0;           // nats per answer, of surprises that are kept within bounds
  double log_better = 0.0;     // evidence that it gains, natural logarithm
  double log_worse = 0.0;      // that it loses
  double needed = 0.0;         // of either, natural logarithm
};

class Trial {
 public:
  /// `number` from 1.
  Trial(const TrialRule& rule, std::size_t number);
  void add(std::size_t student, double p_serving, double p_candidate, double correct);
  Verdict verdict() const;
  TrialFigures figures() const;

 private:
  TrialRule rule_;
  std::size_t number_;
  std::set<std::size_t> students_;
  double gain_ = 0.0;
  std::size_t answers_ = 0;
  PrequentialScore candidate_;
  PrequentialScore serving_;
  BettingEvidence better_;
  BettingEvidence worse_;
};

}  // namespace meno
