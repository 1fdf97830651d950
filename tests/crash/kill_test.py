"""kill -9 of a real server, at random moments during 10,000 answers from 32 clients: 4 times, or as often as --kills says.
Some of the kills come while the server is still starting.

After the last restart: every acknowledged answer is there, none twice, each acknowledged reply comes back the same when its event is sent
again (graded, estimated and predicted from the replayed history), and the state rebuilt from the store predicts what a
second rebuild predicts. Standard library only.

usage: kill_test.py MENO_EXECUTABLE [sqlite|postgres] [--kills N] [--seed N]
"""
import argparse
import atexit
import csv
import http.client
import json
import os
import pathlib
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

CLIENTS = 32
STUDENTS = 16  # two clients share a student, so that commits of one student race
ANSWERS = 10_000
ITEMS = [f"i{k}" for k in range(20)]
SKILLS = ["add", "multiply", "fractions", "percent"]


def make_run(meno, folder):
    """A small run, trained on answers made up here."""
    rng = random.Random(1)
    source = folder / "answers.csv"
    with source.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["student", "item", "skill", "correct", "timestamp"])
        for student in range(60):
            for step in range(40):
                item = rng.randrange(len(ITEMS))
                right = int(rng.random() < 0.3 + 0.5 * item / len(ITEMS))
                writer.writerow([f"t{student}", ITEMS[item], SKILLS[item % len(SKILLS)], right, 1_700_000_000 + step * 60])
    subprocess.run([meno, "import", source, "--into", folder / "data", "--json"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run(
        [meno, "train", folder / "data", "--model", "logistic", "--out", folder / "run", "--json"],
        check=True, stdout=subprocess.DEVNULL)


class SqliteFile:
    """The store as a file in `folder`."""

    def __init__(self, folder):
        self.location = folder / "store.db"

    def event_ids(self):
        with sqlite3.connect(self.location) as store:
            return [row[0] for row in store.execute("SELECT event_id FROM answer")]

    def remove(self):
        pass


class PostgresDatabase:
    """The store as a database of a cluster of its own."""

    SCRIPT = pathlib.Path(__file__).parent.parent / "postgres" / "cluster"

    def __init__(self):
        self.folder = f"/tmp/meno-kill-postgres-{os.getpid()}"
        started = subprocess.run([self.SCRIPT, "start", self.folder, str(os.getpid())], stdout=subprocess.PIPE, text=True)
        if started.returncode == 77:
            print("SKIPPED: PostgreSQL is not installed")
            sys.exit(0)
        assert started.returncode == 0, started
        self.location = started.stdout.strip()

    def event_ids(self):
        listed = subprocess.run(["psql", self.location, "-AtXc", "SELECT event_id FROM answer"],
                                check=True, stdout=subprocess.PIPE, text=True)
        return listed.stdout.split()

    def remove(self):
        subprocess.run([self.SCRIPT, "remove", self.folder], check=True)


def serve_command(meno, folder, store):
    return [meno, "serve", "--store", store.location, "--runs", folder / "runs", "--run", folder / "run", "--port", "0", "--json"]


class Server:
    def __init__(self, meno, folder, store):
        self.process = subprocess.Popen(serve_command(meno, folder, store), stdout=subprocess.PIPE, text=True)
        atexit.register(self.process.kill)  # of a test that fails
        line = self.process.stdout.readline()
        assert line, "the server ended before it listened"
        self.port = json.loads(line)["port"]

    def kill(self):
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(timeout=60)


def call(connection, method, path, body=None):
    headers = {"Content-Type": "application/json"} if body is not None else {}
    connection.request(method, path, json.dumps(body) if body is not None else None, headers)
    reply = connection.getresponse()
    return reply.status, json.loads(reply.read())


class Clients:
    """CLIENTS threads that send until all is sent or the server is gone."""

    def __init__(self, course):
        self.server = None
        self.course = course
        self.lock = threading.Lock()
        self.acknowledged = {}  # event id -> (body, reply)
        self.sent = 0
        self.steps = [0] * CLIENTS
        self.faults = []

    def answer(self, client, step):
        rng = random.Random(client * 1_000_003 + step)
        return {"event_id": f"e-{client}-{step}", "course_id": self.course, "student_id": f"s{client % STUDENTS}",
                "item_id": rng.choice(ITEMS), "correct": rng.random() < 0.6, "response_ms": rng.randrange(500, 60_000)}

    def work(self, client):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=60)
        while True:
            with self.lock:
                if self.sent >= ANSWERS:
                    return
                self.sent += 1
            body = self.answer(client, self.steps[client])
            self.steps[client] += 1
            try:
                status, reply = call(connection, "POST", "/v1/answers", body)
            except (OSError, http.client.HTTPException, json.JSONDecodeError):
                return  # killed: this answer was not acknowledged
            with self.lock:
                if status == 200 and reply["recorded"]:
                    self.acknowledged[body["event_id"]] = (body, reply)
                else:
                    self.faults.append((status, reply))

    def run(self, server, kill_after):
        """Until `kill_after` answers are acknowledged, when the server is killed; None: until all is sent."""
        self.server = server
        threads = [threading.Thread(target=self.work, args=(client,)) for client in range(CLIENTS)]
        for thread in threads:
            thread.start()
        if kill_after is not None:
            while len(self.acknowledged) < kill_after and any(thread.is_alive() for thread in threads):
                time.sleep(0.001)
            self.server.kill()
        for thread in threads:
            thread.join()


def mastery(connection, course):
    """Every estimate of every student, without the bands, which widen as time goes by."""
    estimates = {}
    for student in range(STUDENTS):
        status, reply = call(connection, "GET", f"/v1/students/s{student}/mastery?course_id={course}")
        assert status == 200, reply
        estimates[student] = [(skill["skill_id"], skill["p_mastery"], skill["answers"]) for skill in reply["skills"]]
    return estimates


def kill_while_starting(meno, folder, store, delay_s):
    starting = subprocess.Popen(serve_command(meno, folder, store), stdout=subprocess.DEVNULL)
    time.sleep(delay_s)
    starting.kill()
    starting.wait()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("meno")
    parser.add_argument("engine", nargs="?", default="sqlite", choices=["sqlite", "postgres"])
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--seed", type=int, default=random.randrange(1_000_000))
    asked = parser.parse_args()
    meno, engine = asked.meno, asked.engine
    print(f"{engine}: {asked.kills} kills, seed {asked.seed}", flush=True)
    rng = random.Random(asked.seed)
    with tempfile.TemporaryDirectory(prefix="meno-kill-") as name:
        folder = pathlib.Path(name)
        store = SqliteFile(folder) if engine == "sqlite" else PostgresDatabase()
        try:
            kill_and_count(meno, folder, store, rng, asked.kills)
        finally:
            store.remove()


def kill_and_count(meno, folder, store, rng, kills):
    make_run(meno, folder)

    server = Server(meno, folder, store)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    course = call(connection, "GET", "/v1/courses")[1]["courses"][0]["id"]
    for student in range(STUDENTS):
        status, reply = call(connection, "POST", f"/v1/courses/{course}/students",
                             {"id": f"s{student}", "display_name": f"Student {student}"})
        assert status == 201, reply
    connection.close()
    clients = Clients(course)
    # The last kill leaves enough to send that it still comes in the middle.
    for kill_after in sorted(rng.sample(range(1, ANSWERS - 1_000), kills)):
        clients.run(server, max(kill_after, len(clients.acknowledged) + 1))
        if rng.random() < 0.1:
            kill_while_starting(meno, folder, store, rng.uniform(0.0, 0.2))
        server = Server(meno, folder, store)
    clients.run(server, None)
    assert not clients.faults, clients.faults[:3]
    acknowledged = clients.acknowledged
    print(f"{clients.sent} answers sent, {len(acknowledged)} acknowledged, {kills} times killed")
    server.kill()
    server = Server(meno, folder, store)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    answers = call(connection, "GET", "/v1/health")[1]["answers"]
    assert len(acknowledged) <= answers <= len(acknowledged) + CLIENTS * kills, (answers, len(acknowledged))
    rebuilt = mastery(connection, course)
    for event, (body, before) in acknowledged.items():
        status, after = call(connection, "POST", "/v1/answers", body)
        assert status == 200 and not after["recorded"], (event, status, after)
        for key in ("correct", "mastery"):
            assert after[key] == before[key], (event, key, before[key], after[key])
    status, clash = call(connection, "POST", "/v1/answers", {**body, "correct": not body["correct"]})
    assert status == 409, clash
    assert mastery(connection, course) == rebuilt, "a repeated answer changed an estimate"
    assert call(connection, "GET", "/v1/health")[1]["answers"] == answers
    connection.close()
    assert server.stop() == 0, "a stopped server ends with exit code 0"

    kept = store.event_ids()
    assert len(kept) == len(set(kept)) == answers
    missing = set(acknowledged) - set(kept)
    assert not missing, f"{len(missing)} acknowledged answers are gone"

    server = Server(meno, folder, store)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    assert mastery(connection, course) == rebuilt, "a second rebuild predicts something else"
    connection.close()
    assert server.stop() == 0
    print(f"{answers} answers in the store: {len(acknowledged)} acknowledged, 0 lost, 0 twice, predictions unchanged")


if __name__ == "__main__":
    main()
