"""machine.py STAGE URL ROOM — the questions of machine.sh."""
import json
import os
import re
import sys
import urllib.error
import urllib.parse
import urllib.request
import xml.etree.ElementTree as xml

import jsonschema

stage, url, room = sys.argv[1:]
CODE = "91140882MA0000B15Y"


def get(path):
    try:
        answer = urllib.request.urlopen(
            url + urllib.parse.quote(path, safe="/?=&.%"))
    except urllib.error.HTTPError as error:
        answer = error
    return answer.status, answer.headers["Content-Type"], answer.read()


api = json.loads(get("/api/v1/openapi.json")[2])
assert api == json.load(open("web/static/openapi.json"))
jsonschema.Draft202012Validator.check_schema(
    {"$defs": api["components"]["schemas"]})
seen = set()


def check(path, pattern, want=200):
    """The answer is one that the document knows, and of its schema."""
    status, media, body = get(path)
    assert status == want, (path, status)
    responses = api["paths"][pattern]["get"]["responses"]
    content = responses[str(status)]["content"]
    assert media in content, (path, media)
    seen.add((pattern, status))
    if not media.endswith("json"):
        return body.decode()
    value = json.loads(body)
    schema = dict(content[media]["schema"], components=api["components"])
    jsonschema.Draft202012Validator(schema).validate(value)
    return value


def check_api(draws):
    for path in ("/healthz", "/api/v1/items", "/api/v1/plans",
                 "/api/v1/draws", "/api/v1/events", "/api/v1/log",
                 "/api/v1/items/versions", "/api/v1/plans/years",
                 "/api/v1/statistics", "/api/v1/summary",
                 "/log/checkpoint", "/feed.atom", "/draws.ics"):
        check(path, path)
    for draw in range(1, draws + 1):
        at = "/api/v1/draws/%d" % draw
        for tail in ("", "/openings", "/proof", "/verdict"):
            check(at + tail, "/api/v1/draws/{draw}" + tail)
        check(at + "/verdict/1", "/api/v1/draws/{draw}/verdict/{page}")
        check(at + "/verdict/99", "/api/v1/draws/{draw}/verdict/{page}", 404)
        for code in (CODE, "91140800MA0ZZZZ00", "甲"):
            check(at + "/targets/" + code,
                  "/api/v1/draws/{draw}/targets/{code}")
    lists = check("/api/v1/lists", "/api/v1/lists")
    for one in lists["districts"]:
        check("/api/v1/lists/" + one["district"], "/api/v1/lists/{district}")
    check("/api/v1/lists/999999", "/api/v1/lists/{district}", 404)
    check("/api/v1/lists/999999/2", "/api/v1/lists/{district}/{page}", 404)
    check("/draws/%d/targets.csv" % (draws + 1),
          "/draws/{draw}/targets.csv", 404)
    for tail in ("", "/openings", "/proof", "/verdict", "/events"):
        check("/api/v1/draws/%d%s" % (draws + 1, tail),
              "/api/v1/draws/{draw}" + tail, 404)
    check("/api/v1/draws/%d/targets/X" % (draws + 1),
          "/api/v1/draws/{draw}/targets/{code}", 404)
    for code in (CODE, "91140800MA0ZZZZ00", "甲"):
        check("/api/v1/targets/" + code, "/api/v1/targets/{code}")
    for text in ("餐饮", "1", "2027-03-02", "", "消防", CODE):
        check("/api/v1/search?q=" + text, "/api/v1/search")
    check("/api/v1/search?q=a&q=b", "/api/v1/search", 400)
    check("/api/v1/search?q=餐饮&page=2", "/api/v1/search")


def check_every_route():
    """What the program answers under /api/ stands in the document."""
    table = open("service/http/route_table.c").read()
    known = {re.sub("{[^}]*}", "?", path) for path in api["paths"]}
    routes = re.findall(r'{ "(/api/v1/[^"]+)"', table)
    assert len(routes) > 10
    for route in routes:
        assert route == "/api/v1/openapi.json" or \
            re.sub("[#*]", "?", route) in known, route


