// The pictures in docs/dashboard.md: node docs/make-dashboard-pictures.mjs PAGE.html PACKAGES, with the page of make dashboard of the made-up municipality, and
// the folder in which scripts/dashboard.sh packages has put the driver of the browser (.byudv/dashboard).
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [pageFile, packages] = process.argv.slice(2).map((path) => resolve(path));
const puppeteer = createRequire(join(packages, 'package.json'))('puppeteer-core');
const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const page = await browser.newPage();
await page.setViewport({ width: 1000, height: 1000 });
await page.goto(pathToFileURL(pageFile).href);
const picture = (name, clip) => page.screenshot({ path: new URL(`pictures/dashboard-${name}.png`, import.meta.url).pathname, clip, captureBeyondViewport: true });
const place = (from, to) => page.evaluate((from, to) => {
    const [a, b] = [document.querySelector(from).getBoundingClientRect(), document.querySelector(to).getBoundingClientRect()];
    const [x, y] = [Math.min(a.left, b.left), Math.min(a.top, b.top)];
    return { x: x + window.scrollX, y: y + window.scrollY, width: Math.max(a.right, b.right) - x, height: Math.max(a.bottom, b.bottom) - y };
}, from, to);

await picture('stock', await place('header', '#bestand-ejerform'));
await picture('durations', await place('#varighed', '#varighed'));
await page.select('#filter-slags', 'kvarter');
await page.select('#områdetid-mål', 'turnover');
await page.select('#kort-mål', 'turnover');
await picture('map', await place('#områdetid', '#kort'));
await browser.close();
