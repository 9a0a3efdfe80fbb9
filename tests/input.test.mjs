// input — every file that the command line takes, in every way it can be
// wrong: the exit, a reason in Chinese, and nothing changed.
//
//     YAOHAO=build/yaohao    another program, e.g. one with sanitizers
import assert from 'node:assert';
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, ftruncateSync, mkdirSync, mkdtempSync, openSync, readFileSync,
    readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';

const yaohao = process.env.YAOHAO ?? 'build/yaohao';
const lists = 'tests/vectors/after';
const room = mkdtempSync(join(tmpdir(), 'yaohao-input-'));
const dir = join(room, 'data');
const bad = join(room, 'bad');
const start = 1798761600;
after(() => rmSync(room, { recursive: true }));

function call(words, at = 0) {
    const clock = words[1] === dir ? ['--now', String(start + at)] : [];
    return spawnSync(yaohao, [...words, ...clock],
        { encoding: 'utf8', timeout: 20000, input: '' });
}
function good(words, at = 0) {
    const { status, stderr } = call(words, at);
    assert.equal(status, 0, `${words.join(' ')}: ${stderr}`);
}

// Every byte that lasts; what a reader leaves beside a database does not.
function state() {
    const all = [];
    const walk = (path) => {
        for (const name of readdirSync(path).sort()) {
            const full = join(path, name);
            if (statSync(full).isDirectory()) walk(full);
            else if (name.endsWith('-wal'))
                assert.equal(statSync(full).size, 0, full);
            else if (name !== 'lock' && !name.endsWith('-shm'))
                all.push(full, createHash('sha256')
                    .update(readFileSync(full)).digest('hex'));
        }
    };
    walk(dir);
    return all.join('\n');
}

// One call that is refused: these exits, this in the message, all as before.
function refused(name, words, { exits = [2], says = /[一-龥]/, at = 0 } = {}) {
    const was = state();
    const { status, stdout, stderr, signal } = call(words, at);
    assert.equal(signal, null, `${name}: ${stderr}`);
    assert.ok(exits.includes(status), `${name}: left ${status}: ${stderr}`);
    assert.match(stderr + stdout, says, name);
    assert.equal(state(), was, `${name}: something changed`);
}

// What is wrong with any file at all.
const anyFile = {
    'is missing': () => rmSync(bad, { recursive: true, force: true }),
    'is a directory': () => mkdirSync(bad),
    'is a pipe that nobody fills': () => spawnSync('mkfifo', [bad]),
    'is empty': () => writeFileSync(bad, ''),
    'is one NUL': () => writeFileSync(bad, '\0'),
    'is binary': () => writeFileSync(bad, Buffer.from([0xff, 0xfe, 0x80, 0])),
    'is a long run of one byte': () => writeFileSync(bad, 'x'.repeat(3 << 20)),
};
function eachBadFile(words, options, more = {}) {
    for (const [name, make] of Object.entries({ ...anyFile, ...more })) {
        rmSync(bad, { recursive: true, force: true });
        make();
        refused(`${words[0]} ${words[2] ?? ''}, the file ${name}`, words,
            options);
    }
    rmSync(bad, { recursive: true, force: true });
}
const file = (bytes) => () => writeFileSync(bad, bytes);

before(() => {
    good(['init', dir, '--origin', 'input.test/log', '--rehearsal']);
    for (const kind of ['targets', 'inspectors', 'items', 'plan'])
        good(['import', dir, kind, `${lists}/${kind}.csv`,
            '--accept-warnings']);
    for (const kind of ['targets', 'inspectors'])
        good(['activate', dir, kind, '1']);
    good(['publish', dir, 'items']);
    good(['publish', dir, 'plan']);
});

// ---- lists -----------------------------------------------------------------

const text = (name) => readFileSync(`${lists}/${name}.csv`, 'utf8');
const row = /^\d+\t[^\t]*\t[^\t]*\t.*[一-龥]/m; // row column value reason

