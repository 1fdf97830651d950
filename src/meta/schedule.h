// The learning rate over a training: linear warm-up, then half a cosine, never quite nothing.
#pragma once

namespace meno {

/// Multiplier of the base rate in (0, 1] at `progress` in (0, 1], the share of training done.
/// Source: cosine as Loshchilov & Hutter 2017, arXiv:1608.03983, equation 5 without restarts; the
/// warm-up of a tenth and the floor of 2 % are those under which the evidence model was developed.
double rate_at(double progress);

}  // namespace meno
