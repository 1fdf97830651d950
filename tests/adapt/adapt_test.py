"""A real server whose model follows its course, over a real SQLite file. All students are simulated.

1. A course that the prior is wrong about: the model is swapped, answers that come later are foreseen better, replies name
   one version each, a restart goes on with the same version and the same estimates, and a rollback lasts until it is
   resumed.
2. A course that the prior is right about (answers are drawn from its own predictions): no swap.
3. A run on trial serves some students, is promoted by the answers and rolled back by a command; every recommendation
   made meanwhile is made again and compared, by the server and by a command.
4. kill -9 while a swap is being made, at three places: a run that serves is whole, and no acknowledged answer is lost.

Standard library only.

usage: adapt_test.py MENO_EXECUTABLE
"""
import csv
import http.client
import json
import pathlib
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

ITEMS = [f"i{k}" for k in range(12)]
SKILLS = ["add", "multiply", "fractions"]
COURSE = "new"


def run_quietly(*command):
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)


def make_prior(meno, folder):
    """A small prior, learnt from answers made up here: able students, whatever the item."""
    rng = random.Random(1)
    with (folder / "answers.csv").open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["student", "item", "skill", "correct", "timestamp"])
        for student in range(60):
            p_right = rng.uniform(0.5, 0.95)
            for step in range(30):
                item = rng.randrange(len(ITEMS))
                writer.writerow([f"t{student}", f"q{item}", SKILLS[item % 3], int(rng.random() < p_right),
                                 1_700_000_000 + step * 60])
    run_quietly(meno, "import", folder / "answers.csv", "--into", folder / "data", "--json")
    run_quietly(meno, "prior", folder / "data", "--out", folder / "prior", "--set", "width=4", "--set", "hidden=8",
                "--rows", "8000", "--epochs", "4", "--simulated", "0", "--threads", "1", "--json")


class Server:
    def __init__(self, meno, folder, store, *more):
        self.process = subprocess.Popen(
            [meno, "serve", "--store", folder / store, "--run", folder / "prior", "--port", "0", "--json",
             *(more or ("--canary-share", "0"))],
            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        assert line, "the server ended before it listened"
        self.connection = http.client.HTTPConnection("127.0.0.1", json.loads(line)["port"], timeout=60)
        self.call("GET", "/v1/health")  # a signal before the server runs would end it with another code

    def call(self, method, path, body=None, expected=200):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        reply = self.connection.getresponse()
        document = json.loads(reply.read())
        assert reply.status == expected, (method, path, reply.status, document)
        return document

    def model(self):
        return self.call("GET", f"/v1/courses/{COURSE}/model")

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.connection.close()
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=60) == 0


def make_store(meno, folder, store, students, *more):
    """A store with one course, as an import would leave it, and its students."""
    Server(meno, folder, store).stop()
    with sqlite3.connect(folder / store) as db:
        db.execute("INSERT INTO course VALUES (1, ?, 'New', 'New', 1, '')", (COURSE,))
        for position, skill in enumerate(SKILLS):
            db.execute("INSERT INTO skill VALUES (1, ?, ?, ?, ?, NULL, NULL)", (position, skill, skill, skill))
        for position, item in enumerate(ITEMS):
            db.execute("INSERT INTO item VALUES (1, ?, ?, ?, ?)", (position, item, item, item))
            db.execute("INSERT INTO item_skill VALUES (1, ?, ?)", (position, position % 3))
    server = Server(meno, folder, store, *more)
    for student in range(students):
        server.call("POST", f"/v1/courses/{COURSE}/students",
                    {"id": f"s{student}", "display_name": f"Simulated {student}"}, expected=201)
    return server


def answer(server, event, student, item, correct, detail="none", at=None):
    body = {"event_id": event, "course_id": COURSE, "student_id": student, "item_id": item, "correct": correct}
    if at is not None:
        body["answered_at"] = at
    return server.call("POST", f"/v1/answers?next={detail}", body)


def wait_until_watched(server, answers):
    while True:
        model = server.model()
        if model["answers"] >= answers and (model["challenger"] or model["adapting"] != "waiting" or answers < 100):
            return model
        time.sleep(0.02)


def hard_or_easy(rng, item):
    """What no prior can know: every other item is all but unsolvable."""
    return rng.random() < (0.95 if ITEMS.index(item) % 2 == 0 else 0.08)


def lesson(server, rng, lesson_number, students, per_student, versions):
    for student in students:
        for step in range(per_student):
            item = rng.choice(ITEMS)
            # Long ago, so that the minutes of this test do not show in what depends on the time since.
            reply = answer(server, f"e-{lesson_number}-{student}-{step}", f"s{student}", item, hard_or_easy(rng, item), "brief",
                           f"2020-01-{lesson_number + 1:02}T10:{step:02}:00Z")
            versions.add(reply["model_version"])
            assert reply["next"]["reason"]["model"]["version"] == reply["model_version"], "a reply of two versions"


