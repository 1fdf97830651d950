"""Requests per second of a server's own processor time: `meno serve` beside a FastAPI endpoint that only parses and replies.

Both get the same requests from the same generator (wrk), in turns, within one run, and reply with bodies of the same length:
the endpoint sends back what Meno once said, without a store, a model or a check of who asks. Needs the Debian packages wrk,
python3-fastapi, python3-uvicorn, and uses python3-uvloop and python3-httptools where they are installed.

Run it with Debian's own /usr/bin/python3 where another one comes first.

usage: fastapi.py MENO_EXECUTABLE SCHOOL [--seconds N] [--rounds N]    SCHOOL: a folder that `meno demo` made
"""
import argparse
import http.client
import importlib.util
import json
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

STUDENTS = 200
CONNECTIONS = 16

APPLICATION = '''
import json, os
from typing import Optional
from fastapi import FastAPI, Response
from pydantic import BaseModel, Field

app = FastAPI()
said = json.load(open(os.environ["SAID"]))

class Answer(BaseModel):
    event_id: str = Field(min_length=1, max_length=200)
    course_id: str = Field(min_length=1, max_length=200)
    student_id: str = Field(min_length=1, max_length=200)
    item_id: str = Field(min_length=1, max_length=200)
    correct: bool
    response_ms: Optional[int] = Field(default=None, ge=0)

@app.post("/v1/answers")
async def post_answer(answer: Answer):
    return Response(said["answer"], media_type="application/json")

@app.get("/v1/students/{student_id}/mastery")
async def get_mastery(student_id: str, course_id: str):
    return Response(said["mastery"], media_type="application/json")

@app.get("/v1/students/{student_id}/recommendations")
async def get_recommendations(student_id: str, course_id: str, count: int = 1):
    return Response(said["recommendations"], media_type="application/json")
'''

LUA = '''
local sent = 0
local course, students, items, stamp = "{course}", {students}, {items}, "{stamp}"
wrk.headers["Content-Type"] = "application/json"
request = function()
  sent = sent + 1
  local body = string.format('{{"event_id":"%s-%d","course_id":"%s","student_id":"load-%d","item_id":"%s","correct":%s,"response_ms":4000}}',
    stamp, sent, course, sent % students, items[sent * 7 % #items + 1], sent % 3 ~= 0)
  return wrk.format("POST", "/v1/answers", nil, body)
end
'''


def ask(port, method, path, body=None):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request(method, path, None if body is None else json.dumps(body), {"Content-Type": "application/json"})
    reply = connection.getresponse()
    text = reply.read().decode()
    assert reply.status < 300, (path, reply.status, text)
    return text


def cpu_seconds(process):
    fields = pathlib.Path(f"/proc/{process.pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def start_meno(meno, school, folder):
    for name in ("school.db", "run"):
        source = next(path for path in pathlib.Path(school).iterdir() if path.name == name)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    process = subprocess.Popen([meno, "serve", "--store", folder / "school.db", "--run", folder / "run", "--port", "0", "--adapt", "off",
                                "--json"], stdout=subprocess.PIPE, text=True)
    return process, json.loads(process.stdout.readline())["port"]


def start_fastapi(folder, said):
    (folder / "said.json").write_text(json.dumps(said))
    (folder / "endpoint.py").write_text(APPLICATION)
    port = free_port()
    process = subprocess.Popen([sys.executable, "-m", "uvicorn", "endpoint:app", "--port", str(port), "--log-level", "error", "--no-access-log"],
                               cwd=folder, env={**os.environ, "SAID": str(folder / "said.json")})
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
            return process, port
        except OSError:
            time.sleep(0.1)
    sys.exit("uvicorn did not listen within a minute")


def load(process, port, path, script, seconds):
    """Requests, those refused, wall and processor seconds."""
    before, began = cpu_seconds(process), time.monotonic()
    more = ["-s", str(script)] if script else []
    done = subprocess.run(["wrk", "-t", "1", "-c", str(CONNECTIONS), "-d", f"{seconds}s", *more, f"http://127.0.0.1:{port}{path}"],
                          capture_output=True, text=True, check=True)
    requests = next(int(line.split()[0]) for line in done.stdout.splitlines() if " requests in " in line)
    refused = sum(int(line.rsplit(":", 1)[1]) for line in done.stdout.splitlines() if "Non-2xx" in line)
    return requests, refused, time.monotonic() - began, cpu_seconds(process) - before


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("meno")
    parser.add_argument("school")
    parser.add_argument("--seconds", type=int, default=3)
    parser.add_argument("--rounds", type=int, default=2)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        meno, meno_port = start_meno(arguments.meno, arguments.school, folder)
        course = json.loads(ask(meno_port, "GET", "/v1/courses"))["courses"][0]["id"]
        items = [item["id"] for item in json.loads(ask(meno_port, "GET", f"/v1/courses/{course}/items?limit=1000"))["items"]]
        for k in range(STUDENTS):
            ask(meno_port, "POST", f"/v1/courses/{course}/students", {"id": f"load-{k}", "display_name": f"Load {k}"})
            for j in range(5):
                last = ask(meno_port, "POST", "/v1/answers", {"event_id": f"warm-{k}-{j}", "course_id": course, "student_id": f"load-{k}",
                                                              "item_id": items[(k + j * 11) % len(items)], "correct": j % 3 > 0})
        mastery = f"/v1/students/load-7/mastery?course_id={course}"
        recommendations = f"/v1/students/load-7/recommendations?course_id={course}&count=1"
        said = {"answer": last, "mastery": ask(meno_port, "GET", mastery), "recommendations": ask(meno_port, "GET", recommendations)}
        fastapi, fastapi_port = start_fastapi(folder, said)
        totals = {}
        for turn in range(arguments.rounds):
            script = folder / f"answers-{turn}.lua"
            script.write_text(LUA.format(course=course, students=STUDENTS, stamp=f"turn{turn}",
                                         items="{" + ",".join(json.dumps(item) for item in items) + "}"))
            for what, path, lua in (("answers", "/v1/answers", script), ("mastery", mastery, None), ("recommendations", recommendations, None)):
                for server, process, port in (("fastapi", fastapi, fastapi_port), ("meno", meno, meno_port)):
                    measured = load(process, port, path, lua, arguments.seconds)
                    assert measured[1] == 0, (server, what, measured)
                    total = totals.setdefault((what, server), [0, 0.0, 0.0])
                    for k, value in enumerate((measured[0], measured[2], measured[3])):
                        total[k] += value
        for process in (fastapi, meno):
            process.terminate()
            process.wait(timeout=60)
    helped = [module for module in ("uvloop", "httptools") if importlib.util.find_spec(module)]
    print(f"{CONNECTIONS} connections, {arguments.rounds} turns of {arguments.seconds} s each; uvicorn with {' and '.join(helped) or 'neither uvloop nor httptools'}")
    print("| route | reply | FastAPI, requests per CPU second | a second | Meno, requests per CPU second | a second | ratio per CPU second |\n|---|---|---|---|---|---|---|")
    for what, reply in (("answers", "answer"), ("mastery", "mastery"), ("recommendations", "recommendations")):
        rates = [(total[0] / total[2], total[0] / total[1]) for total in (totals[what, "fastapi"], totals[what, "meno"])]
        (theirs, their_pace), (ours, our_pace) = rates
        print(f"| {what} | {len(said[reply])} B | {theirs:,.0f} | {their_pace:,.0f} | {ours:,.0f} | {our_pace:,.0f} | {ours / theirs:.1f} |")


main()
