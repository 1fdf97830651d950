"""A PostgreSQL that dies under load while the server lives on, 32 clients sending every answer until it is acknowledged.

crash:   SIGKILL to the postmaster, several times, each time started again.
power:   a simulated power cut, several times: every process ends at once, and about half of the pages that no sync had taken to the disk are as before.
standby: a synchronous standby; SIGKILL to the primary, which stays dead, and the standby is promoted. The server has both in
         its address and finds the new primary by itself.
patient: a synchronous standby that is gone for longer than any time limit of ours: nothing is acknowledged meanwhile
         (25 seconds: for releases).

After each: every acknowledged answer is there once, each reply comes back the same when its event is sent again, and a
restarted server estimates as this one. Standard library only.

usage: database_test.py MENO_EXECUTABLE crash|power|standby|patient [--kills N] [--unsynced LIBRARY]
LIBRARY: unsynced.cc as a shared library, for power.
"""
import argparse
import http.client
import json
import os
import pathlib
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time

import power_cut
from kill_test import ITEMS, Server, call, make_run

CLUSTER = pathlib.Path(__file__).parent.parent / "postgres" / "cluster"
CLIENTS = 32
STUDENTS = 16


def cluster(action, folder, *more):
    done = subprocess.run([CLUSTER, action, folder, *map(str, more)], stdout=subprocess.PIPE, text=True)
    if done.returncode == 77:
        print("SKIPPED: PostgreSQL is not installed")
        sys.exit(0)
    assert done.returncode == 0, (action, done)


class Pair:
    """A cluster, with `standby` also one that follows it. With `unsynced` its writes are noted in the folder `journals`."""

    def __init__(self, standby, unsynced=None):
        self.primary = f"/tmp/meno-database-{os.getpid()}"
        self.standby = f"{self.primary}-standby" if standby else None
        self.journals = f"{self.primary}-unsynced" if unsynced else None
        if unsynced:
            assert os.path.exists(unsynced), f"no {unsynced}, expected unsynced.cc as a shared library: a preloaded one that is missing is passed over"
            os.mkdir(self.journals)
            os.chmod(self.journals, 0o777)  # the cluster may be of another user
            os.environ.update(MENO_PRELOAD=os.path.abspath(unsynced), MENO_UNSYNCED=self.journals)
        cluster("start", self.primary, os.getpid())
        if not standby:
            self.location = f"postgres://meno@/postgres?host={self.primary}"
            return
        cluster("standby", self.standby, os.getpid(), self.primary)
        # Whichever of the two takes writes.
        self.location = f"postgres://meno@/postgres?host={self.primary},{self.standby}&target_session_attrs=read-write"
        self.query("ALTER SYSTEM SET synchronous_standby_names = 'standby'")
        self.query("SELECT pg_reload_conf()")
        until = time.monotonic() + 60
        while self.query("SELECT sync_state FROM pg_stat_replication") != ["sync"]:
            assert time.monotonic() < until, "the standby does not follow"
            time.sleep(0.05)

    def query(self, sql):
        asked = subprocess.run(["psql", self.location, "-AtXc", sql], check=True, stdout=subprocess.PIPE, text=True)
        return asked.stdout.split()

    def remove(self):
        for folder in filter(None, [self.primary, self.standby]):
            cluster("remove", folder)
        if self.journals:
            shutil.rmtree(self.journals)


class Load:
    """Clients that send an answer again, under its event id, until it is acknowledged."""

    def __init__(self, server, course):
        self.server, self.course = server, course
        self.lock = threading.Lock()
        self.acknowledged = {}
        self.refused = 0
        self.faults = []
        self.stopping = False
        self.threads = [threading.Thread(target=self.work, args=(client,), daemon=True) for client in range(CLIENTS)]
        for thread in self.threads:
            thread.start()

    def work(self, client):
        connection = http.client.HTTPConnection("127.0.0.1", self.server.port, timeout=120)
        for step in range(1_000_000):
            rng = random.Random(client * 1_000_003 + step)
            body = {"event_id": f"e-{client}-{step}", "course_id": self.course, "student_id": f"s{client % STUDENTS}",
                    "item_id": rng.choice(ITEMS), "correct": rng.random() < 0.6}
            while not self.send(connection, body):
                if self.stopping:
                    return
                time.sleep(0.05)
            if self.stopping:
                return

    def send(self, connection, body):
        status, reply = call(connection, "POST", "/v1/answers", body)
        with self.lock:
            if status == 200:
                self.acknowledged[body["event_id"]] = (body, reply)
            elif status == 503:
                self.refused += 1
            else:
                self.faults.append((status, reply))
        return status != 503

    def wait_for(self, more):
        """Until `more` further answers are acknowledged."""
        wanted = len(self.acknowledged) + more
        until = time.monotonic() + 120
        while len(self.acknowledged) < wanted:
            assert time.monotonic() < until, f"{len(self.acknowledged)} acknowledged, expected {wanted}; {self.faults[:3]}"
            time.sleep(0.002)

    def stop(self):
        self.stopping = True
        for thread in self.threads:
            thread.join()
        assert not self.faults, self.faults[:3]


