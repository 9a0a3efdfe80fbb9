// Loader of bits.test.mjs: a signature that was checked is not checked
// again.  Thousands of changed proofs differ in a byte and share all else.
const OWN = 'data:text/javascript,';

const once = (original) => `
import { verifyEd25519 as check } from ${JSON.stringify(original)};
const known = new Map();
export function verifyEd25519(key, message, signature) {
  const name = [key, message, signature].map(
    (bytes) => Buffer.from(bytes).toString('base64')).join(' ');
  if (!known.has(name)) known.set(name, check(key, message, signature));
  return known.get(name);
}`;

export async function resolve(specifier, context, next) {
  const found = await next(specifier, context);
  const isOwn = (context.parentURL || '').startsWith(OWN);
  if (isOwn || !found.url.endsWith('/audits/js/ed25519.js')) return found;
  return { url: OWN + encodeURIComponent(once(found.url)), format: 'module',
    shortCircuit: true };
}
