"""portal.py lists DIR | look URL — the hostile lists and the questions of
portal.sh: every page is well formed, reachable, small, marked as a
rehearsal, keeps persons in, and shows what was typed as nothing but text.
"""
import csv
import http.client
import html.parser
import json
import os
import re
import sys
import urllib.parse

HOSTILE = [
    "运城<script>alert(1)</script>商行",
    "\"><img src=x onerror=alert(1)>面馆",
    "'><svg onload=alert(1)>酒楼",
    "</td></table><h1>甲</h1>乙店",
    "&lt;b&gt;&amp;药房",
    "{{draw}}{{{say}}}{{>head}}小卖部",
    "javascript:alert(1)//超市",
    "一个名字特别特别长的有限责任公司" * 6,
    "AVERYLONGNAMEWITHOUTANYBREAKINIT" * 5,
    "=cmd|' /C calc'!A0公司",
    "右转\u202e店",
]
SECRETS = ["王泄密", "李泄密", "风险甲级", "秘密标签", "ZF20270"]
# Typed into a list that was committed to: struck out where people read, but
# /api/v1/items is the list byte for byte.
TYPED = ["13912345678", "440524198001010013", "晋M12345"]
LAW = "<a href=javascript:alert(1)>食品安全法</a>第一百一十条\"'<!--"
VOID = {"meta", "link", "input", "br", "hr", "img"}
SVG_VOID = {"rect", "path", "circle"}
# Of a void and of a failed draw nothing is to come.
OVER = ["/draws/3", "/draws/4", "/draws/3/record", "/draws/4/record"]
TAGS = VOID | SVG_VOID | set(
    "html head title script body a header p span div fieldset legend label "
    "nav ul li main h1 h2 h3 section form button small time b ol dl dt dd "
    "details summary table caption thead tbody tr th td tfoot code pre noscript "
    "footer bdi svg g text desc figure figcaption output select option "
    "textarea progress canvas strong em sub sup style".split())
FACTS = ["/", "/draws", "/items", "/plans", "/statistics", "/log", "/how",
         "/nothing"] + ["/draws/%d" % n for n in range(1, 7)]
ENDS = {"opened": 1, "sealed": 1, "annulled": 1, "under_way": 1, "void": 1,
        "failed": 1}
SEEN = {
    "/draws/1": ["时间未经见证", "递补", "注销", "换人", "病假"],
    "/draws/2": ["撤销", "示范市人民政府"],
    "/draws/3": ["作废", "名单没有按时封存", "名单有误", "○ 没有走到这一步",
                 "✓ 通过 之后的变动按规则"],
    "/draws/4": ["失败", "没有封存", "○ 没有走到这一步"],
    "/draws/5": ["封存中", "通风报信", "最迟", "原因在公开时一并公布"],
    "/draws/6": ["已公告", "封存名单的期限", "还没到这一步"],
    "/draws": ["第 %d 号" % n for n in range(1, 7)],
    "/plans": ["按期", "已用 6 页", "B6"],
    "/items": ["第一百一十条", "第 2 版", "新增", "原为"],
    "/": ["下一件事", "第 6 号抽取"],
    "/statistics": ["应抽比例", "第 10 段", "失败1", "合计6"],
}


def write(path, rows):
    with open(path, "w", encoding="utf-8", newline="") as to:
        csv.writer(to).writerows(rows)


def lists(to):
    os.makedirs(to, exist_ok=True)
    rows = [["统一社会信用代码", "名称", "主体类型", "行政区划", "风险等级",
             "监管标签", "电话", "法定代表人"]]
    for i in range(60):
        rows.append(["91140800MA0TE5%04d" % i, HOSTILE[i % len(HOSTILE)],
                     "个体<i>工商户", "140802", "风险甲级", "秘密标签",
                     "13912345678", "李泄密"])
    write(to + "/targets.csv", rows)
    rows = [["姓名", "执法证号", "单位", "部门"]]
    for i in range(30):
        rows.append(["王泄密", "ZF20270%03d" % i,
                     "<img src=x>\"局" if i % 2 else "示范局", "市场监管局"])
    write(to + "/inspectors.csv", rows)
    head = ["编号", "抽查领域", "抽查事项", "抽查依据", "抽查主体",
            "抽查对象", "类别", "抽查方式"]
    items = [["I1", "餐饮", "检查<script>alert(1)</script>", LAW,
              "市场监管局", "企业\"><b>", "重点", "实地检查"]]
    write(to + "/items.csv", [head] + items)
    items[0][1] = "食品经营"
    items.append(["I2", "登记", "登记事项，电话13912345678，车牌晋M12345",
                  "条例第三十八条", "市场监管局", "身份证440524198001010013",
                  "一般", "书面检查"])
    write(to + "/items2.csv", [head] + items)
    write(to + "/plan.csv",
          [["编号", "年度", "名称", "事项", "部门", "数量或比例", "对象范围"]] +
          [["B%d" % n, sys.argv[3], "批次<svg/onload=alert(1)>%d" % n, "I1",
            "市场监管局", "40%", "全市\"'<x>"] for n in range(1, 7)])


