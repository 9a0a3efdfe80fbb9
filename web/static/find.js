/* find — search in a copy of this site that is files: no server answers.
   An index file holds the firms that have two letters next to each other. */
(function () {
  'use strict';
  var form = document.getElementById('find');
  var found = document.getElementById('found');
  if (!form || !document.querySelector('meta[name="static-copy"]')) return;
  var index = form.getAttribute('data-index');
  var targets = form.getAttribute('data-targets');

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
    found.textContent = '';
    found.appendChild(p);
  }
  function show(rows) {
    var list = document.createElement('ul');
    rows.slice(0, 200).forEach(function (row) {
      var item = document.createElement('li');
      var link = document.createElement('a');
      link.href = targets + row[0] + '/index.html';
      link.textContent = row[2] || row[1];
      item.appendChild(link);
      item.appendChild(document.createTextNode(' ' + row[1]));
      list.appendChild(item);
    });
    say(rows.length ? '找到 ' + rows.length + ' 户' +
      (rows.length > 200 ? '，列出前 200 户' : '')
      : '已经公开的名单里没有找到。找不到不说明没有被抽中：还没有公开的抽取不在这里。');
    found.appendChild(list);
  }
  function find(text) {
    var key = keyOf(text), letters = Array.from(key);
    if (letters.length < 2) return say('请写两个以上的字。');
    window.findShard = function (rows) {
      show(rows.filter(function (row) {
        return keyOf(row[2]).indexOf(key) >= 0 ||
          keyOf(row[1]).indexOf(key) >= 0;
      }));
    };
    var script = document.createElement('script');
    /* A whole code is found by its last two letters. */
    var at = /^[0-9a-z]{10,}$/.test(key) ? letters.length - 2 : 0;
    script.src = index + shardOf(letters[at], letters[at + 1]) + '.js';
    script.onerror = function () { show([]); };
    document.head.appendChild(script);
    return undefined;
  }
  form.addEventListener('submit', function (event) {
    event.preventDefault();
    find(document.getElementById('q').value);
  });
  var asked = /[?&]q=([^&]*)/.exec(location.search);
  if (asked) {
    var text = decodeURIComponent(asked[1].replace(/\+/g, ' '));
    document.getElementById('q').value = text;
    find(text);
  }
}());