def estimates(server, students):
    found = {}
    for student in range(students):
        mastery = server.call("GET", f"/v1/students/s{student}/mastery?course_id={COURSE}")
        found[student] = (mastery["model_version"], [skill["p_mastery"] for skill in mastery["skills"]])
    return found


def check_same(now, before):
    """Estimates to what a few seconds in six years may change."""
    for student, (version, p_mastery) in before.items():
        assert now[student][0] == version, (now[student], version)
        for p_now, p_before in zip(now[student][1], p_mastery, strict=True):
            assert abs(p_now - p_before) < 1e-4, (student, p_now, p_before)


def check_wrong_prior(meno, folder):
    students = 24
    server = make_store(meno, folder, "wrong.db", students)
    base = server.model()
    assert base["version"] == base["base_version"] and base["adapting"] == "waiting" and base["challenger"] is None, base
    rng = random.Random(3)
    versions = {base["version"]}
    sent, before = 0, None
    for number in range(6):
        lesson(server, rng, number, range(students), 4, versions)
        sent += students * 4
        model = wait_until_watched(server, sent)
        if model["version"] == base["version"]:
            before = model["foresight"]
    after = model["foresight"]
    assert model["version"] != base["version"], f"no swap: {model}"
    assert model["changes"][0]["action"] == "swap", model["changes"]
    assert after["log_loss"] < before["log_loss"] - 0.05, (before, after)
    assert model["version"] in versions and len(versions) >= 2, "replies name the version that made them"
    health = server.call("GET", "/v1/health")
    assert health["own_models"] == 1 and health["adapt"] == "auto" and health["run"]["version"] == base["version"], health
    kept = estimates(server, students)
    assert {version for version, _ in kept.values()} == {model["version"]}
    server.stop()

    server = Server(meno, folder, "wrong.db")
    assert server.model()["version"] == model["version"], "a restart goes on with the version that served"
    check_same(estimates(server, students), kept)
    server.call("POST", f"/v1/courses/{COURSE}/model/rollback", {"version": "unheard-of"}, expected=409)
    served = model["version"]
    while served != base["version"]:
        back = server.call("POST", f"/v1/courses/{COURSE}/model/rollback", {"version": served})
        assert back["adapting"] == "paused" and back["version"] != served, back
        served = back["version"]
    server.call("POST", f"/v1/courses/{COURSE}/model/rollback", {"version": served}, expected=409)
    rolled = estimates(server, students)
    assert {version for version, _ in rolled.values()} == {base["version"]}
    lesson(server, rng, 7, range(students), 6, versions)
    server.stop()

    server = Server(meno, folder, "wrong.db")
    again = wait_until_watched(server, sent + students * 6)
    assert again["version"] == base["version"] and again["adapting"] == "paused", again
    resumed = server.call("POST", f"/v1/courses/{COURSE}/model/resume", {"version": again["version"]})
    assert resumed["adapting"] in ("waiting", "watching"), resumed
    server.call("POST", f"/v1/courses/{COURSE}/model/resume", {"version": again["version"]}, expected=409)
    server.stop()

    server = Server(meno, folder, "wrong.db", "--adapt", "off")
    assert server.model()["adapting"] == "off"
    server.stop()
    print(f"wrong prior: swapped {sum(c['action'] == 'swap' for c in model['changes'])} times in {sent} answers, "
          f"log loss {before['log_loss']:.3f} over {before['answers']} answers before, "
          f"{after['log_loss']:.3f} over {after['answers']} after")


def check_right_prior(meno, folder):
    """Every answer is drawn from what the server itself says of the item that it recommends."""
    students, per_student = 20, 16
    server = make_store(meno, folder, "right.db", students)
    rng = random.Random(5)
    for student in range(students):
        path = f"/v1/students/s{student}/recommendations?course_id={COURSE}"
        chosen = server.call("GET", path)["recommendations"][0]
        assert chosen["p_low"] is None and chosen["p_high"] is None, "this run has no posterior"
        for step in range(per_student):
            reply = answer(server, f"e-{student}-{step}", f"s{student}", chosen["item"]["id"],
                           rng.random() < chosen["p_correct"], "brief")
            chosen = reply["next"]
        wait_until_watched(server, (student + 1) * per_student)
    model = wait_until_watched(server, students * per_student)
    assert model["version"] == model["base_version"] and not model["changes"], f"swapped without a reason: {model}"
    assert model["challenger"]["students"] >= 5, "a challenger was judged"
    server.stop()
    print(f"right prior: no swap in {students * per_student} answers, gain {model['challenger']['gain']:.4f} nats, "
          f"p {model['challenger']['p_value']:.2f}")


