"""Open and closed servers, keys and the audit log, through the real program.

Standard library only.

usage: command_test.py MENO_EXECUTABLE
"""
import json
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import urllib.error
import urllib.request


def run(meno, *arguments, expected=0, given=""):
    done = subprocess.run([meno, *arguments, "--json"], input=given, capture_output=True, text=True)
    assert done.returncode == expected, (arguments, done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout)


class Server:
    def __init__(self, meno, store, *more):
        self.process = subprocess.Popen([meno, "serve", "--store", store, "--port", "0", "--adapt", "off", "--json", *more],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self.said = json.loads(self.process.stdout.readline())

    def status(self, path, key=None):
        request = urllib.request.Request(self.said["url"] + path)
        if key is not None:
            request.add_header("Authorization", f"Bearer {key}")
        try:
            return urllib.request.urlopen(request, timeout=30).status
        except urllib.error.HTTPError as error:
            return error.code

    def __enter__(self):
        self.status("/v1/health")  # a signal before the server runs would end it with another code
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=30) == 0


def open_until_the_first_key(meno, folder):
    store = folder / "store.db"
    with Server(meno, store) as server:
        assert server.said["mode"] == "open"
        assert server.status("/v1/courses") == 200
        assert server.status("/v1/courses", "meno_made-up") == 401
    for more in ([], ["--dev"]):
        refused = run(meno, "serve", "--store", store, "--port", "0", "--host", "0.0.0.0", *more, expected=2)
        assert "expected 127.0.0.1" in refused["error"]["message"], refused
    key = run(meno, "key", "add", "--store", store, "--scopes", "courses:read", "--id", "k")["key"]
    run(meno, "key", "add", "--store", store, "--scopes", "courses:reed", expected=2)
    with Server(meno, store) as server:
        assert server.said["mode"] == "accounts"
        assert server.status("/v1/courses") == 401
        assert server.status("/v1/courses", key) == 200
        assert server.status("/v1/courses/x/students", key) == 403
        run(meno, "key", "list", "--store", store, expected=5)  # the server has the store
    run(meno, "key", "revoke", "--store", store, "--id", "k")
    with Server(meno, store) as server:
        assert server.status("/v1/courses", key) == 401
    with Server(meno, store, "--dev") as server:
        assert server.status("/v1/courses") == 200
        assert server.status("/v1/courses", server.said["key"]) == 200
        assert server.status("/v1/courses", key) == 401


def the_log_shows_changes(meno, folder):
    store = folder / "store.db"
    assert run(meno, "audit", "verify", "--store", store)["rows"] == 3
    actions = [row["action"] for row in run(meno, "audit", "list", "--store", store)["audit"]]
    assert actions == ["key_added", "refused", "key_revoked"], actions
    with sqlite3.connect(store) as database:
        for change in ("UPDATE audit SET detail = 'admin' WHERE no = 1", "DELETE FROM audit WHERE no = 1"):
            try:
                database.execute(change)
                raise AssertionError(f"the log allowed: {change}")
            except sqlite3.IntegrityError:
                pass
        database.execute("DROP TRIGGER audit_stays")
        database.execute("UPDATE audit SET detail = 'admin' WHERE no = 1")
    database.close()
    broken = run(meno, "audit", "verify", "--store", store, expected=5)
    assert broken["error"]["message"].startswith("row 1 of the audit log"), broken


def main():
    meno = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        open_until_the_first_key(meno, pathlib.Path(folder))
        the_log_shows_changes(meno, pathlib.Path(folder))
    print("ok")


main()