def check_no_field_too_many():
    """The schemas of what is asked by code are closed."""
    firm = json.loads(get("/api/v1/targets/" + CODE)[2])
    schema = dict(api["components"]["schemas"]["Target"],
                  components=api["components"])
    try:
        jsonschema.Draft202012Validator(schema).validate(
            dict(firm, risk="A"))
    except jsonschema.ValidationError:
        return
    raise AssertionError("a field too many was let through")


def check_feed(titles):
    feed = xml.fromstring(check("/feed.atom", "/feed.atom"))
    atom = "{http://www.w3.org/2005/Atom}"
    assert [e.find(atom + "title").text for e in feed.iter(atom + "entry")] \
        == titles
    ids = [e.text for e in feed.iter(atom + "id")]
    assert len(set(ids)) == len(ids) == len(titles) + 1
    kept = os.path.join(room, "ids.json")
    if os.path.exists(kept):
        before = json.load(open(kept))
        assert set(before) <= set(ids), "an entry changed its name"
    json.dump(ids, open(kept, "w"))
    for stamp in feed.iter(atom + "updated"):
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00",
                            stamp.text)


def check_calendar(count):
    text = get("/draws.ics")[2]
    lines = text.split(b"\r\n")
    assert lines[-1] == b"" and all(len(line) <= 75 for line in lines)
    text = text.replace(b"\r\n ", b"").decode()
    assert text.startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    uids = re.findall(r"^UID:(.*)\r$", text, re.M)
    assert len(uids) == len(set(uids)) == 3 * count
    for name in ("DTSTAMP", "DTSTART"):
        got = re.findall(r"^%s:\d{8}T\d{6}Z\r$" % name, text, re.M)
        assert len(got) == 3 * count
    if count:
        assert "DTSTART:20270302T090000Z\r\n" in text
        assert "UID:draw-1-t0@site.test/rehearsal" in text


if stage == "empty":
    check_every_route()
    check_api(0)
    check_feed([])
    check_calendar(0)
    assert get("/.well-known/security.txt")[0] == 404
    assert get("/sitemap.xml")[0] == 404
    for path in ("/feed.atom", "/draws.ics", "/robots.txt", "/"):
        assert b"alert(1)" not in get(path)[2], path
    assert get("/.well-known/../healthz")[0] == 400
    assert get("/.hidden")[0] == 400
elif stage == "lists":
    check_api(0)
    status, media, body = get("/.well-known/security.txt")
    assert status == 200 and media == "text/plain; charset=utf-8"
    assert body.decode().split("\n") == [
        "Contact: mailto:security@draw.example",
        "Expires: 2099-01-01T00:00:00Z", "Preferred-Languages: zh, en",
        "Canonical: https://draw.example/.well-known/security.txt", ""]
    assert b"Sitemap: https://draw.example/sitemap.xml\n" in \
        get("/robots.txt")[2]
elif stage == "sealed":
    check_api(1)
    assert get("/draws/1/targets.csv")[0] == 404
    check_calendar(1)
elif stage == "opened":
    check_api(1)
    check("/draws/1/targets.csv", "/draws/{draw}/targets.csv")
    check_no_field_too_many()
    assert json.loads(get("/api/v1/lists")[2])["districts"]
    lines = ["第 1 号抽取：公开", "第 1 号抽取：抽取", "第 1 号抽取：公告",
             "公布年度抽查计划", "公布抽查事项清单"]
    check_feed(["演练 · " + line for line in lines])
elif stage == "announced":
    check_api(2)
    check_calendar(2)
else:
    check_api(2)
    lines = ["第 2 号抽取：作废", "第 2 号抽取：公告", "第 1 号抽取：公开",
             "第 1 号抽取：抽取", "第 1 号抽取：公告", "公布年度抽查计划",
             "公布抽查事项清单"]
    check_feed(["演练 · " + line for line in lines])
    links = [e.text for e in xml.fromstring(get("/sitemap.xml")[2]).iter()
             if e.tag.endswith("loc")]
    assert "https://draw.example/draws/2" in links
print("machine: %s: ok" % stage)
