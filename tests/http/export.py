"""export.py STAGE URL OUT TARGETS.csv — the questions of export.sh."""
import csv
import hashlib
import html.parser
import http.client
import json
import os
import re
import sys
import unicodedata
import urllib.parse

stage, url, out, register = sys.argv[1:]
codes = [r["统一社会信用代码"] for r in
         csv.DictReader(open(register, encoding="utf-8-sig"))]
kept = os.path.join(os.path.dirname(os.path.dirname(out)), "kept.json")


def files():
    found = {}
    for folder, _, names in os.walk(out):
        for name in names:
            path = os.path.join(folder, name)
            assert not os.path.islink(path)
            found[os.path.relpath(path, out)] = path
    return found


def read(path):
    with open(os.path.join(out, path), "rb") as file:
        return file.read()


connection = http.client.HTTPConnection(urllib.parse.urlsplit(url).netloc)


def served(path):
    connection.request("GET", path)
    answer = connection.getresponse()
    body = answer.read()
    assert answer.status == 200, (path, answer.status)
    return body


class Page(html.parser.HTMLParser):
    """Addresses and text of a page."""

    def __init__(self, text):
        super().__init__()
        self.links, self.ids, self.text = [], set(), []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        for name, value in attrs:
            if name == "id":
                self.ids.add(value)
            if name in ("href", "src", "action") or name.startswith("data-"):
                if value and (name[:5] != "data-" or "/" in value):
                    self.links.append((name, value))

    def handle_data(self, data):
        self.text.append(data)


def check_links(found):
    """Every address in a page leads to a file of the copy."""
    count = 0
    for path in found:
        if not path.endswith(".html"):
            continue
        page = Page(read(path).decode())
        for name, link in page.links:
            if re.match(r"(https?|tel|mailto|data|ni):", link):
                continue
            assert not link.startswith("/"), (path, name, link)
            plain = urllib.parse.unquote(re.split("[?#]", link)[0])
            to = os.path.normpath(os.path.join(os.path.dirname(path), plain))
            assert not to.startswith(".."), (path, link)
            if name.startswith("data-") and link.endswith("/"):
                assert os.path.isdir(os.path.join(out, to)), (path, link)
            elif plain:
                assert to in found, (path, name, link)
            count += 1
    assert count > 5000, count


def check_script(path):
    """A script beside a file hands on the very text of the file."""
    text = read(path)
    assert text.startswith(b"yaohaoFile('") and text.endswith(b"');\n"), path
    inner = re.sub(rb"\\(.)", lambda m: b"\n" if m[1] == b"n" else m[1],
                   text[len("yaohaoFile('"):-len("');\n")])
    assert inner == read(path[:-len("js")] + "json"), path


def check_served(found):
    """Each file is what the server answers to its address."""
    pages = others = 0
    for path in found:
        if path.startswith(("find/", "verifier/")) or path in (
                "sha256.txt", "delivery.txt"):
            continue
        if path.endswith("index.html"):
            address = "/" + path[:-len("index.html")].rstrip("/")
            want = Page(served(address).decode())
            have = Page(read(path).decode())
            assert want.text[5:] and "".join(want.text).split() == \
                "".join(have.text).split(), path
            pages += 1
            continue
        if path.endswith((".proof.js", "/proof.js", "/verdict.js",
                          "/items.js")):
            check_script(path)
            continue
        address = "/" + path
        if path.startswith("api/") and not path.endswith("openapi.json"):
            address = address[:-len(".json")]
        assert served(address) == read(path), path
        others += 1
    assert pages > len(codes) and others > len(codes), (pages, others)


