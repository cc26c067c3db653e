// What every figure is made of: a card with heading, controls, chart, the numbers behind it as a table, and how to read it.

const HIDDEN = 'Diskretioneret';
const MISSING = '–';

function number(value, digits = 0) {
    if (value === null || value === undefined) return MISSING;
    return value.toLocaleString('da-DK', { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

function date(text) { // 2026-01-31 or a timestamp
    if (!text) return MISSING;
    const [, year, month, day, time] = /^(\d+)-(\d\d)-(\d\d)(?:T(\d\d:\d\d))?/.exec(text);
    return `${Number(day)}.${Number(month)}.${year}${time ? ` kl. ${time.replace(':', '.')}` : ''}`;
}

// element('p', { class: 'what' }, 'text', child…)
function element(name, attributes, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) {
        if (value !== undefined && value !== false) made.setAttribute(key, value === true ? '' : value);
    }
    made.append(...children.filter((child) => child !== null && child !== undefined));
    return made;
}

function select(label, id, options, value, onChange) { // options: [value, text]…
    const list = element('select', { id }, ...options.map(([code, text]) => element('option', { value: code, selected: String(code) === String(value) }, text)));
    list.addEventListener('change', () => onChange(list.value));
    return element('label', { for: id }, label, list);
}

// A cell of a table: a column is { field, label, digits } for numbers, { field, label } for text. A row says in hidden which of its fields are suppressed.
function cellText(row, column) {
    if (row.hidden && row.hidden.includes(column.field)) return row[column.field] ? `${number(row[column.field], column.digits)} *` : HIDDEN;
    const value = row[column.field];
    if (column.digits !== undefined) return number(value, column.digits);
    return value === null || value === undefined || value === '' ? MISSING : String(value);
}

function table(caption, columns, rows) {
    const kind = (column) => (column.digits === undefined ? undefined : 'number');
    return element('table', {}, element('caption', {}, caption),
        element('thead', {}, element('tr', {}, ...columns.map((column) => element('th', { scope: 'col', class: kind(column) }, column.label)))),
        element('tbody', {}, ...rows.map((row) => element('tr', {}, ...columns.map((column, i) =>
            element(i === 0 ? 'th' : 'td', { class: kind(column), scope: i === 0 ? 'row' : undefined, 'data-value': column.digits === undefined ? undefined : row[column.field] }, cellText(row, column)))))));
}

// How wide the chart is that is being made
let chartWidth = 600;

// The charts as vega draws them. Those that are shown are kept, so that they can be ended when they are drawn anew.
const drawn = new Map();

function draw(place, spec, label) {
    drawn.get(place)?.finalize();
    const compiled = vegaLite.compile({ ...spec, width: chartWidth, autosize: { type: 'fit-x', contains: 'padding' } }, { config: CONFIG, logger: vega.logger(vega.Error) }).spec;
    const view = new vega.View(vega.parse(compiled, null, { ast: true }), { expr: expressionInterpreter, renderer: 'svg', logLevel: vega.Warn, locale: LOCALE });
    view.initialize(place).run();
    const svg = place.querySelector('svg');
    svg.setAttribute('role', 'img');
    svg.setAttribute('aria-label', label);
    drawn.set(place, view);
}

// A figure: { id, title, note, wide, options: { name: { label, list(state), value } }, show(state, option) } where show gives what it is of (what),
// columns and rows of the table, and the chart (spec), or what stands in its stead (content, which is only the table where isTable). No rows: there is nothing to show.
function makeFigure(figure) {
    const chosen = {};
    const parts = { what: element('p', { class: 'what' }), controls: element('div', { class: 'controls' }), chart: element('div', { class: 'chart' }), hidden: element('p', { class: 'hidden-note' }),
        numbers: element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': `Tal bag figuren: ${figure.title}` }) };
    const numbers = element('details', {}, element('summary', {}, 'Vis tal', element('span', { class: 'soft' }, ` (${figure.title.toLowerCase()})`)), parts.numbers);
    const card = element('section', { id: figure.id, class: figure.wide ? 'card wide' : 'card', 'aria-labelledby': `${figure.id}-titel` },
        element('h3', { id: `${figure.id}-titel` }, figure.title), parts.what, parts.controls, parts.chart, parts.hidden,
        numbers,
        element('p', { class: 'note' }, element('strong', {}, 'Sådan læses figuren: '), figure.note));

    function showControls(state, redraw) {
        const shown = Object.entries(figure.options || {}).map(([name, option]) => {
            const list = option.list(state);
            if (!list.some(([code]) => code === chosen[name])) chosen[name] = list.some(([code]) => code === option.value) ? option.value : list[0]?.[0];
            return [name, option, list];
        });
        const focused = document.activeElement?.id;
        parts.controls.replaceChildren(...shown.filter(([, , list]) => list.length > 1).map(([name, option, list]) =>
            select(option.label, `${figure.id}-${name}`, list, chosen[name], (value) => { chosen[name] = value; redraw(); })));
        if (focused && focused.startsWith(`${figure.id}-`)) document.getElementById(focused)?.focus();
    }

    function render(state) {
        showControls(state, () => render(state));
        chartWidth = parts.chart.clientWidth;
        const shown = figure.show(state, chosen);
        parts.what.textContent = shown.what;
        const behind = table(`${figure.title}. ${shown.what}`, shown.columns, shown.rows);
        numbers.hidden = Boolean(shown.isTable);
        parts.numbers.replaceChildren(...(shown.isTable ? [] : [behind]));
        const suppressed = shown.rows.filter((row) => row.hidden && row.hidden.length).length;
        parts.hidden.textContent = suppressed === 0 ? '' : `${suppressed === 1 ? 'Én række har' : `${suppressed} rækker har`} tal, der er diskretioneret. De vises ikke i figuren; * i tabellen: uden de diskretionerede.`;
        drawn.get(parts.chart)?.finalize();
        drawn.delete(parts.chart);
        parts.chart.replaceChildren();
        if (shown.rows.length === 0) parts.chart.append(element('p', { class: 'none' }, shown.empty || 'Der er ingen tal for det, der er valgt.'));
        else if (shown.isTable) parts.chart.append(element('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': figure.title }, behind));
        else if (shown.content) parts.chart.append(shown.content);
        else draw(parts.chart, shown.spec, `${figure.title}. ${shown.what} Tallene står i tabellen under figuren.`);
    }
    return { card, render };
}