class Page(html.parser.HTMLParser):
    """Strict: every tag closed in order, nothing inline, ids once."""

    def __init__(self, path, text):
        super().__init__(convert_charrefs=True)
        self.path, self.stack, self.ids, self.links = path, [], [], []
        self.heads, self.count, self.words, self.uses = [], {}, [], []
        self.unnamed = []
        self.feed(text)
        self.close()
        self.must(not self.stack, "left open: %s" % self.stack)
        self.must(len(set(self.ids)) == len(self.ids), "an id twice")
        for use in self.uses:
            self.must(use in self.ids, "no element %s" % use)

    def must(self, holds, why):
        assert holds, "%s: %s" % (self.path, why)

    def handle_starttag(self, tag, attributes):
        names = [name for name, _ in attributes]
        values = dict(attributes)
        self.must(tag in TAGS, "a tag <%s>" % tag)
        self.must(len(names) == len(set(names)), "an attribute twice")
        for name, value in attributes:
            self.must(not name.startswith("on") and name != "style",
                      "inline %s" % name)
            self.must(name not in ("href", "src", "action") or
                      value.startswith(("/", "#", "data:image/")),
                      "leads elsewhere: %s" % value)
        self.must(tag != "script" or "src" in values, "inline script")
        self.must(tag != "img" or "alt" in values, "img without alt")
        self.must(tag != "th" or "scope" in values, "th without scope")
        self.ids += [values["id"]] if "id" in values else []
        self.uses += (values.get("aria-labelledby") or "").split()
        if "for" in values:
            self.uses.append(values["for"])
        if tag in ("h1", "h2", "h3"):
            self.heads.append(int(tag[1]))
        if tag == "a" and "download" not in values:
            self.links.append(values.get("href", ""))
        if tag == "input" and "label" not in self.stack:
            self.unnamed.append(values.get("id"))
        self.count[tag] = self.count.get(tag, 0) + 1
        if tag not in VOID:
            self.stack.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.handle_starttag(tag, attributes)
        if tag not in VOID:
            self.stack.pop()

    def handle_endtag(self, tag):
        self.must(self.stack and self.stack[-1] == tag,
                  "</%s> closes %s" % (tag, self.stack[-1:]))
        self.stack.pop()

    def handle_data(self, data):
        self.words.append(data)


class Site:
    def __init__(self, url):
        self.connection = http.client.HTTPConnection(
            urllib.parse.urlsplit(url).netloc)

    def get(self, path):
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        body = answer.read()
        return answer.status, answer.getheader("Content-Type"), body, answer


def structure(page, text):
    page.must(page.count.get("h1") == 1, "h1: %s" % page.count.get("h1"))
    page.must(page.count.get("main") == 1, "one main")
    for tag in ("title", "header", "nav", "footer"):
        page.must(page.count.get(tag, 0) >= 1, "no %s" % tag)
    page.must(page.heads[0] == 1, "begins with h%d" % page.heads[0])
    for before, after in zip(page.heads, page.heads[1:]):
        page.must(after <= before + 1, "h%d after h%d" % (after, before))
    for name in page.unnamed:
        page.must(name in page.uses, "input %s without a label" % name)
    page.must('<html lang="' in text, "no lang")


