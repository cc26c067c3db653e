// Puts the page together: node build.mjs DATA.json PACKAGES PAGE.html
// DATA.json is what byudv.dashboard_data() returns, PACKAGES the folder in which npm ci was run. The page holds all that it shows and runs; its
// content security policy allows these scripts and no others, by their hashes, and no connection at all.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const [dataFile, packages, pageFile] = process.argv.slice(2);
if (!pageFile) {
    console.error('usage: node build.mjs DATA.json PACKAGES PAGE.html');
    process.exit(2);
}
const page = (name) => readFileSync(new URL(`page/${name}`, import.meta.url), 'utf8');
const fromPackage = (name) => readFileSync(`${packages}/node_modules/${name}`, 'utf8');

// Their licences ask to be kept with the code.
const licence = (name) => `/*\n${name}\n\n${fromPackage(`${name}/LICENSE`).trim()}\n*/\n`;
const library = (name, file) => licence(name) + fromPackage(`${name}/build/${file}`).replace(/^\/\/# sourceMappingURL=.*$/m, '');

// The interpreter of expressions comes only as a module. With it vega needs no eval(), which the policy forbids.
function interpreter() {
    const [imports, exports] = [/^import \{([^}]*)\} from 'vega-util';$/m, /^export \{ expression as expressionInterpreter \};$/m];
    const source = library('vega-interpreter', 'vega-interpreter.js');
    if (!imports.test(source) || !exports.test(source) || source.match(/^(import|export) /gm).length !== 2) {
        throw new Error('vega-interpreter looks different from what this script expects');
    }
    return `(() => {\n${source.replace(imports, 'const {$1} = vega;').replace(exports, 'window.expressionInterpreter = expression;')}})();`;
}

const own = ['figures.js', 'data.js', 'marks.js', 'stock.js', 'moves.js', 'areas.js', 'control.js', 'page.js'];
const scripts = [
    library('vega', 'vega.min.js'),
    library('vega-lite', 'vega-lite.min.js'),
    interpreter(),
    `(() => {\n'use strict';\n${own.map(page).join('\n')}})();`,
];
for (const script of scripts) {
    if (/<\/script|<!--/i.test(script)) throw new Error('a script would end inside the page');
}

const data = JSON.parse(readFileSync(dataFile, 'utf8'));
const parts = {
    HASHES: scripts.map((script) => `'sha256-${createHash('sha256').update(script).digest('base64')}'`).join(' '),
    STYLE: page('style.css'),
    DATA: JSON.stringify(data).replace(/</g, '\\u003c'), // names come from outside and must not end the element
    SCRIPTS: scripts.map((script) => `<script>${script}</script>`).join('\n'),
};
const html = page('index.html').replace(/\{\{(\w+)\}\}/g, (_, name) => parts[name]);
writeFileSync(pageFile, html);
console.log(`${pageFile}: ${(html.length / 1e6).toFixed(1)} MB, of which data ${(parts.DATA.length / 1e6).toFixed(1)} MB`);
