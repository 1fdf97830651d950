#!/usr/bin/env python3
"""What students say of recommendations and what teachers lay down, through the real program: feedback, the success rate
aimed at, rules, order, dates and exploration change what comes next; nothing of it is lost in a restart or a copy; bad
input gets a clear answer. The course is made up and its students are simulated. Standard library only.

usage: guidance_test.py MENO_EXECUTABLE RUN_FOLDER
"""
import csv, datetime, http.client, json, pathlib, random, signal, subprocess, sys, tempfile

MENO, RUN = sys.argv[1:3]
SKILLS = ["add", "multiply", "divide"]
COURSE = "course"


def run(*arguments):
    return subprocess.run([MENO, *map(str, arguments)], capture_output=True, text=True)


def check(condition, what):
    if not condition:
        sys.exit(f"failed: {what}")


def imported(folder, name, rows):
    with open(folder / f"{name}.csv", "w", newline="") as file:
        csv.writer(file).writerows([["student", "item", "skill", "correct", "timestamp"], *rows])
    done = run("import", folder / f"{name}.csv", "--into", folder / name)
    check(done.returncode == 0, done.stderr)
    return folder / name


def made_course(folder):
    rng = random.Random(7)
    rows = []
    for student in range(5):
        for step in range(25):
            item = rng.randrange(24)
            rows.append([f"s{student}", f"i{item}", SKILLS[item % 3], int(rng.random() < 0.55 + 0.1 * (item % 3)),
                         1_700_000_000 + 60 * step])
    rows += [["s0", f"i{item}", SKILLS[item % 3], 1, 1_700_100_000 + item] for item in range(24)]
    return imported(folder, COURSE, rows)


def recommend(store, *more, student="s0"):
    return run("recommend", "--store", store, "--run", RUN, "--student", student, "--json", *more)


