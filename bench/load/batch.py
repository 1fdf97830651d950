"""Batch ingestion: 10,000 answers a request to a server of its own on 127.0.0.1, on several connections, until --answers are
durable. Bodies are made before the clock starts; the processor time is the server's.

usage: batch.py MENO_EXECUTABLE STORE RUN [--answers 1000000] [--connections 2]
STORE is copied first; its first course and that course's students are used.
"""
import argparse
import http.client
import json
import pathlib
import random
import shutil
import sqlite3
import subprocess
import tempfile
import threading
import time

BATCH = 10_000


def bodies_of(store, answers):
    with sqlite3.connect(store) as opened:
        course_no, course = opened.execute("SELECT no, id FROM course ORDER BY no LIMIT 1").fetchone()
        items = [row[0] for row in opened.execute("SELECT id FROM item WHERE course_no = ?", (course_no,))]
        students = [row[0] for row in opened.execute(
            "SELECT s.id FROM enrolment e JOIN student s ON s.no = e.student_no WHERE e.course_no = ? ORDER BY e.no", (course_no,))]
    rng = random.Random(1)
    lines = (json.dumps({"event_id": f"batch-{k}", "course_id": course, "student_id": students[k // 50 % len(students)],
                         "item_id": rng.choice(items), "correct": rng.random() < 0.6, "answered_at": "2026-11-24T12:00:00Z",
                         "response_ms": rng.randrange(500, 60_000)}) for k in range(answers))
    everything = list(lines)
    return course, ["\n".join(everything[k:k + BATCH]).encode() for k in range(0, answers, BATCH)]


def send(port, course, bodies, faults):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    for body in bodies:
        connection.request("POST", f"/v1/courses/{course}/answers", body, {"Content-Type": "application/x-ndjson"})
        reply = connection.getresponse()
        document = json.loads(reply.read())
        if reply.status != 200 or document["recorded"] != body.count(b"\n") + 1:
            faults.append((reply.status, str(document)[:300]))


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("meno")
    arguments.add_argument("store")
    arguments.add_argument("run")
    arguments.add_argument("--answers", type=int, default=1_000_000)
    arguments.add_argument("--connections", type=int, default=2)
    asked = arguments.parse_args()
    with tempfile.TemporaryDirectory(prefix="meno-batch-") as name:
        store = pathlib.Path(name) / "store.db"
        shutil.copy(asked.store, store)
        course, bodies = bodies_of(store, asked.answers)
        server = subprocess.Popen([asked.meno, "serve", "--store", store, "--run", asked.run, "--port", "0", "--json"],
                                  stdout=subprocess.PIPE, text=True)
        port = json.loads(server.stdout.readline())["port"]
        faults = []
        began = time.time()
        threads = [threading.Thread(target=send, args=(port, course, bodies[k::asked.connections], faults))
                   for k in range(asked.connections)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        took = time.time() - began
        ticks = sum(int(field) for field in pathlib.Path(f"/proc/{server.pid}/stat").read_text().rsplit(")", 1)[1].split()[11:13])
        server.terminate()
        server.wait()
    assert not faults, faults[:3]
    print(f"{asked.answers} answers in {took:.2f} s: {asked.answers / took:,.0f} a second, {asked.connections} connections; "
          f"{ticks / 100:.2f} s of the server's processor time: {100 * asked.answers / ticks:,.0f} a second of it")


if __name__ == "__main__":
    main()
