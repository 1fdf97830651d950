"""Several servers over one PostgreSQL database: any of them serves any student.

1. Answers, feedback and reads of the same students go to three servers in turn, and to one server over a file: every reply is
   the same, to the last digit of every estimate.
2. 24 clients, two a student, each sending every answer to another of the servers, one of which is killed with -9 on the
   way: every acknowledged answer is there once, a repeated one is known to every server and gets the reply it got before, and
   all servers estimate alike.
3. What one server (or a command) changes of rules, preferences and keys reaches the others.

Standard library only.

usage: servers_test.py MENO_EXECUTABLE
"""
import http.client
import json
import pathlib
import random
import subprocess
import sys
import tempfile
import threading
import time

from kill_test import ITEMS, PostgresDatabase, Server, SqliteFile, call, make_run

SERVERS = 3
STUDENTS = 6
STEPS = 240
CLIENTS = 24
SENT_EACH = 60
START_MS = 1_760_000_000_000


class Fleet:
    """Servers over one store, each with a folder of runs of its own, and a connection to each."""

    def __init__(self, meno, folder, store, count):
        self.meno, self.folder, self.store = meno, folder, store
        self.servers = [None] * count
        self.connections = [None] * count
        for number in range(count):
            self.start(number)

    def start(self, number):
        mine = self.folder / f"server-{number}"
        mine.mkdir(exist_ok=True)
        if not (mine / "run").exists():
            (mine / "run").symlink_to(self.folder / "run")
        self.servers[number] = Server(self.meno, mine, self.store)
        self.connections[number] = self.connect(number)

    def connect(self, number):
        return http.client.HTTPConnection("127.0.0.1", self.servers[number].port, timeout=60)

    def call(self, number, method, path, body=None):
        return call(self.connections[number], method, path, body)

    def stop(self):
        for connection, server in zip(self.connections, self.servers):
            connection.close()
            assert server.stop() == 0, "a stopped server ends with exit code 0"


def enrol(fleet):
    course = fleet.call(0, "GET", "/v1/courses")[1]["courses"][0]["id"]
    for student in range(STUDENTS):
        status, reply = fleet.call(student % len(fleet.servers), "POST", f"/v1/courses/{course}/students",
                                   {"id": f"s{student}", "display_name": f"Student {student}"})
        assert status == 201, reply
    return course


def moment(step):
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(START_MS / 1000 + 60 * step))


def step_of(course, step):
    """The request of a step, the same for every fleet."""
    rng = random.Random(step)
    student = f"s{rng.randrange(STUDENTS)}"
    kind = rng.random()
    if kind < 0.12:
        return "POST", "/v1/feedback", {"event_id": f"f{step}", "course_id": course, "student_id": student,
                                        "item_id": rng.choice(ITEMS), "kind": rng.choice(["too_hard", "swap", "dismiss"]),
                                        "given_at": moment(step)}
    if kind < 0.3:
        return "GET", f"/v1/students/{student}/mastery?course_id={course}", None
    return "POST", "/v1/answers", {"event_id": f"a{step}", "course_id": course, "student_id": student,
                                   "item_id": rng.choice(ITEMS), "correct": rng.random() < 0.6, "answered_at": moment(step),
                                   "response_ms": rng.randrange(2_000, 9_000)}


def essence(reply):
    """A reply without what the time of day moves."""
    if "skills" in reply:
        return [(skill["skill_id"], skill["p_mastery"], skill["answers"]) for skill in reply["skills"]]
    upcoming = reply.get("next") or {}
    return (reply.get("correct"), reply.get("mastery"), reply.get("target"), upcoming.get("item_id"), upcoming.get("p_correct"))


def replies_of(fleet, course, pick):
    replies = []
    for step in range(STEPS):
        method, path, body = step_of(course, step)
        status, reply = fleet.call(pick(step), method, path, body)
        assert status == 200, (step, reply)
        replies.append(essence(reply))
    return replies


def check_alike(meno, folder, several):
    """Part 1. Returns the course."""
    single = Fleet(meno, folder, SqliteFile(folder), 1)
    course = enrol(single)
    expected = replies_of(single, course, lambda step: 0)
    single.stop()
    assert enrol(several) == course
    rng = random.Random(7)
    got = replies_of(several, course, lambda step: rng.randrange(SERVERS))
    for step, (one, other) in enumerate(zip(expected, got)):
        assert one == other, f"step {step} {step_of(course, step)}: one server says {one}, several {other}"
    print(f"{STEPS} requests in turn to {SERVERS} servers and to one: the same replies")
    return course


