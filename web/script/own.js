// A log key and a witness policy that the reader brings along, as the
// command's --vkey and --policy: typed, or files of this device.

import { make } from './dom.js';

/** The text of a file, as a promise; old browsers have no Blob.text. */
function readText(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result);
    reader.onerror = () => failed(new Error(`${file.name} 读不出来`));
    reader.readAsText(file);
  });
}

function labelled(id, text, field) {
  return make('p', {}, make('label', { for: id }, text), make('br'), field);
}

export class Own {
  constructor() {
    this.key = make('input', { id: 'verify-key', type: 'text',
      autocomplete: 'off', spellcheck: 'false' });
    this.keyFile = make('input', { id: 'verify-key-file', type: 'file' });
    this.policy = make('input', { id: 'verify-policy', type: 'file' });
    // What is typed and what is chosen last is what counts, and is seen.
    this.key.addEventListener('input', () => { this.keyFile.value = ''; });
    this.keyFile.addEventListener('change', () => { this.key.value = ''; });
    this.element = make('details', {},
      make('summary', {}, '用别处得到的公钥或见证策略核验'),
      make('div', {},
        labelled('verify-key',
          '日志公钥（vkey，一行，印在机关文书或公报上）', this.key),
        labelled('verify-key-file', '或选公钥文件，例如 log.vkey',
          this.keyFile),
        labelled('verify-policy',
          '自己的见证策略文件（C2SP tlog-policy）', this.policy),
        make('p', { class: 'small' }, '先填或先选，再核验。不填不选，' +
          '就用证明自己带的公钥和策略；结论下面写明依据的是哪一个。')));
  }

  /** {vkey, policy, policyName}: texts, null where none was given. */
  async read() {
    const [keyFile] = this.keyFile.files;
    const [policyFile] = this.policy.files;
    const vkey = (keyFile ? await readText(keyFile) : this.key.value).trim();
    return {
      vkey: vkey === '' && !keyFile ? null : vkey,
      policy: policyFile ? await readText(policyFile) : null,
      policyName: policyFile ? policyFile.name : '',
    };
  }
}