for (const kind of ['targets', 'inspectors', 'items', 'plan', 'recusals']) {
    test(`a bad list of ${kind} is refused`, () => {
        const whole = text(kind);
        const [head, first] = whole.split('\n');
        const lines = (...rows) => file([head, ...rows, ''].join('\n'));
        const cells = first.split(',');
        const withCell = (index, value) =>
            cells.map((cell, i) => i === index ? value : cell).join(',');
        const words = ['import', dir, kind, bad];
        eachBadFile(words, { exits: [1, 2] });
        const rows = {
            'ends inside quotes': lines(`"${first}`),
            'has text after a quote': lines(`"a"b,${first}`),
            'has a NUL in a cell': lines(withCell(0, 'a\0b')),
            'has a cell of 10 MB': lines(withCell(1, 'x'.repeat(10 << 20))),
            'has no key': lines(withCell(0, '')),
            'has a row too short': lines(cells[0]),
            'has no known title': file(`甲,乙,丙\n${first}\n`),
            'has one title twice': file(`${head},${head}\n${first}\n`),
            'is no encoding': file(Buffer.concat([
                Buffer.from(`${head}\n`), Buffer.from([0xff, 0xff, 10])])),
            'ends inside a character': file(Buffer.from(whole)
                .subarray(0, Buffer.from(head).length - 1)),
        };
        for (const [name, make] of Object.entries(rows)) {
            make();
            refused(`${kind} ${name}`, words, { says: row });
        }
        for (const [name, make] of Object.entries({
            'is UTF-16': file(Buffer.from(`\ufeff${whole}`, 'utf16le')),
            'is a workbook': file('PK\x03\x04aaaa'),
            'has a title only': file(`${head}\n`),
        })) {
            make();
            refused(`${kind} ${name}`, words, { exits: [1, 2] });
        }
    });
}

test('what only looks like a CSV file is named', () => {
    const tabs = text('targets').replaceAll(',', '\t');
    for (const [says, bytes] of [
        ['是 xls 文件', Buffer.from('d0cf11e0a1b11ae10000', 'hex')],
        ['是网页或 XML', '<html><table><tr><td>名称</td></tr></table>'],
        ['是网页或 XML', '\ufeff<?xml version="1.0"?><Workbook/>'],
        ['是 PDF 文件', '%PDF-1.7\n'],
        ['以制表符分隔', tabs],
        ['\n4\t.*以制表符分隔', `检查对象名录\n填报单位；日期\n\n${tabs}`],
        ['以分号分隔', text('targets').replaceAll(',', ';')],
    ]) {
        file(bytes)();
        refused(`a file that ${says}`, ['import', dir, 'targets', bad],
            { says: new RegExp(says) });
    }
});

test('a mended list is rehearsed again into the same place', () => {
    const out = join(room, 'again');
    const rehearse = (targets) => call(['rehearse', '--targets', targets,
        '--inspectors', `${lists}/inspectors.csv`, '--rate', '10%', '--team',
        '2', '--out', out]);
    file('名称\n甲\n')();
    assert.equal(rehearse(bad).status, 2);
    assert.deepEqual(readdirSync(out), []);
    assert.equal(rehearse(`${lists}/targets.csv`).status, 0);
    assert.match(rehearse(`${lists}/targets.csv`).stderr, /请换一个空目录/);
});

test('a formula stays a text, and is marked when it goes out', () => {
    const [head] = text('targets').split('\n');
    file(`${head}\n91140822MA0Y4CL145,"=cmd|' /C calc'!A0",企业,140822,A\n`)();
    refused('a formula is a warning or nothing', ['import', dir, 'targets',
        bad, '--accept-warnings', '--nonsense'], { says: /nonsense/ });
    const out = join(room, 'out');
    good(['rehearse', '--targets', bad, '--inspectors',
        `${lists}/inspectors.csv`, '--rate', '100%', '--team', '1', '--out',
        out]);
    const table = readFileSync(join(out, 'targets.csv'), 'utf8');
    assert.ok(table.includes("'=cmd|"), table);
});

// ---- announcement and contributions ----------------------------------------

const announcement = {
    batch: '2027-01', t0: start + 1000, t1: start + 2000, t4: start + 90000,
    strata: [{ class: 'public', least: 0, name: '全部', take: '5%' }],
};
const wrongValues = [null, 1, -1, 1.5, 2 ** 53, 'x', '', [], {}, true,
    [[[]]], { x: 1 }, [1], [null], 'y'.repeat(70000), '\u0000', '😀'];