def check_band(meno, folder):
    """A run with a posterior says how sure it is; another says nothing of the kind."""
    run_quietly(meno, "train", folder / "data", "--model", "logistic", "--learner", "bayes", "--epochs", "2",
                "--out", folder / "bayes", "--threads", "1", "--json")
    shutil.move(folder / "prior", folder / "kept")
    shutil.move(folder / "bayes", folder / "prior")
    server = Server(meno, folder, "band.db")
    course = server.call("GET", "/v1/courses")["courses"][0]["id"]
    assert server.call("GET", f"/v1/courses/{course}/model")["adapting"] == "names_items"
    server.call("POST", f"/v1/courses/{course}/students", {"id": "s", "display_name": "Simulated"}, expected=201)
    widths = []
    for step in range(20):
        reply = server.call("POST", "/v1/answers", {"event_id": f"e{step}", "course_id": course, "student_id": "s",
                                                    "item_id": f"q{step % 12}", "correct": step % 3 != 0})
        chosen = reply["next"]
        assert 0 <= chosen["p_low"] <= chosen["p_correct"] <= chosen["p_high"] <= 1, chosen
        widths.append(chosen["p_high"] - chosen["p_low"])
    assert min(widths) > 0, widths
    for skill in server.call("GET", f"/v1/students/s/mastery?course_id={course}")["skills"]:
        assert skill["p_low"] <= skill["p_mastery"] <= skill["p_high"] and skill["p_low"] < skill["p_high"], skill
    server.stop()
    shutil.rmtree(folder / "prior")
    shutil.move(folder / "kept", folder / "prior")
    print(f"band of a Bayesian run: mean width {sum(widths) / len(widths):.3f}")


def command(meno, *arguments, expected=0):
    done = subprocess.run([meno, *arguments, "--json"], capture_output=True, text=True, check=False)
    assert done.returncode == expected, (arguments, done)
    return json.loads(done.stdout)


def lesson_on_trial(server, rng, number, students, served):
    for student in range(students):
        for step in range(3):
            item = rng.choice(ITEMS)
            reply = answer(server, f"e-{number}-{student}-{step}", f"s{student}", item, hard_or_easy(rng, item), "full",
                           f"2020-01-{number + 1:02}T10:{step:02}:00Z")
            served.append((f"s{student}", reply["model_version"]))
            if (student + step) % 5 == 0:
                server.call("POST", "/v1/feedback", {"event_id": f"f-{number}-{student}-{step}", "course_id": COURSE,
                                                     "student_id": f"s{student}", "item_id": reply["next"]["item"]["id"],
                                                     "kind": rng.choice(["swap", "too_hard", "dismiss"])})


def check_trial(meno, folder):
    students = 24
    server = make_store(meno, folder, "trial.db", students, "--canary-share", "0.4")
    rng, served, number, sent = random.Random(9), [], 0, 0
    monitor = server.call("GET", f"/v1/courses/{COURSE}/monitor")
    base = monitor["version"]
    while monitor["version"] == base and number < 20:
        server.call("PUT", f"/v1/courses/{COURSE}/rules", {"forbidden_items": [ITEMS[number % 12]]})
        lesson_on_trial(server, rng, number, students, served)
        number += 1
        sent += students * 3
        wait_until_watched(server, sent)
        monitor = server.call("GET", f"/v1/courses/{COURSE}/monitor")
    runs = server.call("GET", f"/v1/courses/{COURSE}/runs")["runs"]
    trial = next(run for run in runs if run["version"] == monitor["version"])
    judged = json.loads(trial["figures"])
    assert trial["version"] != base and judged["log_better"] >= judged["needed"], (monitor, runs)
    versions = [version for _, version in served]
    during = served[versions.index(trial["version"]):len(served) - versions[::-1].index(base)]
    tried = {student for student, version in during if version == trial["version"]}
    others = {student for student, version in during if version == base}
    # Students go over one after the other, so some are seen under both.
    assert tried and others and len(tried & others) <= min(len(tried), len(others)) // 2, (tried, others)
    actions = [change["action"] for change in server.model()["changes"]]
    assert actions[:2] == ["canary", "promote"], actions
    history = server.call("GET", f"/v1/students/s3/recommendations/history?course_id={COURSE}&count=1000")["recommendations"]
    assert len(history) >= number * 3 and {kept["model_version"] for kept in history} >= {base}, len(history)
    again = server.call("GET", f"/v1/students/s3/recommendations/{history[-1]['no']}/replay?course_id={COURSE}")
    assert again["identical"] and again["model_version"] == base, again
    assert again["recommendations"][0]["item"]["id"] == history[-1]["items"][0]["item_id"]
    server.call("GET", f"/v1/students/s4/recommendations/{history[-1]['no']}/replay?course_id={COURSE}", expected=404)
    uptake = server.call("GET", f"/v1/courses/{COURSE}/monitor")["uptake"]
    assert sum(row["count"] for row in uptake if row["said"]) > 0, uptake
    assert [run["state"] for run in runs[:2]] == ["retired", "serving"] and runs[1]["parent"] == base, runs
    server.stop()

    where = ("--store", folder / "trial.db", "--run", folder / "prior")
    replayed = command(meno, "replay", *where, "--all")
    assert replayed["different"] == 0 and replayed["identical"] >= sent, replayed
    one = command(meno, "replay", *where, "--recommendation", str(history[0]["no"]))
    assert one["identical"] and one["items"][0]["item"] == history[0]["items"][0]["item_id"], one
    command(meno, "replay", *where, "--recommendation", "999999999", expected=4)
    listed = command(meno, "runs", "list", *where)["runs"]
    assert [run["version"] for run in listed][:2] == [base, trial["version"]], listed
    back = command(meno, "runs", "rollback", *where, "--course", COURSE, "--version", trial["version"])["runs"]
    assert back[0]["state"] == "serving" and back[1]["state"] == "retired", back
    # A run of a newer format is refused in one sentence.
    newer = folder / "newer"
    shutil.copytree(folder / "prior", newer)
    document = json.loads((newer / "model.json").read_text())
    document["schema_version"] += 1
    (newer / "model.json").write_text(json.dumps(document))
    refused = command(meno, "runs", "list", "--store", folder / "trial.db", "--run", newer, expected=2)
    assert "schema version 2, expected 1" in refused["error"]["message"], refused
    server = Server(meno, folder, "trial.db")
    assert server.model()["version"] == base and server.model()["adapting"] == "paused"
    server.stop()
    print(f"trial: {len(tried)} of {students} students, promoted after {judged['answers']} answers; "
          f"{replayed['identical']} recommendations made again, {replayed['different']} differ")


