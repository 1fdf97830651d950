"""What a school's machine can do to a server, through the real program: a disk that fills up and is cleared again, a second
server over one file, a store that is damaged or of a newer version, a run of a newer version. One sentence and an exit code, or
a problem document with the right status; and no acknowledged answer is lost. Standard library only.

usage: faults_test.py MENO_EXECUTABLE
"""
import http.client
import json
import pathlib
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile

from kill_test import ITEMS, Server, SqliteFile, call, make_run, serve_command


def enrolled(server, student):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    course = call(connection, "GET", "/v1/courses")[1]["courses"][0]["id"]
    status, reply = call(connection, "POST", f"/v1/courses/{course}/students", {"id": student, "display_name": student})
    assert status == 201, reply
    return connection, course


def check_full_disk(meno, folder):
    store = SqliteFile(folder)
    server = Server(meno, folder, store)
    connection, course = enrolled(server, "s")
    acknowledged = []

    def send(event):
        body = {"event_id": event, "course_id": course, "student_id": "s", "item_id": ITEMS[0], "correct": True}
        status, reply = call(connection, "POST", "/v1/answers", body)
        if status == 200:
            acknowledged.append(event)
        return status, reply

    assert send("before")[0] == 200
    largest = max(path.stat().st_size for path in folder.glob("store.db*"))
    unlimited = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (largest + 100_000, unlimited[1]))
    status, reply = 200, None
    for number in range(2_000):
        status, reply = send(f"full-{number}")
        if status != 200:
            break
    assert status == 503 and "nothing was recorded" in json.dumps(reply), (status, reply)
    assert call(connection, "GET", f"/v1/students/s/mastery?course_id={course}")[0] == 200, "reading goes on"
    resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, unlimited)
    status, reply = send(f"full-{number}")
    assert status == 200 and reply["recorded"], "the refused answer is taken once there is room"
    connection.close()
    server.kill()
    kept = store.event_ids()
    assert sorted(kept) == sorted(acknowledged), (len(kept), len(acknowledged))
    print(f"a disk that was full after {number} answers: 503, then taken again, none lost")


def refusal(meno, folder, store):
    """Exit code and sentence of a server that does not start."""
    done = subprocess.run(serve_command(meno, folder, store), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, timeout=60)
    message = json.loads(done.stdout)["error"]["message"]
    assert message.count("\n") == 0 and "expected" in message, message
    return done.returncode, message


def check_refusals(meno, folder):
    store = SqliteFile(folder)
    server = Server(meno, folder, store)
    code, message = refusal(meno, folder, store)
    assert code == 5 and "another meno process" in message, (code, message)
    assert server.stop() == 0

    def copy(name):
        other = SqliteFile(folder / name)
        (folder / name).mkdir()
        shutil.copy(store.location, other.location)
        return other

    newer = copy("newer")
    with sqlite3.connect(newer.location) as opened:
        opened.execute("PRAGMA user_version = 99")
    code, message = refusal(meno, folder, newer)
    assert code == 2 and "version 99" in message, (code, message)

    damaged = copy("damaged")
    with open(damaged.location, "r+b") as file:
        file.seek(4096 * 3)
        file.write(b"\xff" * 4096 * 4)
    code, message = refusal(meno, folder, damaged)
    assert code == 2 and "damaged" in message, (code, message)

    run = folder / "run" / "model.json"
    document = json.loads(run.read_text())
    run.write_text(json.dumps({**document, "schema_version": document["schema_version"] + 1}))
    code, message = refusal(meno, folder, store)
    assert code == 2 and "schema version" in message, (code, message)
    run.write_text(json.dumps(document))
    print("a second server, a newer store, a damaged one and a newer run: one sentence each")


def main(meno):
    with tempfile.TemporaryDirectory(prefix="meno-faults-") as name:
        folder = pathlib.Path(name)
        make_run(meno, folder)
        check_full_disk(meno, folder)
        check_refusals(meno, folder)


if __name__ == "__main__":
    main(*sys.argv[1:])