const badJson = (good) => ({
    'is cut off': file(good.slice(0, -2)),
    'has more behind it': file(`${good}{}`),
    'is nested deeply': file('['.repeat(1000) + ']'.repeat(1000)),
    'has a key twice': file(good.replace('{', '{"name":"a","name":"b",')),
    'has a byte order mark': file(`\ufeff${good}`),
    'has half a surrogate': file(good.replace('"', '"\\ud800')),
    'is not UTF-8': file(Buffer.concat([Buffer.from(good.slice(0, 3)),
        Buffer.from([0xc3, 0x28]), Buffer.from(good.slice(3))])),
    'has a number that is none': file(good.replace('{', '{"x":01,')),
    'has a large number': file(good.replace('{', '{"x":1e400,')),
    'is null': file('null'),
    'is a text': file('"text"'),
    'is 10 MB of one string': file(`{"batch":"${'x'.repeat(10 << 20)}"}`),
});

test('a bad announcement is refused', () => {
    const words = ['announce', dir, bad];
    eachBadFile(words, {}, badJson(JSON.stringify(announcement)));
    const keys = ['batch', 'beacon', 'columns', 'contributors', 'custodian',
        'departments', 'disclosure', 'exclusions', 'given', 'items', 'mirror',
        'mode', 'scope', 'strata', 'stratify', 't0', 't1', 't4', 'urgent'];
    const fits = { contributors: [[]], custodian: [null], exclusions: [[]],
        given: [null], mirror: [''], urgent: [1] };
    for (const key of keys)
        for (const value of wrongValues) {
            if (fits[key]?.some((v) => JSON.stringify(v) ===
                JSON.stringify(value))) continue;
            file(JSON.stringify({ ...announcement, [key]: value }))();
            refused(`${key} ${JSON.stringify(value).slice(0, 20)}`, words,
                { exits: [1, 2] });
        }
    for (const key of ['batch', 'strata', 't0', 't1', 't4', 'unknown']) {
        const { [key]: _, ...rest } = announcement;
        if (key === 'unknown') rest.unknown = 1;
        file(JSON.stringify(rest))();
        refused(`without ${key}`, words, { says: new RegExp(
            key === 'unknown' ? '不认识的键“unknown”' : '[一-龥]') });
    }
});

test('bad contributions are refused', () => {
    file(JSON.stringify({ ...announcement,
        contributors: [{ name: '甲', key: '11'.repeat(32) }] }))();
    good(['announce', dir, bad], 10);
    good(['freeze', dir, '1'], 20);
    const words = ['reveal', dir, '1', '--contributions', bad];
    const one = { name: '甲', value: '00', signature: '00'.repeat(64) };
    const all = JSON.stringify([one]);
    eachBadFile(words, { at: 1500, exits: [1, 2] },
        badJson(all));
    for (const [key, values] of Object.entries({
        name: ['乙', '', 1, null], value: ['', '0', 'zz', '00'.repeat(65), 1],
        signature: ['', '00', 1, 'zz'.repeat(64), '00'.repeat(64)] }))
        for (const value of values) {
            file(JSON.stringify([{ ...one, [key]: value }]))();
            refused(`contribution ${key} ${value}`, words, { at: 1500 });
        }
    file(JSON.stringify([one, one]))();
    refused('one contribution too many', words, { at: 1500 });
    refused('none at all', ['reveal', dir, '1'], { at: 1500 });
});

// ---- notes, keys, policies, proofs, problems -------------------------------

test('bad notes of witnesses are refused', () => {
    const note = (name) =>
        `${name}\n1\n${'A'.repeat(43)}=\n\n— a AAAAAAAA\n`;
    eachBadFile(['cosign', dir, bad], { exits: [1, 2] }, {
        'is of another log': file(note('other.example/log')),
        'is of this log, signed by nobody': file(note(
            'input.test/log/rehearsal')),
        'has only lines of strangers': file('— stranger AAAAAAAA\n'),
        'has a line that is no base64': file('— a !!!!\n'),
        'is too long': file('— a AAAAAAAA\n'.repeat(30000)),
    });
});

