"""`mpirun -n N meno train`: the same result as one process, one sentence for whatever goes wrong, and nothing half-written.

usage: mpirun_test.py MENO_EXECUTABLE        exits with 77 (skipped) where there is no mpirun
"""
import array
import csv
import hashlib
import json
import os
import pathlib
import random
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import time
import unittest

MENO = pathlib.Path(sys.argv.pop(1)).resolve()
MPIRUN = ["mpirun", "--allow-run-as-root", "--oversubscribe"]
ENDLESS = ["--epochs", "100000000", "--patience", "0"]


def make_data(folder):
    """200 students of different ability, 30 answers each."""
    rng = random.Random(1)
    source = folder / "answers.csv"
    with source.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["student", "item", "skill", "correct", "timestamp"])
        for student in range(200):
            ability = rng.gauss(0, 0.2)
            for step in range(30):
                item = rng.randrange(20)
                right = int(rng.random() < 0.3 + ability + 0.5 * item / 20)
                writer.writerow([f"t{student}", f"i{item}", f"s{item % 4}", right, 1_700_000_000 + step * 60])
    subprocess.run([MENO, "import", source, "--into", folder / "data", "--json"], check=True, stdout=subprocess.DEVNULL)


def weights(run):
    """The tensors of a run, each as a list of doubles."""
    blob = (run / "weights.safetensors").read_bytes()
    size = struct.unpack("<Q", blob[:8])[0]
    body = blob[8 + size:]
    tensors = {}
    for name, tensor in json.loads(blob[8:8 + size]).items():
        if name.startswith("theta/"):
            values = array.array({"F64": "d", "F32": "f"}[tensor["dtype"]])
            begin, end = tensor["data_offsets"]
            values.frombytes(body[begin:end])
            tensors[name] = values.tolist()
    return tensors


def hashes(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.iterdir())}


def processes_of(parent):
    """The ranks that an mpirun has started: rank -> process id."""
    ranks = {}
    for status in pathlib.Path("/proc").glob("[0-9]*/status"):
        try:
            if f"\nPPid:\t{parent}\n" not in status.read_text():
                continue
            environment = (status.parent / "environ").read_bytes().decode(errors="replace").split("\0")
        except OSError:
            continue
        for variable in environment:
            if variable.startswith("OMPI_COMM_WORLD_RANK="):
                ranks[int(variable.split("=")[1])] = int(status.parent.name)
    return ranks


def is_alive(process):
    try:
        return "\nState:\tZ" not in pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False


def catches_signals(process):
    """Ctrl-C is caught once a rank has met the others."""
    try:
        status = pathlib.Path(f"/proc/{process}/status").read_text()
    except OSError:
        return False
    caught = int(status.split("SigCgt:")[1].split()[0], 16)
    return all(caught >> (number - 1) & 1 for number in (signal.SIGINT, signal.SIGTERM))


def sentences(text):
    """Our own lines; mpirun adds its own about the exit code."""
    return [line for line in text.splitlines() if line.startswith("meno")]


