// What a drand relay shows, checked: version 1 {"round","randomness",
// "signature"} or version 2 {"round","signature"} (other members are left).

import { fromHex, toHex } from '../../audits/js/bytes.js';
import { QUICKNET, timeOf, verifyBeacon } from '../../audits/js/beacon.js';
import { sha256 } from '../../audits/js/hash.js';

const SIGNATURE = /^[0-9a-f]{96}$/;

function refused(why) {
  return { holds: false, why };
}

function read(text) {
  try {
    const value = JSON.parse(text);
    return value !== null && typeof value === 'object' ? value : null;
  } catch (error) {
    return null;
  }
}

/** {holds, why} and, where it holds, {round, signature, time, text}. */
export async function* askBeacon(ask) {
  const found = read(ask.text.trim());
  if (found === null) {
    return refused('这不是信标中继显示的内容：从 { 到 } 整段复制，再粘贴一次');
  }
  const { round, randomness } = found;
  const signature = String(found.signature).toLowerCase();
  if (!Number.isSafeInteger(round) || round < 1) {
    return refused('没有轮次（round）：请复制完整的一轮');
  }
  if (!SIGNATURE.test(signature)) {
    return refused('签名（signature）不是 96 位十六进制：' +
      '它是另一条链的，或没有复制完整');
  }
  yield 'signature';
  const bytes = fromHex(signature);
  if (!verifyBeacon(QUICKNET, round, bytes)) {
    return refused(`这不是 drand quicknet 第 ${round} 轮的签名`);
  }
  const derived = toHex(sha256(bytes));
  if (randomness !== undefined &&
      String(randomness).toLowerCase() !== derived) {
    return refused('随机数（randomness）与签名不符');
  }
  return {
    holds: true, why: '', round, signature, randomness: derived,
    time: timeOf(QUICKNET, round),
    text: `{"chain":"quicknet","round":${round},"signature":"${signature}"}`,
  };
}