def check_killed(meno, folder, store, place):
    """Kills the server as soon as `place(folder of the runs, path of the store)` is true."""
    students = 24
    server = make_store(meno, folder, store, students)
    runs, path = folder / f"{store}.runs", folder / store
    rng = random.Random(11)
    stop = threading.Event()

    def look():
        while not stop.is_set():
            if place(runs, path):
                server.process.send_signal(signal.SIGKILL)
                return

    watcher = threading.Thread(target=look)
    watcher.start()
    acknowledged = []
    try:
        for step in range(60):
            for student in range(students):
                item = rng.choice(ITEMS)
                event = f"e-{student}-{step}"
                answer(server, event, f"s{student}", item, hard_or_easy(rng, item))
                acknowledged.append(event)
    except (OSError, http.client.HTTPException, json.JSONDecodeError):
        pass
    stop.set()
    watcher.join()
    killed = server.process.poll() is not None
    server.kill()

    server = Server(meno, folder, store)
    model = server.model()
    recorded = [change["version"] for change in model["changes"]]
    assert model["version"] == (recorded[-1] if recorded else model["base_version"]), model
    served = {version for version, _ in estimates(server, students).values()}
    assert served == {model["version"]}, (served, model)
    answer(server, "after", "s0", ITEMS[0], True)
    server.stop()
    with sqlite3.connect(path) as db:
        stored = [row[0] for row in db.execute("SELECT event_id FROM answer")]
    assert len(stored) == len(set(stored)) and set(acknowledged) <= set(stored), "an acknowledged answer is gone"
    print(f"killed {'at' if killed else 'after'} {place.__name__}: {len(acknowledged)} answers acknowledged, 0 lost, "
          f"{'the run before' if not recorded else 'the new run'} serves")


def tuned_runs(runs):
    return (path for path in runs.glob("*/*") if path.parent.name != "given")


def run_half_written(runs, _store):
    return any(path.suffix == ".new" for path in tuned_runs(runs))


def run_written(runs, _store):
    return any(path.suffix != ".new" for path in tuned_runs(runs))


def swap_recorded(_runs, store):
    db = sqlite3.connect(f"file:{store}?mode=ro", uri=True)
    try:
        return db.execute("SELECT count(*) FROM served_run").fetchone()[0] > 0
    except sqlite3.OperationalError:
        return False
    finally:
        db.close()


def main(meno):
    with tempfile.TemporaryDirectory(prefix="meno-adapt-") as name:
        folder = pathlib.Path(name)
        make_prior(meno, folder)
        check_wrong_prior(meno, folder)
        check_right_prior(meno, folder)
        check_band(meno, folder)
        check_trial(meno, folder)
        for place in (run_half_written, run_written, swap_recorded):
            check_killed(meno, folder, f"{place.__name__}.db", place)


if __name__ == "__main__":
    main(sys.argv[1])