class Server:
    def __init__(self, store):
        self.process = subprocess.Popen([MENO, "serve", "--store", store, "--run", RUN, "--port", "0", "--json",
                                         "--adapt", "off"],
                                        stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self.process.stdout.readline()
        check(line, "the server listens")
        self.connection = http.client.HTTPConnection("127.0.0.1", json.loads(line)["port"], timeout=60)
        self.call("GET", "/v1/health")

    def call(self, method, path, body=None, expected=200):
        headers = {"Content-Type": "application/json"} if body is not None else {}
        self.connection.request(method, path, json.dumps(body) if body is not None else None, headers)
        reply = self.connection.getresponse()
        document = json.loads(reply.read())
        check(reply.status == expected, (method, path, reply.status, document))
        return document

    def next(self, student="s0", more="&count=5", expected=200):
        return self.call("GET", f"/v1/students/{student}/recommendations?course_id={COURSE}{more}", expected=expected)

    def items(self, student="s0", more="&count=5"):
        return [one["item"]["id"] for one in self.next(student, more)["recommendations"]]

    def feedback(self, event, item, kind, student="s0", expected=200):
        return self.call("POST", "/v1/feedback", {"event_id": event, "course_id": COURSE, "student_id": student,
                                                  "item_id": item, "kind": kind}, expected)

    def answer(self, event, item, correct, student="s0"):
        return self.call("POST", "/v1/answers?next=brief", {"event_id": event, "course_id": COURSE,
                                                            "student_id": student, "item_id": item, "correct": correct})

    def rules(self, rules, student="", expected=200):
        return self.call("PUT", f"/v1/courses/{COURSE}/rules" + (f"?student_id={student}" if student else ""), rules,
                         expected)

    def stop(self):
        self.process.send_signal(signal.SIGTERM)
        check(self.process.wait(30) == 0, "the server stops")


def test_feedback(server):
    first = server.items()[0]
    said = server.feedback("f1", first, "dismiss")
    check(said["recorded"] and said["next"]["item"]["id"] != first, ("a dismissed item is not next", said))
    check(first not in server.items(), "nor among the next five")
    again = server.feedback("f1", first, "dismiss")
    check(not again["recorded"] and again["next"]["item"]["id"] == said["next"]["item"]["id"], "the same event twice")
    server.feedback("f1", first, "swap", expected=409)
    server.feedback("f2", "nowhere", "swap", expected=404)
    server.feedback("f2", first, "swap", student="nobody", expected=404)
    server.feedback("f2", first, "loud", expected=400)
    second = said["next"]["item"]["id"]
    swapped = server.feedback("f3", second, "swap")
    check(swapped["next"]["item"]["id"] not in (first, second), swapped)
    before = swapped["target"]
    harder = server.feedback("f4", swapped["next"]["item"]["id"], "too_hard")
    check(abs(harder["target"] - before - 0.05) < 1e-9, ("too hard raises the success rate aimed at", harder["target"]))
    easier = server.feedback("f5", harder["next"]["item"]["id"], "too_easy")
    check(abs(easier["target"] - before) < 1e-9, easier["target"])
    accepted = server.feedback("f6", easier["next"]["item"]["id"], "accept")
    check(accepted["next"]["item"]["id"] == easier["next"]["item"]["id"], "what is accepted stays")
    for k in range(6):
        server.feedback(f"easy{k}", first, "too_easy", student="s1")
    path = f"/v1/students/s1/preferences?course_id={COURSE}"
    low = server.call("GET", path)["aimed_at"]
    check(abs(low - 0.58) < 1e-9, ("never more than .2 away", low))
    server.answer("a1", "i1", True, student="s1")
    check(low < server.call("GET", path)["aimed_at"] < low + 0.01, "and fades with answers")


def test_target(server):
    path = f"/v1/students/s2/preferences?course_id={COURSE}"
    check(server.call("GET", path)["target"] is None, "nothing set")
    hard, easy = (server.next("s2", f"&count=5&target={percent}") for percent in (50, 95))
    mean = lambda reply: sum(one["p_correct"] for one in reply["recommendations"]) / 5
    check(hard["target"] == 0.5 and mean(hard) < mean(easy), "what if: a lower success rate gives harder items")
    check(server.next("s2")["target"] == 0.78, "which sets nothing")
    check(server.call("PUT", path, {"target": 0.5})["aimed_at"] == 0.5, "set")
    check(server.next("s2")["recommendations"] == hard["recommendations"], "then it is what if had said")
    for wrong in ({"target": 0.4}, {"target": "much"}, {}, {"target": 0.6, "x": 1}):
        server.call("PUT", path, wrong, expected=400)
    server.call("PUT", f"/v1/students/nobody/preferences?course_id={COURSE}", {"target": 0.6}, expected=404)
    check(server.call("PUT", path, {"target": None})["aimed_at"] == 0.78, "taken back")
    server.rules({"target": 0.6})
    check(server.next("s2")["target"] == 0.6, "a teacher's for the course")
    server.rules({"target": 0.7}, student="s2")
    check(server.next("s2")["target"] == 0.7 and server.next("s3")["target"] == 0.6, "and for one student")
    server.rules({}, student="s2")
    server.rules({})


def test_rules(server):
    server.rules({"forbidden_skills": ["add"], "forbidden_items": ["i1"]})
    shown = server.items("s3", "&count=100")
    check(len(shown) == 15 and all(int(item[1:]) % 3 and item != "i1" for item in shown), shown)
    refused = server.rules({"allowed_skills": ["add"]}, student="s3", expected=400)["error"]["message"]
    check("the student's rule \"allowed_skills\" (1 named) takes away the last 15 items" in refused, refused)
    server.rules({})
    server.rules({"allowed_skills": ["add"]}, student="s3")
    server.rules({"forbidden_skills": ["add"], "forbidden_items": ["i1"]})
    refused = server.next("s3", expected=409)["error"]["message"]
    check("rule \"allowed_skills\" (1 named)" in refused and "student's" in refused, refused)
    check(server.answer("r1", "i1", True, student="s3")["next"] is None, "the answer stands")
    check(server.feedback("r2", "i1", "swap", student="s3")["next"] is None, "the feedback too")
    server.rules({}, student="s3")
    for rules, sentence in [
        ({"forbidden_skills": SKILLS}, 'the course\'s rule "forbidden_skills" (3 named) takes away the last 24 items'),
        ({"allowed_items": ["i0"], "forbidden_items": ["i0"]}, 'rule "forbidden_items" (1 named) takes away the last 1'),
        ({"forbidden_skills": ["ad"]}, "near it: add"),
        ({"allowed_items": ["i99"]}, 'names the item "i99"'),
        ({"order": ["add", "add"]}, "twice"),
        ({"due": [{"skill_id": "add", "due_at": "tomorrow"}]}, "due_at"),
        ({"due": ["add"]}, "due"), ({"repeat_gap": 0}, "1 to 1000"), ({"target": 2}, "0.5 to 0.95"),
        ({"exploration": 1}, "true or false"), ({"speed": 3}, '"speed" is not a known field'), ([], "no JSON object"),
    ]:
        said = server.rules(rules, expected=400)["error"]["message"]
        check(sentence in said, (rules, said))
    server.call("GET", "/v1/courses/nowhere/rules", expected=404)
    server.rules({}, student="nobody", expected=404)
    kept = server.call("GET", f"/v1/courses/{COURSE}/rules")["rules"]
    check(kept["forbidden_skills"] == ["add"], ("refused rules change nothing", kept))
    server.rules({})


def test_order_and_dates(server):
    server.rules({"order": ["divide", "multiply"]})
    for one in server.next("s4")["recommendations"]:
        check(one["reason"]["code"] == "teacher_order" and one["item"]["skills"] == ["divide"], one)
        check("轮到“divide”" in one["reason"]["text"]["zh-CN"], one["reason"]["text"])
    soon = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=3)
    at = lambda time: time.strftime("%Y-%m-%dT%H:%M:%SZ")
    for skill in SKILLS:
        server.rules({"due": [{"skill_id": skill, "due_at": at(soon)}]}, student="newcomer")
        server.rules({})
        one = server.next("newcomer", "")["recommendations"][0]
        check(one["item"]["skills"] == [skill] and one["reason"]["code"] == "due_soon", one)
        check("is due in 3 days" in one["reason"]["text"]["en"] and one["reason"]["due_at"][:10] == at(soon)[:10], one)
    far = soon + datetime.timedelta(days=60)
    server.rules({"due": [{"skill_id": "add", "due_at": at(far)}]}, student="newcomer")
    check(server.next("newcomer", "")["recommendations"][0]["reason"]["code"] != "due_soon", "a far date is no haste")
    server.rules({}, student="newcomer")


