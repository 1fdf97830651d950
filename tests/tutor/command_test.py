#!/usr/bin/env python3
"""meno recommend, plan, test --store, graph and simulate through the real program, on a made-up course whose students are simulated."""
import csv, json, math, os, pathlib, random, subprocess, sys, tempfile

MENO = os.path.abspath(sys.argv[1])  # the tests change the folder
SKILLS = ["count", "add", "multiply"]


def run(*arguments, stdin=""):
    return subprocess.run([MENO, *map(str, arguments)], input=stdin, capture_output=True, text=True)


def document(*arguments, **more):
    done = run(*arguments, "--json", **more)
    check(done.returncode == 0, (arguments, done.stderr))
    return json.loads(done.stdout)


def check(condition, what):
    if not condition:
        sys.exit(f"failed: {what}")


def made_up_course(folder):
    rng = random.Random(7)
    with open(folder / "course.csv", "w", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["student", "item", "skill", "correct"])
        for student in range(40):
            ability = rng.gauss(0, 1)
            for k in range(24):
                skill = k // 8  # one after the other: an order that can be seen
                p = 1 / (1 + math.exp(-ability + 0.6 * skill - 0.08 * (k % 8)))
                rows.writerow([f"s{student}", f"{SKILLS[skill]}{rng.randrange(5)}", SKILLS[skill], int(rng.random() < p)])
    done = run("import", folder / "course.csv", "--into", folder / "data")
    check(done.returncode == 0, done.stderr)
    return folder / "data"


def test_recommend(store):
    items = document("recommend", "--store", store, "--student", "s1", "--count", 3)["items"]
    check(len(items) == 3 and all("explanation" not in item for item in items), items)
    for item in document("recommend", "--store", store, "--student", "s1", "--count", 2, "--explain")["items"]:
        check(item["reason"]["text"]["zh-CN"] and len(item["reason"]["evidence"]) <= 3, item["reason"])
        prediction = item["explanation"]["prediction"]
        for division in ["by_evidence", "by_answer"]:
            total = prediction["typical"] + sum(piece["logit"] for piece in prediction[division])
            check(abs(total - prediction["logit"]) < 1e-4, (division, total, prediction["logit"]))
            check(all(piece["name"]["en"] and piece["name"]["zh-CN"] for piece in prediction[division]), prediction)
        check(item["explanation"]["if_right"]["p_after"] > item["explanation"]["if_wrong"]["p_after"], item)
    spoken = run("recommend", "--store", store, "--student", "s1", "--explain")
    check("answers" in spoken.stdout.lower() and spoken.returncode == 0, spoken.stdout)


def test_plan(store):
    plan = document("plan", "--store", store, "--student", "s1", "--goal", "multiply", "--minutes", 20)
    check(plan["p_end"] >= plan["p_start"] and plan["minutes_planned"] <= 20 + 1e-6, plan)
    check(plan["steps"] and {step["skill"] for step in plan["steps"]} <= set(SKILLS), plan)


def test_test(store):
    lines = "\n".join(json.dumps({"item_id": f"{skill}{k}", "correct": k % 2 == 0}) for skill in SKILLS for k in range(5))
    report = document("test", "--store", store, "--student", "s1", "--longest", 5, stdin=lines)
    check(report["questions"] == 5 and report["calibration"]["students"] == 39, report)


def test_graph(folder, data):
    graph = folder / "graph.csv"
    graph.write_text("before,after\ncount,add\nadd,multiply\n")
    check(document("graph", "import", graph), "an imported graph")
    for kind in ["json", "graphml"]:
        done = run("graph", "export", graph, "--out", folder / f"graph.{kind}")
        check(done.returncode == 0, done.stderr)
        done = run("graph", "export", folder / f"graph.{kind}", "--out", folder / f"back_{kind}.csv")
        check(done.returncode == 0, done.stderr)
    check((folder / "back_json.csv").read_text() == (folder / "back_graphml.csv").read_text(), "both ways round lead back")
    graph.write_text("before,after\ncount,add\nadd,multiply\nmultiply,count\n")
    done = run("graph", "import", graph)
    check(done.returncode == 2 and "add" in done.stderr and "->" in done.stderr, done.stderr)
    suggested = document("graph", "suggest", data)
    check(isinstance(suggested, dict), suggested)


def test_simulate(folder, data):
    outs = [folder / name for name in ["a.jsonl", "b.jsonl"]]
    for out in outs:
        done = run("simulate", "--data", data, "--out", out, "--students", 3, "--answers", 10, "--seed", 5)
        check(done.returncode == 0, done.stderr)
    lines = [json.loads(line) for line in outs[0].read_text().splitlines()]
    check(lines and all(line["simulated"] is True for line in lines), lines[:2])
    check(outs[0].read_bytes() == outs[1].read_bytes(), "the same seed, the same bytes")
    done = run("import", outs[0], "--into", folder / "again")
    check(done.returncode == 0, done.stderr)


def test_postgres(data):
    """The same commands where the store is a PostgreSQL database; left out where PostgreSQL is not installed."""
    cluster = pathlib.Path(__file__).resolve().parents[1] / "postgres" / "cluster"
    place, me = f"/tmp/meno-postgres-{os.getpid()}", str(os.getpid())
    started = subprocess.run([cluster, "start", place, me], stdout=subprocess.DEVNULL).returncode
    if started == 77:
        return
    check(started == 0, "the cluster starts")
    try:
        store = f"postgres://meno@/postgres?host={place}"
        document("recommend", "--store", store, "--data", data, "--student", "s1", "--count", 1)
        test_recommend(store)
        test_plan(store)
        test_test(store)
    finally:
        subprocess.run([cluster, "remove", place, me], stdout=subprocess.DEVNULL)


def test_refusals(folder, store):
    for arguments, code, sentence in [
        (["recommend", "--store", folder / "none.db", "--student", "s1"], 4, "no store"),
        (["recommend", "--store", store, "--student", "nobody"], 4, "nobody"),
        (["plan", "--store", store, "--student", "s1", "--goal", "multiplied"], 4, "near it: multiply"),
        (["plan", "--store", store, "--student", "s1", "--goal", "add", "--minutes", "-1"], 2, "-1 minutes"),
        (["test", "--store", folder / "none.db"], 4, "none.db is not there"),
        (["graph", "import", folder / "none.csv"], None, "none.csv"),
        # a PostgreSQL that is not there is a store that cannot be reached, and no password is shown
        (["recommend", "--store", "postgres://u:secret@127.0.0.1:1/none", "--student", "s1"], 6, "127.0.0.1"),
        (["test", "--store", "postgres://u:secret@127.0.0.1:1/none"], 6, "127.0.0.1"),
    ]:
        done = run(*arguments)
        check(done.returncode == code if code is not None else done.returncode != 0, (arguments, done.returncode, done.stderr))
        check(sentence in done.stderr and "secret" not in done.stderr, (arguments, done.stderr))
        check(done.stderr.count("\n") == 1, done.stderr)


with tempfile.TemporaryDirectory() as name:
    at = pathlib.Path(name)
    os.chdir(at)
    course = made_up_course(at)
    school = at / "school.db"
    document("recommend", "--store", school, "--data", course, "--student", "s1", "--count", 1)
    test_recommend(school)
    test_plan(school)
    test_test(school)
    test_graph(at, course)
    test_simulate(at, course)
    test_postgres(course)
    test_refusals(at, school)
