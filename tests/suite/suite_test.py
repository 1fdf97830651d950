"""`meno benchmark meta` and `tutor`: the tables that were asked for, from commands that make them, kept until something changes.

usage: suite_test.py MENO_EXECUTABLE
"""
import csv
import json
import pathlib
import random
import signal
import subprocess
import sys
import tempfile
import time
import unittest

MENO = pathlib.Path(sys.argv.pop(1)).resolve()


def import_course(folder, name, seed):
    """80 students of different ability, 25 answers each on 20 items of 10 skills. Returns the dataset folder."""
    rng = random.Random(seed)
    source = folder / f"{name}.csv"
    with source.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["student", "item", "skill", "correct", "timestamp"])
        for student in range(80):
            ability = rng.gauss(0, 0.2)
            for step in range(25):
                item = rng.randrange(20)
                right = int(rng.random() < 0.3 + ability + 0.5 * item / 20)
                writer.writerow([f"t{student}", f"i{item}", f"s{item % 10}", right, 1_700_000_000 + step * 60])
    subprocess.run([MENO, "import", source, "--into", folder / name, "--json"], check=True, stdout=subprocess.DEVNULL)
    return folder / name


class Suite(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.room = tempfile.TemporaryDirectory()
        cls.folder = pathlib.Path(cls.room.name)
        cls.a = import_course(cls.folder, "a", 1)
        cls.b = import_course(cls.folder, "b", 2)

    @classmethod
    def tearDownClass(cls):
        cls.room.cleanup()

    def command(self, into, only, courses=None, name="meta"):
        courses = courses or [self.a, self.b]
        return [MENO, "benchmark", name, "--courses", ",".join(map(str, courses)), "--into", into, "--only", only, "--quick",
                "--threads", "1", "--json"]

    def suite(self, into, only, courses=None, name="meta"):
        done = subprocess.run(self.command(into, only, courses, name), capture_output=True, text=True)
        self.assertEqual(done.returncode, 0, done.stderr)
        return json.loads(done.stdout)["tables"]

    def test_a_table_holds_what_its_command_prints(self):
        into = self.folder / "same"
        self.suite(into, "private-a")
        document = json.loads((into / "private-a.json").read_text())
        part = document["parts"][1]
        words = [str(self.a) if word == "a" else word for word in part["command"].split()]
        again = subprocess.run([MENO, *words[1:], "--json"], capture_output=True, text=True, check=True)
        row = json.loads(again.stdout)["folds"][0]
        self.assertEqual(part["rows"][0]["auc"], row["auc"])
        self.assertEqual(part["rows"][0]["private"]["epsilon"], row["private"]["epsilon"])
        page = (into / "private-a.md").read_text()
        self.assertIn(f"{row['auc']:.4f}".lstrip("0"), page)
        self.assertIn("not results", page)
        self.assertIn("private-a.md", (into / "README.md").read_text())

    def test_every_kind_of_table_of_a_course_is_made(self):
        into = self.folder / "all"
        kinds = ["sinusoid-5", "gaussian-5", "new-course-a", "new-student-a", "new-skill-a", "new-item-a", "maml-kt-a", "adapted-a",
                 "generative-a"]
        self.suite(into, ",".join(kinds))
        for kind in kinds:
            for part in json.loads((into / f"{kind}.json").read_text())["parts"]:
                self.assertTrue(part["rows"] or part.get("refused"), f"{kind}: {part}")
        self.assertTrue(json.loads((into / "new-course-a.json").read_text())["parts"][0]["rows"])

    def test_tables_on_teaching_decisions(self):
        into = self.folder / "tutor"
        self.suite(into, "paths-a,adaptive-test-a", [self.a], "tutor")
        for name, column in (("paths-a", "e_p"), ("adaptive-test-a", "auc")):
            rows = json.loads((into / f"{name}.json").read_text())["parts"][0]["rows"]
            self.assertTrue(rows)
            self.assertTrue(all(isinstance(row[column], float) for row in rows))

    def test_what_is_there_is_kept_until_the_data_change(self):
        into = self.folder / "kept"
        self.assertEqual(self.suite(into, "private-a")[0]["kept"], 0)
        first = (into / "private-a.json").read_text()
        self.assertEqual(self.suite(into, "private-a")[0]["kept"], 5)
        self.assertEqual((into / "private-a.json").read_text(), first)
        elsewhere = self.folder / "elsewhere"
        elsewhere.mkdir()
        other = import_course(elsewhere, "a", 3)
        self.assertEqual(self.suite(into, "private-a", [other, self.b])[0]["kept"], 0)

    def test_a_stop_keeps_the_parts_that_were_made(self):
        into = self.folder / "stopped"
        child = subprocess.Popen(self.command(into, "private-a"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                 start_new_session=True)
        file = into / "private-a.json"
        while not file.exists() and child.poll() is None:
            time.sleep(0.01)
        child.send_signal(signal.SIGINT)
        child.wait()
        made = len(json.loads(file.read_text())["parts"])
        self.assertGreaterEqual(made, 1)
        self.assertEqual(self.suite(into, "private-a")[0]["kept"], made)

    def test_a_name_that_is_none(self):
        done = subprocess.run(self.command(self.folder / "none", "sinusiod"), capture_output=True, text=True)
        self.assertEqual(done.returncode, 2)
        self.assertIn('--only "sinusiod", expected the start of one of: sinusoid-5', done.stderr)

    def test_a_question_the_data_do_not_allow_is_said_in_the_table(self):
        into = self.folder / "refused"
        few = self.folder / "few.csv"
        few.write_text("student,item,skill,correct\n" + "".join(f"t{s},i{s % 2},s0,{s % 2}\n" for s in range(40)))
        subprocess.run([MENO, "import", few, "--into", self.folder / "few", "--json"], check=True, stdout=subprocess.DEVNULL)
        self.suite(into, "new-skill-few", [self.folder / "few"])
        document = json.loads((into / "new-skill-few.json").read_text())
        self.assertEqual(document["parts"][0]["rows"], [])
        self.assertIn("expected", document["parts"][0]["refused"])
        self.assertIn(document["parts"][0]["refused"], (into / "new-skill-few.md").read_text())


if __name__ == "__main__":
    unittest.main()
