// The receipt: from a printed QR to the verdict on the owner's telephone.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import {
  Ceremony, axeOf, browser, house, overflows, pageOf, picture, room,
  serveIn,
} from './shared.mjs';
import { MODULE_MM, printed } from './paper.mjs';

const PHONE = { viewport: { width: 390, height: 844 }, hasTouch: true };

const at = room();
const sealed = new Ceremony(at, 1804000000).whole();
const proofOf = (of, name) => {
  const file = join(at, name);
  of.at(of.t1 + 60, 'proof', '1', '-o', file);
  return file;
};

/** Who was drawn is in nobody's hands yet: a copy is opened to see. */
const opened = sealed.copy('opened');
opened.open();
const opening = JSON.parse(JSON.parse(readFileSync(
  proofOf(opened, 'opened.json'), 'utf8')).entries.pop().text);
const [target] = opening.targets;
const { code } = JSON.parse(target.row);
const [holder] = JSON.parse(target.crew).holders;
const receipt = sealed.at(sealed.t1 + 60, 'receipt', '1', code).trim();
const { base, show } = await serveIn();
await show(sealed.data);
const chromium = await browser();

const verdict = (page) => page.locator('#receipt [data-verdict]');

async function judged(page) {
  await verdict(page).waitFor();
  return verdict(page).getAttribute('data-verdict');
}

const qr = (file, ...more) => {
  const path = join(at, file);
  sealed.at(sealed.t1 + 60, 'receipt', '1', code, '--qr', path, ...more);
  return path;
};

/** What `receipt --qr` drew, from the paper. */
async function onPaper(path) {
  const page = await pageOf(chromium);
  await page.setContent(readFileSync(path, 'utf8'));
  const { text, module_mm } = await printed(page, at);
  await page.context().close();
  assert.ok(module_mm >= MODULE_MM, `${path}: ${module_mm} mm a module`);
  return text;
}

test('from the printed code to the verdict, asked for by nobody\'s code',
  async () => {
    const page = await pageOf(chromium, PHONE);
    const asked = [];
    page.on('request', (request) => asked.push(decodeURIComponent(
      request.url())));
    const address = await onPaper(qr('address.svg', '--page',
      `${base}/receipt`));
    assert.equal(address, `${base}/receipt#${receipt}`);
    await page.goto(address);
    assert.equal(await judged(page), 'good');
    const box = await verdict(page).boundingBox();
    assert.ok(box.y >= 0 && box.y + box.height <= PHONE.viewport.height,
      'the verdict is what is seen first');
    const text = await page.locator('#receipt').innerText();
    assert.equal(await onPaper(qr('bare.svg')), receipt);
    for (const words of ['演练，不是正式抽查', JSON.parse(target.row).name,
      holder.unit, holder.certificate, '不能证明', '12345']) {
      assert.ok(text.includes(words), words);
    }
    assert.ok(asked.every((url) => !url.split('#')[0].includes(code) &&
      !url.split('#')[0].includes(receipt)), asked.join());
    assert.equal(await overflows(page), 0);
    await picture(page, 'receipt-phone', '#receipt');
    assert.deepEqual(page.wrong, []);
    assert.deepEqual(await axeOf(page), []);
  });

test('the last two of a certificate: in this team, or not', async () => {
  const page = await pageOf(chromium, PHONE);
  await page.goto(`${base}/receipt#${receipt}`);
  await judged(page);
  const last = holder.certificate.slice(-2);
  const others = JSON.parse(target.crew).holders
    .map((one) => one.certificate.slice(-2));
  const wrong = ['00', '01', '02', '03'].find((two) =>
    !others.includes(two));
  const said = page.locator('#receipt-said');
  await page.fill('#receipt-last', last);
  assert.match(await said.innerText(), /符合.*不能证明就是本人/s);
  await page.fill('#receipt-last', wrong);
  assert.match(await said.innerText(), /不在本次检查组.*12345/s);
  await page.fill('#receipt-last', last[0]);
  assert.equal(await said.innerText(), '');
});

test('by itself, in two codes, and changed', async () => {
  const page = await pageOf(chromium);
  // An address that leaves no room makes two codes of the receipt.
  const first = qr('two.svg', '--page', `${base}/${'x'.repeat(700)}`);
  const two = `${await onPaper(`${first}.2.svg`)}\n` +
    `${await onPaper(first)}`;
  assert.match(two, /^2\/2 .*\n1\/2 /);
  const other = receipt[400] === 'A' ? 'B' : 'A';
  const cases = [[receipt, 'good'], [two, 'good'],
    [receipt.slice(0, 400) + other + receipt.slice(401), 'bad'],
    [receipt.slice(0, -8), 'bad'], ['你好', 'bad']];
  for (const [text, expected] of cases) {
    await page.goto(`${base}/receipt`);
    await page.fill('#receipt-text', text);
    await page.getByRole('button', { name: '核对', exact: true }).click();
    assert.equal(await judged(page), expected, text.slice(0, 40));
  }
});

test('an older receipt after a stand-in is told so', async () => {
  const later = sealed.copy('later');
  const persons = readFileSync(join(house,
    'tests/vectors/register/inspectors.csv'), 'utf8').trim().split('\n');
  const tail = holder.certificate.slice(-2);
  for (const line of persons.slice(1)) {
    const certificate = line.split(',').find((cell) =>
      cell.length === holder.certificate.length && cell.endsWith(tail));
    if (certificate === undefined) continue;
    try {
      later.at(later.t1 + 70, 'standin', '1', certificate, '--reason', '病假',
        '--by', '甲', '--by', '乙', '--target',
        `${target.stratum}:${target.position}`);
      break;
    } catch (error) {
      // Another person whose number ends alike: the next one.
    }
  }
  await show(later.data);
  const page = await pageOf(chromium);
  await page.goto(`${base}/receipt#${receipt}`);
  assert.equal(await judged(page), 'wait');
  assert.match(await page.locator('#receipt').innerText(), /已换人/);
});

test('who dropped out since is told not to open the door', async () => {
  const later = sealed.copy('dropped');
  const evidence = proofOf(sealed, 'evidence.json');
  later.at(later.t1 + 70, 'replace', '1', target.stratum,
    String(target.position), '--reason', '注销', '--source', '登记机关',
    '--date', new Date(later.t1 * 1000).toISOString().slice(0, 10),
    '--evidence', evidence, '--by', '甲', '--by', '乙');
  await show(later.data);
  const page = await pageOf(chromium, PHONE);
  await page.goto(`${base}/receipt#${receipt}`);
  assert.equal(await judged(page), 'wait');
  assert.match(await page.locator('#receipt').innerText(),
    /后来退出.*先问清楚.*12345/s);
});

test('from a disk, beside a proof file', async () => {
  const page = await pageOf(chromium);
  await page.goto(`file://${house}build/web/verifier/receipt.html`);
  await page.setInputFiles('#receipt-proof', proofOf(sealed, 'sealed.json'));
  await page.fill('#receipt-text', receipt);
  await page.getByRole('button', { name: '核对', exact: true }).click();
  assert.equal(await judged(page), 'good');
  assert.deepEqual(page.wrong, []);
});

test('without JavaScript the page says whom to ask', async () => {
  const page = await pageOf(chromium, { javaScriptEnabled: false });
  await page.goto(`${base}/receipt`);
  assert.match(await page.locator('#receipt').innerText(), /在浏览器打开/);
});