def look(url):
    site, seen, waiting, texts = Site(url), set(), ["/"] + FACTS, {}
    waiting.append("/en")
    while waiting:
        path = urllib.parse.urldefrag(waiting.pop(0))[0]
        if path in seen or not path:
            continue
        seen.add(path)
        status, kind, body, _ = site.get(path)
        assert status == (404 if path == "/nothing" else 200), (path, status)
        text = body.decode() if "svg" in kind or "text" in kind or \
            "json" in kind else ""
        for secret in SECRETS + (TYPED if "html" in kind else []):
            assert secret not in text, "%s shows %s" % (path, secret)
        if not kind.startswith("text/html"):
            continue
        page = Page(path, text)
        texts[path] = " ".join("".join(page.words).split())
        assert len(body) <= 60 * 1024, "%s has %d" % (path, len(body))
        assert "演练，不是正式抽查" in texts[path], "%s is not marked" % path
        if path in FACTS or path == "/en":
            structure(page, text)
        waiting += [link for link in page.links if link.startswith("/")]
    for path in FACTS:
        assert "对此有疑问" in texts[path], path
        assert "0359-0000000" in texts[path], path
    for path, wanted in SEEN.items():
        for words in wanted:
            assert words in texts[path], "%s does not say %s" % (path, words)
    for path in OVER:
        for words in ("还没到", "之后才有", "等待"):
            assert words not in texts[path], "%s says %s" % (path, words)
    statistics = json.loads(site.get("/api/v1/statistics")[2])
    assert {key: statistics[key] for key in ENDS} == ENDS, statistics
    assert statistics["draws"] == sum(ENDS.values()), statistics
    # No calendar promises what will not be.
    text = site.get("/draws.ics")[2].decode().replace("\r\n ", "")
    for draw, how in ((1, ""), (3, "（已作废）"), (4, "（失败）"), (6, "")):
        events = [event for event in text.split("BEGIN:VEVENT")
                  if "UID:draw-%d-" % draw in event]
        assert len(events) == 3, draw
        for event in events:
            assert ("STATUS:CANCELLED" in event) == (how != ""), event
            assert "第 %d 号抽取%s：" % (draw, how) in event, event
    # What a telephone adds to a link that is passed on changes nothing.
    for path in ("/", "/draws/1", "/how", "/search", "/search?q=1"):
        status, _, body, answer = site.get(path)
        added = site.get(path + ("&" if "?" in path else "?") +
                         "from=singlemessage&isappinstalled=0")
        assert added[0] == status == 200 and added[2] == body, path
        assert added[3].getheader("ETag") == answer.getheader("ETag"), path
    assert site.get("/api/v1/search?from=x&q=1")[0] == 400
    assert site.get("/healthz?from=x")[0] == 400
    # A page of the firm, and what is found, know of the annulment.
    firm = re.search(r'/targets/[^"]+', site.get("/draws/2")[2].decode())
    found = site.get("/search?q=2")[2].decode()
    gone = json.loads(site.get("/api/v1/draws/1/verdict")[2])["rows"]
    gone = [row for row in gone if row["is_dropped"]]
    at = "/targets/" + gone[0]["row"]["code"]
    assert "后来退出" in site.get(at)[2].decode(), at
    of = json.loads(site.get("/api/v1" + at)[2])["draws"]
    assert [d["dropped"] for d in of if d["draw"] == 1] == [1], of
    for path, text in ((firm[0], site.get(firm[0])[2].decode()),
                       ("/search?q=2", found)):
        assert "已撤销" in text, "%s does not say annulled" % path
    found = site.get("/search?q=" + urllib.parse.quote("登记事项"))[2]
    assert "I2" in found.decode()
    for secret in TYPED:
        assert secret not in found.decode(), "found with %s" % secret
    shown = texts["/draws/1"] + texts["/draws/2"]
    for name in HOSTILE:
        name = name.replace("\u202e", "\ufffd")
        assert name in shown, "not shown as typed: %s" % name
    assert LAW in texts["/items"]
    size = sum(len(site.get(path)[2]) for path in
               ("/", "/static/style.css", "/static/page.js"))
    css = len(site.get("/static/style.css")[2])
    assert size <= 60 * 1024 and css <= 25 * 1024, (size, css)
    policy = site.get("/")[3].getheader("Content-Security-Policy") or ""
    assert "default-src" in policy and "unsafe" not in policy, policy
    print("portal: %d pages, %d addresses; first page %d bytes, css %d" %
          (len(texts), len(seen), size, css))


if sys.argv[1] == "lists":
    lists(sys.argv[2])
else:
    look(sys.argv[2])
