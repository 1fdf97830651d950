// BOBCAT: a selector and a response model learnt together, so that what is asked is what helps to
// foresee the rest. Inner problem: adapt one ability to the answers to the selected items. Outer
// problem: foresee the student's other answers.
//
//   inner  theta <- theta - rate * sum_selected (sigmoid(theta + e_i) - y_i), K times from theta_0
//   outer  log loss of sigmoid(theta_K + e_j) on the other answers: exact gradient through the K
//          steps for e, theta_0 and the rate
//   policy softmax over what may be asked of W2 tanh(W1 x + b1) + b2, x_i = +1 right, -1 wrong
//          answers so far; its gradient by weighting each candidate's inner loss (straight-through)
// Source: Ghosh & Lan 2021, IJCAI, arXiv:2108.07386, BiIRT with the approximate gradient ("biased"
// in the authors' code). Departures: e starts from the calibrated bank, not from 0; the rate is
// learnt; one policy is trained on the losses after every number of questions, not one for each;
// a hidden layer of 64, AdaGrad.
#pragma once

#include <memory>

#include "tutor/adaptive_test/registry.h"

namespace meno {

/// Trains on calibrated.train, keeps the epoch that foresees calibrated.valid best (without any:
/// the last fifth of train, set aside). Returns what it has when interrupted.
std::unique_ptr<TestMethod> make_bobcat(const Calibrated& calibrated);

}  // namespace meno