test('a bad policy makes no directory', () => {
    const other = join(room, 'other');
    for (const [name, make] of Object.entries({ ...anyFile,
        'names a group twice': file('group g any a\nquorum g\n'),
        'has no quorum': file('witness w x+y+z\n'),
        'has carriage returns': file('quorum none\r\n'),
        'has a comment': file('# a\nquorum none\n'),
    })) {
        rmSync(bad, { recursive: true, force: true });
        rmSync(other, { recursive: true, force: true });
        make();
        if (name.endsWith('fills') || name === 'is empty') continue;
        const { status, stderr } = call(['init', other, '--origin', 'x.test/l',
            '--rehearsal', '--policy', bad]);
        assert.equal(status, 2, `${name}: ${stderr}`);
        assert.match(stderr, /[一-龥]/);
    }
});

test('bad proofs, keys, policies and receipts of verify are refused', () => {
    const proof = 'tests/vectors/proof/public-opened.json';
    const whole = readFileSync(proof, 'utf8');
    const vkey = 'tests/vectors/proof/public.vkey';
    const huge = () => {
        const descriptor = openSync(bad, 'w');
        ftruncateSync(descriptor, (512 << 20) + 1);
    };
    const rule = /^rule \S+$/m;
    eachBadFile(['verify', bad], { says: rule },
        { ...badJson(whole), 'is over 512 MiB': huge });
    eachBadFile(['verify', proof, '--rehearsal', '--vkey', bad],
        { says: rule }, {
            'is a key with another number': file(
                readFileSync(vkey, 'utf8').replace(/\+[0-9a-f]{8}\+/,
                    '+00000000+')),
            'has two lines': file(readFileSync(vkey, 'utf8').repeat(2)),
        });
    eachBadFile(['verify', proof, '--rehearsal', '--policy', bad],
        { says: rule }, { 'is a policy without quorum': file('log x\n') });
    eachBadFile(['verify', proof, '--rehearsal', '--receipt', bad],
        { exits: [1, 2] }, { 'is another text': file('Y1.abc') });
});

test('bad problems of team are refused', () => {
    const good = '{"posts":[[0,0]],"pools":[[0]],"caps":[null],"recused":[]}';
    const seed = ['team', '--seed', '00'.repeat(32)];
    const run = (input) => spawnSync(yaohao, seed,
        { input, encoding: 'utf8', timeout: 20000 });
    assert.equal(run(good).status, 0);
    for (const input of ['', '\0', '[', '{}', 'null', `${good}{}`,
        '['.repeat(1000), '\ufeff' + good, good.replace('[0,0]', '[0,1]'),
        good.replace('[0,0]', '[0]'), good.replace('[0,0]', '[-1,0]'),
        good.replace('[0,0]', '["0",0]'), good.replace('[[0]]', '[[1]]'),
        good.replace('[[0]]', '[[0,0]]'), good.replace('null', '"1"'),
        good.replace('null', '4294967296'), good.replace('null', '1.5'),
        good.replace('[]', '[[0,1]]'),
        good.replace('{', '{"posts":[],'), good.replace('{', '{"x":1,'),
        'x'.repeat(1 << 20)]) {
        const { status, stderr } = run(input);
        assert.equal(status, 2, `${input.slice(0, 80)}: ${stderr}`);
        assert.match(stderr, /题目不能用：.*[一-龥]/, input.slice(0, 80));
    }
});

test('bad evidence is refused', () => {
    const copy = join(room, 'copy');
    cpSync(dir, copy, { recursive: true });
    const huge = () => {
        const descriptor = openSync(bad, 'w');
        ftruncateSync(descriptor, (64 << 20) + 1);
    };
    const { 'is one NUL': _, 'is binary': __,
        'is a long run of one byte': ___, ...files } = anyFile;
    for (const [name, make] of Object.entries({ ...files,
        'is over 64 MiB': huge })) {
        for (const words of [
            ['replace', dir, '1', '全部', '0', '--reason', '注销', '--date',
                '2027-03-01', '--source', '机关', '--evidence', bad],
            ['annul', dir, '1', '--authority', '机关', '--document', '1',
                '--file', bad]]) {
            rmSync(bad, { recursive: true, force: true });
            make();
            refused(`${words[0]}: evidence ${name}`,
                [...words, '--by', '甲', '--by', '乙'], { says: /文件/ });
        }
    }
});
