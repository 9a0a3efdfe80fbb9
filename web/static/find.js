/* find — search in a copy of this site that is files: no server answers.
   find/draws.js holds every draw; find/N.js the firms that have two letters
   next to each other, or at the end of their code. */
(function () {
  'use strict';
  var form = document.getElementById('find');
  var found = document.getElementById('found');
  if (!form || !document.querySelector('meta[name="static-copy"]')) return;
  var index = form.getAttribute('data-index');
  var places = { draw: form.getAttribute('data-draws'),
    firm: form.getAttribute('data-targets') };
  var SHOWN = 200;

  function keyOf(text) {
    return text.normalize('NFKC').toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}]/gu, '');
  }
  function shardOf(a, b) {
    return (a.codePointAt(0) * 31 + b.codePointAt(0)) % 256;
  }
  function say(text) {
    var p = document.createElement('p');
    p.textContent = text;
    found.appendChild(p);
  }
  /* lines: [where it leads, its name, what stands behind it] */
  function list(lines) {
    var ul = document.createElement('ul');
    lines.slice(0, SHOWN).forEach(function (line) {
      var item = document.createElement('li');
      var link = document.createElement('a');
      link.href = line[0] + '/index.html';
      /* A letter that turns the line around turns the name only. */
      var name = document.createElement('bdi');
      name.textContent = line[1];
      link.appendChild(name);
      item.appendChild(link);
      item.appendChild(document.createTextNode(' ' + line[2]));
      ul.appendChild(item);
    });
    found.appendChild(ul);
  }
  function run(name, then) {
    var script = document.createElement('script');
    script.src = index + name + '.js';
    script.onerror = function () {
      say('索引文件没有取到，请刷新本页再试。');
    };
    window.findRows = then;
    script.onload = function () { document.head.removeChild(script); };
    document.head.appendChild(script);
  }

  /* 2027-04-12, 2027年4月12日, 2027.4, 20270412 -> 2027-04-12, 2027-04- */
  function dayOf(text) {
    var at = /^(\d{4})[-/.年](\d{1,2})(?:[-/.月](\d{1,2})日?|月)?$/
      .exec(text) || /^(\d{4})(\d\d)(\d\d)$/.exec(text);
    function two(n) { return n.length < 2 ? '0' + n : n; }
    return at === null ? null
      : at[1] + '-' + two(at[2]) + '-' + (at[3] ? two(at[3]) : '');
  }
  /* row: [number, batch, 0 or 1 opened or 2 annulled, [days], key] */
  function drawsIn(rows, text, key) {
    var day = dayOf(text.normalize('NFKC').trim());
    var number = /^(?:第|no)?(\d+)号?$/.exec(key);
    return rows.filter(function (row) {
      if (number !== null && Number(number[1]) === row[0]) return true;
      if (day !== null && row[3].some(function (one) {
        return one.indexOf(day) === 0;
      })) return true;
      return (number === null || key.length >= 4) && row[4].indexOf(key) >= 0;
    });
  }
  function showDraws(rows) {
    say(rows.length ? '抽取：' + rows.length + ' 次' : '抽取：没有找到。');
    list(rows.map(function (row) {
      return [places.draw + row[0], '第 ' + row[0] + ' 号抽取',
        '批次 ' + row[1] + '，封存期限 ' + row[3][0] +
        ['', '，已公开', '，已撤销'][row[2]]];
    }));
  }
  function showFirms(rows) {
    say(rows.length ? '检查对象：' + rows.length + ' 户' +
      (rows.length > SHOWN ? '，列出前 ' + SHOWN + ' 户' : '')
      : '检查对象：已经公开的名单里没有找到。代码请写完整，或写末四位以上。' +
      '找不到不说明没有被抽中：还没有公开的抽取不在这里。');
    list(rows.map(function (row) {
      return [places.firm + row[0], row[2] || row[1], row[1]];
    }));
  }
  function findFirms(key) {
    var letters = Array.from(key), end = letters.length;
    run(shardOf(letters[end - 2], letters[end - 1]), function (rows) {
      showFirms(rows.filter(function (row) {
        return keyOf(row[2]).indexOf(key) >= 0 ||
          keyOf(row[1]).indexOf(key) >= 0;
      }));
    });
  }
  function find(text) {
    var key = keyOf(text), length = Array.from(key).length;
    found.textContent = '';
    if (length < 2 && !/^\d+$/.test(key)) {
      say('请写两个以上的字、代码、抽取编号或日期（如 2027-04-12）。');
      return;
    }
    run('draws', function (rows) {
      showDraws(drawsIn(rows, text, key));
      if (length >= 2) findFirms(key);
    });
  }
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    find(document.getElementById('q').value);
  });
  /* What is not written as addresses are is looked for as it stands. */
  function decode(text) {
    try {
      return decodeURIComponent(text.replace(/\+/g, ' '));
    } catch (e) {
      return text;
    }
  }
  var asked = /[?&]q=([^&]*)/.exec(location.search);
  if (asked) {
    var text = decode(asked[1]);
    document.getElementById('q').value = text;
    find(text);
  }
}());