def test_exploration(server):
    usual = server.items("s4")
    server.rules({"exploration": True})
    drawn = server.next("s4")
    check(drawn["recommendations"] == server.next("s4")["recommendations"], "the same until the next answer")
    codes = set()
    for k in range(12):
        server.answer(f"x{k}", f"i{k}", k % 2 == 0, student="s4")
        codes |= {one["reason"]["code"] for one in server.next("s4")["recommendations"]}
    check("explore_uncertain" in codes, codes)
    server.rules({})
    check(len(usual) == 5, usual)


def resource_list(**changes):
    one = {"id": "example", "kind": "worked_example", "title": {"en": "Sums solved", "zh-CN": "加法例题"},
           "skills": ["add"], "minutes": 4, **changes}
    return {"resources": [one]}


def test_resources(server):
    path = f"/v1/courses/{COURSE}/resources"
    check(server.call("GET", path)["resources"] == [], "none yet")
    first = lambda: server.next("newcomer", "&count=3")["recommendations"]
    on_add = lambda: [one["resource"] for one in first() if one["item"]["skills"] == ["add"]]
    server.rules({"order": ["add"]}, student="newcomer")
    check(on_add() == [None] * 3, "no resource without a list")
    server.call("PUT", path, resource_list())
    shown = on_add()
    check(shown[0]["id"] == "example" and shown[0]["need"] == "new_skill" and shown[1:] == [None, None], shown)
    check("is new to you" in shown[0]["text"]["en"] and "固定规则" in shown[0]["text"]["zh-CN"], shown[0]["text"])
    plan = server.call("GET", f"/v1/students/newcomer/plan?course_id={COURSE}&goal=add&minutes=60")
    check(plan["steps"][0]["resource"]["id"] == "example", plan["steps"][0])
    check(all(step["resource"] is None for step in plan["steps"][1:]), "studied once")
    total = 4 + sum(step["minutes"] for step in plan["steps"])
    check(abs(plan["minutes_planned"] - total) < 1e-6, (plan["minutes_planned"], total))
    server.rules({"order": ["add"], "resources": False}, student="newcomer")
    check(on_add() == [None] * 3, "a teacher wants none")
    server.rules({"order": ["add"]}, student="newcomer")
    said = server.feedback("res1", "example", "accept", student="newcomer")
    check(said["recorded"] and said["next"]["resource"] is None, said)
    server.feedback("res2", "nothing", "accept", student="newcomer", expected=404)
    for wrong, sentence in [(resource_list(kind="song"), "expected reading, video"),
                            (resource_list(skills=["ad"]), "near it: add"), (resource_list(id="i1"), "id of an item"),
                            (resource_list(minutes=0), "minutes"), (resource_list(url="javascript:x"), "url"),
                            (resource_list(item_id="i1"), "items have texts"), ({}, "resources"),
                            ({"resources": resource_list()["resources"] * 2}, "there twice")]:
        said = server.call("PUT", path, wrong, expected=400)["error"]["message"]
        check(sentence in said, (wrong, said))
    check(len(server.call("GET", path)["resources"]) == 1, "refused lists change nothing")
    server.rules({}, student="newcomer")


