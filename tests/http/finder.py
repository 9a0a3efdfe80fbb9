"""finder.py STAGE URL ROOM TARGETS.csv — the questions of finder.sh."""
import csv
import hashlib
import http.client
import json
import os
import sys
import urllib.parse

stage, url, room, register = sys.argv[1:]
host = urllib.parse.urlsplit(url).netloc
connection = http.client.HTTPConnection(host)
rows = list(csv.DictReader(open(register, encoding="utf-8-sig")))
codes = [row["统一社会信用代码"] for row in rows]
strangers = ["91140800MA0ZZZZ%02d" % n for n in range(30)] + ["X", "甲", "0"]


def get(path, status=200):
    connection.request("GET", urllib.parse.quote(path, safe="/?=&"))
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == status, (path, answer.status, body)
    return body


def ask(path, status=200):
    return json.loads(get("/api/v1/" + path, status))


def search(text):
    return ask("search?q=" + text)


def tagged(tag, *parts):
    text = bytes([len(tag)]) + tag.encode()
    for part in parts:
        text += len(part).to_bytes(4, "big") + part
    return hashlib.sha256(text).digest()


def sha(*parts):
    return hashlib.sha256(b"".join(parts)).digest()


def root(leaf, count):
    """RFC 9162 2.1.3.2: where the path leads."""
    at, last = leaf["position"], count - 1
    sum_ = sha(b"\0", bytes.fromhex(leaf["leaf"]))
    for text in leaf["path"]:
        node = bytes.fromhex(text)
        assert last > 0
        if at % 2 == 1 or at == last:
            sum_ = sha(b"\1", node, sum_)
            while at % 2 == 0 and at != 0:
                at, last = at // 2, last // 2
        else:
            sum_ = sha(b"\1", sum_, node)
        at, last = at // 2, last // 2
    assert last == 0
    return sum_


def entries(number):
    proof = ask("draws/%d/proof" % number)
    all_ = [json.loads(e["text"]) for e in proof["entries"]]
    return {e["kind"]: e for e in all_}


def is_committed(leaf, count, stratum, freeze):
    want = [s for s in freeze["strata"] if s["name"] == stratum][0]
    got = tagged("frame/v1", stratum.encode(), count.to_bytes(8, "big"),
                 root(leaf, count))
    return got.hex() == want["commitment"] and count == want["count"]


def check_proofs(number):
    """Presence of every code, absence of every stranger, from the answer."""
    of = entries(number)
    freeze, key = of["freeze"], bytes.fromhex(of["opening"]["frame_key"])
    drawn = 0
    for code in codes:
        answer = ask("draws/%d/targets/%s" % (number, code))
        place = answer["place"]
        assert is_committed(place["row"], place["count"], place["stratum"],
                            freeze), code
        order = tagged("order/v1", key, code.encode()).hex()
        assert place["row"]["leaf"].startswith(order), code
        drawn += answer["drawn"]
    assert drawn == of["draw"]["strata"][0]["take"], drawn
    for code in strangers:
        answer = ask("draws/%d/targets/%s" % (number, code))
        assert "place" not in answer and answer["drawn"] == 0
        order = tagged("order/v1", key, code.encode()).hex()
        for between in answer["absent"]:
            sides = [between["left"], between["right"]]
            edge = 0 if sides[0] is None else sides[0]["position"] + 1
            assert edge == (between["count"] if sides[1] is None
                            else sides[1]["position"])
            assert sides[0] is None or sides[0]["leaf"][:64] < order
            assert sides[1] is None or sides[1]["leaf"][:64] > order
            for side in sides:
                assert side is None or is_committed(
                    side, between["count"], between["stratum"], freeze)


def check_firms():
    """One firm's page says what the single draws say."""
    both = 0
    for code in codes:
        firm = ask("targets/" + code)
        assert firm["listed"] == len(firm["draws"]) == 2, firm
        hits = sum(ask("draws/%d/targets/%s" % (n, code))["drawn"]
                   for n in (1, 2))
        assert firm["drawn"] == hits and firm["chance"]["times"] == hits
        assert firm["chance"]["base"] == len(codes)
        p, q = 20 / 360, 11 / 360
        chance = [(1 - p) * (1 - q), p + q - p * q, p * q][hits]
        assert firm["chance"]["probability"] == "%.3g%%" % (100 * chance)
        both += hits == 2
    firm = ask("targets/91140800MA0ZZZZ00")
    assert firm["absent"] == 2 and "name" not in firm
    assert "chance" not in firm


