// The page of make dashboard in a browser: node dashboard.mjs PAGE.html PACKAGES, where the variables PG... name the database whose monitor birkelev it shows.
// Prints TAP. Its numbers are compared with what the views say, asked in SQL here and not through dashboard_data().
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

const [pageFile, packages] = process.argv.slice(2).map((path) => resolve(path));
const puppeteer = createRequire(join(packages, 'package.json'))('puppeteer-core');
let tests = 0;
let failed = 0;

function ok(passed, name, ...more) {
    tests++;
    console.log(`${passed ? 'ok' : 'not ok'} ${tests} - ${name}`);
    if (!passed) {
        failed++;
        for (const line of more) console.log(`# ${String(line).replace(/\n/g, '\n# ').slice(0, 1500)}`);
    }
}
const text = (value) => JSON.stringify(value);
const is = (got, expected, name) => ok(text(got) === text(expected), name, `got      ${text(got)}`, `expected ${text(expected)}`);

// Rows of a query on the monitor with so many columns, as arrays of numbers and texts
function sql(query, columns) {
    const names = Array.from({ length: columns }, (_, i) => `c${i}`).join(', ');
    const out = execFileSync('psql', ['-XqAt', '-v', 'ON_ERROR_STOP=1', '-c', `SET search_path = birkelev; SELECT coalesce(json_agg(json_build_array(${names})), '[]') FROM (${query}) x (${names})`], { encoding: 'utf8', maxBuffer: 1e9 });
    return JSON.parse(out);
}

const browser = await puppeteer.launch({ executablePath: process.env.CHROMIUM || '/usr/bin/chromium', args: ['--no-sandbox', '--disable-gpu'] });
const noise = [];
const requests = [];

async function open(file, width = 1200) {
    const page = await browser.newPage();
    await page.setViewport({ width, height: 900 });
    await page.setRequestInterception(true);
    page.on('request', (request) => {
        if (request.url() === pathToFileURL(file).href) request.continue();
        else {
            if (!request.url().startsWith('data:')) requests.push(request.url());
            request.abort();
        }
    });
    page.on('console', (message) => noise.push(`${message.type()}: ${message.text()}`));
    page.on('pageerror', (error) => noise.push(`error: ${error.message}`));
    page.on('dialog', async (dialog) => { noise.push(`dialog: ${dialog.message()}`); await dialog.dismiss(); });
    await page.goto(pathToFileURL(file).href);
    return page;
}

// The rows of the table behind a figure: texts, and for numbers what data-value says
const rowsOf = (page, id) => page.evaluate((id) => [...document.querySelectorAll(`#${CSS.escape(id)} tbody tr`)].map((row) => [...row.children].map((cell) => ({ text: cell.textContent, value: cell.dataset.value, number: cell.className === 'number' }))), id);
const choose = (page, id, value) => page.evaluate((id, value) => {
    const list = document.getElementById(id);
    list.value = value;
    if (list.value !== value) throw new Error(`${id} has no ${value}`);
    list.dispatchEvent(new Event('change'));
}, id, String(value));
// What each figure shows, to see what a filter changes
const shown = (page) => page.evaluate(() => Object.fromEntries([...document.querySelectorAll('.card')].map((card) => [card.id, (card.querySelector('.chart').innerHTML + card.querySelector('tbody')?.innerHTML).replace(/(gradient_|clip)\d+/g, '')])));
const changed = (before, after) => Object.keys(before).filter((id) => before[id] !== after[id]).sort();

// Compares texts and values of some columns with rows of SQL, whatever the order; a suppressed count is NULL in SQL and Diskretioneret on the page
async function same(page, id, columns, query, name) {
    const show = (rows) => rows.map((row) => text(row)).sort();
    const value = (cell) => (!cell.number ? cell.text : cell.text === 'Diskretioneret' ? null : cell.value === undefined ? cell.text : Math.round(Number(cell.value) * 1e6) / 1e6);
    const got = show((await rowsOf(page, id)).map((row) => columns.map((column) => value(row[column]))));
    const expected = show(sql(query, columns.length).map((row) => row.map((cell) => (typeof cell === 'number' ? Math.round(cell * 1e6) / 1e6 : cell))));
    ok(expected.length > 0 && text(got) === text(expected), `${name}: ${expected.length} rows as in the view`, `got ${got.length} rows, not in the view: ${got.filter((row) => !expected.includes(row)).slice(0, 5)}`,
        `not on the page: ${expected.filter((row) => !got.includes(row)).slice(0, 5)}`);
}

