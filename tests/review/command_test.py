#!/usr/bin/env python3
"""meno benchmark review, meno benchmark replay and meno review through the real program, on made-up learners who forget."""
import csv, json, pathlib, random, subprocess, sys, tempfile

MENO = sys.argv[1]
DAY = 86_400_000


def run(*arguments):
    return subprocess.run([MENO, *map(str, arguments)], capture_output=True, text=True)


def check(condition, what):
    if not condition:
        sys.exit(f"failed: {what}")


def write_log(path, half_life):
    """One learner in Anki's layout: 25 cards over 60 days, forgotten with this half-life in days."""
    rng = random.Random(half_life)
    seen = {}
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["id", "cid", "usn", "ease", "ivl", "lastIvl", "factor", "time", "type"])
        for day in range(60):
            for card in range(25):
                if rng.random() > 0.2:
                    continue
                known = rng.random() < (0.5 if card not in seen else 2 ** (-(day - seen[card]) / half_life))
                seen[card] = day
                rows.writerow([1_700_000_000_000 + day * DAY + card * 60_000, card, 1, 3 if known else 1, 1, 1, 0, 900, 1])


def write_course(path):
    """40 students, 60 answers each on 24 items of 6 skills, who mostly stay on a skill after a wrong answer."""
    rng = random.Random(9)
    with open(path, "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["student", "item", "skill", "correct", "timestamp"])
        for student in range(40):
            skill = 0
            for step in range(60):
                right = rng.random() < 0.4 + 0.005 * step
                item = f"i{skill}-{rng.randrange(4)}"
                rows.writerow([f"s{student}", item, f"k{skill}", int(right), 1_700_000_000 + step * 43_200])
                if right or rng.random() < 0.3:
                    skill = rng.randrange(6)


def test_forgetting(folder):
    logs = folder / "logs"
    logs.mkdir()
    for half_life in (4, 8, 30):
        write_log(logs / f"learner{half_life}.csv", half_life)
    models = ["--forgetting", "hlr,average,sm2", "--json"]
    done = run("benchmark", "review", "--data", logs, *models)
    check(done.returncode == 0, done.stderr)
    document = json.loads(done.stdout)
    check(document["learners"] == 3 and "learners" in document["intervals"], document)
    rows = {row["model"]: row for row in document["rows"]}
    for row in rows.values():
        check(row["rmse_bins_low"] <= row["rmse_bins_high"] and 0 < row["auc"] < 1, row)
    check(rows["hlr"]["log_loss"] < rows["average"]["log_loss"], "half-lives are foreseen by half-life regression")
    plain = lambda text: [{k: v for k, v in row.items() if k != "seconds"} for row in json.loads(text)["rows"]]
    again = run("benchmark", "review", "--data", logs, *models)
    check(plain(done.stdout) == plain(again.stdout), "the same data gives the same rows")
    imported = folder / "imported"
    check(run("import", *sorted(logs.glob("*.csv")), "--into", imported).returncode == 0, "import of the logs")
    same = run("benchmark", "review", "--data", imported, *models)
    check(plain(done.stdout) == plain(same.stdout), "files and the folder made of them give the same rows")


def test_replay(course):
    done = run("benchmark", "replay", "--data", course, "--epochs", "1", "--json")
    check(done.returncode == 0, done.stderr)
    document = json.loads(done.stdout)
    check(document["simulated"] is False and len(document["limits"]) >= 4, document)
    rows = {row["policy"]: row for row in document["rows"]}
    check(set(rows) == {"logged", "meno", "greedy", "random"}, rows)
    check(abs(rows["logged"]["mean_weight"] - 1) < 1e-9 and rows["logged"]["gain"] == 0, rows["logged"])
    check(0.7 < rows["random"]["mean_weight"] < 1.3, rows["random"])
    for row in rows.values():
        check(0 < row["effective_decisions"] <= document["decisions"] + 1e-6, row)


def test_queue(folder, course):
    store = folder / "school.db"
    done = run("review", "--store", store, "--data", course, "--student", "s0", "--days", 7, "--most", 2, "--json")
    check(done.returncode == 0, done.stderr)
    document = json.loads(done.stdout)
    check(len(document["load"]) == 7 and all(day["reviews"] <= 2 for day in document["load"]), document["load"])
    check(len(document["reviews"]) + document["later"] == 6, "every skill that was practised is scheduled or later")
    for review in document["reviews"]:
        check(0 < review["p_recall"] < 1, review)
    return store


def test_refusals(folder, course, store):
    untimed = folder / "untimed.csv"
    untimed.write_text("student,item,correct\n" + "".join(f"s{k % 3},i{k % 7},{k % 2}\n" for k in range(60)))
    one = folder / "one.csv"
    one.write_text("student,item,skill,correct\n" + "".join(f"s{k % 3},i{k % 7},k,{k % 2}\n" for k in range(60)))
    check(run("import", one, "--into", folder / "one").returncode == 0, "import")
    for arguments, code, sentence in [
        (["benchmark", "review", "--data", untimed], 2, "answers without times"),
        (["benchmark", "review", "--data", folder / "nowhere.csv"], 4, "nowhere.csv"),
        (["benchmark", "review", "--data", course, "--unit", "page"], 2, 'unit "page"'),
        (["benchmark", "review", "--data", course, "--forgetting", "best"], 2, 'model "best", expected one of: curve'),
        (["benchmark", "replay", "--data", folder / "one"], 2, "1 skills, expected at least two"),
        (["review", "--store", store, "--student", "s0", "--retention", "2"], 2, "a retention of 2"),
        (["review", "--store", store, "--student", "s0", "--easy-days", "someday"], 2, 'easy day "someday"'),
        (["review", "--store", store, "--student", "s0", "--easy-days", "mon,tue,wed,thu,fri,sat,sun"], 2, "one above 0"),
        (["review", "--store", store, "--student", "nobody"], 4, "nobody"),
    ]:
        done = run(*arguments)
        check(done.returncode == code and sentence in done.stderr, (arguments, done.returncode, done.stderr))
        check(done.stderr.count("\n") == 1, done.stderr)


with tempfile.TemporaryDirectory() as name:
    at = pathlib.Path(name)
    write_course(at / "course.csv")
    done = run("import", at / "course.csv", "--into", at / "course")
    check(done.returncode == 0, done.stderr)
    test_forgetting(at)
    test_replay(at / "course")
    test_refusals(at, at / "course", test_queue(at, at / "course"))