def check_what_is_there(found):
    for path in ("index.html", "draws/1/index.html", "draws/1/targets.csv",
                 "draws/2/targets.xlsx", "draws/1/qr.svg",
                 "draws/3/record/index.html", "api/v1/draws/1/proof.json",
                 "log/checkpoint", "log/tile/0/000.p/%d" % size(),
                 "log/tile/entries/000.p/%d" % size(), "feed.atom",
                 "draws.ics", "static/style.css", "static/find.js",
                 "verifier/index.html", "lists/index.html",
                 "receipt/index.html", "beacon/index.html",
                 "screen/1/index.html", "find/draws.js",
                 "api/v1/draws/1/proof.js", "static/example.proof.js",
                 "lists/140802/index.html"):
        assert path in found, path
    for code in codes:
        assert "targets/%s/index.html" % code in found
    entries = read("log/tile/entries/000.p/%d" % size())
    opening = json.loads(read("api/v1/draws/1/openings.json"))[0]
    assert opening["frames"][0]["sha256"].encode() in entries
    assert "log/files/" + opening["frames"][0]["sha256"] in found


def size():
    return int(read("log/checkpoint").split(b"\n")[1])


def check_index():
    """Two letters and a whole code lead to the firms the server finds."""
    def rows(a, b):
        name = "find/%d" % ((ord(a) * 31 + ord(b)) % 256)
        text = read(name + ".json")
        assert read(name + ".js") == b"findRows(" + text + b");\n"
        return json.loads(text)

    def key(text):
        text = unicodedata.normalize("NFKC", text).lower()
        return "".join(c for c in text
                       if unicodedata.category(c)[0] in "LMN")
    for text in ("运城", "餐饮", "机械有限", "第", codes[5].lower()):
        letters = key(text)
        if len(letters) < 2:
            continue
        at = len(letters) - 2 if re.fullmatch("[0-9a-z]{10,}", letters) else 0
        got = {r[0] for r in rows(letters[at], letters[at + 1])
               if letters in key(r[2]) or letters in key(r[1])}
        want, page = set(), 1
        while True:
            answer = json.loads(served(
                "/api/v1/search?q=%s&page=%d"
                % (urllib.parse.quote(text), page)))
            want |= {f["id"] for f in answer["firms"]}
            if "after" not in answer:
                break
            page += 1
        assert got == want and want, (text, len(got), len(want))


def check_lists():
    """Every firm stands once in the lists that need no script."""
    listed = []
    for path in files():
        if path.startswith("lists/") and path != "lists/index.html":
            listed += re.findall(r'targets/([^/"]+)/index.html',
                                 read(path).decode())
    assert sorted(listed) == sorted(codes)


def note():
    lines = read("delivery.txt").decode().split("\n")
    changes = {}
    for line in lines[4:]:
        if line:
            word, digest, path = line.split("  ")
            changes[path] = (word, digest)
    counts = re.fullmatch(r"新增 (\d+)  变更 (\d+)  删除 (\d+)  未变 (\d+)",
                          lines[2])
    return [int(n) for n in counts.groups()], changes


found = files()
digests = {p: hashlib.sha256(read(p)).hexdigest() for p in found
           if p not in ("sha256.txt", "delivery.txt")}
counts, changes = note()
assert not any(p.endswith(".part") for p in found)
if stage == "first":
    check_what_is_there(found)
    check_links(found)
    check_served(found)
    check_index()
    check_lists()
    assert counts == [len(digests), 0, 0, 0]
    assert changes == {p: ("新增", d) for p, d in digests.items()}
elif stage == "same":
    assert counts == [0, 0, 0, len(digests)] and changes == {}
    assert digests == json.load(open(kept))
    for path in ("index.html", "draws/1/targets.csv"):
        assert os.stat(found[path]).st_mtime < 1e9, "written again"
else:
    before = json.load(open(kept))
    want = {p: ("新增", d) for p, d in digests.items() if p not in before}
    want.update({p: ("变更", d) for p, d in digests.items()
                 if p in before and before[p] != d})
    want.update({p: ("删除", d) for p, d in before.items()
                 if p not in digests})
    assert changes == want
    assert {w for w, _ in want.values()} == {"新增", "变更", "删除"}
    assert "draws/3/targets.csv" in want
    assert "draws/1/targets.csv" not in want
    assert os.stat(found["draws/1/targets.csv"]).st_mtime < 1e9
    check_links(found)
json.dump(digests, open(kept, "w"))
print("export: %s: ok" % stage)
