"""Two ranks against one, in one run: alternates `meno train` alone and under mpirun -n 2 and compares the best of each.

The best of several goes is taken because other work on the machine only ever adds time; on a machine whose cores are
busy the ratio is a lower bound. Nothing asserts a time.

usage: ranks_bench.py MENO_EXECUTABLE DATASET [--goes 5] [--ranks 2] [OPTION OF meno train ...]
"""
import argparse
import json
import os
import pathlib
import subprocess
import tempfile

MPIRUN = ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n"]


def seconds(meno, dataset, options, ranks):
    """(of the epochs: steps and validation, of the whole training: counting and encoding as well)"""
    with tempfile.TemporaryDirectory() as folder:
        command = [meno, "train", dataset, "--out", pathlib.Path(folder) / "run", "--json", "--patience", "0", *options]
        launcher = [*MPIRUN, str(ranks)] if ranks > 1 else []
        report = json.loads(subprocess.run(launcher + command, check=True, stdout=subprocess.PIPE).stdout)
    return sum(epoch["seconds"] for epoch in report["epochs"]), report["train_seconds"]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("meno")
    parser.add_argument("dataset")
    parser.add_argument("--goes", type=int, default=5)
    parser.add_argument("--ranks", type=int, default=2)
    ask, options = parser.parse_known_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; meno train {' '.join(options)}")
    best = {1: (1e9, 1e9), ask.ranks: (1e9, 1e9)}
    for go in range(ask.goes):
        for ranks in best:
            took = seconds(ask.meno, ask.dataset, options, ranks)
            best[ranks] = tuple(min(a, b) for a, b in zip(best[ranks], took))
            print(f"go {go + 1}: {ranks} rank(s), epochs {took[0]:.2f} s, all {took[1]:.2f} s")
    for k, what in enumerate(("epochs", "all of training")):
        one, many = best[1][k], best[ask.ranks][k]
        print(f"best, {what}: 1 rank {one:.2f} s, {ask.ranks} ranks {many:.2f} s, {one / many:.2f} times as fast")


if __name__ == "__main__":
    main()
