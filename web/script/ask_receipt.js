// A receipt: its fields as they stand in it, and, once the proof of its draw
// was verified here, whether it is of that draw.

import { parseRow, parse } from '../../audits/js/json.js';
import { utf8 } from '../../audits/js/bytes.js';
import { checkReceipt, isDropped, parseReceipt }
  from '../../audits/js/receipt.js';

/** The value of a canonical text, or null: a receipt may hold any text. */
function read(parser, text) {
  try {
    return parser(utf8(text));
  } catch (error) {
    return null;
  }
}

function holdersOf(crew) {
  const value = read(parse, crew);
  const holders = value && value.holders;
  if (!Array.isArray(holders)) return null;
  return holders.map((one) => one === null || typeof one !== 'object' ? null
    : { certificate: String(one.certificate), unit: String(one.unit) });
}

/**
 * ask: {text, check}.  {receipt, why}: receipt is null where the text is
 * none; why is '' where it fits the proof that was verified last.
 */
export async function* askReceipt(ask, state) {
  const found = parseReceipt(ask.text);
  if (found === null) return { receipt: null, why: '这不是一张回执' };
  const receipt = {
    origin: found.origin, draw: found.draw, stratum: found.stratum,
    position: found.position, row: read(parseRow, found.row),
    holders: holdersOf(found.crew), isLater: found.crewPath === null,
  };
  if (!ask.check) return { receipt, why: '' };
  if (state.result === null || state.result.rule !== '') {
    return { receipt, why: '这次抽取的证明还没有核验通过' };
  }
  yield 'paths';
  const why = checkReceipt(ask.text, state.result);
  receipt.isDropped = why === '' && isDropped(ask.text, state.result);
  return { receipt, why };
}
