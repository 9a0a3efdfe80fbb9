// build — makes what a browser runs: classic scripts without a loader.
//
//     node web/build.mjs BUILD/web
//
//     static/verifier.js     audits/js, for a worker (script/verifier.js)
//     static/NAME.js         the scripts of pages
//     static/example.proof.json        what 改一个字试试 changes a copy of
//     template/verifier-digest.html    SHA-256 of verifier.js
//     verifier/              the same as a folder that opens from a disk
//
// The same sources and lock files give the same bytes.

import { createHash } from 'node:crypto';
import {
  copyFileSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';

const here = dirname(fileURLToPath(import.meta.url));
const modules = join(here, '../tests/node_modules');
const { buildSync } = createRequire(join(modules, 'x'))('esbuild');

const PAGES = ['verify', 'receipt', 'beacon', 'screen', 'try'];
const FOLDER = ['verify', 'receipt', 'beacon'];
const GZIP_MAX = 80 * 1024;

function bundle(name) {
  const { outputFiles } = buildSync({
    entryPoints: [join(here, 'script', `${name}.js`)],
    bundle: true, format: 'iife', target: 'es2018', charset: 'utf8',
    minify: true, legalComments: 'none', write: false,
    nodePaths: [modules, join(here, '../audits/js/node_modules')],
  });
  return outputFiles[0].text.trim();
}

function verifier() {
  return `function yaohaoVerifier(scope){"use strict";${bundle('verifier')}}` +
    '\nif(typeof document==="undefined")yaohaoVerifier(self);\n';
}

const digestOf = (text) => createHash('sha256').update(text).digest('hex');

function folder(out, scripts, digest) {
  const to = join(out, 'verifier');
  mkdirSync(to, { recursive: true });
  for (const name of ['verifier', ...FOLDER]) {
    writeFileSync(join(to, `${name}.js`), scripts[name]);
  }
  for (const name of ['style.css', 'verify.css']) {
    copyFileSync(join(here, 'static', name), join(to, name));
  }
  for (const name of readdirSync(join(here, 'folder'))) {
    const text = readFileSync(join(here, 'folder', name), 'utf8');
    writeFileSync(join(to, name), text.replace(/@DIGEST@/g, digest));
  }
}

function main(out) {
  const scripts = { verifier: verifier() };
  for (const name of PAGES) scripts[name] = `${bundle(name)}\n`;
  const digest = digestOf(scripts.verifier);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'static'), { recursive: true });
  mkdirSync(join(out, 'template'), { recursive: true });
  for (const name of Object.keys(scripts)) {
    writeFileSync(join(out, 'static', `${name}.js`), scripts[name]);
  }
  copyFileSync(join(here, '../audits/examples/worked/draw.proof.json'),
    join(out, 'static', 'example.proof.json'));
  writeFileSync(join(out, 'template', 'verifier-digest.html'),
    digest.replace(/(.{4})(?=.)/g, '$1 '));
  folder(out, scripts, digest);
  const packed = gzipSync(scripts.verifier, { level: 9 }).length;
  process.stdout.write(`verifier.js  SHA-256 ${digest}  ` +
    `${scripts.verifier.length} characters, ${packed} bytes gzipped\n`);
  if (packed > GZIP_MAX) throw new Error(`more than ${GZIP_MAX} bytes`);
}

main(process.argv[2]);
