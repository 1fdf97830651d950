"""What a student costs whom a server does not have in memory: time of the first reply about him after a restart, with his
state kept in the store and with a replay of all his answers.

usage: miss.py MENO_EXECUTABLE [ANSWERS ...]
"""
import http.client
import json
import pathlib
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time

STUDENTS = 20


class Server:
    def __init__(self, meno, store):
        self.process = subprocess.Popen([meno, "serve", "--store", store, "--port", "0", "--json", "--adapt", "off"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.connection = http.client.HTTPConnection("127.0.0.1", json.loads(self.process.stdout.readline())["port"], timeout=600)

    def call(self, method, path, body=None, kind="application/json"):
        self.connection.request(method, path, body, {"Content-Type": kind} if body is not None else {})
        reply = self.connection.getresponse()
        document = json.loads(reply.read())
        assert reply.status < 300, document
        return document

    def stop(self):
        self.connection.close()
        self.process.terminate()
        self.process.wait()


def first_replies(meno, store, course):
    """Milliseconds of each student's first reply, and what it said."""
    server = Server(meno, store)
    server.call("GET", f"/v1/courses/{course}/skills")
    times, said = [], []
    for student in range(STUDENTS):
        begin = time.perf_counter()
        reply = server.call("GET", f"/v1/students/s{student}/mastery?course_id={course}")
        times.append(1000 * (time.perf_counter() - begin))
        said.append([(skill["skill_id"], skill["p_mastery"], skill["answers"]) for skill in reply["skills"]])
    return server, times, said


def measure(meno, folder, answers):
    school = folder / f"school-{answers}"
    subprocess.run([meno, "demo", "--into", school, "--force"], check=True, stdout=subprocess.DEVNULL)
    store = school / "school.db"
    server = Server(meno, store)
    course = server.call("GET", "/v1/courses")["courses"][0]["id"]
    items = [item["id"] for item in server.call("GET", f"/v1/courses/{course}/items")["items"]]
    rng = random.Random(1)
    for student in range(STUDENTS):
        server.call("POST", f"/v1/courses/{course}/students", json.dumps({"id": f"s{student}", "display_name": "S"}))
        for first in range(0, answers, 10_000):
            lines = "\n".join(json.dumps({"event_id": f"m-{student}-{k}", "course_id": course, "student_id": f"s{student}",
                                          "item_id": rng.choice(items), "correct": rng.random() < 0.6})
                              for k in range(first, min(answers, first + 10_000)))
            server.call("POST", f"/v1/courses/{course}/answers", lines, "application/x-ndjson")
    server.stop()
    server, replayed, said = first_replies(meno, store, course)
    time.sleep(2)  # states are kept beside requests
    server.stop()
    with sqlite3.connect(store) as opened:
        kept, size = opened.execute("SELECT count(*), coalesce(avg(length(content)), 0) FROM student_state t JOIN enrolment e "
                                    "ON e.no = t.enrolment_no JOIN student s ON s.no = e.student_no "
                                    "WHERE s.id IN (" + ",".join(f"'s{k}'" for k in range(STUDENTS)) + ")").fetchone()
    server, found, said_again = first_replies(meno, store, course)
    server.stop()
    assert said_again == said, "a kept state says something else"
    print(f"{answers:>6} answers a student: replayed {statistics.median(replayed):7.2f} ms, from the kept state "
          f"{statistics.median(found):6.2f} ms ({kept} of {STUDENTS} kept, {size / 1024:.1f} KB each)", flush=True)


def main(meno, *answers):
    with tempfile.TemporaryDirectory(prefix="meno-miss-") as name:
        for count in map(int, answers or ("100", "300", "1000", "10000")):
            measure(meno, pathlib.Path(name), count)


if __name__ == "__main__":
    main(*sys.argv[1:])
