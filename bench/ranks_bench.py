"""Two ranks against one, in one run: alternates `meno train` alone and under mpirun -n 2 and compares the best of each.

The best of several goes is taken because other work on the machine only ever adds time; on a machine whose cores are
busy the ratio is a lower bound. Processor time per rank does not see other work, and is what an idle machine's wall time
could come down to at best: waiting for the other rank is not in it. Nothing asserts a time.

usage: ranks_bench.py MENO_EXECUTABLE DATASET [--goes 5] [--ranks 2] [OPTION OF meno train ...]
"""
import argparse
import json
import os
import pathlib
import resource
import subprocess
import tempfile

MPIRUN = ["mpirun", "--allow-run-as-root", "--oversubscribe", "-n"]


WHAT = ("epochs", "all of training", "processor time per rank of the command")


def processor_time():
    """Of all processes started here that have ended."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime


def seconds(meno, dataset, options, ranks):
    """(wall of the epochs: steps and validation, wall of all training: counting and encoding as well, processor time per rank of the whole command)"""
    used = processor_time()
    with tempfile.TemporaryDirectory() as folder:
        command = [meno, "train", dataset, "--out", pathlib.Path(folder) / "run", "--json", "--patience", "0", *options]
        launcher = [*MPIRUN, str(ranks)] if ranks > 1 else []
        report = json.loads(subprocess.run(launcher + command, check=True, stdout=subprocess.PIPE).stdout)
    return sum(epoch["seconds"] for epoch in report["epochs"]), report["train_seconds"], (processor_time() - used) / ranks


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("meno")
    parser.add_argument("dataset")
    parser.add_argument("--goes", type=int, default=5)
    parser.add_argument("--ranks", type=int, default=2)
    ask, options = parser.parse_known_args()
    print(f"{os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}; meno train {' '.join(options)}")
    best = {1: (1e9,) * 3, ask.ranks: (1e9,) * 3}
    for go in range(ask.goes):
        for ranks in best:
            took = seconds(ask.meno, ask.dataset, options, ranks)
            best[ranks] = tuple(min(a, b) for a, b in zip(best[ranks], took))
            print(f"go {go + 1}: {ranks} rank(s), epochs {took[0]:.2f} s, all {took[1]:.2f} s, processor {took[2]:.2f} s per rank")
    for k, what in enumerate(WHAT):
        one, many = best[1][k], best[ask.ranks][k]
        print(f"best, {what}: 1 rank {one:.2f} s, {ask.ranks} ranks {many:.2f} s, {one / many:.2f} times as fast")


if __name__ == "__main__":
    main()
