"""download.py STAGE URL LISTS — the questions of download.sh."""
import csv
import io
import json
import re
import sys
import urllib.error
import urllib.request
import xml.etree.ElementTree as xml
import zipfile

stage, url, lists = sys.argv[1:]
TITLES = ["演练", "抽取编号", "分层", "抽取次序", "结果", "名单位置",
          "统一社会信用代码", "名称", "主体类型", "行政区划",
          "检查组（单位、证件号末两位）"]


def get(path, status=200):
    try:
        answer = urllib.request.urlopen(url + path)
    except urllib.error.HTTPError as error:
        answer = error
    assert answer.status == status, (path, answer.status)
    return answer.read(), answer.headers


def sheet(body):
    """Rows of the workbook's one sheet, every cell as text."""
    book = zipfile.ZipFile(io.BytesIO(body))
    assert book.testzip() is None
    for name in book.namelist():
        xml.fromstring(book.read(name))
    space = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
    root = xml.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert not list(root.iter(space + "f"))
    return [["".join(t.text or "" for t in cell.iter()
                     if t.tag in (space + "t", space + "v"))
             for cell in row] for row in root.iter(space + "row")]


def check_lists():
    body, headers = get("/draws/1/targets.csv")
    assert headers["Content-Type"] == "text/csv; charset=utf-8"
    assert 'filename="draw-1-targets.csv"' in headers["Content-Disposition"]
    assert body.startswith(b"\xef\xbb\xbf") and b"\r\n" in body
    rows = list(csv.reader(io.StringIO(body.decode("utf-8-sig"))))
    assert rows[0] == TITLES and len(rows) == 363, rows[0]
    register = {r["统一社会信用代码"]: r for r in csv.DictReader(
        open(lists + "/targets.csv", encoding="utf-8-sig"))}
    opening = json.loads(get("/api/v1/draws/1/openings")[0])[0]
    for turn, row in enumerate(rows[1:], 1):
        of = register[row[6]]
        assert row[:2] == ["演练", "1"] and row[2] == "全部"
        assert row[3] == str(turn) and row[4] == "抽中"
        assert row[7].lstrip("'") == of["名称"].replace(
            "13812345678", "*" * 11)
        assert row[8].lstrip("'") == of["主体类型"] and row[9] == of["行政区划"]
        assert re.fullmatch(r"(\S+ \*+\d\d；?|空缺；?)+", row[10]), row[10]
    by_name = {r[7]: r for r in rows}
    assert by_name["'=1+1,\"甲\""][8] == "'=类型"
    assert "'@乙***********店" in by_name
    for cell in (c for row in rows for c in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
    assert opening["kind"] == "opening"
    book, headers = get("/draws/1/targets.xlsx")
    assert headers["Content-Type"].endswith("spreadsheetml.sheet")
    plain = [[c[1:] if c[:2] in ("'=", "'@") else c for c in row]
             for row in rows]
    assert sheet(book) == plain
    for word in ("危险化学品", "13812345678"):
        assert word.encode() not in body + book
    people = csv.DictReader(open(lists + "/inspectors.csv",
                                 encoding="utf-8-sig"))
    for person in people:
        assert person["姓名"].encode() not in body
        assert person["执法证号"].encode() not in body


def check_record():
    page = get("/draws/1/record")[0].decode()
    head = get("/log/checkpoint")[0].decode().split("\n")
    assert head[0] in page and "<svg" in page and "0.400" not in page
    assert re.search(r"([0-9a-f]{4} ){15}[0-9a-f]{4}", page)
    assert re.search("抽查事项</dt><dd><bdi>[^<]", page)
    for word in ("签名", "362", "全部", "100.00%", "演练"):
        assert word in page, word


def side(path):
    svg = get(path)[0].decode()
    return float(re.search(r'width="([0-9.]+)mm"', svg)[1]), int(
        re.search(r'viewBox="0 0 (\d+) ', svg)[1])


if stage == "sealed":
    for ending in ("csv", "xlsx"):
        get("/draws/1/targets." + ending, 404)
    check_record()
elif stage == "opened":
    check_lists()
    check_record()
    get("/draws/9/qr.svg", 404)
    get("/draws/9/record", 404)
    get("/draws/9/targets.csv", 404)
    for um in (0, 99, 20001, "x"):
        get("/draws/1/qr.svg?module=%s" % um, 400)
    mm, modules = side("/draws/1/qr.svg")
    assert abs(mm - 0.8 * modules) < 1e-6
    mm, modules = side("/draws/1/qr.svg?module=1000")
    assert mm == modules
else:
    assert "https://draw.example/below/draws/1" in get(
        "/draws/1/record")[0].decode()
    assert side("/draws/1/qr.svg")[1] < 45
print("download: %s: ok" % stage)