class Rush:
    """CLIENTS threads; an answer that a dead server leaves unanswered is sent to the next."""

    def __init__(self, fleet, course):
        self.fleet, self.course = fleet, course
        self.lock = threading.Lock()
        self.acknowledged = {}
        self.faults = []

    def answer(self, client, step):
        rng = random.Random(client * 7919 + step)
        return {"event_id": f"r-{client}-{step}", "course_id": self.course, "student_id": f"s{client % STUDENTS}",
                "item_id": rng.choice(ITEMS), "correct": rng.random() < 0.6, "answered_at": moment(STEPS + step)}

    def send(self, connections, number, body):
        """True once it is acknowledged."""
        try:
            if number not in connections:
                connections[number] = self.fleet.connect(number)
            status, reply = call(connections[number], "POST", "/v1/answers", body)
        except (OSError, http.client.HTTPException, json.JSONDecodeError):
            connections.pop(number, None)
            return False
        with self.lock:
            if status == 200:
                self.acknowledged[body["event_id"]] = (body, reply)
            elif status != 503:
                self.faults.append((status, reply))
        return status == 200

    def work(self, client):
        connections = {}
        for step in range(SENT_EACH):
            body = self.answer(client, step)
            number = client + step
            while not self.send(connections, number % SERVERS, body):
                number += 1
        for connection in connections.values():
            connection.close()

    def run(self):
        threads = [threading.Thread(target=self.work, args=(client,)) for client in range(CLIENTS)]
        for thread in threads:
            thread.start()
        while len(self.acknowledged) < CLIENTS * SENT_EACH // 2:
            assert any(thread.is_alive() for thread in threads), self.faults[:3]
            time.sleep(0.002)
        self.fleet.servers[1].kill()
        self.fleet.start(1)
        for thread in threads:
            thread.join()
        assert not self.faults, self.faults[:3]


def estimates(fleet, course, number):
    return [essence(fleet.call(number, "GET", f"/v1/students/s{student}/mastery?course_id={course}")[1])
            for student in range(STUDENTS)]


def check_rush(fleet, course, store):
    """Part 2."""
    rush = Rush(fleet, course)
    rush.run()
    kept = store.event_ids()
    assert len(kept) == len(set(kept)), "an answer is there twice"
    assert set(rush.acknowledged) <= set(kept) and len(rush.acknowledged) == CLIENTS * SENT_EACH
    first = estimates(fleet, course, 0)
    assert all(estimates(fleet, course, number) == first for number in range(SERVERS)), "servers estimate differently"
    # Half of them: each is a replay of the history before it.
    for number, (event, (body, before)) in enumerate(list(rush.acknowledged.items())[::2]):
        status, after = fleet.call(number % SERVERS, "POST", "/v1/answers", body)
        assert status == 200 and not after["recorded"], (event, status, after)
        for key in ("correct", "mastery"):
            assert after[key] == before[key], (event, key, before[key], after[key])
    status, clash = fleet.call(2, "POST", "/v1/answers", {**body, "correct": not body["correct"]})
    assert status == 409, clash
    assert estimates(fleet, course, 1) == first, "a repeated answer changed an estimate"
    for number in range(SERVERS):
        within_seconds(lambda: fleet.call(number, "GET", "/v1/health")[1]["answers"] == len(kept), "a server counts differently")
    print(f"{len(rush.acknowledged)} answers of {CLIENTS} clients to {SERVERS} servers, one killed: all there, none twice, "
          "repeated ones get the replies they got before")


def within_seconds(holds, what):
    until = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < until, what
        time.sleep(0.01)


def check_changes(meno, fleet, course, store):
    """Part 3."""
    path = f"/v1/courses/{course}/rules"
    for number in range(SERVERS):  # so that each remembers
        fleet.call(number, "GET", path)
        fleet.call(number, "GET", f"/v1/students/s0/recommendations?course_id={course}")
    status, reply = fleet.call(0, "PUT", path, {"exploration": True})
    assert status == 200, reply
    for number in (1, 2):
        within_seconds(lambda: fleet.call(number, "GET", path)[1]["rules"]["exploration"], "rules do not reach another server")
    assert fleet.call(1, "GET", "/v1/health")[0] == 200
    done = subprocess.run([meno, "key", "add", "--store", store.location, "--scopes", "answers:write", "--json"],
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 0, done
    for number in range(SERVERS):
        within_seconds(lambda: fleet.call(number, "GET", path)[0] == 401, "a server stays open after a key was added")
    print("rules and keys that one server or a command changes reach the others")


def main(meno):
    with tempfile.TemporaryDirectory(prefix="meno-servers-") as name:
        folder = pathlib.Path(name)
        store = PostgresDatabase()
        try:
            make_run(meno, folder)
            fleet = Fleet(meno, folder, store, SERVERS)
            course = check_alike(meno, folder, fleet)
            check_rush(fleet, course, store)
            check_changes(meno, fleet, course, store)
            fleet.stop()
        finally:
            store.remove()


if __name__ == "__main__":
    main(*sys.argv[1:])
