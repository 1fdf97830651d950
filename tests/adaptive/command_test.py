#!/usr/bin/env python3
"""meno test and meno benchmark adaptive-test through the real program, on a made-up course whose students are simulated."""
import csv, json, math, pathlib, random, subprocess, sys, tempfile

MENO = sys.argv[1]


def run(*arguments, stdin=""):
    return subprocess.run([MENO, *map(str, arguments)], input=stdin, capture_output=True, text=True)


def write_course(path, students=60, items=30, all_right=False):
    rng = random.Random(4)
    easiness = [rng.gauss(0, 1) for _ in range(items)]
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["student", "item", "skill", "correct"])
        for student in range(students):
            ability = rng.gauss(0, 1)
            for item in rng.sample(range(items), 22):
                p = 1 / (1 + math.exp(-ability - easiness[item]))
                rows.writerow([f"s{student}", f"i{item}", f"k{item % 3}", int(all_right or rng.random() < p)])


def check(condition, what):
    if not condition:
        sys.exit(f"failed: {what}")


def imported(folder, name, **course):
    write_course(folder / f"{name}.csv", **course)
    done = run("import", folder / f"{name}.csv", "--into", folder / name)
    check(done.returncode == 0, done.stderr)
    return folder / name


def test_benchmark(data):
    done = run("benchmark", "adaptive-test", "--data", data, "--questions", "1,3,5", "--json", "--threads", "1")
    check(done.returncode == 0, done.stderr)
    rows = json.loads(done.stdout)["rows"]
    check({row["selector"] for row in rows} >= {"random", "fisher", "bobcat", "expected-loss"}, "selectors")
    check({row["questions"] for row in rows} == {1, 3, 5}, "questions")
    for row in rows:
        check(0 < row["accuracy"] < 1 and 0 < row["auc"] < 1, row)
    again = run("benchmark", "adaptive-test", "--data", data, "--questions", "1,3,5", "--json", "--threads", "2")
    strip = lambda text: [{k: v for k, v in row.items() if k != "us_per_step"} for row in json.loads(text)["rows"]]
    check(strip(done.stdout) == strip(again.stdout), "the same seed gives the same rows on any number of threads")


def test_scripted(data):
    answers = {f"i{i}": i % 2 == 0 for i in range(12)}
    lines = "\n".join(json.dumps({"item_id": item, "correct": right}) for item, right in answers.items())
    done = run("test", "--data", data, "--student", "s0", "--longest", 6, "--json", stdin=lines)
    check(done.returncode == 0, done.stderr)
    report = json.loads(done.stdout)
    check(report["stopped"] == "longest" and len(report["items"]) == 6, report)
    check(report["calibration"]["students"] == 59, "the student's own answers are not calibrated on")
    for item in report["items"]:
        check(item["correct"] == answers[item["item"]], item)
    check(report["ability"]["low"] < report["ability"]["mean"] < report["ability"]["high"], report["ability"])


def test_spoken(data):
    done = run("test", "--data", data, "--skill", "k1", "--language", "zh-CN", stdin="1\n0\nq\n")
    check(done.returncode == 0 and "测试被提前结束" in done.stdout, done.stdout)


def test_limits(data):
    """Classification and exposure: what is set is what happens, here and in the benchmark's simulated tests."""
    lines = "\n".join(json.dumps({"item_id": f"i{i}", "correct": True}) for i in range(30))
    give = lambda *more: run("test", "--data", data, "--json", "--shortest", 1, "--longest", 20, *more, stdin=lines)
    reports = {rule: json.loads(give("--cut", -1, "--classify", rule).stdout) for rule in ("band", "sprt", "glr")}
    for rule, report in reports.items():
        check(report["stopped"] == "classified" and report["above_cut"] is True, (rule, report["stopped"]))
    check(reports["sprt"]["log_ratio"] >= math.log(0.95 / 0.05) and "log_ratio" not in reports["band"], reports["sprt"])
    check(json.loads(give("--exposure", 0.9, "--selector", "fisher").stdout)["questions"] == 20, "exposure shortens no test")
    check(json.loads(give("--seconds", 0.0001).stdout)["stopped"] == "time", "a time limit")
    done = give("--classify", "sprt")
    check(done.returncode == 2 and "expected a cut" in done.stderr, done.stderr)
    done = give("--exposure", 0.5)
    check(done.returncode == 2 and "expected more than 0.667" in done.stderr, done.stderr)
    done = run("benchmark", "adaptive-test", "--data", data, "--selectors", "random", "--questions", 1, "--folds", 1,
               "--exposure", 0.4, "--cut", 0, "--test-length", 8, "--json")
    simulated = json.loads(done.stdout)["simulated_tests"]
    check(simulated["simulated"] is True and simulated["bank"] == 30, simulated)
    for row in simulated["exposure"]:
        check(abs(row["largest_before"] - 1) < 1e-9 and row["largest"] < 0.45 and abs(row["mean_questions"] - 8) < 1e-9, row)
    above = {(row["rule"], row["ability"]): row["above"] for row in simulated["classification"]}
    check(all(above[rule, -0.6] < 0.2 < 0.8 < above[rule, 0.6] for rule in ("sprt", "glr")), above)


def test_refusals(folder, data):
    alike = imported(folder, "alike", all_right=True)
    few = imported(folder, "few", students=5)
    for arguments, stdin, code, sentence in [
        (["test", "--data", alike], "", 2, "answers are right, expected right and wrong ones"),
        (["test", "--data", data, "--student", "nobody"], "", 4, 'student "nobody" is not in'),
        (["test", "--data", data, "--skill", "k9"], "", 4, 'skill "k9" is not in the course'),
        (["test", "--data", data, "--json"], "", 2, "no item may be asked under these rules"),
        (["test", "--data", data, "--json"], '{"item_id": "zz", "correct": 1}', 4, 'line 1: item "zz"'),
        (["test", "--data", data, "--shortest", 9, "--longest", 3], "", 2, "shortest is 9"),
        (["benchmark", "adaptive-test", "--data", few], "", 2, "5 students with at least 20 different items"),
        (["benchmark", "adaptive-test", "--data", data, "--questions", "0"], "", 2, "0 questions"),
        (["benchmark", "adaptive-test", "--data", data, "--selectors", "best"], "", 2, 'selector "best"'),
    ]:
        done = run(*arguments, stdin=stdin)
        check(done.returncode == code and sentence in done.stderr, (arguments, done.returncode, done.stderr))
        check(done.stderr.count("\n") == 1, done.stderr)


with tempfile.TemporaryDirectory() as name:
    at = pathlib.Path(name)
    course = imported(at, "course")
    test_benchmark(course)
    test_scripted(course)
    test_spoken(course)
    test_limits(course)
    test_refusals(at, course)