def check_search():
    """Two letters find; width, case, blanks and marks are forgiven."""
    name, code = rows[7]["名称"], codes[7]
    wide = "".join(chr(ord(c) + 0xfee0) if "!" <= c <= "~" else c
                   for c in code)
    for text in (name, name[:2] + "　" + name[2:], code, code.lower(), wide,
                 code[:8] + " " + code[8:], name.replace("号", " 号 ")):
        found = search(text)["firms"]
        assert found and found[0]["code"] == code, (text, found[:2])
    for text in ("餐饮", "运城", "机械"):
        want = sorted(r["统一社会信用代码"] for r in rows
                      if text in r["名称"])
        got = []
        for page in range(1, 9):
            got += [f["code"] for f in
                    ask("search?q=%s&page=%d" % (text, page))["firms"]]
        assert sorted(got) == want and want, text
    numbers = {"1": [1], "第2号": [2], "２": [2], "2027-03-02": [1],
               "2027年3月3日": [2], "2027/3": [2, 1], "2027-02": [1],
               "消防救援支队": [1], "消 防": [1], "市场监管局": [2, 1],
               "2027-03-09": [], "DJ-01": [2],
               "不定向": [2], "消防安全联合": [1]}
    for text, want in numbers.items():
        got = [d["draw"] for d in search(text)["draws"]]
        assert [n for n in got if n != 3] == want, (text, got)
    assert search("食品安全法")["items"]
    for text in ("消防救援支队", "消防 救援", "救援支队"):
        found = search(text)
        assert [b["code"] for b in found["batches"]] == ["2027-02"], found
        assert [i["code"] for i in found["items"]] == ["XF-01"], found
    assert len(search("市场监管局")["batches"]) > 1
    assert search("林业局")["batches"] == search("林业局")["items"] == []
    assert search("运")["hint"] and "firms" not in search("运")
    assert search("")["hint"] and search("，。")["hint"]
    assert search("没有这一家公司")["firm_count"] == 0
    ask("search?q=%s&q=2" % "a", 400)
    ask("search?x=2", 400)
    ask("search?q=ab&page=0", 400)
    ask("search?q=ab&page=1001", 400)
    ask("search?q=" + "长" * 400, 414)


FIRM = {"code", "district", "id", "name", "type"}


def check_fields():
    """Field by field: what an answer may hold, and what none ever holds."""
    found = search("合成")["firms"]
    assert all(set(f) == FIRM for f in found)
    text = b"".join(get("/api/v1/" + p) for p in
                    ("search?q=合成", "targets/" + codes[0],
                     "draws/1/targets/" + codes[0],
                     "draws/2/targets/" + codes[1]))
    hidden = {r[k] for r in rows for k in ("监管标签",) if r[k]}
    people = list(csv.DictReader(open(register.replace(
        "targets", "inspectors"), encoding="utf-8-sig")))
    hidden |= {p[k] for p in people for k in ("姓名", "执法证号")}
    for word in hidden:
        assert word.encode() not in text, word


def check_pages():
    """The pages say what the answers say; what is typed stays text."""
    page = get("/targets/" + codes[3]).decode()
    firm = ask("targets/" + codes[3])
    assert firm["name"] in page and firm["chance"]["text"] in page
    assert page.count("的证明</a>") == 2 * len(firm["draws"])
    page = get("/search?q=餐饮").decode()
    assert "页，共 2 页" in page and "page=2" in page
    assert all(f["name"] in page for f in search("餐饮")["firms"])
    evil = '<script>"&\'x'
    for path in ("/search?q=" + evil, "/targets/" + evil):
        connection.request("GET", path.split("?")[0].replace(evil, "")
                           + ("?q=" if "?" in path else "")
                           + urllib.parse.quote(evil, safe=""))
        body = connection.getresponse().read().decode().lower()
        assert "<script>\"" not in body and "&lt;script&gt;" in body


def about_codes():
    """Every answer about every code but what draw 3 says of itself."""
    told = {}
    for code in codes + strangers:
        for path in ("targets/" + code, "draws/1/targets/" + code,
                     "draws/2/targets/" + code):
            told[path] = get("/api/v1/" + path).decode()
        told["page " + code] = get("/targets/" + code).decode()
        answer = search(code)
        told["search?q=" + code] = [answer.get("firms"),
                                    answer.get("firm_count")]
    for row in rows:
        told["search?q=" + row["名称"]] = search(row["名称"])["firms"]
    for path in ["/lists", "/draws/1/targets.csv", "/draws/2/targets.csv"] + [
            "/lists/" + d["district"] for d in ask("lists")["districts"]]:
        told[path] = get(path).decode()
    return told


def one_answer(path):
    """The same bytes for every code, headers and all but the date."""
    answers = set()
    for code in codes + strangers:
        connection.request("GET", path + urllib.parse.quote(code))
        answer = connection.getresponse()
        headers = tuple(h for h in answer.getheaders() if h[0] != "Date")
        answers.add((answer.status, headers, answer.read()))
    assert len(answers) == 1, (path, len(answers))


kept = os.path.join(room, "told.json")
if stage == "before-any-of-2":
    one_answer("/api/v1/draws/2/targets/")
    assert all(ask("targets/" + c)["listed"] == 1 for c in codes[:5])
elif stage == "before":
    check_proofs(1)
    check_proofs(2)
    check_firms()
    check_search()
    check_fields()
    check_pages()
    json.dump(about_codes(), open(kept, "w"))
elif stage == "sealed":
    one_answer("/api/v1/draws/3/targets/")
    before, now = json.load(open(kept)), about_codes()
    for path in before:
        assert before[path] == now[path], path
    assert search("新版")["firm_count"] == 0
    check_search()
elif stage == "opened":
    drawn = [c for c in codes if ask("draws/3/targets/" + c)["drawn"]]
    take = sum(s["take"] for s in entries(3)["draw"]["strata"])
    assert len(drawn) == take > 0
    told = about_codes()
    before = json.load(open(kept))
    changed = [c for c in codes
               if before["targets/" + c] != told["targets/" + c]]
    assert set(drawn) <= set(changed)
    for code in codes:
        firm = ask("targets/" + code)
        assert firm["unknown"] == (0 if code in drawn else 1)
        assert firm["chance"]["draws"] == 2
    assert search("新版")["firm_count"] == len(drawn)
    check_fields()
print("finder: %s: ok" % stage)
