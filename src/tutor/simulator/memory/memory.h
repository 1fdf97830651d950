// memory: knowledge sits in a few shared stores, and a skill reads from and writes to each in its
// own proportions, so that practice of one skill carries over to others.
//
//   P(right) = guess + (1 - guess - slip) sigmoid(sum_k w_sk v_k + own_s + base_s + b_i)
//   v_k = theta + z_k + write X_k,  own_s = d_s + own_write_s Y_s
//   after an answer: X_k += w_sk store_rate (1 - X_k), Y_s += own_rate (1 - Y_s), and every X_k
//   goes
//                    back by the share `fade`,
//
// w_s = softmax over kStores, theta ~ N(0, ability_sd^2),
// z_k ~ N(0, store_sd^2), d_s ~ N(0, own_sd^2). Skills begin the fit with weights near those of
// their prerequisites, which is how practice carries over along the graph; the fit moves them.
// Source: the key-value memory of Zhang, Shi, King & Yeung 2017 (WWW; DKVMN), reduced to one number
// a store. Departures: reading is logistic and not a network, random effects stand for what differs
// between students.
//
// Fit: penalised maximum likelihood by AdaGrad, students' effects by gradient steps between; what
// was written is not differentiated by the weights it was written with (a first-order gradient).
#pragma once

#include "tutor/simulator/learner_family.h"

namespace meno {

/// Errors: InvalidInput without answers; Unavailable on Ctrl-C.
Result<std::unique_ptr<const LearnerFamily>> fit_memory(const PracticeData& data,
                                                        const FamilyFit& options);

}  // namespace meno
