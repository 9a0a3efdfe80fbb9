/* page — remembers 大字 and 高对比, counts down, copies.  All works without. */
(function () {
  'use strict';
  var root = document.documentElement;
  root.classList.add('scripted');
  function keep(name, value) {
    try {
      if (value === undefined) return localStorage.getItem(name);
      localStorage.setItem(name, value);
    } catch (e) { /* private window: not remembered */ }
    return null;
  }
  ['big', 'contrast'].forEach(function (name) {
    var box = document.getElementById(name);
    if (!box) return;
    if (keep('show-' + name) === '1') box.checked = true;
    function show() { root.classList.toggle(name, box.checked); }
    box.addEventListener('change', function () {
      show();
      keep('show-' + name, box.checked ? '1' : '0');
    });
    show();
  });

  function left(seconds) {
    var d = Math.floor(seconds / 86400), h = Math.floor(seconds % 86400 / 3600);
    var m = Math.floor(seconds % 3600 / 60), s = seconds % 60;
    if (d > 0) return d + ' 天 ' + h + ' 小时';
    if (h > 0) return h + ' 小时 ' + m + ' 分';
    return m + ' 分 ' + s + ' 秒';
  }
  var isCopy = !!document.querySelector('meta[name="static-copy"]');
  var foot = document.querySelector('.foot > div');
  if (isCopy && foot) {
    var note = document.createElement('p');
    note.className = 'small';
    note.textContent = '这是导出的副本：只说到导出的时候，以后的事请看网站。';
    foot.appendChild(note);
  }
  var over = isCopy ? '已到时间' : '已到时间，请刷新本页';
  var clocks = document.querySelectorAll('[data-until]');
  function tick() {
    for (var i = 0; i < clocks.length; i++) {
      var until = Number(clocks[i].getAttribute('data-until'));
      var seconds = Math.max(0, Math.round(until - Date.now() / 1000));
      clocks[i].textContent = seconds > 0 ? '还有 ' + left(seconds) : over;
    }
  }
  if (clocks.length > 0) {
    tick();
    setInterval(tick, 1000);
  }

  function addCopy(hex) {
    var button = document.createElement('button');
    button.type = 'button';
    button.className = 'copy';
    button.textContent = '复制';
    button.addEventListener('click', function () {
      var text = hex.textContent.replace(/\s+/g, '');
      function done() {
        button.textContent = '已复制';
        setTimeout(function () { button.textContent = '复制'; }, 2000);
      }
      if (navigator.clipboard) navigator.clipboard.writeText(text).then(done);
      else {
        var range = document.createRange();
        range.selectNodeContents(hex);
        getSelection().removeAllRanges();
        getSelection().addRange(range);
        if (document.execCommand('copy')) done();
      }
    });
    hex.insertAdjacentElement('afterend', button);
  }
  Array.prototype.forEach.call(document.querySelectorAll('.hex'), addCopy);

  addEventListener('beforeprint', function () {
    Array.prototype.forEach.call(document.querySelectorAll('details'),
      function (d) { d.open = true; });
  });
}());
