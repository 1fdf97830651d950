"""The drill: backups of a store while 32 clients write to it, kill -9 in the middle, and a restore.

Every answer acknowledged before a backup began is in it; a student of whom nothing came later is predicted as before the
crash, from the restored store, and each of his replies comes back the same. Changed, cut and foreign files are refused and
leave nothing. Standard library only.

From PostgreSQL the same backups are made; they are restored to a file and to another database.

usage: drill_test.py MENO_EXECUTABLE [sqlite|postgres]
"""
import http.client
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

from kill_test import STUDENTS, Clients, PostgresDatabase, Server, SqliteFile, call, make_run

BACKUPS = 3
QUIET = "quiet"


def meno_json(meno, *arguments):
    """Exit code and document."""
    done = subprocess.run([meno, *map(str, arguments), "--json"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    return done.returncode, json.loads(done.stdout)


def events_of(store):
    with sqlite3.connect(store) as opened:
        return {row[0] for row in opened.execute("SELECT event_id FROM answer")}


def estimates(server, course):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    status, reply = call(connection, "GET", f"/v1/students/{QUIET}/mastery?course_id={course}")
    assert status == 200, reply
    return [(skill["skill_id"], skill["p_mastery"], skill["answers"]) for skill in reply["skills"]]


def begin_school(server):
    """The course and the replies to twenty answers of one student, who then says nothing more."""
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    course = call(connection, "GET", "/v1/courses")[1]["courses"][0]["id"]
    for student in [QUIET, *(f"s{k}" for k in range(STUDENTS))]:
        status, reply = call(connection, "POST", f"/v1/courses/{course}/students", {"id": student, "display_name": student})
        assert status == 201, reply
    replies = []
    for step in range(20):
        body = {"event_id": f"q-{step}", "course_id": course, "student_id": QUIET, "item_id": f"i{step}", "correct": step % 3 > 0}
        replies.append((body, call(connection, "POST", "/v1/answers", body)[1]))
    return course, replies


def backups_under_load(meno, folder, store, server, course):
    """Several backups while clients write, then kill -9. Each backup with what had been acknowledged before it."""
    clients = Clients(course)
    load = threading.Thread(target=clients.run, args=(server, 6_000))
    load.start()
    made = []
    for number in range(BACKUPS):
        while len(clients.acknowledged) < 1_500 * (number + 1):
            assert load.is_alive(), "the load was to last"
            time.sleep(0.01)
        before = set(clients.acknowledged)
        code, report = meno_json(meno, "backup", "--store", store.location, "--into", folder / f"backups-{number}",
                                 "--key", folder / "key", *(["--new-key"] if number == 0 else []))
        assert code == 0, report
        made.append((pathlib.Path(report["path"]), before, report["answers"]))
    load.join()
    assert not clients.faults, clients.faults[:3]
    return made


def check_retention(meno, folder, store, backup):
    """The newest two stay, of those the one just made."""
    old = [backup.parent / f"meno-2020010{day}T000000Z.backup" for day in (1, 2, 3)]
    for path in old:
        path.write_bytes(b"older")
    code, report = meno_json(meno, "backup", "--store", store.location, "--into", backup.parent, "--key", folder / "key", "--keep", 2)
    assert code == 0 and report["removed"] == [str(path) for path in old], report
    assert sorted(backup.parent.glob("*.backup")) == sorted([backup, pathlib.Path(report["path"])])


def check_refusals(meno, folder, backup):
    whole = backup.read_bytes()
    changed = bytearray(whole)
    changed[len(changed) // 2] ^= 1
    other = folder / "other"
    other.write_text("00" * 32 + "\n")
    scratch = folder / "refused.db"
    for name, content, key in (("changed", bytes(changed), folder / "key"), ("cut", whole[:-1], folder / "key"),
                               ("foreign", b"hello", folder / "key"), ("whole", whole, other)):
        (folder / name).write_bytes(content)
        code, report = meno_json(meno, "restore", folder / name, "--into", scratch, "--key", key)
        assert code == 2 and "expected" in report["error"]["message"], (name, code, report)
        assert not list(folder.glob("refused.db*")), name


def check_restored_to_a_database(meno, folder, store, backup, answers):
    subprocess.run(["psql", store.location, "-qXc", "CREATE DATABASE again"], check=True)
    elsewhere = store.location.replace("/postgres?", "/again?")
    code, report = meno_json(meno, "restore", backup, "--into", elsewhere, "--runs", folder / "again.runs", "--key", folder / "key")
    assert code == 0, report
    counted = subprocess.run(["psql", elsewhere, "-AtXc", "SELECT count(DISTINCT event_id) FROM answer"],
                             check=True, stdout=subprocess.PIPE, text=True)
    assert int(counted.stdout) == answers, (counted.stdout, answers)
    code, report = meno_json(meno, "restore", backup, "--into", elsewhere, "--runs", folder / "again.runs", "--key", folder / "key")
    assert code == 5, "a restore over a database that is in use"


def main(meno, engine="sqlite"):
    with tempfile.TemporaryDirectory(prefix="meno-drill-") as name:
        folder = pathlib.Path(name)
        store = SqliteFile(folder) if engine == "sqlite" else PostgresDatabase()
        try:
            drill(meno, folder, store)
        finally:
            store.remove()


def drill(meno, folder, store):
    make_run(meno, folder)
    server = Server(meno, folder, store)
    course, replies = begin_school(server)
    before_crash = estimates(server, course)
    made = backups_under_load(meno, folder, store, server, course)

    for backup, acknowledged, answers in made:
        code, report = meno_json(meno, "restore", backup, "--verify", "--key", folder / "key")
        assert code == 0 and report["answers"] == answers, report
    backup, acknowledged, answers = made[-1]
    restored = SqliteFile(folder / "elsewhere")
    restored.location.parent.mkdir()
    code, report = meno_json(meno, "restore", backup, "--into", restored.location, "--key", folder / "key")
    assert code == 0, report
    kept = events_of(restored.location)
    assert len(kept) == answers and acknowledged <= kept, (len(kept), answers, len(acknowledged - kept))
    code, report = meno_json(meno, "restore", backup, "--into", restored.location, "--key", folder / "key")
    assert code == 5, "a restore over a store"

    server = Server(meno, folder, restored)
    assert estimates(server, course) == before_crash, "the restored store predicts something else"
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    for body, before in replies:
        status, after = call(connection, "POST", "/v1/answers", body)
        assert status == 200 and not after["recorded"], after
        assert all(after[key] == before[key] for key in ("correct", "mastery")), (before, after)
    connection.close()
    assert server.stop() == 0
    check_refusals(meno, folder, backup)
    check_retention(meno, folder, store, backup)
    if isinstance(store, PostgresDatabase):
        check_restored_to_a_database(meno, folder, store, backup, answers)
    print(f"{len(made)} backups under load, the last of {answers} answers: restored, 0 acknowledged answers lost, "
          "one student predicted as before the crash")


if __name__ == "__main__":
    main(*sys.argv[1:])
