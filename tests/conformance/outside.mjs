// What packages load from other hosts does not come: the packages' origin lets nothing in from
// elsewhere (its Content-Security-Policy), and the import's diagnosis says so. A trainer mends that by putting
// the files into the zip; this does the same for a test.

import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { unzip, zip } from './zip.mjs';

/** The package with the files of `folder` in it, in place of the addresses that end in their names. */
export function inside(bytes, folder) {
  const known = readdirSync(folder);
  const files = unzip(bytes);
  const used = new Set();
  for (const [name, content] of Object.entries(files)) {
    if (!/\.html?$/i.test(name)) continue;
    const up = '../'.repeat(name.split('/').length - 1);
    files[name] = Buffer.from(
      content.toString('latin1').replace(/(["'])https?:\/\/[^"']*\/([^"'/]+)\1/g, (whole, quote, file) => {
        if (!known.includes(file)) return whole;
        used.add(file);
        return `${quote}${up}outside/${file}${quote}`;
      }),
      'latin1',
    );
  }
  for (const file of used) files[`outside/${file}`] = readFileSync(join(folder, file));
  return zip(files);
}