class Ranks(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp(prefix="meno_ranks_"))
        make_data(cls.folder)

    @classmethod
    def tearDownClass(cls):
        shutil.rmtree(cls.folder)

    def command(self, run, *options, data="data"):
        return [MENO, "train", self.folder / data, "--out", self.folder / run, "--json", *options]

    def train(self, run, *options, ranks=1):
        launcher = [*MPIRUN, "-n", str(ranks)] if ranks > 1 else []
        done = subprocess.run(launcher + self.command(run, *options), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout), weights(self.folder / run)

    def assert_near(self, one, other, tolerance):
        self.assertEqual(one.keys(), other.keys())
        furthest = max(abs(a - b) for name in one for a, b in zip(one[name], other[name]))
        self.assertLessEqual(furthest, tolerance)

    def test_ranks_give_the_bytes_of_as_many_threads_and_one_threads_result_to_rounding(self):
        for options in (["--model", "logistic", "--batch-rows", "900"],
                        ["--model", "logistic", "--learner", "maml"],
                        ["--model", "logistic", "--learner", "meta-sgd"],
                        ["--model", "bkt", "--learner", "reptile"]):
            with self.subTest(options=options):
                options = [*options, "--epochs", "3", "--seed", "5"]
                alone, one = self.train("one", *options)
                _, threads = self.train("threads", *options, "--threads", "3")
                shared, ranks = self.train("ranks", *options, ranks=3)
                self.assertEqual(ranks, threads)
                self.assert_near(ranks, one, 1e-9)
                for mine, its in zip(alone["epochs"], shared["epochs"]):
                    self.assertAlmostEqual(mine["valid_auc"], its["valid_auc"], delta=1e-9)
                    self.assertAlmostEqual(mine["train_loss"], its["train_loss"], delta=1e-9)

    def test_threads_within_ranks_give_one_process_result_to_rounding(self):
        options = ["--model", "evidence", "--set", "precision=double", "--epochs", "2",
                   "--set", "vector_dropout=0", "--set", "item_dropout=0", "--set", "hidden_dropout=0"]
        _, one = self.train("one", *options)
        _, ranks = self.train("ranks", *options, "--threads", "2", ranks=2)
        self.assert_near(ranks, one, 1e-6)

    def stopped(self, run, options, act, size, pause):
        """Starts `size` ranks, waits until they have trained for a while, lets `act` loose, returns mpirun's end."""
        process = subprocess.Popen([*MPIRUN, "-n", str(size), *self.command(run, *options)], stdout=subprocess.PIPE,
                                   stderr=subprocess.PIPE, text=True)
        ranks = {}
        while process.poll() is None and (len(ranks) < size or not all(map(catches_signals, ranks.values()))):
            ranks = processes_of(process.pid)
            time.sleep(0.05)
        time.sleep(pause)  # into the steps
        self.assertIsNone(process.poll(), "ended before its time")
        act(process, ranks)
        out, err = process.communicate()
        patience = time.monotonic() + 20  # a busy machine may reap them a moment after mpirun
        while any(map(is_alive, ranks.values())) and time.monotonic() < patience:
            time.sleep(0.05)
        for rank in ranks.values():
            self.assertFalse(is_alive(rank), "a rank outlives mpirun")
        return process.returncode, out, err

    def test_a_rank_that_dies_ends_the_others_with_one_sentence_and_the_last_run_stays(self):
        for victim in (0, 1):
            with self.subTest(victim=victim):
                self.train("kept", "--model", "logistic", "--epochs", "1")
                before = hashes(self.folder / "kept")
                names = sorted(path.name for path in self.folder.iterdir())
                code, out, err = self.stopped("kept", ["--model", "logistic", *ENDLESS],
                                              lambda _, ranks: os.kill(ranks[victim], signal.SIGKILL), 3, 1)
                self.assertNotEqual(code, 0)
                self.assertEqual(out, "")
                said = sentences(err)
                self.assertEqual(len(said), 1, err)
                self.assertRegex(said[0], rf"^meno: rank {victim} of 3 \(process \d+\) died, so the others stop; "
                                          r"what was saved before stays as it is$")
                self.assertEqual(hashes(self.folder / "kept"), before)
                self.assertEqual(sorted(path.name for path in self.folder.iterdir()), names)

    def test_a_stopped_training_goes_on_to_the_same_bytes(self):
        options = ["--model", "logistic", "--batch-rows", "900", "--epochs", "6000", "--patience", "0", "--seed", "2"]
        told, whole = self.train("whole", *options, "--threads", "2")
        for _ in range(5):  # a busy machine may let the training end before it is stopped
            code, _, _ = self.stopped("again", options, lambda process, _: process.send_signal(signal.SIGINT), 2, 0.1)
            if not (self.folder / "again").exists():
                break
            shutil.rmtree(self.folder / "again")
        else:
            self.fail("never stopped before its end")
        self.assertNotEqual(code, 0)
        told_again, resumed = self.train("again", *options, "--resume", ranks=2)
        self.assertEqual(resumed, whole)
        for epoch, again in zip(told["epochs"], told_again["epochs"], strict=True):  # the best may be from before the stop
            self.assertEqual({**epoch, "seconds": 0}, {**again, "seconds": 0})

    def test_bad_input_is_one_sentence_whoever_meets_it(self):
        lone = ["-n", "1"]
        good = self.command("bad", "--model", "logistic")
        cases = (
            ([*lone, *self.command("bad", data="nothing"), ":", *lone, *self.command("bad", data="nothing")],
             "no manifest.json"),
            ([*lone, *good, ":", *lone, *self.command("bad", "--model", "logistic", data="nothing")],
             "no manifest.json"),
            ([*lone, *good, ":", *lone, *self.command("bad", "--model", "logistic", "--seed", "9")],
             "rank 1 of 2 has other data or options than rank 0"),
            (["-n", "2", *self.command("bad", "--nonsense")], "--nonsense"),
        )
        for arguments, expected in cases:
            with self.subTest(expected=expected):
                done = subprocess.run([*MPIRUN, *arguments], capture_output=True, text=True)
                self.assertNotEqual(done.returncode, 0)
                said = sentences(done.stderr)
                self.assertEqual(len(said), 1, done.stderr)
                self.assertIn(expected, said[0])
                self.assertFalse((self.folder / "bad").exists())


if __name__ == "__main__":
    if shutil.which("mpirun") is None:
        print("no mpirun here, expected the package openmpi-bin")
        sys.exit(77)
    unittest.main(verbosity=2)
