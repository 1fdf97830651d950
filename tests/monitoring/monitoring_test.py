"""What a server tells of itself, through the real program: figures that add up, names that dashboard and alert rules may use,
request ids down to the store, a log without personal data, and whether it is ready. Standard library only.

usage: monitoring_test.py MENO_EXECUTABLE OPS_FOLDER
"""
import csv
import http.client
import json
import pathlib
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile

# Nothing of these may be in a log or on the page of figures.
STUDENT = "kid-zebedee-17"
NAME = "Zebedee Quux"
EVENT = "event-of-zebedee"
RESPONSE = "seventeen thousand"
ACCOUNT = "tina.teacher"
PASSWORD = "a very secret password"
PERSONAL = [STUDENT, "zebedee", "Quux", EVENT, RESPONSE, ACCOUNT, PASSWORD, "127.0.0.1"]


def make_run(meno, folder):
    source = folder / "answers.csv"
    with source.open("w", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(["student", "item", "skill", "correct", "timestamp"])
        for student in range(32):
            for step in range(10):
                writer.writerow([f"t{student}", f"i{step}", f"s{step % 2}", (student + step) % 2, 1_700_000_000 + step * 60])
    for arguments in (["import", source, "--into", folder / "data"],
                      ["train", folder / "data", "--model", "bkt", "--out", folder / "run"]):
        subprocess.run([meno, *arguments, "--json"], check=True, stdout=subprocess.DEVNULL)


def run(meno, *arguments, expected=0):
    done = subprocess.run([meno, *map(str, arguments), "--json"], capture_output=True, text=True)
    assert done.returncode == expected, (arguments, done.returncode, done.stdout, done.stderr)
    return json.loads(done.stdout)


class Server:
    def __init__(self, meno, folder, *more):
        self.log = folder / f"log-{len(list(folder.glob('log-*')))}"
        self.process = subprocess.Popen(
            [meno, "serve", "--store", folder / "store.db", "--run", folder / "run", "--port", "0", "--adapt", "off", "--json", *more],
            stdout=subprocess.PIPE, stderr=self.log.open("w"), text=True)
        line = self.process.stdout.readline()
        assert line, self.log.read_text()
        self.port = json.loads(line)["port"]
        assert self.ask("GET", "/healthz")[0] == 200  # a signal before the server runs would end it with another code

    def ask(self, method, path, body=None, **fields):
        """Status, header and body, over a connection of its own."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {name.replace("_", "-"): value for name, value in fields.items()}
        if body is not None:
            headers.setdefault("Content-Type", "application/json")
        connection.request(method, path, body if isinstance(body, str | None) else json.dumps(body), headers)
        reply = connection.getresponse()
        text = reply.read().decode()
        connection.close()
        return reply.status, reply.headers, text

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        assert self.process.wait(timeout=60) == 0
        return self.log.read_text()


class Page:
    """A page of figures: types by family, values by series."""

    def __init__(self, text):
        self.text = text
        self.types = dict(re.findall(r"^# TYPE (\S+) (\S+)$", text, re.M))
        self.values = {series: float(value) for series, value in re.findall(r"^([^#\s].*) (\S+)$", text, re.M)}

    def value(self, name, **labels):
        """The sum over the series with these labels."""
        total = 0.0
        for series, value in self.values.items():
            family, _, rest = series.partition("{")
            found = dict(re.findall(r'(\w+)="([^"]*)"', rest))
            if family == name and all(found.get(k) == v for k, v in labels.items()):
                total += value
        return total

    def labels_of(self, name):
        return {label for series in self.values if re.split(r"[{ ]", series)[0] in (name, name + "_bucket")
                for label in re.findall(r'(\w+)="', series)}


def page_of(server, **fields):
    status, headers, text = server.ask("GET", "/metrics", **fields)
    assert status == 200, (status, text)
    assert headers["Content-Type"] == "text/plain; version=0.0.4; charset=utf-8", headers
    return Page(text)


def answer(course, event, item="i1", **more):
    return {"event_id": event, "course_id": course, "student_id": STUDENT, "item_id": item, "correct": True, **more}


def teach(server):
    """Some of everything; the course."""
    course = json.loads(server.ask("GET", "/v1/courses")[2])["courses"][0]["id"]
    assert server.ask("POST", f"/v1/courses/{course}/students", {"id": STUDENT, "display_name": NAME})[0] == 201
    for event, item, status in ((EVENT, "i1", 200), (EVENT, "i1", 200), (EVENT + "-2", "i2", 200), (EVENT + "-3", "none", 404),
                                (EVENT, "i3", 409)):
        reply = server.ask("POST", "/v1/answers", answer(course, event, item), X_Request_Id=f"lesson-{item}")
        assert reply[0] == status and reply[1]["X-Request-Id"] == f"lesson-{item}", reply
    lines = "\n".join(json.dumps(answer(course, f"{EVENT}-b{k}", f"i{k}")) for k in range(9)) + "\n{}"
    batch = server.ask("POST", f"/v1/courses/{course}/answers", lines, Content_Type="application/x-ndjson", X_Request_Id="lesson-batch")
    assert batch[0] == 200 and json.loads(batch[2])["recorded"] == 9, batch
    for path, status in ((f"/v1/students/{STUDENT}/mastery?course_id={course}", 200), (f"/v1/students/{STUDENT}/nothing", 404),
                         (f"/v1/students/{STUDENT}/mastery", 400)):
        assert server.ask("GET", path)[0] == status, path
    server.ask("GET", "/" + NAME.replace(" ", "/"))
    body = answer(course, EVENT + "-4", response=RESPONSE)
    del body["correct"]
    assert server.ask("POST", "/v1/answers", body)[0] == 400
    return course


def check_figures(page):
    for outcome, count in (("recorded", 11), ("repeated", 1), ("refused", 4)):
        assert page.value("meno_answers_total", outcome=outcome) == count, (outcome, page.text)
    for status, count in (("200", 3), ("404", 1), ("409", 1), ("400", 1)):
        assert page.value("meno_http_requests_total", method="POST", route="/v1/answers", status=status) == count, (status, page.text)
    assert page.value("meno_http_request_seconds_count", route="/v1/answers") == 6
    assert page.value("meno_http_requests_total", route="/v1/students/{student_id}/mastery") == 1
    assert page.value("meno_http_requests_total", route="none") == 2 and page.value("meno_http_requests_total", route="page") == 1
    assert page.value("meno_answer_batch_lines_sum") == 10 and page.value("meno_answer_batch_lines_count") == 1
    assert page.value("meno_store_commit_jobs_count") >= 3 and page.value("meno_store_commit_seconds_sum") > 0
    assert page.value("meno_stored_answers") == 11 and page.value("meno_students_kept") == 1
    assert page.value("meno_students_built_total") == 1
    assert page.value("meno_store_errors_total") == 0 and page.value("meno_http_connections") >= 1
    assert page.value("process_resident_memory_bytes") > 1e6 and page.value("process_open_fds") > 3
    assert page.value("process_cpu_seconds_total") > 0 and page.value("process_start_time_seconds") > 1.7e9
    for word in PERSONAL:
        assert word not in page.text, word


def check_ids(server):
    given = server.ask("GET", "/v1/health", X_Request_Id="a" * 64)[1]["X-Request-Id"]
    assert given == "a" * 64, given
    made = {server.ask("GET", path, X_Request_Id=bad)[1]["X-Request-Id"]
            for path, bad in (("/v1/health", "a b"), ("/", "a" * 65), ("/v1/none", "<b>"), ("/metrics", ""))}
    assert len(made) == 4 and all(re.fullmatch(r"[0-9a-f]{8}-[0-9a-f]{8}", each) for each in made), made


def check_kept_ids(server, course):
    """The store says by which request each row came; one that is refused or sent again leaves none."""
    rows = json.loads(server.ask("GET", f"/v1/students/{STUDENT}/answers?course_id={course}&limit=100")[2])["answers"]
    kept = {row["event_id"]: row["request_id"] for row in rows}
    assert kept == {EVENT: "lesson-i1", EVENT + "-2": "lesson-i2", **{f"{EVENT}-b{k}": "lesson-batch" for k in range(9)}}, kept
    said = {"event_id": "said-1", "course_id": course, "student_id": STUDENT, "item_id": "i1", "kind": "swap"}
    assert server.ask("POST", "/v1/feedback", said, X_Request_Id="lesson-swap")[0] == 200
    path = f"/v1/students/{STUDENT}/recommendations"
    assert server.ask("GET", f"{path}?course_id={course}", X_Request_Id="lesson-next")[0] == 200
    history = json.loads(server.ask("GET", f"{path}/history?course_id={course}")[2])["recommendations"]
    asked = [row["request_id"] for row in history]
    assert asked == ["lesson-next", "lesson-swap", "lesson-i2", "lesson-i1", "lesson-i1"], asked


def check_hosts(server):
    """A page whose name was made to lead here asks under its own name."""
    port = server.port
    for host in ("localhost", f"localhost:{port}", f"127.0.0.1:{port}", f"[::1]:{port}", "[::1]", "127.9.9.9"):
        assert server.ask("GET", "/v1/courses", Host=host)[0] == 200, host
    for host in ("evil.example", f"evil.example:{port}", "localhost.evil.example", "127.0.0.1.evil.example", "127.evil", "localhost:80.evil", "[::2]",
                 "evil:[::1]"):
        for path in ("/v1/courses", "/metrics", "/"):
            assert server.ask("GET", path, Host=host)[0] == 403, (host, path)
    assert server.ask("GET", "/", Host="")[0] == 400


def expressions(ops):
    """Expressions of alert rules and dashboard, with where they are from."""
    rules = (ops / "alerts.yml").read_text()
    for name, text in re.findall(r"- alert: (\w+)\n\s+expr:(.*?)\n\s+(?:for|labels):", rules, re.S):
        yield name, text
    dashboard = json.loads((ops / "dashboard.json").read_text())
    for panel in dashboard["panels"]:
        for target in panel.get("targets", []):
            yield panel["title"], target["expr"]


def check_names(page, ops):
    """Nobody asks for what is not there, and the operator's guide names all that is."""
    found = list(expressions(ops))
    assert len(found) > 40, len(found)
    used = set()
    for where, text in found:
        for name, selector in re.findall(r"\b((?:meno|process)_\w+)(\{[^}]*\})?", text):
            family = name if name in page.types else re.sub(r"_(bucket|sum|count)$", "", name)
            assert family in page.types and (family == name) == (page.types[family] != "histogram"), f"{where} asks for {name}"
            used.add(family)
            asked = set(re.findall(r"(\w+)\s*[=!]", selector))
            known = page.labels_of(family) | {"job", "instance"}
            assert page.labels_of(family) == set() or asked <= known, f"{where} asks {name} for {asked - known}"
    unused = set(page.types) - used - {"process_virtual_memory_bytes"}
    assert not unused, f"neither alerts nor dashboard use {unused}"
    guide = (ops.parent / "docs" / "operating.md").read_text()
    for name in [*page.types, *re.findall(r"- alert: (\w+)", (ops / "alerts.yml").read_text())]:
        assert f"`{name}`" in guide, f"docs/operating.md does not say what {name} is"


def check_syntax(page):
    if shutil.which("promtool") is None:
        print("without promtool: the page's syntax is not checked")
        return
    done = subprocess.run(["promtool", "check", "metrics"], input=page.text, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def check_log(log, folder):
    lines = [json.loads(line) for line in log.splitlines()]
    assert all({"time", "level", "event"} <= set(line) for line in lines), log
    requests = {line["request_id"]: line for line in lines if line["event"] == "request"}
    first = requests["lesson-i1"]
    assert (first["route"], first["status"], first["caller"]) == ("/v1/answers", 200, "anybody"), first
    with sqlite3.connect(folder / "store.db") as store:
        kept = dict(store.execute("SELECT event_id, seq FROM answer"))
    assert first["seq"] == kept[EVENT] and requests["lesson-i2"]["seq"] == kept[EVENT + "-2"], (first, kept)
    assert requests["lesson-none"]["level"] == "warning" and requests["lesson-none"]["status"] == 404
    for word in PERSONAL:
        assert word not in log, word


def an_open_server(meno, folder, ops):
    server = Server(meno, folder, "--log", "json", "--log-requests", "all")
    assert json.loads(server.ask("GET", "/readyz")[2])["status"] == "ready"
    course = teach(server)
    page = page_of(server)
    check_figures(page)
    check_ids(server)
    check_kept_ids(server, course)
    check_hosts(server)
    check_syntax(page)
    check_names(page, ops)
    moved = folder / "moved.db"
    (folder / "store.db").rename(moved)
    assert server.ask("GET", "/readyz")[0] == 503 and server.ask("GET", "/healthz")[0] == 200
    moved.rename(folder / "store.db")
    assert server.ask("GET", "/readyz")[0] == 200
    check_log(server.stop(), folder)
    return course


def a_closed_server(meno, folder):
    store = folder / "store.db"
    keys = {scope: run(meno, "key", "add", "--store", store, "--scopes", scope, "--id", scope)["key"]
            for scope in ("metrics:read", "courses:read", "accounts:write")}
    run(meno, "user", "add", "--store", store, "--id", ACCOUNT, "--role", "platform_admin")
    bearer = {scope: f"Bearer {key}" for scope, key in keys.items()}
    server = Server(meno, folder, "--log", "json", "--log-requests", "failed")
    assert server.ask("GET", "/metrics")[0] == 401
    assert server.ask("GET", "/metrics", Authorization=bearer["courses:read"])[0] == 403
    assert server.ask("GET", "/metrics", Authorization="Bearer meno_none")[0] == 401
    assert server.ask("GET", "/readyz")[0] == 200
    assert server.ask("GET", "/v1/health", Host="school.example")[0] == 200, "a server with accounts has names of its own"
    for _ in range(5):
        assert server.ask("POST", "/v1/session", {"account_id": ACCOUNT, "password": PASSWORD}, X_Request_Id="guess")[0] == 401
    assert server.ask("POST", "/v1/session", {"account_id": ACCOUNT, "password": PASSWORD})[0] == 429
    assert server.ask("DELETE", "/v1/keys/courses:read", Authorization=bearer["accounts:write"], X_Request_Id="tidy-up")[0] == 200
    page = page_of(server, Authorization=bearer["metrics:read"])
    for credential, reason in (("none", "unauthenticated"), ("key", "unauthenticated"), ("key", "forbidden")):
        assert page.value("meno_credentials_refused_total", credential=credential, reason=reason) == 1, page.text
    assert page.value("meno_sign_ins_total", outcome="refused") == 5 and page.value("meno_sign_ins_total", outcome="turned_away") == 1
    assert page.value("meno_lock_outs_total") == 1
    log = server.stop()
    for word in [*PERSONAL, *keys.values()]:
        assert word not in log, word
    assert [json.loads(line)["status"] for line in log.splitlines()].count(401) == 7, log
    audit = run(meno, "audit", "list", "--store", store)["audit"]
    details = {row["action"]: row["detail"] for row in audit}
    assert details["login_failed"].endswith("request guess") and details["key_revoked"] == "request tidy-up", details
    assert run(meno, "audit", "verify", "--store", store)["rows"] == len(audit)
    return bearer["metrics:read"]


def backups(meno, folder, key):
    store, seal = folder / "store.db", folder / "seal"
    assert not (folder / "store.db.backups.json").exists()
    server = Server(meno, folder)
    figures = lambda name, kind: page_of(server, Authorization=key).value(name, kind=kind)
    assert figures("meno_backup_success_timestamp_seconds", "backup") == 0
    made = run(meno, "backup", "--store", store, "--into", folder / "backups", "--key", seal, "--new-key")
    assert figures("meno_backup_bytes", "backup") == made["bytes"] and figures("meno_backup_good", "backup") == 1
    good = figures("meno_backup_success_timestamp_seconds", "backup")
    assert good > 1.7e9 and figures("meno_backup_last_timestamp_seconds", "backup") == good
    run(meno, "backup", "--store", store, "--into", folder / "seal", "--key", seal, expected=6)
    assert figures("meno_backup_good", "backup") == 0 and figures("meno_backup_success_timestamp_seconds", "backup") == good
    run(meno, "restore", made["path"], "--verify", "--key", seal)
    assert figures("meno_backup_success_timestamp_seconds", "drill") == 0, "nobody said of which store"
    run(meno, "restore", made["path"], "--verify", "--key", seal, "--store", store)
    assert figures("meno_backup_good", "drill") == 1 and figures("meno_backup_success_timestamp_seconds", "drill") > 1.7e9
    run(meno, "restore", store, "--verify", "--key", seal, "--store", store, expected=2)
    assert figures("meno_backup_good", "drill") == 0
    server.stop()


def a_server_that_drains(meno, folder):
    server = Server(meno, folder, "--drain-notice", "600")
    server.process.send_signal(signal.SIGTERM)
    while server.ask("GET", "/readyz")[0] != 503:
        pass
    assert server.ask("GET", "/healthz")[0] == 200, "requests are served until nobody sends any more"
    server.stop()  # the second signal


def main():
    meno, ops = sys.argv[1], pathlib.Path(sys.argv[2])
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make_run(meno, folder)
        an_open_server(meno, folder, ops)
        key = a_closed_server(meno, folder)
        backups(meno, folder, key)
        a_server_that_drains(meno, folder)
    print("ok")


main()