def test_commands(folder, store):
    """Rules and resources from the command line: the same service, the same sentences."""
    rules = lambda *more: run("rules", *more, "--store", store, "--run", RUN, "--json")
    set_to = lambda done: json.loads(done.stdout)["rules"]
    check(set_to(rules("set", '{"order":["add"],"target":0.7}'))["order"] == ["add"], "set")
    kept = set_to(rules("set", '{"repeat_gap":9}'))
    check(kept["order"] == ["add"] and kept["repeat_gap"] == 9, "the others stay")
    top = json.loads(recommend(store).stdout)["items"][0]
    check(top["reason"]["code"] == "teacher_order", top)
    check(set_to(rules("remove", "order"))["order"] == [] and set_to(rules("list"))["target"] == 0.7, "removed")
    check(set_to(rules("set", '{"target":0.6}', "--student", "s0"))["target"] == 0.6, "one student's")
    for wrong, sentence in [(("set", '{"order":["ad"]}'), "near it: add"), (("remove", "speed"), "is not known"),
                            (("set",), "expected one"), (("set", "{"), "rules")]:
        done = rules(*wrong)
        check(done.returncode == 2 and sentence in done.stderr, (wrong, done.stderr))
    check(rules("list", "--student", "nobody").returncode == 4, "a stranger")
    rules("remove")
    rules("remove", "--student", "s0")
    (folder / "shelf.csv").write_text("kind,name,of,title\nskill,add,,\nvideo,film,add,A film\nitem,i0,add,\n")
    done = run("resources", "set", folder / "shelf.csv", "--store", store, "--run", RUN, "--json")
    shelf = json.loads(done.stdout)["resources"]
    check([one["id"] for one in shelf] == ["film"] and shelf[0]["minutes"] == 6, (shelf, done.stderr))
    check("film" in run("resources", "list", "--store", store, "--run", RUN).stdout, "listed")
    check(json.loads(run("resources", "remove", "--store", store, "--run", RUN, "--json").stdout)["resources"] == [],
          "removed")


def test_bad_courses(folder):
    bare = imported(folder, "bare", [["s0", "q1", "", 1, 1_700_000_000]])
    done = recommend(folder / "bare.db", "--data", bare)
    check(done.returncode == 0 and json.loads(done.stdout)["items"] == [], (done.stdout, done.stderr))
    done = run("recommend", "--store", folder / "bare.db", "--run", RUN, "--student", "s0")
    check("nothing to practise" in done.stdout, done.stdout)
    rows = [["s0", f"i{k % 24}", SKILLS[k % 3], int(k % 7 != 0), 1_600_000_000 + 60 * k] for k in range(100_000)]
    long = imported(folder, "long", rows)
    done = recommend(folder / "long.db", "--data", long, "--count", 3)
    check(done.returncode == 0 and len(json.loads(done.stdout)["items"]) == 3, done.stderr)


with tempfile.TemporaryDirectory() as name:
    at = pathlib.Path(name)
    store = at / "school.db"
    data = made_course(at)
    check(recommend(store, "--data", data).returncode == 0, "the store is made")
    server = Server(store)
    server.call("POST", f"/v1/courses/{COURSE}/students", {"id": "newcomer", "display_name": "New"}, expected=201)
    newcomer = server.next("newcomer")["recommendations"]
    check(len(newcomer) == 5 and newcomer[0]["reason"]["code"] == "explore_not_enough_evidence", "no history")
    test_feedback(server)
    test_target(server)
    test_rules(server)
    test_order_and_dates(server)
    test_exploration(server)
    test_resources(server)
    server.rules({"forbidden_items": ["i5"], "repeat_gap": 30})
    server.call("PUT", f"/v1/students/s0/preferences?course_id={COURSE}", {"target": 0.66})
    items = server.items()
    server.stop()
    server = Server(store)
    check(server.items() == items, "a restart loses nothing")
    server.stop()
    check(run("store", "copy", store, at / "copy.db").returncode == 0, "copied")
    for place in (store, at / "copy.db"):
        done = recommend(place, "--count", 5)
        check([one["item"] for one in json.loads(done.stdout)["items"]] == items, (place, done.stdout, items))
    test_commands(at, at / "copy.db")
    check(recommend(store, "--target", 0.2).returncode == 2, "a target out of range")
    server = Server(store)
    server.rules({"allowed_skills": ["add"]}, student="s0")
    server.rules({"forbidden_skills": ["add"]})
    server.stop()
    done = recommend(store)
    check(done.returncode == 5 and "takes away the last 16 items" in done.stderr, done.stderr)
    test_bad_courses(at)