try {
    const page = await open(pageFile);
    const figures = await page.evaluate(() => [...document.querySelectorAll('.card')].map((card) => ({ id: card.id, marks: card.querySelectorAll('.chart svg .role-mark path[d], .chart svg .role-mark line').length,
        other: card.querySelectorAll('.chart table tbody tr, .chart ol li').length, rows: card.querySelectorAll('tbody tr').length, note: card.querySelector('.note').textContent,
        label: card.querySelector('.chart svg')?.getAttribute('aria-label'), summary: card.querySelector('summary').textContent })));

    // What is on the page
    is(figures.length, 27, 'figures');
    for (const figure of figures) {
        ok(figure.marks > 0 || figure.other > 0, `${figure.id}: has marks`, text(figure));
        ok(figure.rows > 0 && figure.summary.startsWith('Vis tal') && figure.note.startsWith('Sådan læses figuren: ') && (figure.other > 0 || figure.label.length > 20), `${figure.id}: has its numbers, how to read it and a text for those who do not see it`, text(figure));
    }
    const policy = await page.evaluate(() => document.querySelector('meta[http-equiv="Content-Security-Policy"]').content);
    ok(policy.startsWith("default-src 'none'; script-src 'sha256-") && !/script-src[^;]*unsafe|http|connect-src/.test(policy), 'the policy allows the scripts of the page and no connection', policy);
    is(noise.splice(0), [], 'nothing is said on the console');
    is(await page.evaluate(async () => {
        const violated = [];
        document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective));
        const script = document.createElement('script');
        script.textContent = 'window.ran = true;';
        document.body.append(script);
        script.remove();
        new Image().src = 'https://byudv.invalid/';
        await fetch('https://byudv.invalid/').catch(() => violated.push('failed'));
        await new Promise((resolve) => setTimeout(resolve, 100));
        return [window.ran === undefined, ...violated.sort()];
    }), [true, 'connect-src', 'failed', 'img-src', 'script-src-elem'], 'and is in force');
    noise.splice(0); // what these three said
    ok((await page.evaluate(() => document.getElementById('fresh').textContent)).startsWith('Data er kendt til 1.1.2026. Opdateret '), 'the data date is shown');
    is(await page.evaluate(() => [document.documentElement.lang, ...['header', 'nav', 'main', 'footer'].map((name) => document.querySelectorAll(name).length)]), ['da', 1, 1, 1, 1], 'language and landmarks');
    is(await page.evaluate(() => { const ids = [...document.querySelectorAll('[id]')].map((one) => one.id); return ids.filter((id, i) => ids.indexOf(id) !== i); }), [], 'ids are unique');
    is(await page.evaluate(() => [...document.querySelectorAll('select')].filter((list) => list.labels.length !== 1 || !list.labels[0].textContent.trim()).map((list) => list.id)), [], 'each choice has a label');
    is(await page.evaluate(() => [...document.querySelectorAll('a, img, link, script')].map((one) => one.getAttribute('href') ?? one.getAttribute('src') ?? '').filter((target) => target && !target.startsWith('#') && target !== 'data:,')), [], 'nothing links away');

    // Numbers as Danes write them, and equal to what they stand for
    const everything = () => page.evaluate(() => [...document.querySelectorAll('td.number[data-value]')].filter((cell) => cell.dataset.value !== 'null').map((cell) => [cell.textContent.replace(/ \*$/, ''), Number(cell.dataset.value)]));
    const cells = await everything();
    is(cells.filter(([shown, value]) => shown !== 'Diskretioneret' && (!/^-?\d{1,3}(\.\d{3})*(,\d+)?$/.test(shown) || Math.abs(Number(shown.replace(/\./g, '').replace(',', '.')) - value) > 0.5 * 10 ** -(shown.split(',')[1] ?? '').length + 1e-9)).slice(0, 5), [], `${cells.length} numbers are written in Danish`);
    ok(cells.length > 1500, 'and there are many of them', cells.length);
    const codes = sql(`SELECT code FROM byudv.bi_codes() WHERE code LIKE '%\\_%' OR code IN ('hidden', 'elsewhere', 'stayer', 'owner', 'social', 'apartment', 'detached')`, 1).flat();
    const words = async () => page.evaluate(() => [...document.querySelectorAll('body *')].filter((one) => !['SCRIPT', 'STYLE'].includes(one.tagName.toUpperCase())).flatMap((one) => [...one.childNodes].filter((node) => node.nodeType === 3)).map((node) => node.textContent));
    const bad = (list) => list.filter((word) => codes.includes(word.trim()) || /undefined|NaN|Infinity|\bnull\b|\[object/.test(word));
    is(bad(await words()), [], 'no code and no missing value is shown as such');

    // Numbers of the views, at the whole and at one area, year and tenure
    for (const [area, year, kind, tenure] of [['all', 2025, 'all', 'all'], ['101-3', 2021, 'kvarter', 'all'], ['101-5', 2019, 'kvarter', 'private_rental']]) {
        const where = `area_kind = '${kind}' AND area_code = '${area}'`;
        const only = tenure === 'all' ? '' : `AND tenure = '${tenure}'`;
        const name = `${area} ${year} ${tenure}`;
        await choose(page, 'filter-år', year);
        await choose(page, 'filter-slags', kind);
        if (kind !== 'all') await choose(page, 'filter-område', await page.evaluate((label) => [...document.querySelectorAll('#filter-område option')].find((option) => option.textContent === label).value, sql(`SELECT area_label FROM bi_dim_area WHERE ${where}`, 1)[0][0]));
        await choose(page, 'filter-ejerform', tenure);
        await same(page, 'bestand-ejerform', [0, 1, 2, 3], `SELECT year::text, tenure_label, sum(dwellings), sum(vacant_dwellings) FROM bi_stock WHERE ${where} ${only} AND tenure <> 'hidden' GROUP BY 1, 2`, `${name}: stock by tenure`);
        await same(page, 'bestand-type', [0, 1, 2], `SELECT dwelling_type_label, tenure_label, sum(dwellings) FROM bi_stock WHERE ${where} ${only} AND year = ${year} AND tenure <> 'hidden' GROUP BY 1, 2 HAVING sum(dwellings) > 0`, `${name}: stock by type`);
        await same(page, 'ejerform-rettet', [0, 1, 2], `SELECT t.label, n.norm, sum(s.dwellings) FROM bi_stock_tenure s, LATERAL (VALUES ('Registret', tenure_register, tenure_register_label), ('Danmarks Statistik', tenure_dst, tenure_dst_label), ('Rettet', tenure, tenure_label)) n (norm, code, label),
            LATERAL (SELECT n.code AS tenure, n.label) t WHERE ${where} AND year = ${year} ${tenure === 'all' ? '' : `AND t.tenure = '${tenure}'`} GROUP BY 1, 2`, `${name}: tenure before and after`);
        await same(page, 'fraflytning', [0, 1, 2, 3, 4, 5], `SELECT dwelling_type_label || ' · ' || lower(tenure_label), new_build_label, 100 * rate, 100 * lower, 100 * upper, ends FROM bi_turnover WHERE ${where} ${only} AND year = ${year} AND dwelling_years >= 20`, `${name}: turnover`);
        await same(page, 'bliver', [0, 1, 2, 3, 4], `SELECT tenure_label, new_build_label, 100 * stay_2, 100 * stay_2_lower, 100 * stay_2_upper FROM bi_residence_duration WHERE ${where} AND dwelling_type = 'all' AND origin = 'all' AND tenure IN ('all', ${tenure === 'all' ? 'tenure' : `'${tenure}'`})`, `${name}: who stays`);
        await same(page, 'flytninger-år', [0, 1, 2], `SELECT year::text, population_label, CASE WHEN sum(persons) FILTER (WHERE tenure = 'hidden') > 0 OR sum(persons) > 0 OR count(*) = count(persons) THEN coalesce(sum(persons), 0) END
            FROM bi_moves WHERE ${where} ${only} AND population <> 'internal_out' GROUP BY 1, 2 HAVING coalesce(sum(persons), 0) > 0 OR count(*) > count(persons)`, `${name}: moves`);
        await same(page, 'profil', [0, 1, 3], `SELECT item_label, population_label, persons FROM bi_mover_profile WHERE ${where} AND year = ${year} AND attribute = 'age_band' AND population NOT IN ('resident', 'internal_out') AND (persons > 0 OR persons IS NULL)`, `${name}: profile`);
        await same(page, 'indkomst', [0, 1, 2], `SELECT year::text, population_label, mean_income FROM bi_mover_measure WHERE ${where} AND population NOT IN ('resident', 'internal_out') AND mean_income IS NOT NULL`, `${name}: income`);
        await same(page, 'kort', [0, 1], `SELECT s.area_label, p.value FROM bi_area_shape s LEFT JOIN bi_area_profile p ON p.area_kind = s.area_kind AND p.area_code = s.area_code AND p.year = ${year} AND p.measure = 'dwellings' WHERE s.area_kind = 'kvarter'`, `${name}: map`);
        const profile = sql(`SELECT measure_label, value, CASE WHEN unit = '0 til 1' THEN 0.0005 ELSE 0.05 END FROM bi_area_profile WHERE ${where} AND year = ${year} ORDER BY sort_order`, 3);
        const sheet = new Map((await rowsOf(page, 'områdeark')).map((row) => [row[0].text, row[2].text]));
        is(profile.filter(([measure, value, within]) => !sheet.has(measure) || Math.abs(Number(sheet.get(measure).replace(/\./g, '').replace(',', '.')) - value) > within + 1e-9), [], `${name}: the sheet's ${profile.length} figures are those of the view`);
        const people = sql(`SELECT CASE WHEN count(residents) = 0 AND count(*) > 0 THEN NULL ELSE sum(residents) END FROM bi_stock WHERE ${where} AND year = ${year}`, 1)[0][0];
        is(await page.evaluate(() => document.querySelectorAll('.tile dd')[2].textContent.replace(/[.]/g, '')), people === null ? 'Diskretioneret' : String(people), `${name}: residents`);
        is(bad(await words()), [], `${name}: no code and no missing value is shown as such`);
    }
    const hidden = await page.evaluate(() => document.querySelectorAll('#profil td').length && [...document.querySelectorAll('#profil td.number, #flytninger-år td.number')].filter((cell) => cell.textContent === 'Diskretioneret').length);
    ok(hidden > 0 && (await page.evaluate(() => document.querySelector('#profil .hidden-note').textContent)).includes('diskretioneret'), 'suppressed cells are called so, also beside the chart', hidden);

    // Each filter and each choice changes what it is about, and nothing else
    for (const [id, value] of [['filter-ejerform', 'all'], ['filter-slags', 'all'], ['filter-år', 2025]]) await choose(page, id, value);
    await same(page, 'varighed', [0, 1, 2, 3, 4], `SELECT group_label, years, 100 * survival, 100 * lower, 100 * upper FROM bi_duration_curve WHERE group_kind = 'tenure'`, 'curves');
    await same(page, 'nybyggeri-videre', [0, 1, 2, 3, 4], `SELECT tenure_label, origin_label, 100 * moved_on_2, 100 * moved_on_2_lower, 100 * moved_on_2_upper FROM bi_new_build_stay WHERE origin <> 'all'`, 'moving on from new dwellings');
    await same(page, 'nybyggeri-hvem', [0, 1, 2], `SELECT year::text, origin_label, sum(persons) FROM bi_new_build WHERE area_kind = 'all' AND origin IS NOT NULL GROUP BY 1, 2`, 'moves into new dwellings');
    await same(page, 'flytninger-sted', [0, 1], `SELECT CASE WHEN n <= 12 THEN place_label ELSE 'Andre kommuner' END, sum(persons) FROM (SELECT place_label, persons, row_number() OVER (ORDER BY persons DESC, place) AS n FROM bi_moves_place
        WHERE area_kind = 'all' AND area_code = 'all' AND year = 2025 AND population = 'arrival' AND place <> 'hidden' AND persons > 0) x GROUP BY 1`, 'places');
    await same(page, 'kæder', [0, 1, 3], `SELECT round_label, tenure_label, round(sum(vacancies), 3) FROM bi_chains WHERE area_kind = 'all' AND round > 0 GROUP BY 1, 2`, 'chains');
    await same(page, 'fund', [0, 1, 2, 3, 4, 5], 'SELECT question_da, answer_da, effect, lower, upper, effect_unit FROM bi_finding', 'findings');
    await same(page, 'datafund', [0, 1, 2], 'SELECT issue_label, severity_label, findings FROM bi_data_issue_summary WHERE findings > 0 OR hidden = 1', 'findings in the data');
    await same(page, 'forventet', [0, 3, 4], `SELECT CASE WHEN same > 1 THEN format('%s (%s)', name, project_id) ELSE name END, kind, n FROM (SELECT project_id, name, sum(expected) AS expected, sum(realised) AS realised, count(*) OVER (PARTITION BY name) AS same FROM bi_pipeline GROUP BY 1, 2) p,
        LATERAL (VALUES ('Ventet', expected), ('Opført', realised)) v (kind, n) WHERE n > 0`, 'pipeline');
    await choose(page, 'sammenlign-mål', 'DST population');
    await same(page, 'sammenlign', [0, 1, 2], `SELECT year::text, CASE k WHEN 1 THEN 'Egne tal' ELSE source || ', ' || municipality_label END, v FROM bi_indicator, LATERAL (VALUES (1, own_value), (2, value)) x (k, v) WHERE source = 'DST' AND measure = 'population' AND v IS NOT NULL`, 'comparison');
    let before = await shown(page);
    const expectChange = async (id, value, figures) => {
        await choose(page, id, value);
        const after = await shown(page);
        is(changed(before, after), figures.sort(), `${id} changes its figures`);
        before = after;
    };
    await expectChange('filter-år', 2022, ['bestand-type', 'ejerform-rettet', 'flytninger-måned', 'flytninger-sted', 'fraflytning', 'kort', 'nybyggeri-alder', 'områdeark', 'profil']);
    await expectChange('filter-ejerform', 'owner', ['bestand-ejerform', 'bestand-type', 'bliver', 'ejerform-rettet', 'flytninger-år', 'forventet', 'fraflytning', 'kædeender', 'ledige', 'nybyggeri-alder', 'nybyggeri-hvem', 'nybyggeri-videre', 'varighed']);
    await choose(page, 'filter-ejerform', 'all');
    before = await shown(page);
    await expectChange('filter-slags', 'kvarter', ['bestand-ejerform', 'bestand-type', 'bliver', 'ejerform-rettet', 'flytninger-år', 'forventet', 'fraflytning', 'indkomst', 'kæder', 'ledige', 'nybyggeri-hvem', 'områdeark', 'områdetid', 'profil', 'ventede-beboere']);
    await choose(page, 'filter-slags', 'all');
    before = await shown(page);
    for (const id of await page.evaluate(() => [...document.querySelectorAll('.controls select')].map((list) => list.id))) {
        const [own, value] = await page.evaluate((id) => { const list = document.getElementById(id); return [list.closest('.card').id, [...list.options].find((option) => option.value !== list.value).value]; }, id);
        await expectChange(id, value, [own]);
    }

    // With the keyboard alone
    await page.reload();
    const reached = [];
    for (let i = 0; i < 6; i++) {
        await page.keyboard.press('Tab');
        reached.push(await page.evaluate(() => `${document.activeElement.id || document.activeElement.className}${getComputedStyle(document.activeElement).outlineStyle === 'none' ? ' without outline' : ''}`));
    }
    is(reached.slice(0, 4), ['skip', 'filter-år', 'filter-slags', 'filter-ejerform'], 'Tab reaches the filters, and shows where one is');
    await page.focus('#filter-slags');
    for (const letter of 'kv') await page.keyboard.press(letter);
    await page.waitForFunction(() => document.getElementById('filter-område'));
    is(await page.evaluate(() => [document.activeElement.id, document.getElementById('chosen').textContent]), ['filter-slags', 'Viser 2025, Birkelev Enghave, alle ejerformer.'], 'a filter is chosen by typing, keeps the focus, and the choice is said');
    await page.focus('#bestand-ejerform summary');
    await page.keyboard.press('Enter');
    ok(await page.evaluate(() => document.querySelector('#bestand-ejerform details').open && document.querySelector('#bestand-ejerform table').offsetHeight > 50), 'Enter opens the numbers of a figure');
    await page.focus('#varighed-gruppe');
    await page.keyboard.press('n');
    is(await page.evaluate(() => [document.activeElement.id, document.activeElement.value]), ['varighed-gruppe', 'new_build'], 'a figure\'s own choice works so too');

    // On paper
    await page.emulateMediaType('print');
    is(await page.evaluate(() => ['#filters', 'nav', '.controls', '#chosen', '.card svg', '.note'].map((one) => getComputedStyle(document.querySelector(one)).display !== 'none')), [false, false, false, true, true, true], 'printed: figures and notes, no controls');
    ok((await page.pdf({ format: 'A4' })).length > 50000, 'printed to a file');
    await page.close();

    // On a phone
    const phone = await open(pageFile, 360);
    await phone.evaluate(() => { for (const one of document.querySelectorAll('details')) one.open = true; });
    is(await phone.evaluate(() => [document.documentElement.scrollWidth, [...document.querySelectorAll('.chart svg')].filter((svg) => svg.getBoundingClientRect().right > 361).length]), [360, 0], 'nothing is wider than a phone');
    await phone.setViewport({ width: 900, height: 900 });
    await phone.waitForFunction(() => document.querySelector('#bestand-type svg').getBoundingClientRect().width > 700);
    ok(true, 'turned round, the charts grow');
    await phone.close();

    // Names are from outside and may be anything; a monitor may know little
    const folder = mkdtempSync(join(tmpdir(), 'byudv-page-'));
    const build = (data, name) => {
        writeFileSync(join(folder, 'data.json'), JSON.stringify(data));
        execFileSync('node', [new URL('../../dashboard/build.mjs', import.meta.url).pathname, join(folder, 'data.json'), packages, join(folder, name)]);
        return join(folder, name);
    };
    const data = JSON.parse(/<script type="application\/json" id="data">(.*?)<\/script>/s.exec(readFileSync(pageFile, 'utf8'))[1]);
    const evil = '</script><img src=x onerror=alert(1)><script>alert(2)</script>';
    data.tables.areas.rows[0][4] = evil;
    data.tables.pipeline.rows[0][2] = evil;
    data.tables.shapes.rows[0][1] = 'no JSON';
    const [number, shape] = data.tables.shapes.rows[1];
    data.tables.shapes.rows[1] = [number, JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties: {}, geometry: { type: 'MultiPolygon', coordinates: [JSON.parse(shape).coordinates] } }] })];
    const hostile = await open(build(data, 'hostile.html'));
    is(await hostile.evaluate(() => [document.getElementById('chosen').textContent, document.querySelectorAll('img').length]), [`Viser 2025, ${evil}, alle ejerformer.`, 0], 'a name with tags is shown as it is');
    is(await hostile.evaluate(() => document.querySelectorAll('#kort .mark-shape path').length), 7, 'what is no shape is left out of the map, whatever kind of GeoJSON the others are');
    await hostile.close();
    for (const [name, table] of Object.entries(data.tables)) if (!['areas', 'codes', 'years', 'runs', 'attributes'].includes(name)) table.rows = [];
    const empty = await open(build(data, 'empty.html'));
    is(await empty.evaluate(() => [document.querySelectorAll('.card').length - document.querySelectorAll('.card .none').length, document.querySelectorAll('.chart svg').length]), [1, 0], 'without figures each card but that of the refreshes says so');
    await empty.close();
    rmSync(folder, { recursive: true });

    is(noise, [], 'nothing is said on the console, whatever is chosen');
    is(requests, [], 'nothing is asked of any network');
} catch (error) {
    ok(false, 'the test runs to its end', error.stack);
} finally {
    await browser.close();
}
console.log(`1..${tests}`);
process.exitCode = failed > 0 ? 1 : 0;
