// What a reader brings along, and on what a verdict rests.

import { BadPolicy, parsePolicyFile } from '../../audits/js/policy.js';
import { parseVkey } from '../../audits/js/vkey.js';

function filePolicyOf(text) {
  try {
    return parsePolicyFile(text);
  } catch (error) {
    if (!(error instanceof BadPolicy)) throw error;
    throw new Error(`策略文件不能用（${error.message}）：它应当是 tlog-policy，` +
      '有 witness、group、quorum 各行');
  }
}

/**
 * The verifier's options of {vkey, policy, rehearsal}, texts or absent;
 * throws an Error that tells the reader what to mend.
 */
export function optionsOf({ vkey, policy, rehearsal }) {
  const options = { rehearsal: Boolean(rehearsal) };
  if (typeof vkey === 'string') {
    if (parseVkey(vkey) === null) {
      throw new Error('给出的公钥不是一行完整的 vkey（名称+八位十六进制+公钥）');
    }
    options.vkey = vkey;
  }
  if (typeof policy === 'string') options.filePolicy = filePolicyOf(policy);
  return options;
}

/** Who has to have signed: 3 取 2（甲、乙、丙）. */
function quorumOf(policy, name) {
  const group = policy.groups.find((one) => one.name === name);
  if (group === undefined) return name;
  const members = group.members.map((one) => quorumOf(policy, one));
  return `${members.length} 取 ${group.least}（${members.join('、')}）`;
}

const saidOf = (policy) => policy.quorum === 'none'
  ? '没有见证人，时间只凭日志自己所说'
  : `见证人 ${quorumOf(policy, policy.quorum)}`;

function keyLine({ vkey, filePolicy }) {
  if (vkey) return '日志公钥：是您给出的那一把。';
  return filePolicy && filePolicy.logs.length > 0
    ? '日志公钥：是您的策略文件里的那一把。'
    : '日志公钥：是这份证明自己给出的，没有与别处对照。';
}

/** `own`: the proof's policy, undefined where the proof is refused early. */
export function basisOf(options, own, policyName) {
  const { vkey, filePolicy } = options;
  const name = policyName || '未命名';
  const lines = [];
  if (own) {
    lines.push(keyLine(options), `见证策略：证明自己带的（${saidOf(own)}）。`);
  } else if (vkey) {
    lines.push('核验时要求日志公钥是您给出的那一把。');
  }
  if (filePolicy && filePolicy.quorum === 'none') {
    lines.push(`您的策略文件「${name}」不要求见证人，没有增加要求。`);
  } else if (filePolicy) {
    lines.push(`${own ? '此外还满足' : '核验时还要求满足'}您的策略文件` +
      `「${name}」（${saidOf(filePolicy)}）。`);
  } else if (own) {
    lines.push('没有用您自己的策略文件。');
  }
  return lines;
}