def begin_school(server):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    course = call(connection, "GET", "/v1/courses")[1]["courses"][0]["id"]
    for student in range(STUDENTS):
        status, reply = call(connection, "POST", f"/v1/courses/{course}/students",
                             {"id": f"s{student}", "display_name": f"Student {student}"})
        assert status == 201, reply
    connection.close()
    return course


def estimates(server, course):
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    all_of_them = []
    for student in range(STUDENTS):
        status, reply = call(connection, "GET", f"/v1/students/s{student}/mastery?course_id={course}")
        assert status == 200, reply
        all_of_them.append([(skill["skill_id"], skill["p_mastery"], skill["answers"]) for skill in reply["skills"]])
    connection.close()
    return all_of_them


def check(meno, folder, store, server, load):
    """What is there afterwards."""
    kept = store.query("SELECT event_id FROM answer")
    assert len(kept) == len(set(kept)), "an answer is there twice"
    lost = set(load.acknowledged) - set(kept)
    assert not lost, f"{len(lost)} acknowledged answers are gone"
    before = estimates(server, load.course)
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=60)
    sample = random.Random(1).sample(sorted(load.acknowledged), min(1_000, len(load.acknowledged)))
    for event in sample:
        body, reply = load.acknowledged[event]
        status, again = call(connection, "POST", "/v1/answers", body)
        assert status == 200 and not again["recorded"], (event, status, again)
        if reply["recorded"]:
            assert (again["correct"], again["mastery"]) == (reply["correct"], reply["mastery"]), (event, reply, again)
    connection.close()
    assert server.stop() == 0
    server = Server(meno, folder, store)
    assert estimates(server, load.course) == before, "a restarted server estimates something else"
    assert server.stop() == 0
    return len(kept)


def crash(store, load, kills):
    for _ in range(kills):
        load.wait_for(random.randrange(100, 600))
        cluster("kill", store.primary)
        cluster("start", store.primary, os.getpid())
    load.wait_for(300)
    return f"the postmaster killed {kills} times"


def power(store, load, kills):
    lost = pages = 0
    for kill in range(kills):
        load.wait_for(random.randrange(100, 600))
        power_cut.end_at_once(store.primary)
        more_lost, more_pages = power_cut.lose(store.primary, store.journals, random.Random(kill))
        lost, pages = lost + more_lost, pages + more_pages
        cluster("start", store.primary, os.getpid())
    load.wait_for(300)
    assert lost > 0, f"of {pages} pages without a sync none was lost: nothing was tried"
    return f"{kills} power cuts, {lost} of {pages} pages without a sync lost"


def standby(store, load, kills):
    load.wait_for(1_000)
    cluster("kill", store.primary)
    time.sleep(0.3)
    cluster("promote", store.standby)
    store.query("ALTER SYSTEM SET synchronous_standby_names = ''")
    store.query("SELECT pg_reload_conf()")
    load.wait_for(1_000)
    return "the primary killed, its standby promoted"


def patient(store, load, kills):
    load.wait_for(500)
    cluster("stop", store.standby)
    time.sleep(1)  # what was on its way
    before = len(load.acknowledged)
    time.sleep(24)
    assert len(load.acknowledged) == before, f"{len(load.acknowledged) - before} acknowledged without the standby"
    cluster("start", store.standby, os.getpid())
    load.wait_for(500)
    return "the standby away for 25 s, nothing acknowledged meanwhile"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("meno")
    parser.add_argument("what", choices=["crash", "power", "standby", "patient"])
    parser.add_argument("--kills", type=int, default=3)
    parser.add_argument("--unsynced")
    asked = parser.parse_args()
    store = Pair(asked.what in ("standby", "patient"), asked.unsynced if asked.what == "power" else None)
    try:
        with tempfile.TemporaryDirectory(prefix="meno-database-") as name:
            folder = pathlib.Path(name)
            make_run(asked.meno, folder)
            server = Server(asked.meno, folder, store)
            load = Load(server, begin_school(server))
            try:
                happened = {"crash": crash, "power": power, "standby": standby, "patient": patient}[asked.what](store, load, asked.kills)
            finally:
                load.stopping = True
            load.stop()
            kept = check(asked.meno, folder, store, server, load)
            print(f"{happened}: {len(load.acknowledged)} answers acknowledged, {load.refused} refused meanwhile and sent again, "
                  f"{kept} in the store; 0 lost, 0 twice, predictions unchanged")
    finally:
        store.remove()


if __name__ == "__main__":
    main()
